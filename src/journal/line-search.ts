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
  for await (const block of blocks(file, bound, direction)) {
    if (!matcher.mayMatch(block.text)) continue;
    const offset = matchingOffset(block, matcher.matches, direction);
    if (offset !== undefined) return file.lineAt(offset);
  }
  return undefined;
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
  const end = file.offsetOf(to);
  const sample: string[] = [];
  let matches = 0;
  for await (const block of blocks(file, file.offsetOf(from), 1, end)) {
    if (!matcher.mayMatch(block.text)) continue;
    for (const line of block.text.slice(0, -1).split('\n')) {
      if (!matcher.matches(line)) continue;
      matches += 1;
      if (sample.length < sampleMax) sample.push(line);
    }
  }
  return {matches, lines: Math.max(0, to - from), sample};
}

async function* blocks(
  file: LineFile,
  bound: number,
  direction: 1 | -1,
  limit = direction === 1 ? Number.POSITIVE_INFINITY : 0,
): AsyncGenerator<Block> {
  let position = bound;
  let sinceTurn = 0;
  for (;;) {
    const block = direction === 1 ? file.blockFrom(position, limit) : file.blockUpTo(position, limit);
    if (block.start === block.end) return;
    yield block;
    position = direction === 1 ? block.end : block.start;
    sinceTurn += block.end - block.start;
    if (sinceTurn >= BYTES_PER_TURN) {
      sinceTurn = 0;
      await nextTurn();
    }
  }
}

function matchingOffset(block: Block, matches: (line: string) => boolean, direction: 1 | -1): number | undefined {
  const lines = block.text.slice(0, -1).split('\n');
  const index = direction === 1 ? lines.findIndex(matches) : lines.findLastIndex(matches);
  if (index === -1) return undefined;
  if (index === 0) return block.start;
  return block.start + Buffer.byteLength(lines.slice(0, index).join('\n')) + 1;
}

type LineMatcher = {mayMatch(block: string): boolean; matches(line: string): boolean};

function lineMatcher(pattern: RegExp): LineMatcher {
  const flags = pattern.flags.replaceAll(/[gy]/g, '');
  const single = new RegExp(pattern.source, flags);
  const matches = (line: string) => single.test(line);
  // Looking around, or a dot that takes line feeds, may see the neighbouring line and differ from the line by itself.
  if (/\(\?<?[=!]/.test(pattern.source) || flags.includes('s')) return {mayMatch: () => true, matches};
  const several = new RegExp(pattern.source, flags.includes('m') ? flags : `${flags}m`);
  return {mayMatch: block => several.test(block), matches};
}
