/** Most logs are plain ASCII. Such bytes can be stored as they are, and to see that they are costs least. */
import {isAscii} from 'node:buffer';

const LINE_FEED = 0x0a;
const WORD_BYTES = 4;
// Tell of four bytes at once whether one is below 0x20 or is 0x7f. Between bytes below 0x80 no borrow or carry hides one;
// a false alarm only means that the word is looked at byte by byte.
const SPACES = 0x20202020;
const ONES = 0x01010101;
const HIGH_BITS = 0x80808080;

/** How many lines end in these bytes, or undefined when there is anything in them but plain text in lines of bounded length. */
export function countPlainLines(bytes: Buffer, lengthMax: number): number | undefined {
  if (!isAscii(bytes)) return undefined;
  const scan = {lines: 0, lineStart: 0};
  const aligned = (WORD_BYTES - (bytes.byteOffset % WORD_BYTES)) % WORD_BYTES;
  // Too short to hold a whole word.
  if (bytes.length < aligned + WORD_BYTES)
    return scanBytes(bytes, 0, bytes.length, lengthMax, scan) ? scan.lines : undefined;
  const words = new Uint32Array(bytes.buffer, bytes.byteOffset + aligned, (bytes.length - aligned) >>> 2);
  if (!scanBytes(bytes, 0, aligned, lengthMax, scan)) return undefined;
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index] as number;
    if (((((word - SPACES) & ~word) | (word + ONES)) & HIGH_BITS) === 0) continue;
    const at = aligned + index * WORD_BYTES;
    if (!scanBytes(bytes, at, at + WORD_BYTES, lengthMax, scan)) return undefined;
  }
  const rest = aligned + words.length * WORD_BYTES;
  if (!scanBytes(bytes, rest, bytes.length, lengthMax, scan)) return undefined;
  return bytes.length - scan.lineStart > lengthMax ? undefined : scan.lines;
}

function scanBytes(
  bytes: Buffer,
  from: number,
  to: number,
  lengthMax: number,
  scan: {lines: number; lineStart: number},
): boolean {
  for (let at = from; at < to; at += 1) {
    const byte = bytes[at] as number;
    if (byte === LINE_FEED) {
      if (at - scan.lineStart > lengthMax) return false;
      scan.lines += 1;
      scan.lineStart = at + 1;
    } else if (byte < 0x20 || byte === 0x7f) return false;
  }
  return true;
}
