/** What goes on by itself after each input: the rollback, running on, repeats, closing. */
import type {Step} from '../../plan/plan.ts';
import {evidenceText} from '../evidence/evidence.ts';
import {doneBatches, groupOfStep} from '../groups/batches.ts';
import {whyNotNextBatch} from '../groups/next-batch.ts';
import type {Outcome} from '../outcome.ts';
import {answeredAs, unconfirmed} from '../review.ts';
import {isDeployed, nextStep, openChoices, runningStep, stepState} from '../selectors.ts';
import type {RunState} from '../state.ts';
import {approvalNeeded, askApprovalForDriver} from './approval.ts';
import {computedValue} from './blank-values.ts';
import {blockers} from './blockers.ts';
import {closeIfOver, closeRun} from './closing.ts';
import {type Draft, Refusal} from './decision-draft.ts';
import {lacksEvidence, lacksEvidenceOfArrival, lastChangeAt} from './offer-evidence.ts';
import {openCondition} from './open-condition.ts';
import {awaitsRepeat, repeatsNow} from './repeated-steps.ts';
import {awaitsTrigger} from './rollback/automatic-rollback.ts';
import {advanceRollback} from './rollback/rollback-course.ts';
import {startStep} from './start-step.ts';
import {endWindows} from './watch-windows.ts';

/** More events than this from one decision is a loop, not progress. */
const STEPS_PER_DECISION_MAX = 1000;

/** Says what follows by itself from the events so far: the next step, a phase, the end of the run. */
export function advance(draft: Draft): void {
  // In the watch itself what repeats at the end of a window comes first.
  if (draft.state.phase !== 'watching') endWindows(draft);
  for (let turn = 0; turn < STEPS_PER_DECISION_MAX; turn += 1) {
    const before = draft.events.length;
    advanceOnce(draft);
    if (draft.events.length === before) return;
  }
}

function advanceOnce(draft: Draft): void {
  if (endBatches(draft)) return;
  const {state} = draft;
  if (state.rollback.status !== 'none' && state.rollback.status !== 'finished') return advanceRollback(draft);
  if (state.phase === 'closed') return;
  if (state.phase === 'stopping') {
    if (runningStep(draft.plan, state) === undefined) closeRun(draft, state.phaseBecause);
    return;
  }
  if ((state.phase === 'running' || state.phase === 'ready') && isDeployed(draft.plan, state)) {
    draft.say({type: 'phase-changed', phase: 'watching', because: 'every step of the deploy is done'});
    return;
  }
  if (state.phase === 'held' && state.run.unattended) {
    // What runs is let end: a run that is closed has nothing running.
    if (runningStep(draft.plan, state) === undefined && !awaitsTrigger(draft)) closeRun(draft, state.phaseBecause);
    return;
  }
  if (!state.joined || lacksEvidenceOfArrival(draft.plan, state)) return;
  if (state.runningOn && runningStep(draft.plan, state) === undefined) runNext(draft);
  if (runningStep(draft.plan, state) === undefined) repeatDue(draft);
  closeIfOver(draft);
}

/** Before the rest of the run is looked at: what a batch has done the next one does again. */
function endBatches(draft: Draft): boolean {
  const {phase, rollback} = draft.state;
  if (phase === 'closed' || phase === 'stopping' || rollback.status !== 'none') return false;
  const done = doneBatches(draft.plan, draft.state);
  for (const {lost, ...batch} of done) {
    draft.say({type: 'batch-finished', ...batch, ...(lost.length === 0 ? {} : {lost})});
    // All hosts are looked at when the next batch is due.
    if (batch.batch < batch.of) draft.ask({type: 'probe-readiness'});
  }
  return done.length > 0;
}

/** What a document has done every so often is done by itself while the run is watched, whoever is there. */
function repeatDue(draft: Draft): void {
  for (const step of repeatsNow(draft.plan, draft.state, draft.at)) {
    // What one of them lacks is shown where a person would run it.
    if (startStep(draft, step, {}) === undefined) return;
  }
}

function runNext(draft: Draft): void {
  const {plan, state} = draft;
  if (!['ready', 'running', 'watching'].includes(state.phase)) return;
  const step = nextStep(plan, state, one => !awaitsRepeat(plan, state, one));
  if (step === undefined) return;
  const own = stepState(state, step.id);
  switch (own.status) {
    case 'failed':
    case 'cancelled':
    case 'unknown':
      if (state.run.dryRun) return walkPast(draft, step, own.verdict.because);
      return stopRunningOn(draft, `${step.title}: ${own.verdict.because}`);
    case 'waiting':
      if (isDoubtful(own.outcome) && !saidYesTo(draft, step)) return needsPerson(draft, step, own.for);
      return presume(draft, step, own.for);
    case 'pending':
      return runPending(draft, step);
    case 'running':
    case 'passed':
    case 'skipped':
    case 'not-applicable':
      return;
  }
}

/** Something in it went wrong, or how it ended was not seen: `--yes all` says nothing of that. */
function isDoubtful(outcome: Outcome | undefined): boolean {
  if (outcome?.kind === 'on-hosts') {
    return (outcome.differs ?? []).length > 0 || outcome.hosts.some(one => isDoubtful(one.outcome));
  }
  return outcome?.kind === 'exited' && (outcome.left !== undefined || (outcome.doubts ?? []).length > 0);
}

