import {setTimeout as sleep} from 'node:timers/promises';

const LOOK_AGAIN_MS = 50;
/** Only what never comes is given up: how long anything takes on a busy machine decides no test. */
const WITHIN_MS = 120_000;

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
