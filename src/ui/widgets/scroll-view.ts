/** The visible rows of a long text. Pure: position in, rows out. It reads only the visible lines. */

/** Lines by index `from … to-1`. `numberOf`: the absolute line number, where it is not the index (filters). */
export type Lines = {
  from: number;
  to: number;
  read(from: number, count: number): readonly string[];
  numberOf?(index: number): number;
};

/** `top`: index of the first visible line of a view that does not follow the end. */
export type Place = {follow: boolean; top: number};

/** `number`: the absolute line number; `raw`: the line itself; `part`: index of the row in a wrapped line. */
type VisibleRow = {number: number; raw: string; part: number; text: string};

type Visible = {
  rows: readonly VisibleRow[];
  /** Index of the first visible line. */
  top: number;
  /** Number of lines after the last visible one. */
  below: number;
};

/** Makes rows of one line: one row, or several where it is wrapped. */
export type RowsOf = (raw: string, number: number) => readonly string[];

/** At most `height` rows. A view that does not follow stays at its place when lines are added. */
export function visibleRows(lines: Lines, place: Place, height: number, rowsOf: RowsOf): Visible {
  if (height <= 0 || lines.to <= lines.from) return {rows: [], top: lines.from, below: 0};
  if (place.follow) return lastRows(lines, height, rowsOf);
  const top = Math.min(Math.max(place.top, lines.from), lines.to - 1);
  const rows: Placed[] = [];
  for (const [offset, raw] of lines.read(top, Math.min(height, lines.to - top)).entries()) {
    if (rows.length >= height) break;
    rows.push(...placedRows(lines, top + offset, raw, rowsOf));
  }
  // The last line never scrolls up above the bottom of the screen.
  if (rows.length < height && top > lines.from) return lastRows(lines, height, rowsOf);
  return visible(lines, rows.slice(0, height), top);
}

function lastRows(lines: Lines, height: number, rowsOf: RowsOf): Visible {
  const from = Math.max(lines.from, lines.to - height);
  let rows: Placed[] = [];
  for (const [offset, raw] of [...lines.read(from, lines.to - from).entries()].reverse()) {
    rows = [...placedRows(lines, from + offset, raw, rowsOf), ...rows];
    if (rows.length >= height) break;
  }
  rows = rows.slice(-height);
  return visible(lines, rows, rows[0]?.index ?? from);
}

type Placed = VisibleRow & {index: number};

function placedRows(lines: Lines, index: number, raw: string, rowsOf: RowsOf): Placed[] {
  const number = lines.numberOf?.(index) ?? index;
  return rowsOf(raw, number).map((text, part) => ({index, number, raw, part, text}));
}

function visible(lines: Lines, rows: readonly Placed[], top: number): Visible {
  const last = rows.at(-1)?.index ?? lines.to - 1;
  return {rows: rows.map(({number, raw, part, text}) => ({number, raw, part, text})), top, below: lines.to - 1 - last};
}
