/** A rollback that failed and is tried again goes on with what is left: what it restored is not restored once more. */
import {type Plan, type Step, traitsOf} from '../../plan/plan.ts';
import {groupOfStep} from '../groups/batches.ts';
import {commandsIn, placeOf} from '../operations.ts';
import {stepState} from '../selectors.ts';
import type {FinishedRollback, RunState} from '../state.ts';
import {mayChange} from './deploying-again.ts';
import {rollbackSteps} from './readiness.ts';
import {withRollbackNow} from './rollback-choice.ts';
import {versionEvidence} from './version-evidence.ts';

/** What the try before has done and what holds still, so that it is not repeated. */
export function keptSteps(plan: Plan, state: RunState): readonly Step[] {
  const before = triedBefore(state);
  if (before === undefined) return [];
  const open: Step[] = [];
  const kept: Step[] = [];
  for (const step of scripted(plan, state)) {
    if (isKept(plan, state, before, step) && open.every(one => isElsewhere(plan, one, step))) kept.push(step);
    else open.push(step);
  }
  return kept;
}

/** Steps that ran in a try before and will run once more. `loses`: they put data back, over what was written since. */
export function repeatedSteps(plan: Plan, state: RunState): readonly {step: Step; at: number; loses: boolean}[] {
  const {rollback} = state;
  const before = rollback.status === 'counting' ? rollback.before : undefined;
  const kept = new Set(keptSteps(plan, state));
  return scripted(plan, state).flatMap(step => {
    const own = stepState(state, step.id);
    if (before?.begun?.includes(step.id) !== true || kept.has(step) || !('at' in own) || !mayChange(step)) return [];
    const ran = 'outcome' in own && own.outcome !== undefined && own.outcome.kind !== 'refused';
    return ran ? [{step, at: own.at, loses: putsBack(step)}] : [];
  });
}

/** The rollback that is gone on with. */
function triedBefore({rollback}: RunState): FinishedRollback | undefined {
  if (rollback.status !== 'counting' && rollback.status !== 'stopping') return undefined;
  const {before, anew} = rollback;
  return anew === true || before?.result !== 'rollback-failed' ? undefined : before;
}

function scripted(plan: Plan, state: RunState): readonly Step[] {
  return rollbackSteps(withRollbackNow(plan, state)).filter(({action}) => traitsOf(action).judged);
}

/** It passed, then or by a person's Enter since, and nothing that was seen in place says that it was undone. */
function isKept(plan: Plan, state: RunState, before: FinishedRollback, step: Step): boolean {
  const own = stepState(state, step.id);
  const {because, at: startedAt, begun = [], deployed} = before;
  if (own.status !== 'passed' || !(begun.includes(step.id) || own.at > before.at)) return false;
  const then = {status: 'running', because, startedAt, begun, ...(deployed === undefined ? {} : {deployed})} as const;
  return versionEvidence(plan, {...state, rollback: then}, [step]).against.length === 0;
}

/** Of a group, hosts on which an earlier step failed have not had this one either. */
function isElsewhere(plan: Plan, open: Step, step: Step): boolean {
  if (groupOfStep(plan, open) !== undefined || groupOfStep(plan, step) !== undefined) return false;
  return isOnOtherHost(open, step);
}

/** Both on hosts, and not on the same one. */
export function isOnOtherHost(one: Step, other: Step): boolean {
  const places = [placeOf(one.action), placeOf(other.action)];
  return places.every(place => place !== undefined && place !== 'local') && places[0] !== places[1];
}

function putsBack(step: Step): boolean {
  if (step.destructive !== undefined) return true;
  return step.action.kind === 'script' && commandsIn(step.action.stages).some(one => one.destructive !== undefined);
}
