/** The shortest reasonable text that turns the rows on a screen into the next ones. */
import {displayWidth} from '../format.ts';

export type Page = {columns: number; page: string};

/** A clock that ticks changes a few cells of one or two rows; when more changes, whole rows are cheaper to work out. */
const ROWS_BY_CELL_MAX = 4;
/** Jumping over unchanged cells costs about this many bytes. */
const GAP_MIN = 10;

type Cell = {text: string; style: string; width: number};

export function rowChanges(shown: readonly string[], next: readonly string[], page: Page): string {
  const changed = next.flatMap((row, index) => (row === shown[index] ? [] : [index]));
  const byCell = shown.length > 0 && changed.length <= ROWS_BY_CELL_MAX;
  return changed
    .map(index => {
      const row = next[index] ?? '';
      return byCell ? changedCells(shown[index] ?? '', row, index, page) : wholeRow(row, index, page);
    })
    .join('');
}

/** The row may end before the last column: only then may the rest be erased, or the last cell would go with it. */
function wholeRow(row: string, index: number, {columns, page}: Page): string {
  const text = page === '' ? row : onPage(row, page);
  const rest = displayWidth(row) < columns ? `${reset(page)}\u001B[K` : '';
  return `\u001B[${index + 1};1H${reset(page)}${text}${rest}`;
}

function changedCells(before: string, after: string, index: number, {columns, page}: Page): string {
  const [old, now] = [cellsOf(before), cellsOf(after)];
  let text = '';
  for (const [from, to] of changedRanges(old, now)) {
    text += `\u001B[${index + 1};${from + 1}H${draw(now.slice(from, to), page)}`;
  }
  if (now.length < old.length && now.length < columns) {
    text += `\u001B[${index + 1};${now.length + 1}H${reset(page)}\u001B[K`;
  }
  return text;
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

function draw(cells: readonly Cell[], page: string): string {
  let text = '';
  let style: string | null = null;
  for (const cell of cells) {
    if (cell.style !== style) text += reset(onlyWhatCounts(page, cell.style));
    style = cell.style;
    text += cell.text;
  }
  return style === '' ? text : text + reset(page);
}

/** The page's colours where the style has none of its own: terminals take only so many numbers in one sequence. */
function onlyWhatCounts(page: string, style: string): string {
  const pen = new Pen();
  pen.apply(page);
  pen.apply(style);
  return pen.style;
}

const graphemes = new Intl.Segmenter(undefined, {granularity: 'grapheme'});

/** One entry per column; the second column of a wide character has width 0 and no text. */
function cellsOf(row: string): Cell[] {
  const cells: Cell[] = [];
  const pen = new Pen();
  for (const part of row.split(/(\u001B\[[\d;]*m)/)) {
    if (part.startsWith('\u001B')) {
      pen.apply(part.slice(2, -1));
      continue;
    }
    const style = pen.style;
    for (const {segment} of graphemes.segment(part)) {
      const width = displayWidth(segment);
      cells.push({text: segment, style, width});
      for (let extra = 1; extra < width; extra++) cells.push({text: '', style, width: 0});
    }
  }
  return cells;
}

const END_OF: Readonly<Record<string, readonly string[]>> = {
  '22': ['1', '2'],
  '23': ['3'],
  '24': ['4'],
  '27': ['7'],
  '29': ['9'],
};

/** Follows SGR codes to the style in force, written always in the same order so that equal styles are equal text. */
class Pen {
  text = '';
  background = '';
  #attributes = new Set<string>();

  get style(): string {
    return [...[...this.#attributes].sort(), this.text, this.background].filter(Boolean).join(';');
  }

  apply(parameters: string): void {
    if (parameters !== '') for (const code of splitColours(parameters)) this.#applyOne(code);
  }

  #applyOne(code: string): void {
    if (code === '0') {
      this.#attributes.clear();
      this.text = '';
      this.background = '';
    } else if (code === '39') this.text = '';
    else if (code === '49') this.background = '';
    else if (END_OF[code]) for (const ended of END_OF[code]) this.#attributes.delete(ended);
    else if (/^(?:38;|3[0-7]$|9[0-7]$)/.test(code)) this.text = code;
    else if (/^(?:48;|4[0-7]$|10[0-7]$)/.test(code)) this.background = code;
    else this.#attributes.add(code);
  }
}

/** Ends of colours fall back to the page instead of the terminal's own colours. */
function onPage(row: string, page: string): string {
  const pen = new Pen();
  pen.apply(page);
  return row.replace(/\u001B\[([\d;]*)m/g, (_, parameters: string) => {
    const codes = splitColours(parameters).map(code => {
      if (code === '39') return pen.text || code;
      if (code === '49') return pen.background || code;
      return code === '0' ? joined(code, page) : code;
    });
    return `\u001B[${codes.join(';')}m`;
  });
}

/** `1;38;5;39` -> `1`, `38;5;39`. */
function splitColours(parameters: string): string[] {
  const codes = parameters.split(';');
  const split: string[] = [];
  for (let index = 0; index < codes.length; index++) {
    const code = codes[index] || '0';
    const length = code !== '38' && code !== '48' ? 1 : codes[index + 1] === '2' ? 5 : 3;
    split.push(length === 1 ? code : codes.slice(index, index + length).join(';'));
    index += length - 1;
  }
  return split;
}

function reset(style: string): string {
  return style === '' ? '\u001B[0m' : `\u001B[0;${style}m`;
}

function joined(first: string, second: string): string {
  return first && second ? `${first};${second}` : first || second;
}
