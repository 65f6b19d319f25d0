/** The course of a rollback: counted down, stopped for, run step by step, concluded from verdicts. */
import {type Step, traitsOf} from '../../../plan/plan.ts';
import {compact} from '../../../text/compact.ts';
import type {Intent} from '../../event.ts';
import {groupOfStep} from '../../groups/batches.ts';
import {goesOnElsewhere, hostsToRollBack} from '../../groups/touched-hosts.ts';
import {unconfirmed} from '../../review.ts';
import {rollbackSteps} from '../../rollback/readiness.ts';
import {withRollbackNow} from '../../rollback/rollback-choice.ts';
import {isOnOtherHost} from '../../rollback/tried-again.ts';
import {stepState} from '../../selectors.ts';
import {type Draft, Refusal} from '../decision-draft.ts';
import {startStep} from '../start-step.ts';
import {bindFor, conclude, fail} from './rollback-end.ts';
import {whyNotBegin} from './rollback-refusal.ts';
import {type In, stop, stopThenBegin} from './stop-for-rollback.ts';

/** Why a step of the rollback ran that nobody had confirmed. */
const FORCED = 'the rollback was forced';

/**
 * `R`: asks for the rollback; pressed again while it counts down, it starts at once. What nobody has confirmed is refused
 * before anything is stopped for it: no proof that comes meanwhile can make it ready.
 */
export function onRollBack(draft: Draft, user: string, {force, anew}: HowToRollBack): Refusal | undefined {
  const {plan, state, at, settings} = draft;
  if (plan.rollback === null) return new Refusal('the document has no rollback section');
  switch (state.rollback.status) {
    case 'counting':
      stop(draft, state.rollback);
      return undefined;
    case 'stopping':
    case 'running':
      return new Refusal('the rollback is running already');
    case 'none':
    case 'finished': {
      const why = whyNotBegin(draft, force !== undefined);
      if (why !== undefined) return new Refusal(why);
      const startsAt = at + settings.countdownMs;
      draft.say(compact({type: 'rollback-requested', because: askedForBy(user), startsAt, force, anew}));
      return undefined;
    }
  }
}

type HowToRollBack = Omit<Extract<Intent, {type: 'roll-back'}>, 'type'>;

/** Why a rollback begins that a person asked for. */
export function askedForBy(user: string): string {
  return `asked for by ${user}`;
}

export function advanceRollback(draft: Draft): void {
  const {rollback} = draft.state;
  if (rollback.status === 'counting' && draft.at >= rollback.startsAt) {
    stop(draft, rollback);
  } else if (rollback.status === 'stopping') {
    stopThenBegin(draft, rollback);
  } else if (rollback.status === 'running') {
    runNextRollbackStep(draft, rollback);
  }
}

/** One that was forced goes on, after a step that failed, with those of other hosts. */
function runNextRollbackStep(draft: Draft, {begun, force}: In<'running'>): void {
  const steps = rollbackSteps(withRollbackNow(draft.plan, draft.state));
  const failed: Step[] = [];
  for (const [index, step] of steps.entries()) {
    if (!traitsOf(step.action).judged) continue;
    const own = stepState(draft.state, step.id);
    if (!begun.includes(step.id)) {
      if (!failed.every(one => isOnOtherHost(one, step))) continue;
      return begin(draft, step, steps.slice(index));
    }
    if (own.status === 'running') return;
    if (own.status === 'failed' || own.status === 'cancelled' || own.status === 'unknown') {
      if (goesOnElsewhere(draft.state, step)) continue;
      failed.push(step);
      if (force === undefined) break;
    }
  }
  const [first] = failed;
  if (first === undefined) return conclude(draft, steps);
  const left = steps.slice(steps.indexOf(first)).filter(step => !isDoneNow(draft, step, begun));
  fail(draft, failed.map(step => `${step.title}: ${whyFailed(draft, step)}`).join('; '), left);
}

function isDoneNow({state}: Draft, {id}: Step, begun: readonly string[]): boolean {
  return begun.includes(id) && ['passed', 'skipped'].includes(stepState(state, id).status);
}

function whyFailed({state}: Draft, {id}: Step): string {
  const own = stepState(state, id);
  return 'verdict' in own ? (own.verdict?.because ?? '') : '';
}

function begin(draft: Draft, step: Step, left: readonly Step[]): void {
  if (hostsToRollBack(draft.plan, draft.state, step)?.length === 0) {
    draft.say({
      type: 'step-skipped',
      stepId: step.id,
      reason: `no host of ${groupOfStep(draft.plan, step)} was touched`,
    });
    return;
  }
  const open = unconfirmed(draft.plan, draft.state, step);
  const refused = startStep(draft, step, open === undefined ? {} : {review: `${FORCED}: ${open.text}`});
  if (refused === undefined) return;
  if (step.condition !== undefined || isWhollyByHand(draft, step)) {
    draft.say({type: 'step-skipped', stepId: step.id, reason: `${step.condition ?? 'by hand'}: ${refused.because}`});
    return;
  }
  fail(draft, `${step.title}: ${refused.because}`, left);
}

function isWhollyByHand(draft: Draft, step: Step): boolean {
  return bindFor(draft, step).kind === 'by-hand';
}
