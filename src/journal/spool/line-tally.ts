/** Counts the lines of a growing file that match, in the background: all of them, and those up to a given line. */
import type {LineTally} from '../../text/log-text.ts';
import type {Pattern} from '../../text/pattern.ts';
import type {LineFile} from './line-file.ts';
import {eachBlock, type LineMatcher, lineMatcher} from './line-search.ts';

/** `start … end-1` in bytes, and the matches in it. */
type Counted = {start: number; end: number; matches: number};

/** Only counts are kept, one for each such part: memory does not depend on how often the pattern matches. */
const PART_BYTES = 256 * 1024;
const PLACES_REMEMBERED_MAX = 64;

export function createTally(file: LineFile, pattern: Pattern): LineTally {
  const matcher = lineMatcher(pattern);
  const parts = countedParts(file, matcher);
  let position = file.offsetOf(0);
  let stopped = false;
  let underWay: Promise<void> | undefined;

  async function count(): Promise<void> {
    await pattern.ready;
    await eachBlock(file, {bound: position, limit: Number.POSITIVE_INFINITY, direction: 1}, block => {
      if (stopped) return false;
      parts.add(block.start, block.end, matchesIn(block.bytes, matcher));
      position = block.end;
      return true;
    });
    underWay = undefined;
  }

  return {
    advance() {
      underWay ??= count();
      return underWay;
    },
    matches: () => parts.total(),
    share() {
      const [first, last] = [file.offsetOf(0), file.offsetOf(file.lines())];
      return last <= first ? 1 : Math.min(1, Math.max(0, (position - first) / (last - first)));
    },
    upTo(line) {
      if (line < file.firstLine()) return 0;
      const end = file.offsetOf(line + 1);
      return end > position ? undefined : parts.upTo(line, end);
    },
    stop() {
      stopped = true;
    },
  };
}

function countedParts(file: LineFile, matcher: LineMatcher) {
  const parts: Counted[] = [];
  const places = new Map<number, number>();

  /** The oldest lines may have been dropped since they were counted. */
  function forgetGone(): void {
    const first = file.offsetOf(0);
    if ((parts[0]?.start ?? first) >= first) return;
    places.clear();
    while ((parts[0]?.end ?? Number.POSITIVE_INFINITY) <= first) parts.shift();
    const oldest = parts[0];
    if (oldest === undefined || oldest.start >= first) return;
    parts[0] = {start: first, end: oldest.end, matches: countBetween(file, matcher, first, oldest.end)};
  }

  function countUpTo(end: number): number {
    let matches = 0;
    for (const part of parts) {
      if (part.end > end) return matches + countBetween(file, matcher, part.start, end);
      matches += part.matches;
    }
    return matches;
  }

  return {
    add(start: number, end: number, matches: number): void {
      const last = parts.at(-1);
      if (last?.end !== start || end - last.start > PART_BYTES) return void parts.push({start, end, matches});
      last.end = end;
      last.matches += matches;
    },
    total(): number {
      forgetGone();
      return parts.reduce((sum, part) => sum + part.matches, 0);
    },
    /** `end`: where this line ends. */
    upTo(line: number, end: number): number {
      forgetGone();
      const matches = places.get(line) ?? countUpTo(end);
      if (places.size >= PLACES_REMEMBERED_MAX) places.clear();
      places.set(line, matches);
      return matches;
    },
  };
}

function countBetween(file: LineFile, matcher: LineMatcher, start: number, end: number): number {
  let matches = 0;
  for (let at = start; at < end; ) {
    const block = file.blockFrom(at, end);
    if (block.end <= at) break;
    matches += matchesIn(block.bytes, matcher);
    at = block.end;
  }
  return matches;
}

function matchesIn(bytes: Buffer, matcher: LineMatcher): number {
  let matches = 0;
  matcher(bytes, () => {
    matches += 1;
    return true;
  });
  return matches;
}
