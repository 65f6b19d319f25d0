/**
 * Cuts a very large document where no block is broken, so that reading it takes time in proportion to its size.
 * Documents of ordinary size stay whole.
 */
export type Piece = {offset: number; lines: readonly string[]};

const WHOLE_CHARACTERS_MAX = 48 * 1024;
const PIECE_CHARACTERS = 4 * 1024;
/** Past this a piece is cut at any line that could start a block, past the next at any line at all. */
const PIECE_CHARACTERS_LOOSE = 6 * 1024;
const PIECE_CHARACTERS_MAX = 64 * 1024;
const LINE_CHARACTERS_MAX = 20_000;
const NESTING_CHARACTERS_MAX = 200;

export function pieces(lines: readonly string[]): Piece[] {
  const safe = lines.map(digestible);
  const total = safe.reduce((sum, line) => sum + line.length + 1, 0);
  if (total <= WHOLE_CHARACTERS_MAX) return [{offset: 0, lines: safe}];
  const found: Piece[] = [];
  let start = 0;
  let size = 0;
  let fence: string | undefined;
  safe.forEach((line, index) => {
    if (index > start && mayCut(line, size, fence !== undefined)) {
      found.push({offset: start, lines: safe.slice(start, index)});
      start = index;
      size = 0;
      fence = undefined;
    }
    fence = fenceAfter(line, fence);
    size += line.length + 1;
  });
  found.push({offset: start, lines: safe.slice(start)});
  return found;
}

/** Two parts of a piece, cut at the heading nearest its middle where there is one; undefined for a single line. */
export function halves({offset, lines}: Piece): [Piece, Piece] | undefined {
  if (lines.length < 2) return undefined;
  const middle = Math.floor(lines.length / 2);
  let cut = middle;
  let fence: string | undefined;
  let nearest = Number.POSITIVE_INFINITY;
  lines.forEach((line, index) => {
    const distance = Math.abs(index - middle);
    if (index > 0 && fence === undefined && /^#{1,6}\s/.test(line) && distance < nearest) {
      cut = index;
      nearest = distance;
    }
    fence = fenceAfter(line, fence);
  });
  return [
    {offset, lines: lines.slice(0, cut)},
    {offset: offset + cut, lines: lines.slice(cut)},
  ];
}

function mayCut(line: string, size: number, inFence: boolean): boolean {
  if (size >= PIECE_CHARACTERS_MAX) return true;
  if (inFence || size < PIECE_CHARACTERS) return false;
  return /^#{1,6}\s/.test(line) || (size >= PIECE_CHARACTERS_LOOSE && /^\S/.test(line));
}

/** The mark that closes the fence we are in, if we are in one. */
function fenceAfter(line: string, fence: string | undefined): string | undefined {
  if (fence !== undefined) {
    const close = /^[\s>]*(`{3,}|~{3,})\s*$/.exec(line)?.[1];
    return close?.startsWith(fence) ? undefined : fence;
  }
  const open = /^[\s>]*(?:(?:[-*+]|\d{1,9}[.)])\s+)*(?:(`{3,})[^`]*|(~{3,}).*)$/.exec(line);
  return open?.[1] ?? open?.[2];
}

/** Container marks nested beyond all reason, and lines of megabytes, would exhaust the parser's stack. */
function digestible(line: string): string {
  const marks = /^(?:\s*(?:>|[-*+]\s|\d{1,9}[.)]\s))*/.exec(line.slice(0, NESTING_CHARACTERS_MAX + 1))?.[0] ?? '';
  if (marks.length >= NESTING_CHARACTERS_MAX) return '';
  return line.length > LINE_CHARACTERS_MAX ? line.slice(0, LINE_CHARACTERS_MAX) : line;
}
