/** Writes the review of a run to two files: in the run's directory, and beside the checklist for the next run. */
import {existsSync, readFileSync} from 'node:fs';
import {basename, join} from 'node:path';
import {replaceFile} from '../journal/replace-file.ts';
import type {Review} from '../plan/parse-plan.ts';
import type {Plan} from '../plan/plan.ts';
import type {Recorded} from '../run/event.ts';
import {NO_REVIEW} from '../run/review.ts';
import type {RunState} from '../run/state.ts';
import {REVIEW} from './opening/run-sources.ts';

export type ReviewSetup = {
  /** Without secrets, because people commit the file. */
  plan: Plan;
  reviews: readonly Review[];
  runDirectory: string;
  /** The file beside the checklist. */
  file: string | undefined;
  checklist: string;
  state(): RunState;
  /** Records that the file beside the checklist could not be written, and where the review is kept instead. */
  tell(text: string): void;
};

export type ReviewWriter = {
  /** Writes the files when a person has confirmed or changed something. */
  take(events: readonly Recorded[]): void;
  /** Resolves when everything that was taken is written. */
  settled(): Promise<void>;
};

export function openReviewWriter(setup: ReviewSetup): ReviewWriter {
  const write = fileWriter(setup);
  let writing = Promise.resolve();
  return {
    take(events) {
      if (!events.some(isOfPerson)) return;
      const {review = NO_REVIEW} = setup.state();
      writing = writing.then(() => write(review));
    },
    settled: () => writing,
  };
}

function fileWriter(setup: ReviewSetup): (state: RunState['review'] & object) => Promise<void> {
  const {plan, reviews, runDirectory, file, checklist, tell} = setup;
  let kept = textIn(file);
  let isTold = false;
  return async state => {
    // Slow to load, and not needed before a person confirms something.
    const {reviewFor, reviewOf, reviewsText, withReview} = await import('../plan/parse-plan.ts');
    const review = reviewOf(plan, state, reviewFor(plan, reviews));
    const text = reviewsText(withReview(reviews, review), basename(checklist));
    const own = join(runDirectory, REVIEW);
    const failed = replace(own, text);
    if (file === undefined) return;
    const why =
      textIn(file) === kept ? replace(file, text) : 'it was changed by somebody else since this run was opened';
    if (why === undefined) {
      kept = text;
    } else if (!isTold) {
      isTold = true;
      const instead = failed === undefined ? `this run keeps it in ${own}` : 'it is in the journal of this run';
      tell(`the review could not be written to ${file} (${why}): ${instead}`);
    }
  };
}

/** Whether a person did this in the run. What was read from the review file at the opening needs no writing. */
function isOfPerson(event: Recorded): boolean {
  switch (event.type) {
    case 'section-confirmed':
    case 'use-changed':
    case 'doubt-settled':
      return event.reviewed === undefined;
    case 'place-set':
      return true;
    case 'section-reopened':
      return event.by !== 'engine';
    default:
      return false;
  }
}

function textIn(file: string | undefined): string | undefined {
  try {
    return file !== undefined && existsSync(file) ? readFileSync(file, 'utf8') : undefined;
  } catch {
    return undefined;
  }
}

const PRIVATE_FILE = 0o600;
/** Everybody who can read the checklist may read the review beside it. */
const SHARED_FILE = 0o644;

/** Returns why the file could not be written, or undefined. */
function replace(path: string, text: string): string | undefined {
  try {
    replaceFile(path, text, basename(path) === REVIEW ? PRIVATE_FILE : SHARED_FILE);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
