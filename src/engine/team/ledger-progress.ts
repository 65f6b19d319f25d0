/** How far the team's ledger has heard of a run: what no host can refuse is begun only when it knows of it. */
import {setTimeout as sleep} from 'node:timers/promises';

export type LedgerProgress = {
  /** The ledger has all events up to this one. */
  upTo(seq: number): void;
  /** Resolves when it has this event, or nobody needs to know any more. Returns whether it has it. */
  waitFor(seq: number, isNeeded: () => boolean): Promise<boolean>;
};

/** How often it looks whether somebody still needs to know. */
const LOOK_MS = 200;

export function createLedgerProgress(): LedgerProgress {
  let copied = 0;
  let wake = Promise.withResolvers<void>();
  return {
    upTo(seq) {
      copied = Math.max(copied, seq);
      wake.resolve();
      wake = Promise.withResolvers();
    },
    async waitFor(seq, isNeeded) {
      while (copied < seq && isNeeded()) {
        const waited = new AbortController();
        await Promise.race([wake.promise, sleep(LOOK_MS, undefined, {signal: waited.signal}).catch(() => {})]);
        waited.abort();
      }
      return copied >= seq;
    },
  };
}
