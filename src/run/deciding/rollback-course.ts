/** The course of a rollback: counted down, stopped for, run step by step, concluded from verdicts. */
import {type Step, traitsOf} from '../../plan/plan.ts';
import type {RollbackVerdict} from '../event.ts';
import {groupOfStep} from '../groups/batches.ts';
import {goesOnElsewhere, hostsToRollBack} from '../groups/touched-hosts.ts';
import type {Outcome} from '../outcome.ts';
import {bindStep} from '../requests/bind-step.ts';
import {shownLookup} from '../requests/lookups.ts';
import {answeredAs, unconfirmed} from '../review.ts';
import {rollbackSteps} from '../rollback/readiness.ts';
import {type NotReady, whyNotReadyToRollBack} from '../rollback/readiness-now.ts';
import {withRollbackNow} from '../rollback/rollback-choice.ts';
import {EVIDENCE_WITHIN_MS} from '../rollback/rollback-times.ts';
import {checksPassed, evidenceSince, versionEvidence} from '../rollback/version-evidence.ts';
import {runningStep, stepState} from '../selectors.ts';
import {commandsLeft} from './commands-left.ts';
import {type Draft, Refusal} from './decision-draft.ts';
import {lostHosts} from './lost-hosts.ts';
import {openChoice, whyNotBegin} from './rollback-refusal.ts';
import {startStep} from './start-step.ts';

/** Why a step of the rollback ran that nobody had confirmed. */
const FORCED = 'the rollback was forced';

/** How long a fresh proof of the rollback's inputs is waited for before going on without it. */
const PREFLIGHT_MS = 4000;

/** Where nothing could be proved in time, or a host does not answer, the way back is tried all the same. */
const STOPS: ReadonlySet<NotReady['kind']> = new Set(['unconfirmed', 'missing']);

/**
 * `R`: asks for the rollback; pressed again while it counts down, it starts at once. What nobody has confirmed is refused
 * before anything is stopped for it: no proof that comes meanwhile can make it ready.
 */
export function onRollBack(draft: Draft, user: string, force: string | undefined): Refusal | undefined {
  const {plan, state, at, settings} = draft;
  if (plan.rollback === null) return new Refusal('the document has no rollback section');
  switch (state.rollback.status) {
    case 'counting':
      draft.say({type: 'phase-changed', phase: 'stopping', because: state.rollback.because});
      return undefined;
    case 'stopping':
    case 'running':
      return new Refusal('the rollback is running already');
    case 'none':
    case 'finished': {
      const why = whyNotBegin(draft, force !== undefined);
      if (why !== undefined) return new Refusal(why);
      const requested = {
        type: 'rollback-requested',
        because: askedForBy(user),
        startsAt: at + settings.countdownMs,
      } as const;
      draft.say(force === undefined ? requested : {...requested, force});
      return undefined;
    }
  }
}

/** Why a rollback begins that a person asked for. */
export function askedForBy(user: string): string {
  return `asked for by ${user}`;
}

export function advanceRollback(draft: Draft): void {
  const {rollback} = draft.state;
  if (rollback.status === 'counting' && draft.at >= rollback.startsAt) {
    draft.say({type: 'phase-changed', phase: 'stopping', because: rollback.because});
  } else if (rollback.status === 'stopping') {
    stopThenBegin(draft, rollback);
  } else if (rollback.status === 'running') {
    runNextRollbackStep(draft, rollback.begun);
  }
}

function stopThenBegin(
  draft: Draft,
  {since, proofFrom, deadlineAt, force}: Extract<Draft['state']['rollback'], {status: 'stopping'}>,
): void {
  const running = runningStep(draft.plan, draft.state);
  if (running !== undefined) {
    if (draft.at >= deadlineAt) abandon(draft, running);
    return;
  }
  const {readiness} = draft.state;
  const isFresh = readiness !== null && readiness.at >= proofFrom;
  if (!isFresh && draft.at < since + PREFLIGHT_MS) return;
  const open = openChoice(draft);
  if (open !== undefined) {
    fail(draft, `nothing was changed: ${open}`, []);
    return;
  }
  // Where no fresh proof comes in time, what was last known to be missing is taken for missing still.
  const why = whyNotReadyToRollBack(draft.plan, draft.state);
  if (why !== undefined && STOPS.has(why.kind) && force === undefined) {
    fail(draft, `nothing was changed: ${why.text}`, rollbackSteps(withRollbackNow(draft.plan, draft.state)));
    return;
  }
  draft.say({type: 'phase-changed', phase: 'rolling-back', because: 'the running step has ended'});
}

