import type {ProbeBinding} from '../plan/bindings.ts';
import {type Measure, unreached, valueRead, wrongAnswer} from './reading.ts';

export type LogProbe = Extract<ProbeBinding, {kind: 'log'}>;

/**
 * Counts lines of a log source. `next`: the first line not counted yet.
 * `down`: why the source is not being followed just now; a log that nobody reads has no errors either.
 */
export type SpoolLines = (source: string) => {
  count(pattern: RegExp, fromLine: number): {lines: number; matches: number; next: number; down?: string};
};

/** How many samples a probe has reported so far; undefined when there is no such probe. */
export type CountSamples = (probe: string) => number | undefined;

const EVERY_LINE = /^/;

/**
 * Matching lines since the last reading; with `of` in % of the whole: the lines of another log, or the samples of
 * another probe, that came in the same time. Lines from before the start are never counted.
 */
export function logProbe(probe: LogProbe, spoolLines: SpoolLines, countSamples: CountSamples): Measure {
  const pattern = compiled(probe.count);
  if (pattern === undefined) return async () => wrongAnswer(`${probe.count} is not a regular expression`);
  const matching = counterFromHere(probe.log, spoolLines, pattern);
  const whole = probe.of === undefined ? undefined : wholeCounter(probe.of, spoolLines, countSamples);
  return async () => {
    const part = matching.peek();
    if (part.down !== undefined) return unreached(part.down);
    if (whole === undefined) {
      matching.accept();
      return valueRead(part.count);
    }
    const all = whole.peek();
    if (all.down !== undefined) return unreached(all.down);
    // A share of nothing is no number. What has been counted stays in the next reading.
    if (all.count === 0) {
      return part.count === 0
        ? {kind: 'nothing'}
        : wrongAnswer(`${part.count} matching lines, but nothing from ${probe.of} to compare them with`);
    }
    matching.accept();
    whole.accept();
    return valueRead((100 * part.count) / all.count);
  };
}

/** `peek` counts since the last `accept`. */
type Counter = {peek(): {count: number; down?: string}; accept(): void};

function wholeCounter(of: string, spoolLines: SpoolLines, countSamples: CountSamples): Counter {
  if (countSamples(of) === undefined) {
    return counterFromHere(of, spoolLines, EVERY_LINE);
  }
  let accepted = countSamples(of) ?? 0;
  let seen = accepted;
  return {
    peek: () => {
      seen = countSamples(of) ?? accepted;
      return {count: seen - accepted};
    },
    accept: () => {
      accepted = seen;
    },
  };
}

/** Each line is looked at once, however often the count is asked for before it is accepted. */
function counterFromHere(source: string, spoolLines: SpoolLines, pattern: RegExp): Counter {
  let next = spoolLines(source).count(EVERY_LINE, 0).next;
  let pending = 0;
  return {
    peek: () => {
      const counted = spoolLines(source).count(pattern, next);
      next = counted.next;
      pending += counted.matches;
      return counted.down === undefined ? {count: pending} : {count: pending, down: counted.down};
    },
    accept: () => {
      pending = 0;
    },
  };
}

function compiled(pattern: string): RegExp | undefined {
  try {
    return new RegExp(pattern);
  } catch {
    return undefined;
  }
}
