/** Looks for lines of a file by regular expression: a block of lines at once, line by line only where it may match. */
import {setImmediate as nextTurn} from 'node:timers/promises';
import type {Pattern} from '../../text/pattern.ts';
import type {Block, LineFile} from './line-file.ts';

/** After so much the event loop gets its turn, so that keys are answered while a search runs. */
const BYTES_PER_TURN = 4 * 1024 * 1024;

/** The nearest line at or after (`1`), at or before (`-1`) `from` that matches. */
export async function findLine(
  file: LineFile,
  pattern: Pattern,
  from: number,
  direction: 1 | -1,
): Promise<number | undefined> {
  if (from >= file.lines() && direction === 1) return undefined;
  await pattern.ready;
  const matcher = lineMatcher(pattern);
  const bound = direction === 1 ? file.offsetOf(Math.max(0, from)) : file.offsetOf(from + 1);
  const limit = direction === 1 ? Number.POSITIVE_INFINITY : 0;
  let found: number | undefined;
  await eachBlock(file, {bound, limit, direction}, block => {
    if (matcher.mayMatch(block.bytes)) found = matchingOffset(block, matcher.matches, direction);
    return found === undefined;
  });
  if (found === undefined) return undefined;
  const line = file.lineAt(found);
  // It was dropped while it was being found, with all before it.
  return line === undefined && direction === 1 ? findLine(file, pattern, file.firstLine(), 1) : line;
}

/** How many of the lines `from … to-1` match that are still kept, of how many; the first few that do; and how many are gone. */
export async function countLines(
  file: LineFile,
  pattern: Pattern,
  range: {from: number; to: number},
  sampleMax: number,
): Promise<{matches: number; lines: number; sample: string[]; gone: number}> {
  await pattern.ready;
  const matcher = lineMatcher(pattern);
  const from = Math.max(0, range.from);
  const to = Math.min(range.to, file.lines());
  const sample: string[] = [];
  let matches = 0;
  await eachBlock(file, {bound: file.offsetOf(from), limit: file.offsetOf(to), direction: 1}, block => {
    if (!matcher.mayMatch(block.bytes)) return true;
    for (const line of linesOf(block)) {
      if (!matcher.matches(line)) continue;
      matches += 1;
      if (sample.length < sampleMax) sample.push(line);
    }
    return true;
  });
  const gone = Math.max(0, Math.min(file.firstLine(), to) - from);
  return {matches, lines: Math.max(0, to - from) - gone, sample, gone};
}

/** Until `visit` says no. It is done with a block when it returns: the next one takes the same memory. */
async function eachBlock(
  file: LineFile,
  {bound, limit, direction}: {bound: number; limit: number; direction: 1 | -1},
  visit: (block: Block) => boolean,
): Promise<void> {
  let position = bound;
  let sinceTurn = 0;
  for (;;) {
    const block = direction === 1 ? file.blockFrom(position, limit) : file.blockUpTo(position, limit);
    if (block.start === block.end || !visit(block)) return;
    position = direction === 1 ? block.end : block.start;
    sinceTurn += block.end - block.start;
    if (sinceTurn < BYTES_PER_TURN) continue;
    sinceTurn = 0;
    await nextTurn();
  }
}

function matchingOffset(block: Block, matches: (line: string) => boolean, direction: 1 | -1): number | undefined {
  const lines = linesOf(block);
  const index = direction === 1 ? lines.findIndex(matches) : lines.findLastIndex(matches);
  if (index === -1) return undefined;
  if (index === 0) return block.start;
  return block.start + Buffer.byteLength(lines.slice(0, index).join('\n')) + 1;
}

function linesOf({bytes}: Block): string[] {
  return bytes.toString('utf8', 0, bytes.length - 1).split('\n');
}

type LineMatcher = {mayMatch(block: Buffer): boolean; matches(line: string): boolean};

function lineMatcher(pattern: Pattern): LineMatcher {
  const {source, flags, nativeLengthMax} = pattern;
  const matches = (line: string) => pattern.test(line);
  // Plain words, which most searches are, are found without decoding anything.
  if (flags === '' && /^[\w ]+$/.test(source)) return {mayMatch: block => block.includes(source), matches};
  // Looking around, or what takes line feeds without an end, may see the neighbouring line and differ from the line by
  // itself, or run through all of them.
  const staysInLine =
    !/\(\?<?[=!]/.test(source) && (nativeLengthMax === Number.POSITIVE_INFINITY || !TAKES_FEEDS.test(source));
  if (!staysInLine) return {mayMatch: () => true, matches};
  const several = new RegExp(source, `${flags}m`);
  return {
    mayMatch: block => longestLine(block, nativeLengthMax) > nativeLengthMax || several.test(block.toString('utf8')),
    matches,
  };
}

/** A class of what is left out, or an escape that stands for line feeds as well. */
const TAKES_FEEDS = /\[\^|\\[sDWPpnrvfcux0]/;
const FEED = 10;

/** In bytes; it stops counting at the first that is longer than `enough`. */
function longestLine(block: Buffer, enough: number): number {
  if (enough === Number.POSITIVE_INFINITY) return 0;
  let longest = 0;
  for (let at = 0; at < block.length && longest <= enough; ) {
    const end = block.indexOf(FEED, at);
    longest = Math.max(longest, (end === -1 ? block.length : end) - at);
    at = end === -1 ? block.length : end + 1;
  }
  return longest;
}