/** Nobody saw how it ended: that is `unknown`, and the rollback does not wait for it any longer. */
function abandon(draft: Draft, step: Step): void {
  const own = stepState(draft.state, step.id);
  if (own.status !== 'running') return;
  const detail = 'did not end when told to; abandoned for the rollback';
  draft.say({
    type: 'step-finished',
    stepId: step.id,
    attempt: own.attempt,
    outcome: {kind: 'lost', detail, durationMs: draft.at - own.startedAt},
    verdict: {kind: 'unknown', because: detail, checks: []},
    outputTo: draft.outputLines,
  });
}

function runNextRollbackStep(draft: Draft, begun: readonly string[]): void {
  const steps = rollbackSteps(withRollbackNow(draft.plan, draft.state));
  for (const [index, step] of steps.entries()) {
    if (!traitsOf(step.action).judged) continue;
    const own = stepState(draft.state, step.id);
    if (!begun.includes(step.id)) return begin(draft, step, steps.slice(index));
    if (own.status === 'running') return;
    if (own.status === 'failed' || own.status === 'cancelled' || own.status === 'unknown') {
      if (goesOnElsewhere(draft.state, step)) continue;
      return fail(draft, `${step.title}: ${own.verdict.because}`, steps.slice(index));
    }
  }
  conclude(draft, steps);
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

/**
 * Computed from verdicts and from what was seen in place, before and after: without either the old version is not claimed
 * to be back. Where something can be seen, a look that began after the last command is waited for.
 */
function conclude(draft: Draft, steps: readonly Step[]): void {
  const {plan, state, at} = draft;
  if (lostHosts(draft, steps, step => bindFor(draft, step)) !== undefined) return fail(draft, '', []);
  const since = evidenceSince(plan, state, steps);
  if (since !== undefined && (state.readiness?.at ?? 0) < since && at < since + EVIDENCE_WITHIN_MS) return;
  const {old, against} = versionEvidence(plan, state, steps);
  if (against.length > 0) return fail(draft, `every command ran, but ${against.join('; ')}`, []);
  const passed = checksPassed(state, steps);
  const left = [...toJudge(draft, steps), ...manualLeft(draft, steps)];
  if (passed.length === 0 && old.length === 0) return finish(draft, 'unverified', UNVERIFIED, left);
  finish(draft, 'verified', `verified by ${[...passed, ...old].join(', ')}`, left);
}

const UNVERIFIED = 'every command ran, but nothing verified the result: check it by hand';

function toJudge(draft: Draft, steps: readonly Step[]): readonly string[] {
  const open = steps.filter(step => stepState(draft.state, step.id).status === 'waiting');
  return open.map(step => `to judge: ${step.title}`);
}

/** For a group, what is left is said host by host. */
function fail(draft: Draft, because: string, left: readonly Step[]): void {
  const {plan, state} = draft;
  const lost = lostHosts(draft, rollbackSteps(withRollbackNow(plan, state)), step => printedFor(draft, step));
  const others = left.filter(step => lost?.groups.has(groupOfStep(plan, step) ?? '') !== true);
  const commands = others.flatMap(step => commandsLeft(printedFor(draft, step), step, ranIn(draft, step)));
  finish(draft, 'failed', lost?.because ?? because, [...(lost?.left ?? []), ...commands, ...manualLeft(draft, left)]);
}

function finish(draft: Draft, verdict: RollbackVerdict, because: string, left: readonly string[]): void {
  const result = verdict === 'verified' ? 'rolled-back' : 'rollback-failed';
  draft.say({type: 'rollback-finished', result, verdict, because, left});
  draft.say({type: 'phase-changed', phase: result, because});
}

/** What of the step ran in this rollback: what it did before does not count. */
function ranIn({state}: Draft, step: Step): Outcome | undefined {
  if (state.rollback.status !== 'running' || !state.rollback.begun.includes(step.id)) return undefined;
  const own = stepState(state, step.id);
  return 'outcome' in own ? own.outcome : undefined;
}

function bindFor({plan, state}: Draft, step: Step): ReturnType<typeof bindStep> {
  return bindStep(step, {plan, state, lookup: shownLookup(plan, state), attempt: 0, rollback: true});
}

/** As a person is to finish it. */
function printedFor({plan, state}: Draft, step: Step): ReturnType<typeof bindStep> {
  return bindStep(step, {plan, state, lookup: shownLookup(plan, state), attempt: 0, rollback: true, printed: true});
}

function manualLeft({plan, state}: Draft, steps: readonly Step[]): readonly string[] {
  return steps
    .filter(step => step.action.kind === 'manual' || answeredAs(plan, state, step) === 'by-hand')
    .map(step => `by hand: ${step.title}`);
}
