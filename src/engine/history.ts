/** What a run learns from earlier runs, and what it keeps for later ones. */
import {earlierRuns, keepForLater} from '../journal/history-file.ts';
import type {Bindings, Plan} from '../plan/plan.ts';
import type {Event, Recorded} from '../run/event.ts';
import {whatItTook} from '../run/history/earlier-run.ts';
import {usualTimes} from '../run/history/usual-times.ts';
import type {RunState} from '../run/state.ts';

/** Where the hosts of the bindings are: by this a later run knows the same target. */
export function hostsOf({hosts}: Bindings): readonly string[] {
  return [...new Set(Object.values(hosts).map(({destination}) => destination))].sort();
}

type Looking = {home: string; plan: Plan; bindings: Bindings; state: RunState};

/** For the journal, so that every console and the record tell the same. Nothing where there is nothing to learn. */
export async function historyRead({home, plan, bindings, state}: Looking): Promise<readonly Event[]> {
  const {run, history} = state;
  // A run that is taken up has read it already; what it said by then was said by that.
  if (history !== undefined || run.dryRun) return [];
  const usual = usualTimes({...run, plan, hosts: hostsOf(bindings)}, await earlierRuns(home, run.id));
  return usual === undefined ? [] : [{type: 'history-read', ...usual}];
}

type Ended = {plan: Plan; bindings: Bindings; state: RunState; events: readonly Recorded[]};

/** A run that cannot be kept for later ones has ended all the same: says why on standard error. */
export function keepHistory(
  runDirectory: string,
  {plan, bindings, state, events}: Ended,
  redact: <T>(value: T) => T,
): void {
  const took = whatItTook({plan, state, events}, hostsOf(bindings));
  if (took === undefined) return;
  try {
    keepForLater(runDirectory, redact(took));
  } catch (error) {
    console.error(`not kept for later runs: ${error instanceof Error ? error.message : String(error)}`);
  }
}
