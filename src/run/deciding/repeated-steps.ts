/** Steps that a document has done again and again: "Run Daily", "every 15 minutes for the first 2 hours". */
import type {Plan, Step} from '../../plan/plan.ts';
import {traitsOf} from '../../plan/plan.ts';
import {compact} from '../../text/compact.ts';
import {unconfirmed} from '../review.ts';
import {hoursOfStep, openChoices, roleOf, stepState} from '../selectors.ts';
import type {RunState} from '../state.ts';

/** `nextAt`: epoch ms, absent when its hours are over before it would be due again. `itself`: needs no person. */
export type Repeat = {everyMs: number; runs: number; nextAt?: number; itself: boolean};

/** Undefined for a step that is done once, and before the mission clock runs. */
export function repeatOf(plan: Plan, state: RunState, step: Step): Repeat | undefined {
  const {everyMs, action} = step;
  if (everyMs === undefined || everyMs <= 0 || !traitsOf(action).repeats) return undefined;
  const role = roleOf(plan, step);
  if (state.deployStartedAt === undefined || (role !== 'monitor' && role !== 'validate')) return undefined;
  const hours = hoursOfStep(plan, step);
  const opensAt = state.deployStartedAt + (hours?.fromMs ?? 0);
  const nextAt = nextSlot(opensAt, everyMs, lastBegun(state, step));
  const isOver = hours !== undefined && nextAt > state.deployStartedAt + hours.toMs;
  return compact({
    everyMs,
    runs: runsOf(state, step),
    nextAt: isOver ? undefined : nextAt,
    itself: performsItself(step),
  });
}

/** What a person has done before, and the document wants done again by now. */
export function dueAgain(plan: Plan, state: RunState, now: number): readonly Step[] {
  if (state.phase !== 'watching') return [];
  return plan.steps.filter(step => isDueAgain(plan, state, step, now));
}

export function isDueAgain(plan: Plan, state: RunState, step: Step, now: number): boolean {
  if (stepState(state, step.id).status !== 'passed') return false;
  const repeat = repeatOf(plan, state, step);
  return repeat?.itself === false && repeat.nextAt !== undefined && repeat.nextAt <= now;
}

/** The steps that are to run by themselves now, in the document's order. */
export function repeatsNow(plan: Plan, state: RunState, now: number): readonly Step[] {
  if (state.phase !== 'watching' || state.run.dryRun || state.run.watch === 'none') return [];
  return plan.steps.filter(step => {
    const repeat = repeatOf(plan, state, step);
    if (repeat?.itself !== true || repeat.nextAt === undefined || repeat.nextAt > now) return false;
    if (unconfirmed(plan, state, step) !== undefined) return false;
    return mayRunAgain(state, step) && openChoices(plan, state, step).length === 0;
  });
}

/** A repeat that failed is done again in its time; it counts at the end, and keeps nothing else from being watched. */
export function awaitsRepeat(plan: Plan, state: RunState, step: Step): boolean {
  if (state.phase !== 'watching' || state.run.watch === 'none') return false;
  const own = stepState(state, step.id);
  return own.status === 'failed' && own.attempt > 1 && repeatOf(plan, state, step)?.itself === true;
}

/** A person who skipped or cancelled it does not want it; who has it running does not want it twice. */
function mayRunAgain(state: RunState, step: Step): boolean {
  if (step.arm !== undefined && state.choices[step.arm.choice]?.armId !== step.arm.arm) return false;
  switch (stepState(state, step.id).status) {
    case 'pending':
    case 'passed':
    case 'failed':
    case 'unknown':
    case 'waiting':
      return true;
    case 'running':
    case 'skipped':
    case 'cancelled':
    case 'not-applicable':
      return false;
  }
}

/** What destroys, needs a second person or is only done "if needed" is not done without anybody asking for it. */
function performsItself(step: Step): boolean {
  const {action, destructive, approvals, condition, scope} = step;
  if ([destructive, approvals, condition, scope, step.gate].some(mark => mark !== undefined)) return false;
  return traitsOf(action).judged;
}

/** On a grid from the opening on. What was done shortly before a slot has been done for it. */
function nextSlot(opensAt: number, everyMs: number, lastAt: number | undefined): number {
  if (lastAt === undefined) return opensAt;
  return opensAt + Math.max(0, Math.ceil((lastAt + everyMs / 2 - opensAt) / everyMs)) * everyMs;
}

function lastBegun(state: RunState, step: Step): number | undefined {
  const own = stepState(state, step.id);
  switch (own.status) {
    case 'running':
      return own.startedAt;
    case 'waiting':
      return own.since;
    case 'passed':
    case 'failed':
    case 'cancelled':
    case 'unknown':
    case 'skipped':
      return own.at;
    case 'pending':
    case 'not-applicable':
      return undefined;
  }
}

/** By hand, the first time is no attempt. */
function runsOf(state: RunState, step: Step): number {
  const own = stepState(state, step.id);
  const attempt = 'attempt' in own ? (own.attempt ?? 0) : 0;
  return own.status === 'passed' && own.outcome === undefined ? attempt + 1 : attempt;
}