function runPending(draft: Draft, step: Step): void {
  const open = unconfirmed(draft.plan, draft.state, step);
  if (open !== undefined && !draft.state.run.dryRun) return needsPerson(draft, step, open.text);
  const byHand = step.action.kind === 'manual' || answeredAs(draft.plan, draft.state, step) === 'by-hand';
  if (byHand) return presume(draft, step, 'a person ticks it');
  if (step.action.kind === 'input') return fillComputed(draft, step);
  if (openChoices(draft.plan, draft.state, step).length > 0) {
    if (!saidYes(draft, step) || draft.armsAsked === step.id) {
      return needsPerson(draft, step, 'an option must be chosen');
    }
    return draft.ask({type: 'prove-arms', stepId: step.id});
  }
  if (lacksEvidence(draft.plan, draft.state, step)) return;
  const question = openCondition(draft.plan, step);
  if (question !== undefined && !saidYesTo(draft, step))
    return needsPerson(draft, step, [question, ...conditionsSeen(draft.state, step)].join('; '));
  const wait = whyNotNextBatch(draft.plan, draft.state, step, draft.at);
  if (wait?.for === 'person') return needsPerson(draft, step, wait.text);
  const [blocker] = blockers(draft.plan, draft.state, step.id, draft.at);
  if (blocker === undefined) {
    const needed = approvalNeeded(draft, step);
    if (needed !== undefined) return askSecond(draft, step, needed);
    const refused = startStep(draft, step, {}, {presumed: question});
    if (refused instanceof Refusal) presume(draft, step, refused.because);
    return;
  }
  const stale = (draft.state.readiness?.at ?? 0) <= lastChangeAt(draft.state);
  if (blocker.kind === 'readiness-unknown' || (blocker.kind === 'readiness' && stale)) {
    return draft.ask({type: 'probe-readiness'});
  }
  const group = groupOfStep(draft.plan, step);
  if (blocker.kind === 'hosts-unknown' && group !== undefined) return draft.ask({type: 'list-hosts', group});
  if (blocker.kind === 'batch-look' && wait?.for === 'look')
    return draft.ask({type: 'probe-readiness', wholeSince: wait.since});
  // It goes on by itself when the time has come.
  if (blocker.kind === 'batch-waits') return;
  needsPerson(draft, step, blocker.text);
}

/** Running on waits at a step that a second person must approve, and goes on from there. */
function askSecond(draft: Draft, step: Step, because: string): void {
  if (askApprovalForDriver(draft, {type: 'run-step', stepId: step.id}, because)) return;
  needsPerson(draft, step, `a second person must approve it: ${because}`);
}

/** What its host says of the condition: the person who is called sees it at once. */
function conditionsSeen({evidence = {}}: RunState, {id}: Step): readonly string[] {
  return Object.values(evidence)
    .filter(({stepId, about}) => stepId === id && about === 'condition')
    .map(one => evidenceText(one));
}

function saidYes(draft: Draft, step: Step): boolean {
  return draft.state.run.yes.includes('all') || saidYesTo(draft, step);
}

/** By its own name: `all` says nothing of what hangs on a condition. In a dry run nothing is done by it. */
export function saidYesTo({state}: Draft, step: Step): boolean {
  return state.run.dryRun || state.run.yes.includes(step.id) || state.run.yes.includes(String(step.line));
}

/** In a dry run nobody has said anything. */
function saidBy({state}: Draft): string {
  return state.run.dryRun ? 'in a dry run' : 'by --yes';
}

function presume(draft: Draft, step: Step, what: string): void {
  if (!saidYes(draft, step)) return needsPerson(draft, step, what);
  const needed = approvalNeeded(draft, step);
  if (needed !== undefined) return needsPerson(draft, step, `a second person must approve it: ${needed}`);
  if (draft.state.phase === 'ready')
    draft.say({type: 'phase-changed', phase: 'running', because: 'the first step starts'});
  draft.say({type: 'step-ticked', stepId: step.id, presumed: true, note: saidBy(draft)});
}

/** Dates, times and names fill themselves; what only a person knows stays empty, and the tick says so. */
function fillComputed(draft: Draft, step: Step): void {
  if (step.action.kind !== 'input') return;
  if (!saidYes(draft, step)) return needsPerson(draft, step, 'a blank must be filled');
  const empty: string[] = [];
  for (const blank of step.action.blanks) {
    const value = computedValue(draft.state, blank, draft.at);
    if (value === undefined) empty.push(blank.label);
    else draft.say({type: 'input-filled', stepId: step.id, blankId: blank.id, value, computed: true});
  }
  const note = empty.length === 0 ? saidBy(draft) : `${saidBy(draft)}, left empty: ${empty.join(', ')}`;
  draft.say({type: 'step-ticked', stepId: step.id, presumed: true, note});
}

function needsPerson(draft: Draft, step: Step, what: string): void {
  if (draft.state.run.dryRun) return walkPast(draft, step, what);
  stopRunningOn(draft, `${step.title} (line ${step.line}): ${what}`);
}

/** A dry run is walked to its end: whoever asks for it wants to know everything that is in the way. */
function walkPast(draft: Draft, step: Step, because: string): void {
  draft.say({type: 'step-skipped', stepId: step.id, reason: because});
}

/** With nobody there, what stops the run ends it. */
function stopRunningOn(draft: Draft, because: string): void {
  draft.say({type: 'run-on-switched', on: false, because});
  if (draft.state.run.unattended) closeRun(draft, because);
}
