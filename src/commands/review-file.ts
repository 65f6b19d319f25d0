/** `CHECKLIST.review.yaml` on disk: read as it is, and replaced in one step by a whole new text. */
import {randomBytes} from 'node:crypto';
import {closeSync, existsSync, fsyncSync, openSync, realpathSync, renameSync, rmSync, writeSync} from 'node:fs';
import {basename} from 'node:path';
import {type ReviewState, reviewFileOf} from '../plan/doubt.ts';
import {parseReviews, type Review, reviewFor, reviewOf, reviewsText, withReview} from '../plan/parse-plan.ts';
import type {Plan} from '../plan/plan.ts';
import {EXIT} from '../run/exit-codes.ts';
import {CommandError, systemWords} from './command-error.ts';
import {readReviewText} from './command-line/named-files.ts';

/** `path`: absolute, also while there is no file. `text`: as it was read. `reviews`: one for each procedure. */
export type ReviewFile = {path: string; text?: string; reviews: readonly Review[]};

/** The review beside a checklist. A file that cannot be read, or does not read as a review, ends the command with 65. */
export function readReviewFile(checklist: string): ReviewFile {
  const path = reviewFileOf(checklist);
  const text = readReviewText(path);
  if (text === undefined) return {path, reviews: []};
  const read = parseReviews(text, path);
  if ('problem' in read) throw new CommandError(EXIT.invalid, read.problem);
  return {path, text, reviews: read.reviews};
}

/** The whole file as it is to be written, when this is what is confirmed now. */
export function textToKeep(plan: Plan, {reviews}: ReviewFile, state: ReviewState, checklist: string): string {
  const review = reviewOf(plan, state, reviewFor(plan, reviews));
  return reviewsText(withReview(reviews, review), basename(checklist));
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
