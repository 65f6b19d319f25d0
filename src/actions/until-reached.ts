/** A step waits for a host whose link is lost before it begins, as one does after a restart of the host. */
import {setTimeout as pause} from 'node:timers/promises';
import {isFinal, LinkError} from './link-error.ts';
import type {Shell} from './shell.ts';
import {FIRST_DELAY_MS} from './waiting.ts';

/** About as long as a host takes to restart. */
const WAIT_MS_MAX = 120_000;

/** Told when waiting for the link begins, and when what waited has been sent. */
export type OnWait = (waits: boolean) => void;

/**
 * The first attempt that reaches the place. It is made again while it throws a `LinkError` that waiting may help, at most
 * for two minutes, and only where the link is lost, at that very moment or before: an address that never answered is told
 * at once, and so is a login without a shell. Of an attempt that throws nothing may have been sent. Throws what the last attempt threw, and then tells no end of
 * waiting: nothing was sent.
 */
export async function untilReached<T>(
  attempt: () => Promise<T>,
  place: Pick<Shell, 'isAway'>,
  signal: AbortSignal,
  onWait: OnWait = () => {},
): Promise<T> {
  const since = performance.now();
  let waits = false;
  for (;;) {
    // An attempt over a lost link takes as long as connecting does.
    if (!waits && place.isAway?.() === true) {
      waits = true;
      onWait(true);
    }
    try {
      const reached = await attempt();
      if (waits) onWait(false);
      return reached;
    } catch (error) {
      if (!(error instanceof LinkError) || isFinal(error)) throw error;
      if (!error.linkLost && place.isAway?.() !== true) throw error;
      if (signal.aborted || performance.now() - since > WAIT_MS_MAX) throw error;
      await pause(FIRST_DELAY_MS, undefined, {signal}).catch(() => {});
    }
  }
}
