/** The shortest reasonable text that turns the rows on a screen into the next ones. */
import {graphemes, NARROW} from '../../text/graphemes.ts';
import {displayWidth} from '../../text/width.ts';
import {onPage, StyleInForce} from './page-colours.ts';

export type Page = {columns: number; page: string};

/** Clocks and charts change a few cells of some rows; when most rows change, whole rows are cheaper to work out. */
const ROWS_BY_CELL_MAX = 24;
/** Jumping over unchanged cells costs about this many bytes. */
const GAP_MIN = 10;

type Cell = {text: string; style: string; width: number};

const BLANK: Cell = {text: ' ', style: '', width: 1};

export function rowChanges(shown: readonly string[], next: readonly string[], page: Page): string {
  const changed = next.flatMap((row, index) => (row === shown[index] ? [] : [index]));
  if (shown.length === 0 || changed.length > ROWS_BY_CELL_MAX) {
    return changed.map(index => wholeRow(next[index] ?? '', index, page)).join('');
  }
  const brush = new Brush(page.page);
  for (const index of changed) changeCells(shown[index] ?? '', next[index] ?? '', {...page, row: index, brush});
  return brush.text;
}

/** Whether two texts of a row look alike, however they are written; blanks at the end do not count. */
export function showsTheSame(one: string, other: string): boolean {
  if (one === other) return true;
  const [a, b] = [cellsOf(one), cellsOf(other)];
  return Array.from({length: Math.max(a.length, b.length)}).every((_, at) => same(a[at] ?? BLANK, b[at] ?? BLANK));
}

/**
 * The row may end before the last column: only then may the rest be erased, or the last cell would go with it. On a page
 * with colours of its own the rest is written, because not every terminal erases with a colour.
 */
function wholeRow(row: string, index: number, {columns, page}: Page): string {
  const text = page === '' ? row : onPage(row, page);
  const left = columns - displayWidth(row);
  const rest = left > 0 ? reset(page) + (page === '' ? '\u001B[K' : ' '.repeat(left)) : '';
  return `\u001B[${index + 1};1H${reset(page)}${text}${rest}`;
}

type Target = Page & {row: number; brush: Brush};

function changeCells(before: string, after: string, {row, columns, page, brush}: Target): void {
  const [old, now] = [cellsOf(before), cellsOf(after)];
  if (page !== '') while (now.length < old.length) now.push(BLANK);
  for (const [from, to] of changedRanges(old, now)) {
    brush.moveTo(row, from);
    for (const cell of now.slice(from, to)) brush.draw(cell);
  }
  if (now.length < old.length && now.length < columns) {
    brush.moveTo(row, now.length);
    brush.eraseRest();
  }
}

/** Half-open ranges of columns, near ones joined, no wide character split. */
function changedRanges(old: readonly Cell[], now: readonly Cell[]): [number, number][] {
  const ranges: [number, number][] = [];
  for (let column = 0; column < now.length; column++) {
    if (same(old[column], now[column])) continue;
    const last = ranges.at(-1);
    if (last && column - last[1] < GAP_MIN) last[1] = column + 1;
    else ranges.push([column, column + 1]);
  }
  for (const range of ranges) {
    while (range[0] > 0 && now[range[0]]?.width === 0) range[0]--;
    while (range[1] < now.length && now[range[1]]?.width === 0) range[1]++;
  }
  return ranges;
}

function same(a: Cell | undefined, b: Cell | undefined): boolean {
  return a !== undefined && b !== undefined && a.text === b.text && a.style === b.style && a.width === b.width;
}

/** Writes cells, and a style only where it differs from the one before: every byte counts on a slow line. */
class Brush {
  text = '';
  readonly #page: string;
  /** Null until something was drawn: nobody knows what style the terminal is left in. */
  #style: string | null = null;

  constructor(page: string) {
    this.#page = page;
  }

  moveTo(row: number, column: number): void {
    this.text += `\u001B[${row + 1};${column + 1}H`;
  }

  draw({text, style}: Cell): void {
    this.#take(style);
    this.text += text;
  }

  eraseRest(): void {
    this.#take('');
    this.text += '\u001B[K';
  }

  #take(style: string): void {
    if (style === this.#style) return;
    this.#style = style;
    this.text += reset(onlyWhatCounts(this.#page, style));
  }
}

/** The page's colours where the style has none of its own: terminals take only so many numbers in one sequence. */
function onlyWhatCounts(page: string, style: string): string {
  const inForce = new StyleInForce();
  inForce.apply(page);
  inForce.apply(style);
  return inForce.style;
}

/** One entry per column; the second column of a wide character has width 0 and no text. */
function cellsOf(row: string): Cell[] {
  const cells: Cell[] = [];
  const inForce = new StyleInForce();
  for (const part of row.split(/(\u001B\[[\d;]*m)/)) {
    if (part.startsWith('\u001B')) {
      inForce.apply(part.slice(2, -1));
      continue;
    }
    const style = inForce.style;
    if (NARROW.test(part)) {
      for (const text of part) cells.push({text, style, width: 1});
      continue;
    }
    for (const {segment} of graphemes(part)) {
      const width = displayWidth(segment);
      cells.push({text: segment, style, width});
      for (let extra = 1; extra < width; extra++) cells.push({text: '', style, width: 0});
    }
  }
  return cells;
}

function reset(style: string): string {
  return style === '' ? '\u001B[0m' : `\u001B[0;${style}m`;
}
