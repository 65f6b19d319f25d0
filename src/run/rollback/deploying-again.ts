/** What becomes of a run that was rolled back when a step of its deploy runs again. */
import {type Plan, type Step, traitsOf} from '../../plan/plan.ts';
import {onlyLooks, onlyReads, readsOnly} from '../../plan/script.ts';
import {plural} from '../../text/figures.ts';
import {commandsIn} from '../operations.ts';
import {hasChangedNothing} from '../rollback-state.ts';
import {belongsToRun, isTaken, roleOf, rollbackEnd, stepState} from '../selectors.ts';
import type {RunState, StepState} from '../state.ts';
import {isOfRollback} from './rollback-choice.ts';

/**
 * Why the step is not run after a rollback unless a person says why: it would bring the new version back, or write over what
 * the rollback was made from.
 */
export function whyNotAgain(plan: Plan, state: RunState, step: Step): string | undefined {
  const {rollback} = state;
  if (rollback.status !== 'finished' || hasChangedNothing(rollback) || !isDeployWork(plan, state, step))
    return undefined;
  const before = plan.steps
    .slice(0, plan.steps.indexOf(step))
    .filter(one => isReopened(plan, state, one) && mayChange(one));
  const [first] = before;
  const others = before.length > 1 ? ` and ${plural(before.length - 1, 'more step')}` : '';
  const missing =
    first === undefined ? '' : `, without ${first.title} (line ${first.line})${others}, taken back with it`;
  return `the run is over (${rollbackEnd(rollback)}): this deploys again${missing}`;
}

/** Why the run goes on as a deploy with this step; undefined where it is one. `reason`: of who runs it after a rollback. */
export function goingOn(plan: Plan, state: RunState, step: Step, reason: string | undefined): string | undefined {
  const {rollback} = state;
  if (rollback.status !== 'finished' || !isDeployWork(plan, state, step)) return undefined;
  if (reason !== undefined) return `deployed again: ${reason}`;
  return hasChangedNothing(rollback) ? 'the rollback has changed nothing' : undefined;
}

function isDeployWork(plan: Plan, state: RunState, step: Step): boolean {
  return !isOfRollback(plan, step.id) && belongsToRun(plan, state, step) && mayChange(step);
}

/** Whether something may be otherwise after it: it does more than look, or nobody can tell. */
export function mayChange({action}: Step): boolean {
  if (traitsOf(action).by === 'person') return false;
  switch (action.kind) {
    case 'script':
      return (
        commandsIn(action.stages).some(({text}) => !readsOnly(text)) ||
        action.stages.some(stage => stage.kind === 'http' && !onlyLooks(stage.request))
      );
    case 'http':
      return !action.requests.every(onlyLooks);
    case 'sql':
      return !action.statements.every(({text}) => onlyReads(text));
    default:
      return false;
  }
}

/**
 * It is a deploy as any other from here on: with a mission clock and rules of its own, and a way back of its own. What the
 * rollback took back is open again; the baseline, from before the first deploy, is kept.
 */
export function begunAgain(plan: Plan, state: RunState, at: number): RunState {
  const {rollback, afterRollback: _, newVersionAt: __, deployEndedAt: ___, windowsEndedMs: ____, ...kept} = state;
  const {signOff: _____, ...unsigned} = kept;
  const earlier = rollback.status === 'finished' ? [...(state.earlierRollbacks ?? []), rollback] : [];
  if (rollback.status === 'finished' && hasChangedNothing(rollback))
    return {...state, rollback: {status: 'none'}, earlierRollbacks: earlier};
  const gates = plan.steps.filter(step => step.action.kind === 'choice' && isReopened(plan, state, step));
  const steps = Object.entries(state.steps).map(([id, own]): [string, StepState] => {
    const step = plan.steps.find(one => one.id === id);
    return [id, step !== undefined && isReopened(plan, state, step) ? reopened(own) : own];
  });
  const groups = Object.entries(state.groups ?? {}).map(([name, {batch: ______, ...group}]) => [name, group] as const);
  return {
    ...unsigned,
    deployStartedAt: at,
    rollback: {status: 'none'},
    earlierRollbacks: earlier,
    rules: {},
    steps: Object.fromEntries(steps),
    choices: Object.fromEntries(Object.entries(state.choices).filter(([id]) => gates.every(gate => gate.id !== id))),
    ...(state.groups === undefined ? {} : {groups: Object.fromEntries(groups)}),
  };
}

/** What was prepared stays, and so does what a person has skipped or which way was taken. A go/no-go is asked anew. */
function isReopened(plan: Plan, state: RunState, step: Step): boolean {
  if (isOfRollback(plan, step.id) || !belongsToRun(plan, state, step) || !isTaken(state, step)) return false;
  if (roleOf(plan, step) === 'prepare' || (step.action.kind === 'choice' && step.gate !== true)) return false;
  return !['pending', 'running', 'skipped', 'not-applicable'].includes(stepState(state, step.id).status);
}

/** The number of its attempt is kept: outcomes of the one before lie under it on the host. */
function reopened(own: StepState): StepState {
  return 'attempt' in own && own.attempt !== undefined
    ? {status: 'pending', attempt: own.attempt}
    : {status: 'pending'};
}
