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
import {currentSection} from '../wording/current-section.ts';
import {handOverItems, nameOf} from './hand-over-items.ts';
import {rollbackNow} from './hand-over-rollback.ts';

/** `at`: epoch ms, as of when. `note`: of the person who leaves; it comes before anything else. */
export function handOverSummary(plan: Plan, state: RunState, at: number, note?: string): HandOverSummary {
  const {text} = whatIsNext(plan, state, at, note);
  return {
    where: whereText(plan, state, at),
    next: note === undefined ? text : `See the note; then ${text.replace(CAPITAL, first => first.toLowerCase())}`,
    ...handOverItems(plan, state, at),
    rollback: rollbackNow(plan, state),
  };
}

/** The first letter of a sentence, unless it is a key: `R tries it again.` */
const CAPITAL = /^(?:[A-Z](?=[a-z])|A(?= ))/;

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
  const {done, total} = progress(plan, state);
  const section = phase === 'ready' || phase === 'running' ? ` (${currentSection(plan, state)})` : '';
  const bad = badText(plan, state, 'failed') + badText(plan, state, 'unknown');
  const began =
    deployStartedAt === undefined ? '' : `; the deploy began ${stretchText(Math.max(0, at - deployStartedAt))} ago`;
  const why = phase === 'held' && phaseBecause !== '' ? ` (${phaseBecause})` : '';
  const counting = rollback.status === 'counting' ? ', a rollback counts down' : '';
  return `${PHASES[phase]}${section}${why}${counting}; of the whole run ${done} of ${total} steps done${bad}${began}.`;
}

/** `, 1 failed (line 22)` */
function badText(plan: Plan, state: RunState, status: 'failed' | 'unknown'): string {
  const steps = plan.steps.filter(
    step => stepState(state, step.id).status === status && belongsToRun(plan, state, step),
  );
  const lines = steps.map(({line}) => line);
  if (lines.length === 0) return '';
  const more = lines.length > LINES_MAX ? ', …' : '';
  return `, ${lines.length} ${status} (line ${lines.slice(0, LINES_MAX).join(', ')}${more})`;
}

const LINES_MAX = 4;

/** A key that `text` names, besides R, Enter and Space. */
export type NextKey = 'u' | 'r' | 's' | 'd' | 'A' | 'H' | 'o' | 'q';

type Next = {text: string; keys: readonly NextKey[]};

const next = (text: string, ...keys: readonly NextKey[]): Next => ({text, keys});

/** The weightiest thing first; each sentence names its keys. `note`: it may say not to dismiss a trigger, so no key is offered for that. */
export function whatIsNext(plan: Plan, state: RunState, at: number, note?: string): Next {
  const {rollback, tripped, approval, phase} = state;
  const hasRollback = plan.rollback !== null;
  const [question] = state.openQuestions ?? [];
  const [trigger] = tripped;
  if (rollback.status !== 'none' && rollback.status !== 'finished') return next('A rollback is under way: let it end.');
  if (rollback.status === 'finished') {
    if (rollback.left.length > 0)
      return next('Finish by hand what the rollback has left, then q and f close the run.', 'q');
    if (rollback.result !== 'rolled-back') return next('R tries it again.');
    return next('Nothing is left to run: q and f close the run.', 'q');
  }
  if (trigger !== undefined) {
    const back = hasRollback ? 'R rolls back, or ' : '';
    if (note !== undefined) {
      const text = `Decide about the trigger "${ruleText(plan, trigger.ruleId)}"`;
      return next(hasRollback ? `${text}; R rolls back.` : `${text}.`);
    }
    return next(
      `Decide about the trigger "${ruleText(plan, trigger.ruleId)}": ${back}d dismisses it with a reason.`,
      'd',
    );
  }
  if (question !== undefined) return next(`u answers what ${question.host} asks.`, 'u');
  if (approval !== null) return next(`A person of another account approves ${titleOf(plan, approval.stepId)}: A.`, 'A');
  const failed = failedStep(plan, state);
  if (failed !== undefined) {
    const back = hasRollback ? ', R rolls back' : '';
    const text = `Decide about ${nameOf(failed)}, which failed: u goes to it; r runs it again, s skips it${back}.`;
    return next(text, 'u', 'r', 's');
  }
  if (phase === 'held') return next('H lets the held run go on.', 'H');
  const running = runningStep(plan, state);
  if (running !== undefined) return next(`Wait for ${nameOf(running)}, which is running.`);
  const waiting = waitingStep(plan, state);
  const step = waiting ?? nextStep(plan, state);
  if (step === undefined) return laterNext(plan, state, at);
  return stepNext(plan, state, step, waiting !== undefined);
}

/** `waits`: the run does not go on without a person there, and u goes to it. Else the cursor stands on it. */
function stepNext(plan: Plan, state: RunState, step: Step, waits: boolean): Next {
  const own = stepState(state, step.id);
  const keys: readonly NextKey[] = waits ? ['u'] : [];
  const lead = `${nameOf(step)}: ${waits ? 'u goes to it; ' : 'it comes next; '}`;
  if (own.status === 'waiting') return next(`${lead}${own.for}.`, ...keys);
  if (unconfirmed(plan, state, step) !== undefined) {
    return next(`${lead}nobody has confirmed it yet, o reviews it first.`, ...keys, 'o');
  }
  return next(`${lead}${doText(step)}`, ...keys);
}

function doText({action}: Step): string {
  switch (action.kind) {
    case 'manual':
      return 'do it, then Space ticks it.';
    case 'input':
      return 'Enter fills it in.';
    case 'choice':
      return 'Enter chooses.';
    default:
      return 'Enter runs it.';
  }
}

/** Nothing is due: when the next thing is. */
function laterNext(plan: Plan, state: RunState, at: number): Next {
  const {deployStartedAt} = state;
  const later = plan.steps.flatMap(step => {
    const window = hoursOfStep(plan, step);
    if (window === undefined || deployStartedAt === undefined || isDone(state, step)) return [];
    const opens = deployStartedAt + window.fromMs;
    return opens > at && belongsToRun(plan, state, step) ? [{opens, step}] : [];
  });
  const [first] = later.toSorted((a, b) => a.opens - b.opens);
  if (first === undefined) return next('Nothing is due: watch the rules; q and f close the run.', 'q');
  return next(
    `Nothing is due until ${utcMinute(first.opens)}Z (in ${stretchText(first.opens - at)}): ${nameOf(first.step)}. Watch the rules.`,
  );
}

function titleOf(plan: Plan, stepId: string): string {
  const step = stepById(plan, stepId);
  return step === undefined ? stepId : nameOf(step);
}

function ruleText(plan: Plan, ruleId: string): string {
  return plan.rules.find(({id}) => id === ruleId)?.text ?? ruleId;
}
