/** Raw output of one source to lines that may be stored and shown: decoded, cleaned, redacted, cut into lines. */
import {StringDecoder} from 'node:string_decoder';
import type {Redactor} from '../secrets/redact.ts';
import {TextCleaner} from './clean-text.ts';
import {createLineAssembler, LINE_LENGTH_MAX, type Lines} from './line-assembler.ts';
import {countPlainLines} from './plain-lines.ts';

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
    return [spoken(lines.write(redaction.write(cleaner.write(decoder.write(chunk)))))];
  }

  function spoken(finished: Lines): Lines {
    const {content, count} = finished;
    return count === 0 || typeof content !== 'string' ? finished : {content: redactor.spoken(content), count};
  }

  function writePlain(bytes: Buffer, count: number): Lines[] {
    const first = bytes.indexOf(LINE_FEED);
    const last = bytes.lastIndexOf(LINE_FEED);
    const head = spoken(lines.write(bytes.toString('latin1', 0, first + 1)));
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
      return [spoken(lines.write(rest)), spoken(lines.end())];
    },
  };
}
