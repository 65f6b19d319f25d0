/** A source of which no measurement succeeds any more: since when, and how many failed. */
import type {Sample} from '../outcome.ts';

export type Unanswered = {
  /** Epoch ms: its last success, or its first failure where it never had one. */
  since: number;
  /** How many failed in a row, up to the newest. */
  failed: number;
};

/** One failure is no silence. */
const FAILED_MIN = 2;

export function unansweredOf(samples: readonly Sample[]): Unanswered | undefined {
  const good = samples.findLastIndex(({error}) => error === undefined);
  const failed = samples.length - 1 - good;
  const since = samples[Math.max(0, good)]?.at;
  return failed < FAILED_MIN || since === undefined ? undefined : {since, failed};
}

/** `no answer for 12 s, 8 of 8 failed` */
export function unansweredWords({failed}: Unanswered, forText: string): string {
  return `no answer for ${forText}, ${failed} of ${failed} failed`;
}

/** The same, the longest wording first, so that no figure is cut. */
export function unansweredForms(unanswered: Unanswered, forText: string): readonly string[] {
  const {failed} = unanswered;
  const bare = `no answer for ${forText}`;
  return [unansweredWords(unanswered, forText), `${bare}, ${failed} of ${failed}`, bare];
}
