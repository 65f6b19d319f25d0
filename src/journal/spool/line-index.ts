/** Finds a line's place in a file of millions: the offset of every so-many-th line, the rest is counted when needed. */

export type LineIndex = {
  /** The next bytes of the file, in order. */
  feed(bytes: Buffer): void;
  /** Finished lines so far, with those before `start`. */
  lines(): number;
  /** Bytes so far, and how many of them belong to finished lines: with those before `start`. */
  bytes(): number;
  finishedBytes(): number;
  /** The nearest remembered line at or before this one. */
  before(line: number): Place;
  /** The nearest remembered line that begins at or before this byte. */
  beforeByte(offset: number): Place;
};

/** `offset`: where the line begins. */
export type Place = {line: number; offset: number};

/** 10 million lines make 80 000 numbers. */
export const LINES_PER_ENTRY = 128;
const ENTRIES_AT_FIRST = 256;
const LINE_FEED = 10;

/** `start`: where the first line begins that is fed. */
export function createLineIndex(start: Place = {line: 0, offset: 0}): LineIndex {
  let offsets = new Float64Array(ENTRIES_AT_FIRST);
  offsets[0] = start.offset;
  let entries = 1;
  let lines = start.line;
  let bytes = start.offset;
  let finishedBytes = start.offset;

  function remember(offset: number): void {
    if (entries === offsets.length) {
      const larger = new Float64Array(offsets.length * 2);
      larger.set(offsets);
      offsets = larger;
    }
    offsets[entries] = offset;
    entries += 1;
  }

  function entry(index: number): Place {
    return {line: start.line + index * LINES_PER_ENTRY, offset: offsets[index] ?? 0};
  }

  return {
    feed(chunk) {
      for (let at = chunk.indexOf(LINE_FEED); at !== -1; at = chunk.indexOf(LINE_FEED, at + 1)) {
        lines += 1;
        finishedBytes = bytes + at + 1;
        if ((lines - start.line) % LINES_PER_ENTRY === 0) remember(finishedBytes);
      }
      bytes += chunk.length;
    },
    lines: () => lines,
    bytes: () => bytes,
    finishedBytes: () => finishedBytes,
    before: line => entry(Math.min(Math.max(0, Math.floor((line - start.line) / LINES_PER_ENTRY)), entries - 1)),
    beforeByte(offset) {
      let low = 0;
      let high = entries - 1;
      while (low < high) {
        const middle = Math.ceil((low + high) / 2);
        if ((offsets[middle] ?? 0) <= offset) low = middle;
        else high = middle - 1;
      }
      return entry(low);
    },
  };
}
