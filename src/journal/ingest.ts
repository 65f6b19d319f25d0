/** Raw output of one source to lines that may be stored and shown: decoded, cleaned, redacted, cut into lines. */
import {StringDecoder} from 'node:string_decoder';
import {TextCleaner} from './clean-text.ts';
import {createLineAssembler, type Lines} from './line-assembler.ts';
import type {Redactor} from './redact.ts';

export type Ingest = {
  write(chunk: Buffer | string): Lines;
  /** Gives out an unfinished line as it is; what comes later begins a new one. */
  end(): Lines;
};

export function createIngest(redactor: Redactor): Ingest {
  const decoder = new StringDecoder('utf8');
  const cleaner = new TextCleaner();
  const redaction = redactor.stream();
  const lines = createLineAssembler();
  // Cleaned before it is redacted: a sequence in the middle of a secret would hide it and then be taken away.
  return {
    write: chunk => lines.write(redaction.write(cleaner.write(decoder.write(chunk)))),
    end() {
      const rest = redaction.write(cleaner.write(decoder.end())) + redaction.end();
      cleaner.end();
      const whole = lines.write(rest);
      const last = lines.end();
      return {text: whole.text + last.text, count: whole.count + last.count};
    },
  };
}
