/** A line of the document as screen rows: long lines broken, cells of a table in their columns. Pure. */
import {displayWidth, sliceColumns, wrap} from '../../text/width.ts';
import type {Glyphs} from '../terminal/glyphs.ts';
import {plainFor} from '../widgets/themed-text.ts';

/** A longer line is cut, so that the lines below it are still seen. */
const LINE_LENGTH_MAX = 2000;
const INDENT_MAX = 8;

/** Rows of at most `room` columns; at least one. `index`: of the line in the document. */
export function rowsOfLine(source: readonly string[], index: number, room: number, glyphs: Glyphs): readonly string[] {
  const raw = source[index] ?? '';
  if (raw.trimStart().startsWith('|')) {
    const table = tableAt(source, index, room, glyphs);
    if (table !== undefined) return tableRows(raw, table, glyphs);
  }
  return broken(shownText(raw, glyphs), room);
}

function shownText(raw: string, glyphs: Glyphs): string {
  return plainFor(raw.slice(0, LINE_LENGTH_MAX).replaceAll('\t', '    '), glyphs);
}

/** Breaks a long line at spaces and keeps those inside it, because code is aligned by them. The rows keep its indent. */
export function broken(text: string, room: number): readonly string[] {
  if (displayWidth(text) <= room) return [text];
  const indent = ' '.repeat(Math.min(INDENT_MAX, /^ */.exec(text)?.[0].length ?? 0, Math.floor(room / 2)));
  const rows: string[] = [];
  let rest = text;
  while (displayWidth(rest) > room) {
    const piece = sliceColumns(rest, 0, room) || ([...rest][0] ?? rest);
    const space = rest[piece.length] === ' ' ? piece.length : piece.lastIndexOf(' ');
    const isAtWord = space > indent.length && piece.slice(0, space).trim() !== '';
    const end = isAtWord ? space : piece.length;
    rows.push(rest.slice(0, end).trimEnd());
    rest = indent + rest.slice(end).trimStart();
    // A sign that is wider than the room would come back for ever.
    if (!isAtWord && displayWidth(piece) > room) break;
  }
  return rest.trim() === '' ? rows : [...rows, rest];
}

/** Width of each column. */
type Table = {widths: readonly number[]};

/** Lines of one table that are looked at, above and below. */
const TABLE_LINES_MAX = 200;
const CELL_WIDTH_MIN = 6;
const DELIMITERS = /^\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?\s*$/;
/** ` │ ` between two cells. */
const GAP = 3;

const laid = new WeakMap<readonly string[], Map<string, Table | undefined>>();

/** The columns of the table around the line; undefined where it is none, or would not fit. */
function tableAt(source: readonly string[], index: number, room: number, glyphs: Glyphs): Table | undefined {
  const isRow = (at: number) => source[at]?.trimStart().startsWith('|') === true;
  let start = index;
  while (start > 0 && index - start < TABLE_LINES_MAX && isRow(start - 1)) start -= 1;
  const known = laid.get(source) ?? new Map<string, Table | undefined>();
  laid.set(source, known);
  const key = `${start} ${room} ${glyphs.ascii}`;
  if (known.has(key)) return known.get(key);
  let end = start;
  while (end - start < 2 * TABLE_LINES_MAX && isRow(end)) end += 1;
  const rows = source.slice(start, end);
  const table = rows.some(row => DELIMITERS.test(row)) ? {widths: widthsOf(rows, room, glyphs)} : undefined;
  known.set(key, table?.widths.length === 0 ? undefined : table);
  return known.get(key);
}

/**
 * The width of each column: the widest is narrowed first until the row fits; none where that would leave too little.
 */
function widthsOf(rows: readonly string[], room: number, glyphs: Glyphs): number[] {
  const cells = rows.filter(row => !DELIMITERS.test(row)).map(row => cellsOf(row, glyphs));
  const count = Math.max(0, ...cells.map(({length}) => length));
  const widths = Array.from({length: count}, (_, column) =>
    Math.max(1, ...cells.map(row => displayWidth(row[column] ?? ''))),
  );
  const free = room - GAP * (count - 1);
  if (count === 0 || free < count * CELL_WIDTH_MIN) return [];
  for (let sum = total(widths); sum > free; sum = total(widths)) {
    const widest = widths.indexOf(Math.max(...widths));
    const second = Math.max(CELL_WIDTH_MIN, ...widths.filter((_, at) => at !== widest));
    const width = widths[widest] ?? 0;
    widths[widest] = Math.max(CELL_WIDTH_MIN, Math.min(width - 1, Math.max(second, width - (sum - free))));
  }
  return widths;
}

function total(widths: readonly number[]): number {
  return widths.reduce((sum, width) => sum + width, 0);
}

/** Cells between bars; a bar in code or behind a backslash parts none. */
function cellsOf(row: string, glyphs: Glyphs): string[] {
  const inner = shownText(row, glyphs)
    .trim()
    .replace(/^\|/, '')
    .replace(/(?<!\\)\|$/, '');
  const cells: string[] = [''];
  let isCode = false;
  let before = '';
  for (const sign of inner) {
    if (sign === '`') isCode = !isCode;
    if (sign === '|' && !isCode && before !== '\\') cells.push('');
    else cells[cells.length - 1] += sign;
    before = sign;
  }
  return cells.map(cell => cell.trim());
}

function tableRows(raw: string, {widths}: Table, glyphs: Glyphs): readonly string[] {
  if (DELIMITERS.test(raw)) {
    const cross = glyphs.ascii ? '-+-' : '─┼─';
    return [widths.map(width => glyphs.horizontal.repeat(width)).join(cross)];
  }
  const cells = cellsOf(raw, glyphs);
  const columns = widths.map((width, at) => wrap(cells[at] ?? '', width));
  const height = Math.max(1, ...columns.map(({length}) => length));
  return Array.from({length: height}, (_, part) =>
    widths
      .map((width, at) => {
        const text = columns[at]?.[part] ?? '';
        return text + ' '.repeat(Math.max(0, width - displayWidth(text)));
      })
      .join(` ${glyphs.vertical} `)
      .trimEnd(),
  );
}
