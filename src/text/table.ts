/** Lays rows of text out in aligned columns. Wide characters count as a terminal counts them. */
import {cut, displayWidth, fitRight, fitTo} from './width.ts';

type TableOptions = {
  /** Terminal columns for the whole table; the widest column is cut first. Absent: nothing is cut. */
  width?: number;
  /** Terminal columns between two cells. */
  gap?: number;
  /** Indexes of the columns that are never cut to make room. */
  whole?: readonly number[];
  /** The greatest width of a cell. */
  cellWidthMax?: number;
  /** Aligns right every column in which all cells under the heading are numbers. */
  numbersRight?: boolean;
  ellipsis?: string;
};

/** `null` is the NULL of SQL and is shown as `NULL`. */
export type Cell = string | null;

type LaidTable = {
  /** One for each column. */
  widths: readonly number[];
  /** Cells of exactly these widths, in the order of the given rows. */
  rows: readonly (readonly string[])[];
};

const COLUMN_WIDTH_MIN = 4;
const NUMBER = /^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i;

/**
 * Cuts and fills cells so that columns are aligned. The first row is the heading. Cells must be plain text without
 * control characters; the caller may colour the result.
 */
export function layTable(rows: readonly (readonly Cell[])[], options: TableOptions = {}): LaidTable {
  const {
    width,
    gap = 2,
    whole = [],
    cellWidthMax = Number.POSITIVE_INFINITY,
    numbersRight = false,
    ellipsis = '…',
  } = options;
  const [heading = [], ...body] = rows;
  const natural = heading.map((_, column) =>
    rows.reduce((most, row) => Math.max(most, Math.min(cellWidthMax, displayWidth(shown(row[column])))), 0),
  );
  const widths = width === undefined ? natural : squeezed(natural, width - gap * (natural.length - 1), whole);
  const isRight = heading.map(
    (_, column) => numbersRight && body.length > 0 && body.every(row => NUMBER.test(row[column] ?? '0')),
  );
  const laid = rows.map(row =>
    heading.map((_, column) =>
      (isRight[column] === true ? fitRight : fitTo)(shown(row[column]), widths[column] ?? 0, ellipsis),
    ),
  );
  return {widths, rows: laid};
}

/** The table as lines without spaces at their ends. */
export function tableLines(rows: readonly (readonly Cell[])[], options: TableOptions = {}): string[] {
  const {gap = 2, width = Number.POSITIVE_INFINITY, ellipsis} = options;
  return layTable(rows, options).rows.map(cells => cut(cells.join(' '.repeat(gap)).trimEnd(), width, ellipsis));
}

function shown(cell: Cell | undefined): string {
  return cell === null ? 'NULL' : (cell ?? '');
}

/** Narrows the widest column first, so that narrow columns stay whole. */
function squeezed(natural: readonly number[], room: number, whole: readonly number[]): number[] {
  const widths = [...natural];
  for (let excess = widths.reduce((sum, each) => sum + each, 0) - room; excess > 0; ) {
    const open = widths.map((each, column) => (whole.includes(column) ? 0 : each));
    const most = Math.max(...open);
    const index = open.indexOf(most);
    const next = Math.max(COLUMN_WIDTH_MIN, ...open.filter(each => each < most));
    if (most <= COLUMN_WIDTH_MIN) break;
    const take = Math.min(excess, Math.max(1, most - next));
    widths[index] = most - take;
    excess -= take;
  }
  return widths;
}
