/** `CHECKLIST.review.yaml` on disk: read as it is, and replaced in one step by a whole new text. */
import {randomBytes} from 'node:crypto';
import {closeSync, existsSync, fsyncSync, openSync, realpathSync, renameSync, rmSync, writeSync} from 'node:fs';
import {basename} from 'node:path';
import {reviewFileOf} from '../plan/doubt.ts';
import {parseReview, type Review} from '../plan/parse-plan.ts';
import {EXIT} from '../run/exit-codes.ts';
import {CommandError, systemWords} from './command-error.ts';
import {readReviewText} from './command-line/named-files.ts';

/** `path`: absolute, also while there is no file. `text`: as it was read. */
export type ReviewFile = {path: string; text?: string; review?: Review};

/** The review beside a checklist. A file that cannot be read, or does not read as a review, ends the command with 65. */
export function readReviewFile(checklist: string): ReviewFile {
  const path = reviewFileOf(checklist);
  const text = readReviewText(path);
  if (text === undefined) return {path};
  const read = parseReview(text, path);
  if ('problem' in read) throw new CommandError(EXIT.invalid, read.problem);
  return {path, text, review: read.review};
}

/**
 * Writes the new text beside the file and puts it in its place, so that nobody ever finds half of it. Refuses, in one line,
 * what cannot be written, and a file that somebody else has changed since it was read: `before` is what it held then.
 */
export function replaceReviewFile(path: string, before: string | undefined, text: string): void {
  if (readReviewText(path) !== before) {
    throw new CommandError(EXIT.refused, `${path} was changed meanwhile: open the review again to go on from there`);
  }
  const target = existsSync(path) ? realpathSync(path) : path;
  const beside = `${target}.${randomBytes(4).toString('hex')}.new`;
  try {
    const file = openSync(beside, 'wx');
    try {
      writeSync(file, text);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(beside, target);
  } catch (error) {
    rmSync(beside, {force: true});
    throw new CommandError(EXIT.usage, `cannot write ${basename(path)}: ${systemWords(error)} (${path})`, {
      cause: error,
    });
  }
}
