/** Lines of one growing file by number: small windows at once, whole passes in pieces. */
import {closeSync, constants, fstatSync, openSync, readSync} from 'node:fs';
import {createLineIndex, type LineIndex} from './line-index.ts';

export type LineFile = {
  /** Takes in what the file has grown by, at most `bytesMax`; false when there is more. */
  refresh(bytesMax?: number): boolean;
  /** Finished lines taken in so far. */
  lines(): number;
  /** Bytes of those lines. */
  finishedBytes(): number;
  read(from: number, count: number): string[];
  /** Where a line begins; the end of the last line for any number past it. */
  offsetOf(line: number): number;
  /** The number of the line that holds this byte. */
  lineAt(offset: number): number;
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
  const descriptor = openForReading(path);
  if (descriptor === undefined) return undefined;
  const index = createLineIndex();
  // New memory for every window or block would cost more than the reading.
  const scratch = createScratch(descriptor);
  let open = true;
  return {
    refresh: (bytesMax = Number.POSITIVE_INFINITY) =>
      !open || takeIn(scratch, index, bytesMax, fstatSync(descriptor).size),
    lines: () => (open ? index.lines() : 0),
    finishedBytes: index.finishedBytes,
    read: (from, count) => (open ? readWindow(scratch, index, from, count) : []),
    offsetOf: line => (open ? offsetOf(scratch, index, line) : 0),
    lineAt: offset => (open ? lineAt(scratch, index, offset) : 0),
    blockFrom: (start, limit) =>
      open ? blockFrom(scratch, start, Math.min(limit, index.finishedBytes())) : nothingAt(start),
    blockUpTo: (end, limit) => (open ? blockUpTo(scratch, end, limit) : nothingAt(end)),
    close() {
      if (open) closeSync(descriptor);
      open = false;
    },
  };
}

function nothingAt(offset: number): Block {
  return {start: offset, end: offset, bytes: Buffer.alloc(0)};
}

function openForReading(path: string): number | undefined {
  try {
    return openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW);
  } catch {
    return undefined;
  }
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

function readWindow(readBytes: Scratch, index: LineIndex, from: number, count: number): string[] {
  const first = Math.max(0, from);
  const last = Math.min(from + count, index.lines());
  const lines: string[] = [];
  if (first >= last) return lines;
  let {line, offset} = index.before(first);
  while (line < last) {
    const bytes = readLines(readBytes, offset, index.finishedBytes());
    for (let at = 0; at < bytes.length && line < last; line += 1) {
      const end = bytes.indexOf(LINE_FEED, at);
      if (line >= first) lines.push(bytes.toString('utf8', at, end));
      at = end + 1;
    }
    offset += bytes.length;
  }
  return lines;
}

function offsetOf(readBytes: Scratch, index: LineIndex, wanted: number): number {
  if (wanted >= index.lines()) return index.finishedBytes();
  let {line, offset} = index.before(wanted);
  while (line < wanted) {
    const bytes = readLines(readBytes, offset, index.finishedBytes());
    let at = 0;
    for (; at < bytes.length && line < wanted; line += 1) at = bytes.indexOf(LINE_FEED, at) + 1;
    offset += at;
  }
  return offset;
}

function lineAt(readBytes: Scratch, index: LineIndex, wanted: number): number {
  let {line, offset} = index.beforeByte(wanted);
  while (offset < wanted) {
    const bytes = readLines(readBytes, offset, index.finishedBytes());
    if (bytes.length === 0) break;
    for (let at = 0; at < bytes.length; line += 1) {
      at = bytes.indexOf(LINE_FEED, at) + 1;
      if (offset + at > wanted) return line;
    }
    offset += bytes.length;
  }
  return line;
}

/** Whole lines from there, about a window full. */
function readLines(readBytes: Scratch, start: number, limit: number): Buffer {
  return wholeLinesFrom(readBytes, start, limit, WINDOW_BYTES);
}

function blockFrom(readBytes: Scratch, start: number, limit: number): Block {
  const bytes = wholeLinesFrom(readBytes, start, limit, BLOCK_BYTES);
  return {start, end: start + bytes.length, bytes};
}

function wholeLinesFrom(readBytes: Scratch, start: number, limit: number, size: number): Buffer {
  for (let wanted = size; ; wanted *= 2) {
    const bytes = readBytes(start, Math.min(limit, start + wanted));
    const end = bytes.lastIndexOf(LINE_FEED) + 1;
    // Lines are capped when they are written; only a damaged file has one that is longer than a window.
    if (end > 0 || start + bytes.length >= limit || bytes.length < wanted) return bytes.subarray(0, end);
  }
}

function blockUpTo(readBytes: Scratch, end: number, limit: number): Block {
  for (let wanted = BLOCK_BYTES; ; wanted *= 2) {
    const from = Math.max(limit, end - wanted);
    const bytes = readBytes(from, end);
    if (from === limit) return {start: limit, end, bytes};
    const first = bytes.indexOf(LINE_FEED) + 1;
    if (first < bytes.length) return {start: from + first, end, bytes: bytes.subarray(first)};
  }
}

/** Bytes `from … to-1`, as far as there are any; good until the next call. */
type Scratch = (from: number, to: number) => Buffer;

function createScratch(descriptor: number): Scratch {
  let buffer = Buffer.allocUnsafeSlow(WINDOW_BYTES);
  return (from, to) => {
    const wanted = Math.max(0, to - from);
    if (wanted > buffer.length) buffer = Buffer.allocUnsafeSlow(wanted);
    let got = 0;
    while (got < wanted) {
      const more = readSync(descriptor, buffer, got, wanted - got, from + got);
      if (more === 0) break;
      got += more;
    }
    return buffer.subarray(0, got);
  };
}
