/** What a run has seen before its deploy. */
import {commandsOf, type Plan} from '../../plan/plan.ts';
import {makesRef} from '../../plan/script.ts';
import type {RunState, StepState} from '../state.ts';
import type {Makers, Stood} from './version-facts.ts';

/** Without the tags that a step of the document has set anew since: where they stand now is looked at next. */
export function stoodIn(plan: Plan, state: RunState): Stood {
  const {deployStartedAt} = state;
  // Also one that failed: it may have brought the old commit back before.
  const rollbackHasBegun = plan.steps.some(({id}) => isOfRollback(plan, id) && hasBegun(state, id));
  const known = Object.entries(state.before ?? {}).filter(([id, {at}]) => !isSetAnew(plan, state, id, at));
  const {status} = state.rollback;
  const isRestoring = status === 'counting' || status === 'stopping' || status === 'running';
  const deployHasBegun = deployStartedAt !== undefined;
  const before = Object.fromEntries(known);
  return {before, deployHasBegun, rollbackHasBegun, isRestoring, makers: makersIn(state)};
}

function makersIn({steps, run, rollback}: RunState): Makers {
  const known = Object.entries(steps).flatMap(([id, own]) => {
    const course = courseOf(own);
    return course === undefined ? [] : [[id, course] as const];
  });
  const isForced = 'force' in rollback && rollback.force !== undefined;
  return {steps: Object.fromEntries(known), openedAt: run.openedAt, isForced};
}

/** Undefined: nothing of it has begun. A step that a person ticked may have been done before the run. */
function courseOf(own: StepState): Makers['steps'][string] | undefined {
  switch (own.status) {
    case 'pending':
      return own.earlier === undefined ? undefined : 'begun';
    case 'skipped':
    case 'not-applicable':
      return 'skipped';
    case 'waiting':
      return own.outcome === undefined ? undefined : 'begun';
    case 'passed':
      return isMade(own) ? 'made' : 'begun';
    default:
      return 'begun';
  }
}

/** Its commands have passed in this run. */
export function isMade(own: StepState): boolean {
  return own.status === 'passed' && own.outcome !== undefined && own.reason === undefined && own.presumed !== true;
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
