/** A step waits for a host whose link is lost before it begins, as one does after a restart of the host. */
import {setTimeout as pause} from 'node:timers/promises';
import {isFinal, LinkError} from './link-error.ts';
import type {Shell} from './shell.ts';
import {FIRST_DELAY_MS} from './waiting.ts';

/** About as long as a host takes to restart. */
const WAIT_MS_MAX = 120_000;

/**
 * The first attempt that reaches the place. It is made again while it throws a `LinkError` that waiting may help, at most
 * for two minutes, and only where the link is lost: an address that never answered is told at once, and so is a login
 * without a shell. Of an attempt that throws nothing may have been sent. Throws what the last attempt threw.
 */
export async function untilReached<T>(
  attempt: () => Promise<T>,
  place: Pick<Shell, 'isAway'>,
  signal: AbortSignal,
): Promise<T> {
  const since = performance.now();
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof LinkError) || isFinal(error) || place.isAway?.() !== true) throw error;
      if (signal.aborted || performance.now() - since > WAIT_MS_MAX) throw error;
      await pause(FIRST_DELAY_MS, undefined, {signal}).catch(() => {});
    }
  }
}
