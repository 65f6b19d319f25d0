/** Which of a document's rollbacks `R` runs. */
import {type Plan, type Rollback, rollbacksOf, type Step} from '../../plan/plan.ts';
import {stepById} from '../plan-index.ts';
import {answeredAs, firstUnconfirmed, sectionUse, type Unconfirmed} from '../review.ts';
import {stepState} from '../selectors.ts';
import type {RunState} from '../state.ts';

/** Under this name a rollback is asked for: `--choose Rollback=OPTION`, `choices: { Rollback: OPTION }`. */
export const ROLLBACK_CHOICE = 'rollback';

/**
 * The one that was asked for; else the plan's own, unless each takes back one phase: then that of the phase that was
 * begun last, because nothing later has been done yet.
 */
export function rollbackNow(plan: Plan, state: RunState): Rollback | null {
  const {rollback, rollbacks = []} = plan;
  if (rollback === null || rollbacks.length < 2) return rollback;
  const asked = state.choices[ROLLBACK_CHOICE]?.armId;
  const wanted = rollbacks.find(one => rollbackArm(one) === asked);
  if (wanted !== undefined) return wanted;
  if (rollback.phase === undefined) return rollback;
  return rollbacks.findLast(({phase}) => phase !== undefined && hasBegun(plan, state, phase)) ?? rollback;
}

/**
 * The plan with the rollback that would run now. Of a choice within it ("Canary only", "Everything") the chosen option
 * is left; while none is chosen all of them are, and the choice itself: then it cannot run.
 */
export function withRollbackNow(plan: Plan, state: RunState): Plan {
  const rollback = rollbackNow(plan, state);
  if (rollback === null) return plan;
  const steps = withUses(plan, state, rollback.steps).filter(id => isTaken(plan, state, id));
  const isSame = steps.length === rollback.steps.length && steps.every((id, index) => id === rollback.steps[index]);
  if (!isSame) return {...plan, rollback: {...rollback, steps}};
  return rollback === plan.rollback ? plan : {...plan, rollback};
}

/** Without what a person gave another use, and with the sections that a person made a part of it. */
function withUses(plan: Plan, state: RunState, own: readonly string[]): readonly string[] {
  const {uses = {}} = state.review ?? {};
  if (Object.keys(uses).length === 0) return own;
  const ids = new Set(own);
  return plan.steps
    .filter(({id, section}) =>
      uses[section] === undefined ? ids.has(id) : sectionUse(plan, state, section) === 'rollback',
    )
    .map(({id}) => id);
}

/** Why `R` and an automatic rollback stop in front of the rollback; undefined when all of it is confirmed. */
export function rollbackUnconfirmed(plan: Plan, state: RunState): Unconfirmed | undefined {
  const {rollback, steps} = withRollbackNow(plan, state);
  return firstUnconfirmed(
    plan,
    state,
    (rollback?.steps ?? []).flatMap(id => steps.find(step => step.id === id) ?? []),
  );
}

/** What must be chosen before the rollback can run: its options exclude each other. */
export function openInRollback(plan: Plan, state: RunState): Step | undefined {
  const {steps = []} = withRollbackNow(plan, state).rollback ?? {};
  const arms = new Set(
    plan.steps.flatMap(({id, arm}) => (arm !== undefined && steps.includes(id) ? [arm.choice] : [])),
  );
  return plan.steps.find(({id, action}) => steps.includes(id) && action.kind === 'choice' && arms.has(id));
}

/** Whether it stands under an option of the rollback that nobody has chosen yet, or that excludes others. */
export function isOption({steps, rollback}: Plan, {arm}: Step): boolean {
  return arm !== undefined && rollback?.steps.includes(arm.choice) === true && steps.some(({id}) => id === arm.choice);
}

function isTaken(plan: Plan, state: RunState, id: string): boolean {
  if (state.choices[id] !== undefined) return false;
  const step = stepById(plan, id);
  if (step !== undefined && answeredAs(plan, state, step) === 'ignored') return false;
  const arm = step?.arm;
  const chosen = arm === undefined ? undefined : state.choices[arm.choice];
  return chosen === undefined || chosen.armId === arm?.arm;
}

/** What a choice calls it. */
export function rollbackArm({line}: Rollback): string {
  return `L${line}`;
}

/** Whether a step belongs to any of the rollbacks. */
export function isOfRollback(plan: Plan, stepId: string): boolean {
  return rollbacksOf(plan).some(({steps}) => steps.includes(stepId));
}

function hasBegun(plan: Plan, state: RunState, phase: string): boolean {
  const inside = new Set([phase]);
  for (const {id, parent, role} of plan.sections) {
    if (parent !== undefined && inside.has(parent) && role !== 'rollback') inside.add(id);
  }
  return plan.steps.some(step => inside.has(step.section) && isTouched(state, step));
}

function isTouched(state: RunState, step: Step): boolean {
  return !['pending', 'not-applicable', 'skipped'].includes(stepState(state, step.id).status);
}
