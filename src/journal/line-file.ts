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
  /** Whole lines as one text: forward from `start`, or backward up to `end`; as many as fit a block (always at least one). */
  blockFrom(start: number, limit: number): Block;
  blockUpTo(end: number, limit: number): Block;
  /** Afterwards there are no lines; a search that is under way ends. */
  close(): void;
};

/** Bytes `start … end-1` of the file, both at the beginning of a line, and their text. */
export type Block = {start: number; end: number; text: string};

const SCAN_BYTES = 1024 * 1024;
const BLOCK_BYTES = 256 * 1024;
const WINDOW_BYTES = 64 * 1024;
const LINE_FEED = 10;

/** Undefined while there is no such file. */
export function openLineFile(path: string): LineFile | undefined {
  const descriptor = openForReading(path);
  if (descriptor === undefined) return undefined;
  const index = createLineIndex();
  let open = true;
  return {
    refresh: (bytesMax = Number.POSITIVE_INFINITY) => !open || takeIn(descriptor, index, bytesMax),
    lines: () => (open ? index.lines() : 0),
    finishedBytes: index.finishedBytes,
    read: (from, count) => (open ? readWindow(descriptor, index, from, count) : []),
    offsetOf: line => (open ? offsetOf(descriptor, index, line) : 0),
    lineAt: offset => (open ? lineAt(descriptor, index, offset) : 0),
    blockFrom: (start, limit) =>
      open ? blockFrom(descriptor, start, Math.min(limit, index.finishedBytes())) : nothingAt(start),
    blockUpTo: (end, limit) => (open ? blockUpTo(descriptor, end, limit) : nothingAt(end)),
    close() {
      if (open) closeSync(descriptor);
      open = false;
    },
  };
}

function nothingAt(offset: number): Block {
  return {start: offset, end: offset, text: ''};
}

function openForReading(path: string): number | undefined {
  try {
    return openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW);
  } catch {
    return undefined;
  }
}

function takeIn(descriptor: number, index: LineIndex, bytesMax: number): boolean {
  const size = fstatSync(descriptor).size;
  const end = Math.min(size, index.bytes() + bytesMax);
  const buffer = Buffer.allocUnsafe(Math.min(SCAN_BYTES, Math.max(0, end - index.bytes())));
  while (index.bytes() < end) {
    const wanted = Math.min(buffer.length, end - index.bytes());
    const got = readSync(descriptor, buffer, 0, wanted, index.bytes());
    if (got === 0) return true;
    index.feed(buffer.subarray(0, got));
  }
  return end === size;
}

function readWindow(descriptor: number, index: LineIndex, from: number, count: number): string[] {
  const first = Math.max(0, from);
  const last = Math.min(from + count, index.lines());
  const lines: string[] = [];
  if (first >= last) return lines;
  let {line, offset} = index.before(first);
  while (line < last) {
    const bytes = readLines(descriptor, offset, index.finishedBytes());
    for (let at = 0; at < bytes.length && line < last; line += 1) {
      const end = bytes.indexOf(LINE_FEED, at);
      if (line >= first) lines.push(bytes.toString('utf8', at, end));
      at = end + 1;
    }
    offset += bytes.length;
  }
  return lines;
}

function offsetOf(descriptor: number, index: LineIndex, wanted: number): number {
  if (wanted >= index.lines()) return index.finishedBytes();
  let {line, offset} = index.before(wanted);
  while (line < wanted) {
    const bytes = readLines(descriptor, offset, index.finishedBytes());
    let at = 0;
    for (; at < bytes.length && line < wanted; line += 1) at = bytes.indexOf(LINE_FEED, at) + 1;
    offset += at;
  }
  return offset;
}

function lineAt(descriptor: number, index: LineIndex, wanted: number): number {
  let {line, offset} = index.beforeByte(wanted);
  while (offset < wanted) {
    const bytes = readLines(descriptor, offset, index.finishedBytes());
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
function readLines(descriptor: number, start: number, limit: number): Buffer {
  return wholeLinesFrom(descriptor, start, limit, WINDOW_BYTES);
}

function blockFrom(descriptor: number, start: number, limit: number): Block {
  const bytes = wholeLinesFrom(descriptor, start, limit, BLOCK_BYTES);
  return {start, end: start + bytes.length, text: bytes.toString('utf8')};
}

function wholeLinesFrom(descriptor: number, start: number, limit: number, size: number): Buffer {
  for (let wanted = size; ; wanted *= 2) {
    const bytes = readBytes(descriptor, start, Math.min(limit, start + wanted));
    const end = bytes.lastIndexOf(LINE_FEED) + 1;
    // Lines are capped when they are written; only a damaged file has one that is longer than a window.
    if (end > 0 || start + bytes.length >= limit || bytes.length < wanted) return bytes.subarray(0, end);
  }
}

function blockUpTo(descriptor: number, end: number, limit: number): Block {
  for (let wanted = BLOCK_BYTES; ; wanted *= 2) {
    const from = Math.max(limit, end - wanted);
    const bytes = readBytes(descriptor, from, end);
    if (from === limit) return {start: limit, end, text: bytes.toString('utf8')};
    const first = bytes.indexOf(LINE_FEED) + 1;
    if (first < bytes.length) return {start: from + first, end, text: bytes.toString('utf8', first)};
  }
}

function readBytes(descriptor: number, from: number, to: number): Buffer {
  const buffer = Buffer.allocUnsafe(Math.max(0, to - from));
  let got = 0;
  while (got < buffer.length) {
    const more = readSync(descriptor, buffer, got, buffer.length - got, from + got);
    if (more === 0) break;
    got += more;
  }
  return buffer.subarray(0, got);
}
