/** Which hosts of a group a rollback is for: those that the deployment has touched, as long as it goes well on them. */
import type {Plan, Step} from '../../plan/plan.ts';
import type {HostVerdict} from '../outcome.ts';
import {stepState} from '../selectors.ts';
import type {RunState} from '../state.ts';
import {groupOfStep, isLost} from './batches.ts';

/**
 * Undefined where all of them are meant: nobody has listed them (a journal of before), or a person has forced the rollback of
 * a group that nothing was done on.
 */
export function hostsToRollBack(plan: Plan, state: RunState, step: Step): readonly string[] | undefined {
  const group = groupOfStep(plan, step);
  const touched = touchedIn(state, group);
  if (touched === undefined) return undefined;
  if (touched.length === 0 && state.rollback.status === 'running' && state.rollback.force !== undefined)
    return undefined;
  const lost = new Set(lostInRollback(plan, state, group ?? '').map(({host}) => host));
  return touched.filter(host => !lost.has(host));
}

export function touchedIn(state: RunState, group: string | undefined): readonly string[] | undefined {
  return group === undefined || state.run.dryRun ? undefined : state.groups?.[group]?.touched;
}

/** Where a step of this rollback did not pass, and with which step that was. */
export function lostInRollback(plan: Plan, state: RunState, group: string): readonly (HostVerdict & {step: Step})[] {
  const {rollback} = state;
  if (rollback.status !== 'running') return [];
  return rollback.begun.flatMap(id => {
    const step = plan.steps.find(one => one.id === id);
    const own = stepState(state, id);
    if (step === undefined || groupOfStep(plan, step) !== group || !('verdict' in own)) return [];
    return (own.verdict?.hosts ?? []).filter(isLost).map(host => ({...host, step}));
  });
}

/** It did not pass on every host, and there are others on which the rollback goes on. */
export function goesOnElsewhere(state: RunState, {id}: Step): boolean {
  const own = stepState(state, id);
  if (own.status !== 'failed' && own.status !== 'unknown') return false;
  return own.verdict.hosts?.some(host => !isLost(host)) === true;
}

/** No host of any group was touched, and there is nothing else that the rollback would do. */
export function untouchedGroups(plan: Plan, state: RunState, steps: readonly Step[]): readonly string[] {
  const scripted = steps.filter(({action}) => action.kind !== 'manual' && action.kind !== 'input');
  const groups = scripted.map(step => groupOfStep(plan, step));
  if (groups.length === 0 || groups.some(group => touchedIn(state, group)?.length !== 0)) return [];
  return [...new Set(groups.filter(group => group !== undefined))];
}
