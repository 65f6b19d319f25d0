/** Which requests of a run were sent, and what came back: a file each in the run directory, because a journal line comes only after the step. */
import {closeSync, constants, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import type {Redactor} from './secrets/redact.ts';

type SentLedger<Answer> = {
  find(key: string): {answer: Answer} | 'unanswered' | undefined;
  /** Durable when it returns; throws what the file system says. */
  note(key: string, answer?: Answer): void;
};

const DIRECTORY = 'sent';
/** A journal holds what an answer said; this is for the moment between its arrival and its line there. */
const ANSWER_BYTES_MAX = 4 * 1024 * 1024;

/** `key`: safe in a path. Secrets are taken out of answers before they are kept. */
export function openSentLedger<Answer>(runDirectory: string, redactor: Redactor): SentLedger<Answer> {
  const directory = join(runDirectory, DIRECTORY);
  const pathOf = (key: string) => join(directory, `${key}.json`);
  return {
    find(key) {
      const text = readIfThere(pathOf(key));
      if (text === undefined) return undefined;
      return answerIn<Answer>(text) ?? 'unanswered';
    },
    note(key, answer) {
      mkdirSync(directory, {recursive: true, mode: 0o700});
      const text = answer === undefined ? '{}' : JSON.stringify({answer: redactor.data(answer)});
      // As far as anybody will ask again, an answer that is too large was never seen.
      if (text.length <= ANSWER_BYTES_MAX) writeWhole(directory, pathOf(key), `${text}\n`);
    },
  };
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    // It is there, and cannot be read: something was sent.
    return '';
  }
}

function answerIn<Answer>(text: string): {answer: Answer} | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && 'answer' in value
      ? {answer: value.answer as Answer}
      : undefined;
  } catch {
    return undefined;
  }
}

/** Renamed into place, so that half an answer is never read. */
function writeWhole(directory: string, path: string, text: string): void {
  const {O_CREAT, O_NOFOLLOW, O_TRUNC, O_WRONLY} = constants;
  const draft = `${path}.draft`;
  const file = openSync(draft, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW, 0o600);
  try {
    writeFileSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(draft, path);
  const folder = openSync(directory, constants.O_RDONLY);
  fsyncSync(folder);
  closeSync(folder);
}
