/** Whether the rollback is ready as things stand: confirmed by a person, something left to run, its inputs proved. Pure. */
import type {Plan} from '../../plan/plan.ts';
import type {ReadinessItem} from '../event.ts';
import {groupOfStep, leftOutIn} from '../groups/batches.ts';
import {touchedIn} from '../groups/touched-hosts.ts';
import {isMade} from '../requests/seen-before-deploy.ts';
import {stepState} from '../selectors.ts';
import type {RunState} from '../state.ts';
import {rollbackUnconfirmed, withRollbackNow} from './rollback-choice.ts';

/**
 * `unconfirmed`: no proof makes it ready, only a person. `unknown`: nothing was probed yet. `unreachable`: its host does
 * not answer, so that nothing can be proved there. `text`: one line for an operator.
 */
export type NotReady = {kind: 'unconfirmed' | 'unknown' | 'missing' | 'unreachable'; text: string};

/** Why it is not ready, the weightiest reason first; undefined when it is. Where the document has no rollback, nothing is missing. */
export function whyNotReady(plan: Plan, state: RunState): NotReady | undefined {
  if (plan.rollback === null) return undefined;
  const open = whyUnconfirmed(plan, state);
  if (open !== undefined) return {kind: 'unconfirmed', text: open};
  const {readiness} = state;
  if (readiness === null) return {kind: 'unknown', text: 'probing'};
  if (readiness.ready) return undefined;
  const missing = readiness.items.find(item => !item.ready && !item.optional);
  // What it needs has been made since the look.
  if (missing?.madeBy?.some(id => isMadeSince(state, id, readiness.at)) === true)
    return {kind: 'unknown', text: 'probing'};
  const text = missing === undefined ? readiness.link.detail : `${missing.title}: ${missing.detail}`;
  return {kind: readiness.link.up ? 'missing' : 'unreachable', text};
}

/** How much is proved of what must be. What may be missing counts only where it is there. */
export function provedCount(items: readonly ReadinessItem[]): {ready: number; of: number} {
  const ready = items.filter(item => item.ready).length;
  const needed = items.filter(item => item.ready || !item.optional).length;
  // `0 of 0` would look like a proof.
  return {ready, of: needed === 0 ? items.length : needed};
}

function isMadeSince(state: RunState, id: string, since: number): boolean {
  const own = stepState(state, id);
  return isMade(own) && 'at' in own && own.at >= since;
}

/**
 * The same for the rollback itself, which is for the hosts of a group that were touched. Each is held against its own proofs
 * when its time comes: it is ready where one of them is, and one that does not answer is tried.
 */
export function whyNotReadyToRollBack(plan: Plan, state: RunState): NotReady | undefined {
  return whyNotReadyOn(plan, state, (group, notOn, silent) => {
    const touched = touchedIn(state, group) ?? [];
    return touched.length === 0 || touched.some(host => !notOn.includes(host) || silent.includes(host));
  });
}

/**
 * The same for the next step of the deployment: hosts of a group that were left out of it are in nobody's way. Nor is what
 * the step itself makes.
 */
export function whyNotReadyToGoOn(plan: Plan, whole: RunState, stepId: string): NotReady | undefined {
  const state = withoutItemsMadeBy(whole, stepId);
  return whyNotReadyOn(plan, state, (group, notOn) => {
    const leftOut = leftOutIn(plan, state, group);
    return notOn.length > 0 && notOn.every(host => leftOut.has(host));
  });
}

function withoutItemsMadeBy(state: RunState, stepId: string): RunState {
  const {readiness} = state;
  if (readiness?.items.some(({madeBy}) => madeBy?.includes(stepId)) !== true) return state;
  const items = readiness.items.map(item => (item.madeBy?.includes(stepId) === true ? {...item, ready: true} : item));
  const ready = readiness.link.up && items.every(item => item.ready || item.optional);
  return {...state, readiness: {...readiness, items, ready}};
}

function whyNotReadyOn(
  plan: Plan,
  state: RunState,
  isReady: (group: string, notOn: readonly string[], silent: readonly string[]) => boolean,
): NotReady | undefined {
  const {readiness} = state;
  if (readiness === null || state.groups === undefined) return whyNotReady(plan, state);
  const items = readiness.items.map(item => {
    const {stepId, ready, notOn, silent = []} = item;
    const step = plan.steps.find(({id}) => id === stepId);
    const group = step === undefined ? undefined : groupOfStep(plan, step);
    if (ready || notOn === undefined || group === undefined) return item;
    return {...item, ready: isReady(group, notOn, silent)};
  });
  const ready = readiness.link.up && items.every(item => item.ready || item.optional);
  return whyNotReady(plan, {...state, readiness: {...readiness, items, ready}});
}

/** `section "Rollback" (line 292) is not confirmed`; undefined when nothing of the rollback is open. */
export function whyUnconfirmed(plan: Plan, state: RunState): string | undefined {
  return plan.rollback === null ? undefined : (nothingLeft(plan, state) ?? rollbackUnconfirmed(plan, state)?.text);
}

/** A rollback that the review has emptied: no reason makes it run. */
export function nothingLeft(plan: Plan, state: RunState): string | undefined {
  const left = withRollbackNow(plan, state).rollback?.steps ?? [];
  const isEmptied = (plan.rollback?.steps ?? []).length > 0 && left.length === 0;
  return isEmptied ? 'the review has left no step in the rollback' : undefined;
}
