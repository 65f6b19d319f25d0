/** Waiting for what a test is about: it looks again and again, and an end only stops what hangs. */
import {setTimeout as sleep} from 'node:timers/promises';

const LOOK_AGAIN_MS = 50;
/** Only ends what hangs, before the test's own time is up: what takes a second may take twenty on a loaded machine. */
const WITHIN_MS = 100_000;
/** The same for `vi.waitFor` and `expect.poll`. */
export const PATIENT = {timeout: WITHIN_MS};

/** Looks until there is something to see, and returns it. `seen`: what to show when there never was. */
export async function eventually<T>(
  what: string,
  look: () => T | Promise<T>,
  {withinMs = WITHIN_MS, seen}: {withinMs?: number; seen?: () => string | Promise<string>} = {},
): Promise<NonNullable<Exclude<T, false | ''>>> {
  const until = Date.now() + withinMs;
  for (;;) {
    const found = await look();
    if (found) return found as NonNullable<Exclude<T, false | ''>>;
    if (Date.now() > until) {
      const instead = seen === undefined ? '' : `; instead:\n${await seen()}`;
      throw new Error(`waited ${withinMs} ms in vain for ${what}${instead}`);
    }
    await sleep(LOOK_AGAIN_MS);
  }
}
