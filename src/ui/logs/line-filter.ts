/** Finds the lines of a log that pass the filters, piece by piece, so that no frame waits. Events stay whole. */
import {countWhile} from '../../text/count-below.ts';
import type {Pattern} from '../../text/pattern.ts';
import type {Lines} from '../widgets/scroll-view.ts';
import {plainText} from './log-line.ts';
import {EVENT_LINES_MAX, eventReader} from './multi-line-events.ts';

/** Lines checked in one step; this takes few milliseconds. */
export const LINES_PER_STEP = 2000;
/** The most matches kept; the oldest are dropped first. */
export const MATCHES_MAX = 500_000;

export type Read = (from: number, count: number) => readonly string[];

export type Wanted = {
  /** An event passes when one of its lines matches one of these; no pattern keeps all. */
  keep: readonly Pattern[];
  /** An event with a line that matches one of these does not pass. */
  hide: readonly Pattern[];
  /** Keeps only those lines of the events that match this. */
  line?: Pattern | undefined;
};

export type LineFilter = {
  /** Checks the newest lines first, then older ones down to `first`. Returns true while older lines are left. */
  advance(total: number, first?: number): boolean;
  /** Passing lines found so far, oldest first. */
  lines(): Lines;
  /** Index of the first passing line at or after this absolute line. */
  indexFrom(line: number): number;
  /** Number of lines checked so far, and how many of them do not pass. */
  scanned(): number;
  hidden(): number;
};

export function createLineFilter(read: Read, wanted: Wanted): LineFilter {
  // Two arrays that grow at their ends: `older` goes backwards from the start of the search, `newer` forwards.
  const older: number[] = [];
  let newer: number[] = [];
  // Lines `low … seen-1` are checked. The event that begins at `high` may still grow, so it is checked again.
  let low = -1;
  let high = -1;
  let seen = -1;
  let forgotten = 0;

  const scan = (from: number, to: number) => scanEvents(from, read(from, to - from).map(plainText), wanted);
  const forget = () => {
    if (older.length + newer.length <= MATCHES_MAX) return;
    const kept = newer.slice(-MATCHES_MAX / 2);
    forgotten += older.length + newer.length - kept.length;
    older.length = 0;
    newer = kept;
  };
  const at = (index: number) => older[older.length - 1 - index] ?? newer[index - older.length] ?? 0;
  const count = () => older.length + newer.length;
  const forward = (to: number) => {
    const {passing, lastStart} = scan(high, to);
    while ((newer.at(-1) ?? -1) >= high) newer.pop();
    for (const line of passing) newer.push(line);
    high = lastStart;
    seen = to;
  };
  const backward = (from: number, first: number) => {
    const start = from <= first ? first : firstStartFrom(read, from, low);
    for (const line of scan(start, low).passing.reverse()) older.push(line);
    low = start;
  };

  return {
    advance(total, first = 0) {
      if (low < 0) low = high = seen = lastStartBefore(read, total, first);
      const to = Math.min(total, seen + LINES_PER_STEP);
      const left = Math.max(0, LINES_PER_STEP - (to - seen));
      if (to > seen) forward(to);
      if (forgotten === 0 && low > first && left > 0) backward(low - left, first);
      forget();
      return seen < total || (low > first && forgotten === 0);
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
    indexFrom: line => countWhile(count(), index => at(index) < line),
    scanned: () => Math.max(0, seen - low),
    hidden: () => Math.max(0, seen - low - count() - forgotten),
  };
}

/** `texts`: lines from number `from` on, with which an event begins. `lastStart`: where the last event begins. */
function scanEvents(from: number, texts: readonly string[], {keep, hide, line}: Wanted) {
  const startsEvent = eventReader();
  const passing: number[] = [];
  let start = 0;
  const close = (end: number) => {
    const event = texts.slice(start, end);
    const isKept = keep.length === 0 || event.some(text => keep.some(pattern => pattern.test(text)));
    if (!isKept || event.some(text => hide.some(pattern => pattern.test(text)))) return;
    for (const [offset, text] of event.entries()) {
      if (line === undefined || line.test(text)) passing.push(from + start + offset);
    }
  };
  for (const [index, text] of texts.entries()) {
    if (!startsEvent(text) || index === 0) continue;
    close(index);
    start = index;
  }
  if (texts.length > 0) close(texts.length);
  return {passing, lastStart: from + start};
}

/** The first line at or after `from` with which an event begins, or `from` where there is none before `to`. */
function firstStartFrom(read: Read, from: number, to: number): number {
  const starts = eventStarts(read, from, Math.min(to, from + EVENT_LINES_MAX));
  return starts.find(line => line >= from) ?? from;
}

/** Where the last event before `to` begins. */
function lastStartBefore(read: Read, to: number, first: number): number {
  const from = Math.max(first, to - 1);
  return Math.max(first, eventStarts(read, from, to).at(-1) ?? from);
}

/** Starts in the lines `… to-1`; to know them, it is read from well before `from`. */
function eventStarts(read: Read, from: number, to: number): number[] {
  const begin = Math.max(0, from - EVENT_LINES_MAX);
  const startsEvent = eventReader();
  return read(begin, Math.max(0, to - begin)).flatMap((raw, offset) =>
    startsEvent(plainText(raw)) ? [begin + offset] : [],
  );
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
