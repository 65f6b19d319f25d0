/** Lines of one growing file by number: small windows at once, whole passes in pieces. */

import {openPieces, type Pieces} from './file-pieces.ts';
import {createLineIndex, type LineIndex, type Place} from './line-index.ts';

export type LineFile = {
  /** Takes in what the file has grown by, at most `bytesMax`; false when there is more. */
  refresh(bytesMax?: number): boolean;
  /** Finished lines taken in so far, with those that are not kept any more. */
  lines(): number;
  /** The first line that is still kept. */
  firstLine(): number;
  /** A line that is not kept any more says so. */
  read(from: number, count: number): string[];
  /** Where a line begins; the end of the last line for any number past it, the first that is kept for any before it. */
  offsetOf(line: number): number;
  /** The number of the line that holds this byte; undefined when it is gone. */
  lineAt(offset: number): number | undefined;
  /** Whole lines: forward from `start`, or backward up to `end`; as many as fit a block (always at least one). */
  blockFrom(start: number, limit: number): Block;
  blockUpTo(end: number, limit: number): Block;
  /** Afterwards there are no lines; a search that is under way ends. */
  close(): void;
};

/** Bytes `start … end-1` of the file, both at the beginning of a line. The buffer is used again for the next block. */
export type Block = {start: number; end: number; bytes: Buffer};

const BLOCK_BYTES = 256 * 1024;
const WINDOW_BYTES = 64 * 1024;
const LINE_FEED = 10;

/** Undefined while there is no such file. */
export function openLineFile(path: string): LineFile | undefined {
  const pieces = openPieces(path);
  if (pieces === undefined) return undefined;
  const {first} = pieces;
  let index = createLineIndex(first());
  // New memory for every window or block would cost more than the reading.
  const file = {
    scratch: createScratch(pieces),
    first,
    before: (line: number) => notBefore(index.before(line), first()),
  };
  let open = true;
  return {
    refresh(bytesMax = Number.POSITIVE_INFINITY) {
      if (!open) return true;
      pieces.look();
      // What was to be taken in next is gone.
      if (index.bytes() < first().offset) index = createLineIndex(first());
      return takeIn(file.scratch, index, bytesMax, pieces.size());
    },
    lines: () => (open ? index.lines() : 0),
    firstLine: () => (open ? first().line : 0),
    read: (from, count) => (open ? readWindow(file, index, from, count) : []),
    offsetOf: line => (open ? offsetOf(file, index, line) : 0),
    lineAt: offset => (open ? lineAt(file, index, offset) : undefined),
    blockFrom: (start, limit) =>
      open ? blockFrom(file, start, Math.min(limit, index.finishedBytes())) : nothingAt(start),
    blockUpTo: (end, limit) => (open ? blockUpTo(file, end, limit) : nothingAt(end)),
    close() {
      if (open) pieces.close();
      open = false;
    },
  };
}

/** What is read from: `first` moves on as the oldest lines are dropped. */
type Source = {scratch: Scratch; first: Pieces['first']; before(line: number): Place};

/** A line that the index knows may be gone. */
function notBefore(place: Place, first: Place): Place {
  return place.offset < first.offset ? first : place;
}

function nothingAt(offset: number): Block {
  return {start: offset, end: offset, bytes: Buffer.alloc(0)};
}

function takeIn(readBytes: Scratch, index: LineIndex, bytesMax: number, size: number): boolean {
  const end = Math.min(size, index.bytes() + bytesMax);
  while (index.bytes() < end) {
    const bytes = readBytes(index.bytes(), Math.min(end, index.bytes() + BLOCK_BYTES));
    if (bytes.length === 0) return true;
    index.feed(bytes);
  }
  return end === size;
}

function readWindow({scratch, first, before}: Source, index: LineIndex, from: number, count: number): string[] {
  const last = Math.min(from + count, index.lines());
  const kept = first().line;
  const gone = Math.min(last, kept) - Math.max(0, from);
  const lines = Array.from({length: Math.max(0, gone)}, () => goneText(kept));
  const wanted = Math.max(kept, from);
  if (wanted >= last) return lines;
  let {line, offset} = before(wanted);
  while (line < last) {
    const bytes = readLines(scratch, offset, index.finishedBytes());
    // It has just been dropped.
    if (bytes.length === 0) break;
    for (let at = 0; at < bytes.length && line < last; line += 1) {
      const end = bytes.indexOf(LINE_FEED, at);
      if (line >= wanted) lines.push(bytes.toString('utf8', at, end));
      at = end + 1;
    }
    offset += bytes.length;
  }
  return lines;
}

