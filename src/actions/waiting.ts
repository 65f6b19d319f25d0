/** How long something took, how long it is waited for, and how long until it is tried again. */

/** Before the second attempt to reach a place. */
export const FIRST_DELAY_MS = 1000;
const DELAY_MS_MAX = 15_000;

/** Before each further attempt twice as long, up to 15 s. */
export function nextDelay(delayMs: number): number {
  return Math.min(delayMs * 2, DELAY_MS_MAX);
}

/** Whole milliseconds since a moment of `performance.now()`. */
export function elapsedMs(since: number): number {
  return Math.round(performance.now() - since);
}

/** The work's result, or a rejection with `late()` when there is none in time. The work itself goes on. */
export async function within<T>(work: Promise<T>, limitMs: number, late: () => Error): Promise<T> {
  const {promise, reject} = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(late()), Math.max(0, limitMs));
  // The promise that loses the race must not end as an unhandled rejection.
  work.catch(() => {});
  try {
    return await Promise.race([work, promise]);
  } finally {
    clearTimeout(timer);
  }
}
