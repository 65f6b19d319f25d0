/** Whether a signal is still read, and what its source says when it is not. */
import type {Plan} from '../../plan/plan.ts';
import {compact} from '../../text/compact.ts';
import {staleAfter} from '../rules/assessing.ts';
import type {Signal} from '../state.ts';

export type Health = {
  /** Age of the newest reading, ms; present once it is older than the source's cadence allows. */
  staleMs?: number;
  /** The source fails: its newest error, and for how long. */
  failing?: {error: string; forMs: number};
};

/** Age of a signal's newest reading once it is older than its cadence allows, and what its source says when it fails. */
export function healthOf(
  plan: Plan,
  name: string,
  signal: Signal | undefined,
  now: number,
  usable: (sample: Signal['samples'][number]) => boolean,
): Health {
  if (signal === undefined) return {};
  const newest = signal.samples.findLast(usable)?.at;
  const staleAfterMs = staleAfter(plan, name);
  const isStale = newest !== undefined && staleAfterMs !== undefined && now - newest > staleAfterMs;
  const {failing, failingSince = signal.lastAt} = signal;
  return compact({
    staleMs: isStale ? now - newest : undefined,
    failing: failing === undefined ? undefined : {error: failing, forMs: Math.max(0, now - failingSince)},
  });
}
