/** How many lines of a growing file match, by where they stand: counted in the background, kept in few numbers. */
import {setTimeout as sleep} from 'node:timers/promises';
import type {LineDensity} from '../../text/log-text.ts';
import type {Pattern} from '../../text/pattern.ts';
import type {LineFile} from './line-file.ts';
import {lineMatcher} from './line-search.ts';

/** As many numbers for each pattern; when there are more lines, each stands for twice as many. */
const BINS_MAX = 4096;
const LINES_PER_BIN_FIRST = 32;
const FEED = 10;
/** It works for so long and rests for as long: it is not urgent. */
const TURN_MS = 6;
const REST_MS = 6;

export function createDensity(file: LineFile, patterns: readonly Pattern[]): LineDensity {
  const matchers = patterns.map(lineMatcher);
  const bins = patterns.map(() => new Float64Array(BINS_MAX));
  const first = file.firstLine();
  let perBin = LINES_PER_BIN_FIRST;
  let position = file.offsetOf(0);
  let line = first;
  let stopped = false;
  let underWay: Promise<void> | undefined;

  function halve(): void {
    for (const counts of bins) {
      for (let bin = 0; bin < BINS_MAX; bin += 1) {
        counts[bin] = 2 * bin < BINS_MAX ? (counts[2 * bin] ?? 0) + (counts[2 * bin + 1] ?? 0) : 0;
      }
    }
    perBin *= 2;
  }

  function take(bytes: Buffer): void {
    const lines = feedsIn(bytes, 0, bytes.length);
    while (line + lines - first > BINS_MAX * perBin) halve();
    for (const [index, matcher] of matchers.entries()) {
      let at = 0;
      let own = line;
      matcher(bytes, offset => {
        const start = offset();
        own += feedsIn(bytes, at, start);
        at = start;
        const bin = Math.floor((own - first) / perBin);
        const counts = bins[index];
        if (counts !== undefined) counts[bin] = (counts[bin] ?? 0) + 1;
        return true;
      });
    }
    line += lines;
  }

  async function count(): Promise<void> {
    for (const pattern of patterns) await pattern.ready;
    for (let turnFrom = performance.now(); !stopped; ) {
      const block = file.blockFrom(position, Number.POSITIVE_INFINITY);
      if (block.end <= block.start) break;
      // What was dropped meanwhile is not counted.
      if (block.start > position) line = file.lineAt(block.start) ?? line;
      take(block.bytes);
      position = block.end;
      if (performance.now() - turnFrom < TURN_MS) continue;
      await sleep(REST_MS);
      turnFrom = performance.now();
    }
    underWay = undefined;
  }

  return {
    advance() {
      underWay ??= count();
      return underWay;
    },
    between: (from, to) => bins.map(counts => within(counts, (from - first) / perBin, (to - first) / perBin)),
    stop() {
      stopped = true;
    },
  };
}

/** Adds up bins; a bin that lies only partly between `from` and `to` (in bins) counts in part. */
function within(counts: Float64Array, from: number, to: number): number {
  let sum = 0;
  for (let bin = Math.max(0, Math.floor(from)); bin < Math.min(counts.length, Math.ceil(to)); bin += 1) {
    const share = Math.min(bin + 1, to) - Math.max(bin, from);
    sum += (counts[bin] ?? 0) * share;
  }
  return sum;
}

function feedsIn(bytes: Buffer, from: number, to: number): number {
  let feeds = 0;
  for (let at = bytes.indexOf(FEED, from); at !== -1 && at < to; at = bytes.indexOf(FEED, at + 1)) feeds += 1;
  return feeds;
}
