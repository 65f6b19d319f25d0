/** Looks for lines of a file by regular expression: a block of lines at once, line by line only where it may match. */
import {setImmediate as nextTurn} from 'node:timers/promises';
import type {Block, LineFile} from './line-file.ts';

/** After so much the event loop gets its turn, so that keys are answered while a search runs. */
const BYTES_PER_TURN = 4 * 1024 * 1024;

/** The nearest line at or after (`1`), at or before (`-1`) `from` that matches. */
export async function findLine(
  file: LineFile,
  pattern: RegExp,
  from: number,
  direction: 1 | -1,
): Promise<number | undefined> {
  if (from >= file.lines() && direction === 1) return undefined;
  const matcher = lineMatcher(pattern);
  const bound = direction === 1 ? file.offsetOf(Math.max(0, from)) : file.offsetOf(from + 1);
  const limit = direction === 1 ? Number.POSITIVE_INFINITY : 0;
  let found: number | undefined;
  await eachBlock(file, {bound, limit, direction}, block => {
    if (matcher.mayMatch(block.bytes)) found = matchingOffset(block, matcher.matches, direction);
    return found === undefined;
  });
  return found === undefined ? undefined : file.lineAt(found);
}

/** How many of the lines `from … to-1` match, and the first few of them. */
export async function countLines(
  file: LineFile,
  pattern: RegExp,
  range: {from: number; to: number},
  sampleMax: number,
): Promise<{matches: number; lines: number; sample: string[]}> {
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
  return {matches, lines: Math.max(0, to - from), sample};
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

function lineMatcher(pattern: RegExp): LineMatcher {
  const flags = pattern.flags.replaceAll(/[gy]/g, '');
  const single = new RegExp(pattern.source, flags);
  const matches = (line: string) => single.test(line);
  // Plain words, which most searches are, are found without decoding anything.
  if (flags === '' && /^[\w ]+$/.test(pattern.source))
    return {mayMatch: block => block.includes(pattern.source), matches};
  // Looking around, or a dot that takes line feeds, may see the neighbouring line and differ from the line by itself.
  if (/\(\?<?[=!]/.test(pattern.source) || flags.includes('s')) return {mayMatch: () => true, matches};
  const several = new RegExp(pattern.source, flags.includes('m') ? flags : `${flags}m`);
  return {mayMatch: block => several.test(block.toString('utf8')), matches};
}
