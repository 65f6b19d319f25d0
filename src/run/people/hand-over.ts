/** What somebody who was not there has to know: where the run is, what is open, what to look at, what comes next. Pure. */
import type {Plan, Step} from '../../plan/plan.ts';
import {stretchText, utcMinute} from '../../text/times.ts';
import type {HandOverSummary} from '../events/people-events.ts';
import {stepById} from '../plan-index.ts';
import {unconfirmed} from '../review.ts';
import {
  belongsToRun,
  failedStep,
  hoursOfStep,
  isDone,
  nextStep,
  progress,
  runningStep,
  stepState,
  waitingStep,
} from '../selectors.ts';
import type {RunState} from '../state.ts';
import {handOverItems, nameOf} from './hand-over-items.ts';
import {rollbackNow} from './hand-over-rollback.ts';

/** `at`: epoch ms, as of when. */
export function handOverSummary(plan: Plan, state: RunState, at: number): HandOverSummary {
  return {
    where: whereText(plan, state, at),
    next: nextText(plan, state, at),
    ...handOverItems(plan, state, at),
    rollback: rollbackNow(plan, state),
  };
}

const PHASES: Readonly<Record<RunState['phase'], string>> = {
  ready: 'The deploy has not begun',
  running: 'The deploy is under way',
  held: 'HELD: no new step starts',
  stopping: 'The run is stopping',
  'rolling-back': 'ROLLING BACK',
  'rolled-back': 'Rolled back',
  'rollback-failed': 'The rollback has failed, or nothing verified it',
  watching: 'Deployed; the run is watching',
  closed: 'The run is closed',
};

function whereText(plan: Plan, state: RunState, at: number): string {
  const {phase, phaseBecause, deployStartedAt, rollback} = state;
  const {done, total, failed} = progress(plan, state);
  const bad = failed === 0 ? '' : `, ${failed} failed or unknown`;
  const began =
    deployStartedAt === undefined ? '' : `; the deploy began ${stretchText(Math.max(0, at - deployStartedAt))} ago`;
  const why = phase === 'held' && phaseBecause !== '' ? ` (${phaseBecause})` : '';
  const counting = rollback.status === 'counting' ? ', a rollback counts down' : '';
  return `${PHASES[phase]}${why}${counting}: ${done} of ${total} steps done${bad}${began}.`;
}

/** The weightiest thing first; each sentence names the key. */
function nextText(plan: Plan, state: RunState, at: number): string {
  const {rollback, tripped, approval, phase} = state;
  const hasRollback = plan.rollback !== null;
  const [question] = state.openQuestions ?? [];
  const [trigger] = tripped;
  if (rollback.status !== 'none' && rollback.status !== 'finished') return 'A rollback is under way: let it end.';
  if (rollback.status === 'finished') {
    if (rollback.left.length > 0) return 'Finish by hand what the rollback has left, then q and f close the run.';
    return rollback.result === 'rolled-back' ? 'Nothing is left to run: q and f close the run.' : 'R tries it again.';
  }
  if (trigger !== undefined) {
    const back = hasRollback ? 'R rolls back, or ' : '';
    return `Decide about the trigger "${ruleText(plan, trigger.ruleId)}": ${back}d dismisses it with a reason.`;
  }
  if (question !== undefined) return `u answers what ${question.host} asks.`;
  if (approval !== null) return `A person of another account approves ${titleOf(plan, approval.stepId)}: A.`;
  const failed = failedStep(plan, state);
  if (failed !== undefined) {
    return `Decide about ${nameOf(failed)}, which failed: u goes to it; r runs it again, s skips it${hasRollback ? ', R rolls back' : ''}.`;
  }
  if (phase === 'held') return 'H lets the held run go on.';
  const running = runningStep(plan, state);
  if (running !== undefined) return `Wait for ${nameOf(running)}, which is running.`;
  const next = waitingStep(plan, state) ?? nextStep(plan, state);
  return next === undefined ? laterText(plan, state, at) : `${nameOf(next)}: ${doText(plan, state, next)}`;
}

function doText(plan: Plan, state: RunState, step: Step): string {
  const own = stepState(state, step.id);
  if (own.status === 'waiting') return `u goes to it: ${own.for}.`;
  if (unconfirmed(plan, state, step) !== undefined)
    return 'nobody has confirmed it yet; u goes to it, o reviews it first.';
  switch (step.action.kind) {
    case 'manual':
      return 'u goes to it; do it, then Space ticks it.';
    case 'input':
      return 'u goes to it, Enter fills it in.';
    case 'choice':
      return 'u goes to it, Enter chooses.';
    default:
      return 'u goes to it, Enter runs it.';
  }
}

/** Nothing is due: when the next thing is. */
function laterText(plan: Plan, state: RunState, at: number): string {
  const {deployStartedAt} = state;
  const later = plan.steps.flatMap(step => {
    const window = hoursOfStep(plan, step);
    if (window === undefined || deployStartedAt === undefined || isDone(state, step)) return [];
    const opens = deployStartedAt + window.fromMs;
    return opens > at && belongsToRun(plan, state, step) ? [{opens, step}] : [];
  });
  const [first] = later.toSorted((a, b) => a.opens - b.opens);
  if (first === undefined) return 'Nothing is due: watch the rules; q and f close the run.';
  return `Nothing is due until ${utcMinute(first.opens)}Z (in ${stretchText(first.opens - at)}): ${nameOf(first.step)}. Watch the rules.`;
}

function titleOf(plan: Plan, stepId: string): string {
  const step = stepById(plan, stepId);
  return step === undefined ? stepId : nameOf(step);
}

function ruleText(plan: Plan, ruleId: string): string {
  return plan.rules.find(({id}) => id === ruleId)?.text ?? ruleId;
}
