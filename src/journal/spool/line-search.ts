/** Looks for lines of a file by regular expression: a block of lines at once, line by line only where it may match. */
import {isAscii} from 'node:buffer';
import {setImmediate as nextTurn} from 'node:timers/promises';
import type {Pattern} from '../../text/pattern.ts';
import {type RequiredLiterals, requiredLiterals} from '../../text/required-literals.ts';
import type {Block, LineFile} from './line-file.ts';
import {rareIn} from './rare-text.ts';

/** After so long the event loop gets its turn, so that keys are answered while a search runs. */
const TURN_MS = 8;

/** The nearest line at or after (`1`), at or before (`-1`) `from` that matches; none behind `limit`, going that way. */
export async function findLine(
  file: LineFile,
  pattern: Pattern,
  {from, direction, limit}: {from: number; direction: 1 | -1; limit?: number | undefined},
): Promise<number | undefined> {
  if (from >= file.lines() && direction === 1) return undefined;
  await pattern.ready;
  const matcher = lineMatcher(pattern);
  const bound = direction === 1 ? file.offsetOf(Math.max(0, from)) : file.offsetOf(from + 1);
  const end = limit === undefined ? (direction === 1 ? Number.POSITIVE_INFINITY : 0) : file.offsetOf(limit);
  let found: number | undefined;
  await eachBlock(file, {bound, limit: end, direction}, block => {
    let nearest: (() => number) | undefined;
    matcher(block.bytes, offset => {
      nearest = offset;
      // When searching backwards the last match is wanted.
      return direction === -1;
    });
    if (nearest !== undefined) found = block.start + nearest();
    return found === undefined;
  });
  if (found === undefined) return undefined;
  const line = file.lineAt(found);
  // It was dropped while it was being found, with all before it.
  return line === undefined && direction === 1
    ? findLine(file, pattern, {from: file.firstLine(), direction: 1, limit})
    : line;
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
    matcher(block.bytes, (_, line) => {
      matches += 1;
      if (sample.length < sampleMax) sample.push(line());
      return true;
    });
    return true;
  });
  const gone = Math.max(0, Math.min(file.firstLine(), to) - from);
  return {matches, lines: Math.max(0, to - from) - gone, sample, gone};
}

/** Until `visit` says no. It is done with a block when it returns: the next one takes the same memory. */
export async function eachBlock(
  file: LineFile,
  {bound, limit, direction}: {bound: number; limit: number; direction: 1 | -1},
  visit: (block: Block) => boolean,
): Promise<void> {
  let position = bound;
  let turnFrom = performance.now();
  for (;;) {
    const block = direction === 1 ? file.blockFrom(position, limit) : file.blockUpTo(position, limit);
    if (block.start === block.end || !visit(block)) return;
    position = direction === 1 ? block.end : block.start;
    if (performance.now() - turnFrom < TURN_MS) continue;
    await nextTurn();
    turnFrom = performance.now();
  }
}

/** Calls `visit` for each line that matches, in order, until it says no: where the line begins, and its text. */
export type LineMatcher = (block: Buffer, visit: Visit) => void;
type Visit = (offset: () => number, line: () => string) => boolean;

export function lineMatcher(pattern: Pattern): LineMatcher {
  const {source, flags, nativeLengthMax} = pattern;
  const isLinear = nativeLengthMax === Number.POSITIVE_INFINITY;
  const literals = requiredLiterals(source);
  const inBytes = isLinear && IN_BYTES.test(source) && !NOT_IN_BYTES.test(source);
  const byLiteral = literals && literalMatcher(pattern, literals);
  const isSure = literals?.isAll === true && flags === '';
  if (byLiteral !== undefined && (isSure || (flags === 'i' && !inBytes))) return byLiteral;
  const byPattern = patternMatcher(pattern, isLinear, inBytes);
  if (byLiteral === undefined || literals === undefined || flags === 'i') return byPattern;
  const sets = [literals.texts, ...literals.others.map(text => [text])];
  return (block, visit) => {
    const texts = rareIn(block, sets);
    const matcher = texts === undefined ? byPattern : (literalMatcher(pattern, {texts, isAll: false}) ?? byPattern);
    matcher(block, visit);
  };
}

