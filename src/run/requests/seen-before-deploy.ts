/** What a run has seen before its deploy. */
import {commandsOf, type Plan} from '../../plan/plan.ts';
import {makesRef} from '../../plan/script.ts';
import type {RunState} from '../state.ts';
import type {Stood} from './version-facts.ts';

/** Without the tags that a step of the document has set anew since: where they stand now is looked at next. */
export function stoodIn(plan: Plan, state: RunState): Stood {
  const {deployStartedAt} = state;
  // Also one that failed: it may have brought the old commit back before.
  const rollbackHasBegun = plan.steps.some(({id}) => isOfRollback(plan, id) && hasBegun(state, id));
  const known = Object.entries(state.before ?? {}).filter(([id, {at}]) => !isSetAnew(plan, state, id, at));
  const {status} = state.rollback;
  const isRestoring = status === 'counting' || status === 'stopping' || status === 'running';
  const deployHasBegun = deployStartedAt !== undefined;
  return {before: Object.fromEntries(known), deployHasBegun, rollbackHasBegun, isRestoring};
}

/** A step outside of the rollback that sets the tag has passed since then. */
export function isSetAnew(
  plan: Plan,
  state: RunState,
  id: string,
  since: number,
  until = Number.POSITIVE_INFINITY,
): boolean {
  if (!id.startsWith('ref|')) return false;
  const ref = id.slice(id.lastIndexOf('|') + 1);
  return plan.steps.some(step => {
    const own = state.steps[step.id];
    if (own?.status !== 'passed' || own.at < since || own.at > until) return false;
    if (isOfRollback(plan, step.id)) return false;
    return commandsOf(step).some(({text}) => makesRef(text, ref));
  });
}

function isOfRollback({rollback, rollbacks = []}: Plan, id: string): boolean {
  return [rollback, ...rollbacks].some(one => one?.steps.includes(id) === true);
}

function hasBegun({steps}: RunState, id: string): boolean {
  const status = steps[id]?.status ?? 'pending';
  return status !== 'pending' && status !== 'skipped' && status !== 'not-applicable' && status !== 'waiting';
}
