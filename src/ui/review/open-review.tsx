/** Shows the review without a run, full screen, until it is left. */
import {type ConsoleOptions, openConsole} from '../open-console.tsx';
import type {Session} from '../session.ts';

export type ReviewOptions = Pick<ConsoleOptions, 'theme' | 'ascii' | 'stdin' | 'stdout' | 'env' | 'now'> & {
  session: Session;
  /** Name of the file that keeps the review: `deploy.review.yaml`. */
  file: string;
};

export async function openReview({session, file, ...options}: ReviewOptions): Promise<void> {
  await openConsole(session, {...options, review: file});
}
