/** Raw output of one source to lines that may be stored and shown: decoded, cleaned, redacted, cut into lines. */
import {isAscii} from 'node:buffer';
import {StringDecoder} from 'node:string_decoder';
import type {Redactor} from '../secrets/redact.ts';
import {TextCleaner} from './clean-text.ts';
import {createLineAssembler, LINE_LENGTH_MAX, type Lines} from './line-assembler.ts';

export type Ingest = {
  /** The lines that this chunk finishes, in order. Bytes among them are the caller's own until its next turn. */
  write(chunk: Buffer | string): Lines[];
  /** Gives out an unfinished line as it is; what comes later begins a new one. */
  end(): Lines[];
};

const LINE_FEED = 10;

export function createIngest(redactor: Redactor): Ingest {
  const decoder = new StringDecoder('utf8');
  const cleaner = new TextCleaner();
  const redaction = redactor.stream();
  const lines = createLineAssembler();
  // The decoder may hold the first bytes of a character whose others are still to come.
  let betweenCharacters = true;

  // Cleaned before it is redacted: a sequence in the middle of a secret would hide it and then be taken away.
  function writeText(chunk: Buffer | string): Lines[] {
    const last = chunk.at(-1);
    if (typeof last === 'number') betweenCharacters = last < 0x80;
    return [withoutSecrets(lines.write(redaction.write(cleaner.write(decoder.write(chunk)))))];
  }

  function withoutSecrets(finished: Lines): Lines {
    const {content, count} = finished;
    return count === 0 || typeof content !== 'string' ? finished : {content: redactor.output(content), count};
  }

  function writePlain(bytes: Buffer, count: number): Lines[] {
    const first = bytes.indexOf(LINE_FEED);
    const last = bytes.lastIndexOf(LINE_FEED);
    const head = withoutSecrets(lines.write(bytes.toString('latin1', 0, first + 1)));
    const body = {content: bytes.subarray(first + 1, last + 1), count: count - 1};
    lines.write(bytes.toString('latin1', last + 1));
    return [head, body];
  }

  return {
    write(chunk) {
      if (typeof chunk === 'string' || !betweenCharacters || !cleaner.idle) return writeText(chunk);
      const count = countPlainLines(chunk, LINE_LENGTH_MAX) ?? 0;
      return count > 0 && redaction.passes(chunk) ? writePlain(chunk, count) : writeText(chunk);
    },
    end() {
      const rest = redaction.write(cleaner.write(decoder.end())) + redaction.end();
      betweenCharacters = true;
      cleaner.end();
      return [withoutSecrets(lines.write(rest)), withoutSecrets(lines.end())];
    },
  };
}

const WORD_BYTES = 4;
// Tell of four bytes at once whether one is below 0x20 or is 0x7f. Between bytes below 0x80 no borrow or carry hides one;
// a false alarm only means that the word is looked at byte by byte.
const SPACES = 0x20202020;
const ONES = 0x01010101;
const HIGH_BITS = 0x80808080;

/**
 * Most logs are plain ASCII. Such bytes can be stored as they are, and to see that they are costs least.
 * Returns how many lines end in these bytes, or undefined when there is anything in them but plain text in lines of
 * bounded length.
 */
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
