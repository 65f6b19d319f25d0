/** Cuts a very large document where no block is broken. */

/**
 * Cuts a very large document where no block is broken, so that reading it takes time in proportion to its size.
 * Documents of ordinary size stay whole.
 */
export type Piece = {offset: number; lines: readonly string[]};

const WHOLE_CHARACTERS_MAX = 48 * 1024;
const PIECE_CHARACTERS = 4 * 1024;
/** Without a heading in sight a piece is cut past this before any paragraph, then before any line that is not indented, then anywhere. */
const PARAGRAPH_CUT_FROM = 8 * 1024;
const LINE_CUT_FROM = 16 * 1024;
const PIECE_CHARACTERS_MAX = 64 * 1024;
/** The parser takes twice the time for each of thousands of lines: a list of thousands of tiny items is cut between them. */
const PIECE_LINES_MAX = 150;
const LINE_CHARACTERS_MAX = 20_000;
const NESTING_CHARACTERS_MAX = 100;

export function pieces(lines: readonly string[]): Piece[] {
  const safe = lines.map(digestible);
  const total = safe.reduce((sum, line) => sum + line.length + 1, 0);
  if (total <= WHOLE_CHARACTERS_MAX) return [{offset: 0, lines: safe}];
  const found: Piece[] = [];
  let start = 0;
  let size = 0;
  let fence: OpenFence | undefined;
  let around: OpenFence | undefined;
  safe.forEach((line, index) => {
    if (index > start && mayCut(line, safe[index - 1] ?? '', {size, count: index - start}, fence !== undefined)) {
      found.push(cutOut(safe, start, index, around));
      start = index;
      size = 0;
      around = fence;
    }
    fence = fenceAfter(line, fence);
    size += line.length + 1;
  });
  found.push(cutOut(safe, start, safe.length, around));
  return found;
}

/** Two parts of a piece, cut at the heading nearest its middle where there is one; undefined for a single line. */
export function halves({offset, lines}: Piece): [Piece, Piece] | undefined {
  if (lines.length < 2) return undefined;
  const middle = Math.floor(lines.length / 2);
  let cut = middle;
  let fence: OpenFence | undefined;
  let around: OpenFence | undefined;
  let nearest = Number.POSITIVE_INFINITY;
  lines.forEach((line, index) => {
    const distance = Math.abs(index - middle);
    if (index > 0 && fence === undefined && /^#{1,6}\s/.test(line) && distance < nearest) {
      cut = index;
      nearest = distance;
    }
    if (index === middle) around = fence;
    fence = fenceAfter(line, fence);
  });
  const second = cutOut(lines, cut, lines.length, cut === middle ? around : undefined);
  // A part must be smaller than the whole, the fence's first line put back included.
  if (second.lines.length >= lines.length) return undefined;
  return [
    {offset, lines: lines.slice(0, cut)},
    {offset: offset + second.offset, lines: second.lines},
  ];
}

type OpenFence = {mark: string; opener: string};

/** The fence that a cut goes through is opened again, one line early, so that its end does not open another. */
function cutOut(lines: readonly string[], from: number, to: number, around: OpenFence | undefined): Piece {
  if (around === undefined) return {offset: from, lines: lines.slice(from, to)};
  return {offset: from - 1, lines: [around.opener, ...lines.slice(from, to)]};
}

type Size = {size: number; count: number};

function mayCut(line: string, before: string, {size, count}: Size, inFence: boolean): boolean {
  if (size >= PIECE_CHARACTERS_MAX) return true;
  if (inFence) return false;
  if (count >= PIECE_LINES_MAX && /^\S/.test(line)) return true;
  if (size < PIECE_CHARACTERS) return false;
  if (/^#{1,6}\s/.test(line)) return true;
  return /^\S/.test(line) && size >= (before.trim() === '' ? PARAGRAPH_CUT_FROM : LINE_CUT_FROM);
}

/** The fence we are in after this line, if any. */
function fenceAfter(line: string, fence: OpenFence | undefined): OpenFence | undefined {
  if (fence !== undefined) {
    const close = /^[\s>]*(`{3,}|~{3,})\s*$/.exec(line)?.[1];
    return close?.startsWith(fence.mark) ? undefined : fence;
  }
  const open = /^[\s>]*(?:(?:[-*+]|\d{1,9}[.)])\s+)*(?:(`{3,})[^`]*|(~{3,}).*)$/.exec(line);
  const mark = open?.[1] ?? open?.[2];
  return mark === undefined ? undefined : {mark, opener: line};
}

/** Container marks nested beyond all reason, and lines of megabytes, would exhaust the parser's stack. */
function digestible(line: string): string {
  const marks = /^(?:\s*(?:>|[-*+]\s|\d{1,9}[.)]\s))*/.exec(line.slice(0, NESTING_CHARACTERS_MAX + 1))?.[0] ?? '';
  if (marks.length >= NESTING_CHARACTERS_MAX) return '';
  return line.length > LINE_CHARACTERS_MAX ? line.slice(0, LINE_CHARACTERS_MAX) : line;
}
