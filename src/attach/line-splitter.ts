/** Cuts a byte stream into lines without ever holding more than one line of the longest length allowed. */

export type LineSplitter = {
  /** The lines that this piece finishes, without their line feeds; `too-long` when the limit is passed, and from then on. */
  push(chunk: Buffer): Buffer[] | 'too-long';
};

const LINE_FEED = 10;

export function createLineSplitter(lengthMax: number): LineSplitter {
  let pieces: Buffer[] = [];
  let length = 0;
  let tooLong = false;

  function keep(piece: Buffer): void {
    pieces.push(piece);
    length += piece.length;
    if (length > lengthMax) tooLong = true;
  }

  function take(): Buffer {
    const line = pieces.length === 1 && pieces[0] !== undefined ? pieces[0] : Buffer.concat(pieces);
    pieces = [];
    length = 0;
    return line;
  }

  return {
    push(chunk) {
      const lines: Buffer[] = [];
      let at = 0;
      while (!tooLong) {
        const end = chunk.indexOf(LINE_FEED, at);
        keep(chunk.subarray(at, end === -1 ? chunk.length : end));
        if (tooLong || end === -1) break;
        lines.push(take());
        at = end + 1;
      }
      if (!tooLong) return lines;
      pieces = [];
      return 'too-long';
    },
  };
}
