/** How a rollback ends: concluded from verdicts and from what is in place, with what is left to do. */
import type {Step} from '../../../plan/plan.ts';
import type {RollbackVerdict} from '../../event.ts';
import {groupOfStep} from '../../groups/batches.ts';
import type {Outcome} from '../../outcome.ts';
import {bindStep} from '../../requests/bind-step.ts';
import {shownLookup} from '../../requests/lookups.ts';
import {answeredAs} from '../../review.ts';
import {rollbackSteps} from '../../rollback/readiness.ts';
import {withRollbackNow} from '../../rollback/rollback-choice.ts';
import {EVIDENCE_WITHIN_MS} from '../../rollback/rollback-times.ts';
import {checksPassed, evidenceSince, versionEvidence} from '../../rollback/version-evidence.ts';
import {stepState} from '../../selectors.ts';
import {commandsLeft} from '../commands-left.ts';
import type {Draft} from '../decision-draft.ts';
import {lostHosts} from '../lost-hosts.ts';

/**
 * Computed from verdicts and from what was seen in place, before and after: without either the old version is not claimed
 * to be back. Where something can be seen, a look that began after the last command is waited for.
 */
export function conclude(draft: Draft, steps: readonly Step[]): void {
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
export function fail(draft: Draft, because: string, left: readonly Step[]): void {
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

export function bindFor({plan, state}: Draft, step: Step): ReturnType<typeof bindStep> {
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
