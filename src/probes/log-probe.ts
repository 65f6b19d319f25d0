/** Lines of a log that match, counted, and the numbers that they hold. */
import {setImmediate as nextTurn} from 'node:timers/promises';
import {type Pattern, patternOf, whyNoPattern} from '../text/pattern.ts';
import {
  type CountSamples,
  type Measure,
  numberIn,
  type Of,
  type Reading,
  type SpoolLines,
  unreached,
  valueRead,
  wrongAnswer,
} from './reading.ts';

const MINUTE_MS = 60_000;

/**
 * Matching lines since the last reading; with `per` a minute, or with `of` in % of the whole: the lines of another log,
 * or the samples of another probe, that came in the same time. Lines from before the start are never counted.
 */
export function logProbe(probe: Of<'log'>, spoolLines: SpoolLines, countSamples: CountSamples): Measure {
  const why = whyNoPattern(probe.count);
  if (why !== undefined) return async () => wrongAnswer(`${probe.count} ${why}`);
  const pattern = patternOf(probe.count);
  const matching = counterFromHere(probe.log, spoolLines, pattern);
  if (probe.per !== undefined) return ratePerMinute(matching);
  const {of} = probe;
  const whole = of === undefined ? undefined : wholeCounter(of, spoolLines, countSamples);
  return async () => {
    const part = await matching.peek();
    if (part.down !== undefined) return unreached(part.down);
    if (whole === undefined) {
      matching.accept();
      return valueRead(part.count);
    }
    const all = await whole.peek();
    if (all.down !== undefined) return unreached(all.down);
    // A share of nothing is no number. What has been counted stays in the next reading.
    if (all.count === 0) {
      return part.count === 0
        ? {kind: 'nothing'}
        : wrongAnswer(`${part.count} matching lines, but nothing from ${of} to compare them with`);
    }
    matching.accept();
    whole.accept();
    return valueRead((100 * part.count) / all.count);
  };
}

/** A pace takes two looks; what piled up while nobody looked came in a time that nobody knows. */
function ratePerMinute(matching: Counter): Measure {
  let since: number | undefined;
  return async () => {
    const {count, down} = await matching.peek();
    const now = performance.now();
    const before = since;
    since = down === undefined ? now : undefined;
    matching.accept();
    if (down !== undefined) return unreached(down);
    return before === undefined ? {kind: 'nothing'} : valueRead(count / ((now - before) / MINUTE_MS));
  };
}

/** Numbers that one reading may bring: more say little more about their distribution, and each stands in the journal. */
export const CAPTURED_MAX = 40;

/**
 * Every number that the lines since the last reading hold, as a sample of its own: percentiles need them one by one.
 * Of too many, those are kept that stand at even ranks among them, which keeps the percentiles up to the 98th.
 */
export function captureProbe(probe: Of<'capture'>, spoolLines: SpoolLines): Measure {
  const why = whyNoPattern(probe.capture);
  if (why !== undefined) return async () => wrongAnswer(`${probe.capture} ${why}`);
  const pattern = patternOf(probe.capture);
  const reader = readerFromHere(probe.log, spoolLines);
  return async () => {
    const numbers: number[] = [];
    let other: string | undefined;
    await pattern.ready;
    const {down} = await reader(line => {
      const text = pattern.exec(line)?.[1];
      const value = text === undefined ? undefined : numberIn(text);
      if (value !== undefined) numbers.push(value);
      else other ??= text;
    });
    if (down !== undefined && numbers.length === 0) return unreached(down);
    if (numbers.length > 0) return thinned(numbers);
    return other === undefined ? {kind: 'nothing'} : wrongAnswer(`captured "${other}", expected a number`);
  };
}

function thinned(numbers: readonly number[]): Reading {
  if (numbers.length <= CAPTURED_MAX) return {kind: 'values', values: numbers};
  const sorted = numbers.toSorted((a, b) => a - b);
  const ranks = Array.from({length: CAPTURED_MAX}, (_, index) => ((index + 0.5) * sorted.length) / CAPTURED_MAX);
  const values = ranks.map(rank => sorted[Math.floor(rank)] ?? 0);
  return {kind: 'values', values, note: `${CAPTURED_MAX} of ${numbers.length} captured numbers, at even ranks`};
}

/** `peek` counts since the last `accept`. */
type Counter = {peek(): Promise<{count: number; down?: string}>; accept(): void};

function wholeCounter(of: string, spoolLines: SpoolLines, countSamples: CountSamples): Counter {
  if (countSamples(of) === undefined) return counterFromHere(of, spoolLines);
  let accepted = countSamples(of) ?? 0;
  let seen = accepted;
  return {
    peek: async () => {
      seen = countSamples(of) ?? accepted;
      return {count: seen - accepted};
    },
    accept: () => {
      accepted = seen;
    },
  };
}

/** Each line is looked at once, however often the count is asked for before it is accepted. */
function counterFromHere(source: string, spoolLines: SpoolLines, pattern?: Pattern): Counter {
  const reader = readerFromHere(source, spoolLines);
  let pending = 0;
  return {
    peek: async () => {
      await pattern?.ready;
      const {down} = await reader(line => {
        if (pattern === undefined || pattern.test(line)) pending += 1;
      });
      return down === undefined ? {count: pending} : {count: pending, down};
    },
    accept: () => {
      pending = 0;
    },
  };
}

/** Hands over each line that has come since the last time. Between the pieces of a flood others have their turn. */
function readerFromHere(source: string, spoolLines: SpoolLines) {
  let next = spoolLines(source).length;
  return async (look: (line: string) => void): Promise<{down?: string}> => {
    const {length, first = 0, read, down} = spoolLines(source);
    const missed = Math.max(0, first - next);
    next += missed;
    while (next < length) {
      const lines = read(next);
      if (lines.length === 0) break;
      for (const line of lines) look(line);
      next += lines.length;
      await nextTurn();
    }
    if (down !== undefined) return {down};
    return missed === 0 ? {} : {down: `${missed} lines came and were dropped before they were read`};
  };
}