/** In the place of each of these lines, so that no number changes. */
function goneText(lines: number): string {
  return `[tminus] lines 1 to ${lines} are not kept any more: of a log only the newest part is, of a run of another machine what came since`;
}

function offsetOf({scratch, before}: Source, index: LineIndex, wanted: number): number {
  if (wanted >= index.lines()) return index.finishedBytes();
  let {line, offset} = before(wanted);
  while (line < wanted) {
    const bytes = readLines(scratch, offset, index.finishedBytes());
    if (bytes.length === 0) break;
    let at = 0;
    for (; at < bytes.length && line < wanted; line += 1) at = bytes.indexOf(LINE_FEED, at) + 1;
    offset += at;
  }
  return offset;
}

function lineAt({scratch, first}: Source, index: LineIndex, wanted: number): number | undefined {
  let {line, offset} = notBefore(index.beforeByte(wanted), first());
  while (offset < wanted) {
    const bytes = readLines(scratch, offset, index.finishedBytes());
    if (bytes.length === 0) return undefined;
    for (let at = 0; at < bytes.length; line += 1) {
      at = bytes.indexOf(LINE_FEED, at) + 1;
      if (offset + at > wanted) return line;
    }
    offset += bytes.length;
  }
  return offset === wanted ? line : undefined;
}

/** Whole lines from there, about a window full. */
function readLines(readBytes: Scratch, start: number, limit: number): Buffer {
  return wholeLinesFrom(readBytes, start, limit, WINDOW_BYTES);
}

function blockFrom({scratch, first}: Source, start: number, limit: number): Block {
  for (;;) {
    const from = Math.max(start, first().offset);
    const bytes = wholeLinesFrom(scratch, from, limit, BLOCK_BYTES);
    // What has been dropped meanwhile is passed over.
    if (bytes.length > 0 || first().offset <= from) return {start: from, end: from + bytes.length, bytes};
  }
}

function wholeLinesFrom(readBytes: Scratch, start: number, limit: number, size: number): Buffer {
  for (let wanted = size; ; wanted *= 2) {
    const bytes = readBytes(start, Math.min(limit, start + wanted));
    const end = bytes.lastIndexOf(LINE_FEED) + 1;
    // Lines are capped when they are written; only a damaged file has one that is longer than a window.
    if (end > 0 || start + bytes.length >= limit || bytes.length < wanted) return bytes.subarray(0, end);
  }
}

function blockUpTo({scratch, first}: Source, end: number, limit: number): Block {
  for (let wanted = BLOCK_BYTES; ; wanted *= 2) {
    const least = Math.max(limit, first().offset);
    if (end <= least) return nothingAt(end);
    const from = Math.max(least, end - wanted);
    const bytes = scratch(from, end);
    if (bytes.length < end - from) {
      if (first().offset > least) continue;
      return nothingAt(end);
    }
    if (from === least) return {start: least, end, bytes};
    const begin = bytes.indexOf(LINE_FEED) + 1;
    if (begin < bytes.length) return {start: from + begin, end, bytes: bytes.subarray(begin)};
  }
}

/** Bytes `from … to-1`, as far as there are any; good until the next call. */
type Scratch = (from: number, to: number) => Buffer;

function createScratch(pieces: Pieces): Scratch {
  let buffer = Buffer.allocUnsafeSlow(WINDOW_BYTES);
  return (from, to) => {
    const wanted = Math.max(0, to - from);
    if (wanted > buffer.length) buffer = Buffer.allocUnsafeSlow(wanted);
    let got = 0;
    while (got < wanted) {
      const more = pieces.read(buffer, got, wanted - got, from + got);
      if (more === 0) break;
      got += more;
    }
    return buffer.subarray(0, got);
  };
}
