/** Finds the lines of a log that pass the keep and hide filters, piece by piece, so that no frame waits. */
import type {Pattern} from '../../text/pattern.ts';
import type {Lines} from '../widgets/scroll-view.ts';
import {plainText} from './log-line.ts';

/** Lines checked in one step; this takes a few milliseconds. */
export const LINES_PER_STEP = 10_000;
/** The most matches kept; the oldest are dropped first. */
export const MATCHES_MAX = 500_000;

export type Read = (from: number, count: number) => readonly string[];
type Filters = {keep?: Pattern; hide?: Pattern};

export type LineFilter = {
  /** Checks the newest lines first, then older ones down to `first`. Returns true while older lines are left. */
  advance(total: number, first?: number): boolean;
  /** Passing lines found so far, oldest first. */
  lines(): Lines;
  /** Index of the first passing line at or after this absolute line. */
  indexFrom(line: number): number;
  /** Number of lines checked so far. */
  scanned(): number;
};

export function createLineFilter(read: Read, {keep, hide}: Filters): LineFilter {
  // Two arrays that grow at their ends: `older` goes backwards from the start of the search, `newer` forwards.
  const older: number[] = [];
  let newer: number[] = [];
  let low = -1;
  let high = -1;
  let forgotten = false;

  const passes = (raw: string) => {
    const text = plainText(raw);
    return (keep === undefined || keep.test(text)) && (hide === undefined || !hide.test(text));
  };
  const scan = (from: number, to: number): number[] =>
    to > from ? read(from, to - from).flatMap((raw, offset) => (passes(raw) ? [from + offset] : [])) : [];
  const forget = () => {
    if (older.length + newer.length <= MATCHES_MAX) return;
    forgotten = true;
    older.length = 0;
    newer = newer.slice(-MATCHES_MAX / 2);
  };
  const at = (index: number) => older[older.length - 1 - index] ?? newer[index - older.length] ?? 0;
  const count = () => older.length + newer.length;

  return {
    advance(total, first = 0) {
      if (low < 0) low = high = total;
      const to = Math.min(total, high + LINES_PER_STEP);
      for (const line of scan(high, to)) newer.push(line);
      const from = forgotten ? low : Math.min(low, Math.max(first, low - Math.max(0, LINES_PER_STEP - (to - high))));
      for (const line of scan(from, low).reverse()) older.push(line);
      high = to;
      low = from;
      forget();
      return high < total || (low > first && !forgotten);
    },
    lines: () => ({
      from: 0,
      to: count(),
      numberOf: at,
      read: (from, length) =>
        readScattered(
          read,
          Array.from({length}, (_, offset) => at(from + offset)),
        ),
    }),
    indexFrom(line) {
      let [from, to] = [0, count()];
      while (from < to) {
        const middle = (from + to) >> 1;
        if (at(middle) < line) from = middle + 1;
        else to = middle;
      }
      return from;
    },
    scanned: () => Math.max(0, high - low),
  };
}

// Neighbouring lines are read in one go.
function readScattered(read: Read, numbers: readonly number[]): string[] {
  const texts: string[] = [];
  for (let index = 0; index < numbers.length; ) {
    const from = numbers[index] ?? 0;
    let length = 1;
    while (numbers[index + length] === from + length) length++;
    const piece = read(from, length);
    for (let offset = 0; offset < length; offset++) texts.push(piece[offset] ?? '');
    index += length;
  }
  return texts;
}
