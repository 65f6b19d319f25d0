/** Whether a signal is still read, and what its source says when it is not. */
import type {Plan} from '../../plan/plan.ts';
import {compact} from '../../text/compact.ts';
import {staleAfter} from '../rules/assessing.ts';
import {settlingOf} from '../rules/settling.ts';
import type {RunState, Signal} from '../state.ts';
import {cutHostOf} from './lost-links.ts';

export type Health = {
  /** Age of the newest reading, ms; present once it is older than the source's cadence allows. */
  staleMs?: number;
  /** The host it is measured on, when the link to it is lost: until that is back, no reading comes. */
  cutAt?: string;
  /** When the newest reading was taken, epoch ms; present once it no longer says how things are. */
  readAt?: number;
  /** The source fails: its newest error, and for how long. `settling`: a step restarts it, so that it had to. */
  failing?: {error: string; forMs: number; settling?: true};
};

/** Age of a signal's newest reading once it is older than its cadence allows, and what its source says when it fails. */
export function healthOf(
  plan: Plan,
  state: RunState,
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
  const cutAt = cutHostOf(plan, state, name);
  const settling = settlingOf(state, name, now) === undefined ? undefined : (true as const);
  return compact({
    staleMs: isStale ? now - newest : undefined,
    cutAt,
    readAt: isStale || cutAt !== undefined ? newest : undefined,
    failing:
      failing === undefined ? undefined : compact({error: failing, forMs: Math.max(0, now - failingSince), settling}),
  });
}
