/** The newest text of a growing source in pieces of whole lines, without looking at what came before. */
import {openPieces, type Pieces} from './file-pieces.ts';

/** `content` is whole lines, each with its line feed. */
export type TextPiece = {firstLine: number; lines: number; content: Buffer};

export type NewestText = {
  /**
   * The next lines, at most `pieceBytes`; nothing when there are none. Where more than `behindBytes` are left, only the
   * newest of so many, and the others are passed over. `lines`: how many the source has now, all of them in its file.
   */
  next(lines: number): TextPiece | undefined;
  close(): void;
};

const LINE_FEED = 10;

/** `pieceBytes`: more than the longest line has. */
export function openNewestText(path: string, limits: {pieceBytes: number; behindBytes: number}): NewestText {
  let pieces: Pieces | undefined;
  /** Where the next line begins. */
  let next: {line: number; offset: number} | undefined;

  /** Counted from the end: the file ends where its last line does. */
  function newestOf({first, size, read}: Pieces, lines: number): {line: number; offset: number} {
    const start = Math.max(first().offset, size() - limits.behindBytes);
    const bytes = bytesFrom(read, start, size());
    const skipped = start === first().offset ? 0 : bytes.indexOf(LINE_FEED) + 1;
    return {line: lines - lineFeedsIn(bytes.subarray(skipped)), offset: start + skipped};
  }

  return {
    next(lines) {
      pieces ??= openPieces(path);
      if (pieces === undefined) return undefined;
      pieces.look();
      if (next === undefined || pieces.size() - next.offset > limits.behindBytes) next = newestOf(pieces, lines);
      const bytes = bytesFrom(pieces.read, next.offset, Math.min(pieces.size(), next.offset + limits.pieceBytes));
      const content = bytes.subarray(0, bytes.lastIndexOf(LINE_FEED) + 1);
      if (content.length === 0) return undefined;
      const piece = {firstLine: next.line, lines: lineFeedsIn(content), content};
      next = {line: next.line + piece.lines, offset: next.offset + content.length};
      return piece;
    },
    close() {
      pieces?.close();
      pieces = undefined;
    },
  };
}

function bytesFrom(read: Pieces['read'], from: number, to: number): Buffer {
  const bytes = Buffer.alloc(Math.max(0, to - from));
  let got = 0;
  while (got < bytes.length) {
    const more = read(bytes, got, bytes.length - got, from + got);
    if (more === 0) break;
    got += more;
  }
  return bytes.subarray(0, got);
}

function lineFeedsIn(bytes: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(LINE_FEED); at !== -1; at = bytes.indexOf(LINE_FEED, at + 1)) count += 1;
  return count;
}
