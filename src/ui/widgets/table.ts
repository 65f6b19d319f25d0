/** A SQL result as rows of text, columns aligned, no wider than its place. */
import type {Table} from '../../run/outcome.ts';
import {cut, displayWidth, fitTo, tame} from '../format.ts';
import type {Glyphs} from '../terminal/glyphs.ts';
import type {Theme} from '../terminal/theme.ts';

const ROWS_SHOWN_MAX = 200;
const COLUMN_WIDTH_MIN = 4;
const GAP = '  ';
const NUMBER = /^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i;

/** Heading, rule, rows, and how many there are. Figures stand right, NULL is dim, long cells are cut. */
export function drawTable(table: Table, width: number, glyphs: Glyphs, theme: Theme): string[] {
  if (table.columns.length === 0) return [theme.paint('muted', rowCount(table))];
  const rows = table.rows.slice(0, ROWS_SHOWN_MAX).map(row => row.map(cell => (cell === null ? null : tame(cell))));
  const headings = table.columns.map(tame);
  const natural = headings.map((heading, column) =>
    Math.max(displayWidth(heading), ...rows.map(row => displayWidth(row[column] ?? 'NULL'))),
  );
  const widths = squeezed(natural, width);
  const right = headings.map((_, column) => rows.length > 0 && rows.every(row => NUMBER.test(row[column] ?? '0')));
  const cell = (text: string, column: number) => aligned(text, widths[column] ?? 0, right[column] === true, glyphs);
  const whole = (text: string) => cut(text, width, glyphs.ellipsis);
  return [
    whole(headings.map((heading, column) => theme.paint('title', cell(heading, column))).join(GAP)),
    whole(theme.paint('border', widths.map(each => glyphs.horizontal.repeat(each)).join(GAP))),
    ...rows.map(row => {
      const cells = headings.map((_, column) => {
        const value = row[column] ?? null;
        return value === null ? theme.paint('muted', cell('NULL', column)) : cell(value, column);
      });
      return whole(cells.join(GAP));
    }),
    theme.paint('muted', whole(rowCount(table, rows.length))),
  ];
}

function rowCount({rowCount: count}: Table, shown = count): string {
  const rows = `${count} ${count === 1 ? 'row' : 'rows'}`;
  return shown < count ? `${rows}, the first ${shown} shown` : rows;
}

function aligned(text: string, width: number, right: boolean, glyphs: Glyphs): string {
  const shown = fitTo(text, width, glyphs.ellipsis);
  if (!right || displayWidth(text) >= width) return shown;
  return ' '.repeat(width - displayWidth(text)) + text;
}

// The widest column gives way first, so that short ones stay whole.
function squeezed(natural: readonly number[], width: number): number[] {
  const widths = [...natural];
  const room = width - GAP.length * (widths.length - 1);
  for (let excess = widths.reduce((sum, each) => sum + each, 0) - room; excess > 0; ) {
    const widest = Math.max(...widths);
    const index = widths.indexOf(widest);
    const next = Math.max(COLUMN_WIDTH_MIN, ...widths.filter(each => each < widest));
    if (widest <= COLUMN_WIDTH_MIN) break;
    const take = Math.min(excess, Math.max(1, widest - next));
    widths[index] = widest - take;
    excess -= take;
  }
  return widths;
}