/** The expression runs over a whole block where that says the same as line by line. */
function patternMatcher(pattern: Pattern, isLinear: boolean, inBytes: boolean): LineMatcher {
  const {source, flags, nativeLengthMax} = pattern;
  // Looking around, or what takes line feeds without an end, may see the neighbouring line and differ from the line by
  // itself, or run through all of them.
  const staysInLine = !/\(\?<?[=!]/.test(source) && (isLinear || !TAKES_FEEDS.test(source));
  const byLine: LineMatcher = (block, visit) => eachLine(block, pattern, visit);
  if (!staysInLine) return byLine;
  // A class of what is left out need not stop at each line feed: no line holds one.
  const several = new RegExp(withoutFeeds(source), `${flags}gm`);
  return (block, visit) => {
    if (longestLine(block, nativeLengthMax) > nativeLengthMax) return byLine(block, visit);
    eachFound(block, inBytes || isAscii(block) ? 'latin1' : 'utf8', several, pattern, visit);
  };
}

/** `[^x]` becomes `[^\\nx]`; what is escaped stays. */
function withoutFeeds(source: string): string {
  return source.replace(/\\[\s\S]|\[\^?(?:\\[\s\S]|[^\]\\])*\]/g, piece =>
    piece.startsWith('[^') ? `[^\\n${piece.slice(2)}` : piece,
  );
}

/** Plain signs of ASCII, classes of them and digits: they match in UTF-8 as it is stored what they match in its text. */
const IN_BYTES = /^[ -~]*$/;
const NOT_IN_BYTES = /\.|\[\^|\\[DSWspPuxkc\d]|\(\?[^:]/;

/**
 * Bytes are looked for; only a line that holds them is decoded and held against the pattern. Undefined where letters in
 * either case are wanted and not all of them are of ASCII.
 */
function literalMatcher(
  pattern: Pattern,
  {texts, isAll}: Pick<RequiredLiterals, 'texts' | 'isAll'>,
): LineMatcher | undefined {
  const anyCase = pattern.flags === 'i';
  if (anyCase && !texts.every(text => IN_BYTES.test(text))) return undefined;
  return (block, visit) => {
    const next = anyCase ? nextInAnyCase(block, texts) : nextOf(block, texts);
    for (let from = 0; ; ) {
      const found = next(from);
      if (found === -1) return;
      const start = found === 0 ? 0 : block.lastIndexOf(FEED, found - 1) + 1;
      const end = endOfLine(block, found);
      const line = () => block.toString('utf8', start, end);
      if ((isAll || pattern.test(line())) && !visit(() => start, line)) return;
      from = end + 1;
    }
  };
}

/** Where the nearest of the texts stands at or behind a place, or -1. */
type Next = (from: number) => number;

function nextOf(block: Buffer, texts: readonly string[]): Next {
  const places = texts.map(text => ({bytes: Buffer.from(text), at: block.indexOf(text)}));
  return from => {
    let nearest = -1;
    for (const place of places) {
      if (place.at !== -1 && place.at < from) place.at = block.indexOf(place.bytes, from);
      if (place.at !== -1 && (nearest === -1 || place.at < nearest)) nearest = place.at;
    }
    return nearest;
  };
}

function nextInAnyCase(block: Buffer, texts: readonly string[]): Next {
  const text = block.toString('latin1');
  const any = new RegExp(texts.map(one => one.replace(/[^\w\s]/g, '\\$&')).join('|'), 'gi');
  return from => {
    any.lastIndex = from;
    return any.exec(text)?.index ?? -1;
  };
}

/** The expression runs over all lines at once; what it finds may reach into the next line, so the line is looked at by itself. */
function eachFound(block: Buffer, encoding: 'latin1' | 'utf8', several: RegExp, pattern: Pattern, visit: Visit): void {
  const text = block.toString(encoding, 0, block.length - 1);
  for (several.lastIndex = 0; ; ) {
    const found = several.exec(text);
    if (found === null) return;
    const start = found.index === 0 ? 0 : text.lastIndexOf('\n', found.index - 1) + 1;
    const feed = text.indexOf('\n', found.index);
    const end = feed === -1 ? text.length : feed;
    const line = () => text.slice(start, end);
    const offset = () => (encoding === 'latin1' ? start : Buffer.byteLength(text.slice(0, start)));
    const shown = () => (encoding === 'latin1' ? block.toString('utf8', start, end) : line());
    const isInside = found.index + found[0].length <= end;
    if ((isInside || pattern.test(line())) && !visit(offset, shown)) return;
    if (feed === -1) return;
    several.lastIndex = end + 1;
  }
}

function eachLine(block: Buffer, pattern: Pattern, visit: Visit): void {
  for (let start = 0; start < block.length; ) {
    const end = endOfLine(block, start);
    const line = block.toString('utf8', start, end);
    const own = start;
    start = end + 1;
    if (
      pattern.test(line) &&
      !visit(
        () => own,
        () => line,
      )
    )
      return;
  }
}

function endOfLine(block: Buffer, from: number): number {
  const end = block.indexOf(FEED, from);
  return end === -1 ? block.length : end;
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
