import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {loadPlan, readIfThere} from '../engine/load-plan.ts';
import {readOptions} from '../engine/options.ts';
import {readJournal} from '../journal/recover.ts';
import type {Bindings} from '../plan/bindings.ts';
import type {Plan} from '../plan/plan.ts';
import type {Recorded} from '../run/event.ts';
import {evolve, initialState} from '../run/evolve.ts';
import type {RunState} from '../run/state.ts';

export type PastRun = {plan: Plan; bindings: Bindings; state: RunState; events: readonly Recorded[]};

/** A run as its directory tells it, with or without an engine. */
export async function readRun(runDirectory: string): Promise<PastRun> {
  const options = readOptions(runDirectory);
  const text = readIfThere(join(runDirectory, 'bindings.yaml'));
  const {plan, bindings} = loadPlan({
    checklist: readFileSync(join(runDirectory, 'checklist.md')),
    ...(text === undefined ? {} : {bindings: {text, file: options.bindings ?? 'bindings.yaml'}}),
    values: options.values,
    env: process.env,
  });
  const {events} = await readJournal(runDirectory);
  return {plan, bindings, events, state: events.reduce((state, event) => evolve(plan, state, event), initialState)};
}
