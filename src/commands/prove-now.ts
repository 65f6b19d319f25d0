import {setTimeout as sleep} from 'node:timers/promises';
import {openWorld} from '../actions/open-world.ts';
import {proveReadiness} from '../engine/readiness-watch.ts';
import {engineLookup} from '../run/binding/lookups.ts';
import {withRollbackNow} from '../run/rollback/rollback-choice.ts';
import type {RunState} from '../run/state.ts';
import type {PastRun} from './past-run.ts';

const ANSWER_WITHIN_MS = 5000;

/** The state with the rollback's inputs proved anew. Where no host answers in time, the last proof stands with its date. */
export async function provedNow({plan, bindings, state}: PastRun, directory: string): Promise<RunState> {
  if (plan.rollback === null || state.run.dryRun) return state;
  const world = openWorld({bindings, directory, onLink: () => {}});
  try {
    const proving = proveReadiness(withRollbackNow(plan, state), bindings, world, engineLookup(bindings, state));
    const found = await Promise.race([proving, sleep(ANSWER_WITHIN_MS, undefined)]);
    if (found?.type !== 'readiness-reported' || !found.link.up) return state;
    const {items, link} = found;
    const at = Date.now();
    return {
      ...state,
      lastAt: at,
      readiness: {at, ready: items.every(item => item.ready || item.optional), items, link},
    };
  } finally {
    await world.close();
  }
}
