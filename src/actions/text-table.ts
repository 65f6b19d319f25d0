import type {Table} from '../run/outcome.ts';

const CELL_CHARS_MAX = 60;

/** A SQL result as aligned text, ending in the number of rows. */
export function textTable({columns, rows, rowCount}: Table): string {
  const cells = rows.map(row => row.map(cell => shown(cell)));
  const widths = columns.map((name, index) => Math.max(name.length, ...cells.map(row => width(row[index] ?? ''))));
  const line = (values: readonly string[]) =>
    values
      .map((value, index) => value + ' '.repeat(Math.max(0, (widths[index] ?? 0) - width(value))))
      .join(' │ ')
      .trimEnd();
  const rule = widths.map(length => '─'.repeat(length)).join('─┼─');
  const more = rowCount > rows.length ? ` (first ${rows.length} shown)` : '';
  const count = `${rowCount} row${rowCount === 1 ? '' : 's'}${more}`;
  const table = columns.length === 0 ? [] : [line(columns), rule, ...cells.map(line)];
  return `${[...table, count].join('\n')}\n`;
}

function shown(cell: string | null): string {
  if (cell === null) return 'NULL';
  const flat = cell.replace(/\s+/g, ' ').trim();
  return width(flat) > CELL_CHARS_MAX ? `${[...flat].slice(0, CELL_CHARS_MAX - 1).join('')}…` : flat;
}

function width(text: string): number {
  return [...text].length;
}
