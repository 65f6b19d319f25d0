/** `CHECKLIST.review.yaml` on disk: read it, and replace the whole text in one step. */
import {basename} from 'node:path';
import {replaceFile} from '../journal/replace-file.ts';
import {type ReviewState, reviewFileOf} from '../plan/doubt.ts';
import {
  parseReviews,
  placeName,
  type Review,
  reviewFor,
  reviewOf,
  reviewsText,
  withReview,
} from '../plan/parse-plan.ts';
import type {Plan} from '../plan/plan.ts';
import {EXIT} from '../run/exit-codes.ts';
import {compact} from '../text/compact.ts';
import {CommandError, systemWords} from './command-error.ts';
import {readReviewText} from './command-line/named-files.ts';

/** `path`: absolute, also while there is no file. `text`: as it was read. `reviews`: one for each procedure. */
export type ReviewFile = {path: string; text?: string; reviews: readonly Review[]};

/** The review beside a checklist. The command ends with 65 when the file cannot be read or is no review. */
export function readReviewFile(checklist: string): ReviewFile {
  const path = reviewFileOf(checklist);
  const text = readReviewText(path);
  if (text === undefined) return {path, reviews: []};
  const read = parseReviews(text, path);
  if ('problem' in read) throw new CommandError(EXIT.invalid, read.problem);
  return {path, text, reviews: read.reviews};
}

/** The whole new text of the file for what is confirmed now. */
export function textToKeep(plan: Plan, {reviews}: ReviewFile, state: ReviewState, checklist: string): string {
  const review = reviewOf(plan, state, reviewFor(plan, reviews));
  return reviewsText(withReview(reviews, review), basename(checklist));
}

/**
 * The file with a place for a section. It counts where neither the document nor the bindings name one.
 * Without a name they run where the document is read to say.
 */
export function withPlace(
  file: ReviewFile,
  plan: Plan,
  {section, name}: {section: string; name: string | undefined},
): ReviewFile {
  const review = reviewFor(plan, file.reviews);
  const procedure = plan.proposal?.procedure;
  const own = placeName(plan, section);
  const {[own]: _, ...others} = review.places ?? {};
  const places = name === undefined ? others : {...others, [own]: name};
  const placed = compact({...review, procedure, places: Object.keys(places).length === 0 ? undefined : places});
  return {...file, reviews: [...withReview(file.reviews, placed)]};
}

/**
 * `before`: what the file held when it was read. Throws a message of one line when somebody has changed the file since
 * then, or when it cannot be written.
 */
export function replaceReviewFile(path: string, before: string | undefined, text: string): void {
  if (readReviewText(path) !== before) {
    throw new CommandError(
      EXIT.refused,
      `${basename(path)} was changed by another program: open the review again to go on from there`,
    );
  }
  try {
    replaceFile(path, text, 0o666 & ~process.umask());
  } catch (error) {
    throw new CommandError(EXIT.usage, `cannot write ${basename(path)}: ${systemWords(error)} (${path})`, {
      cause: error,
    });
  }
}
