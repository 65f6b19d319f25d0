/** What a person's key press leads to, or why it is refused. */
import {type Step, unreachable} from '../../plan/plan.ts';
import {compact} from '../../text/compact.ts';
import {type Console, personOf} from '../console.ts';
import type {ApprovableIntent, Intent, Overrides} from '../event.ts';
import {stepById} from '../plan-index.ts';
import {answeredAs} from '../review.ts';
import {goingOn} from '../rollback/deploying-again.ts';
import {isDone, isRollingBack, runningStep, stepState} from '../selectors.ts';
import {approvalNeeded, askApproval, giveApproval} from './approval.ts';
import {mayNot, passBaton} from './baton.ts';
import {fill} from './blank-values.ts';
import {type Blocker, blockers} from './blockers.ts';
import {chooseArm} from './choose-arm.ts';
import {type Draft, Refusal} from './decision-draft.ts';
import {complain, onIncidentIntent} from './intents/incident-intents.ts';
import {onPeopleIntent} from './intents/people-intents.ts';
import {onReviewIntent} from './intents/review-intents.ts';
import {isDueAgain} from './repeated-steps.ts';
import {onRollBack} from './rollback/rollback-course.ts';
import {startStep} from './start-step.ts';

type Answer = Refusal | undefined;

const AFTER_CLOSING: ReadonlySet<Intent['type']> = new Set([
  'roll-back',
  'pass-baton',
  'sign-off',
  'countersign',
] as const);

/** Says the events that follow from an intent, or why it is refused. */
export function onIntent(draft: Draft, console: Console, intent: Intent): Answer {
  const barred = mayNot(draft.state, console, intent);
  if (barred !== undefined) return new Refusal(barred);
  if (draft.state.phase === 'closed' && !AFTER_CLOSING.has(intent.type)) return new Refusal('the run is closed');
  switch (intent.type) {
    case 'run-step':
      return runStep(draft, console, intent);
    case 'run-on':
      return runOn(draft, intent.on);
    case 'tick':
      return tick(draft, console, intent);
    case 'cancel':
      return cancel(draft, intent.stepId);
    case 'skip':
      return skip(draft, intent.stepId, intent.reason);
    case 'fill':
      return fill(draft, intent);
    case 'choose':
      return chooseArm(draft, intent.choiceId, intent.armId, personOf(console));
    case 'note': {
      const {text, stepId} = intent;
      if (text.trim() === '') return new Refusal('an empty note says nothing');
      draft.say(stepId === undefined ? {type: 'note-added', text} : {type: 'note-added', text, stepId});
      return undefined;
    }
    case 'complain':
      return complain(draft, intent);
    case 'hold':
      return hold(draft, intent.on, intent.because);
    case 'roll-back':
      return onRollBack(draft, personOf(console), intent);
    case 'cancel-roll-back':
      if (draft.state.rollback.status !== 'counting') return new Refusal('no rollback is counting down');
      draft.say({
        type: 'rollback-finished',
        result: 'cancelled',
        because: `cancelled by ${personOf(console)}`,
        left: [],
      });
      return undefined;
    case 'dismiss':
      return dismiss(draft, intent.ruleId, intent.reason);
    case 'pass-baton':
      return passBaton(draft, console, intent);
    case 'approve':
      return approve(draft, console, intent.id);
    case 'confirm-section':
    case 'reopen-section':
    case 'change-use':
    case 'set-place':
    case 'settle-doubt':
      return onReviewIntent(draft, intent);
    case 'write-incident':
    case 'send-issue':
      return onIncidentIntent(draft, console, intent);
    case 'hand-over':
    case 'take-hand-over':
    case 'sign-off':
    case 'countersign':
      return onPeopleIntent(draft, console, intent);
    case 'finish':
      return finish(draft, intent.because, intent.abort);
    default:
      return unreachable(intent);
  }
}

/** What was asked for is decided anew, as things stand now; if it can no longer be, the consent is not given either. */
function approve(draft: Draft, console: Console, id: string): Answer {
  const given = giveApproval(draft, console, id);
  if (given instanceof Refusal) return given;
  return perform(draft, given.asked, given.askedBy);
}

function perform(draft: Draft, asked: ApprovableIntent, askedBy: string): Answer {
  return asked.type === 'run-step' ? runStep(draft, {askedBy}, asked) : tick(draft, {askedBy}, asked);
}

/** The console has shown what was assumed, and a person pressed Enter on it. */
const SHOWN = 'run once by hand, with what was assumed on the screen';

/** Who asks for it: a console, or who asked for what a second person has now approved. */
type Wisher = Console | {askedBy: string};

function runStep(draft: Draft, wisher: Wisher, intent: Extract<Intent, {type: 'run-step'}>): Answer {
  const {stepId, override, assumed} = intent;
  const step = stepById(draft.plan, stepId);
  if (step === undefined) return new Refusal(`there is no step ${stepId}`);
  const found = blockers(draft.plan, draft.state, stepId, draft.at);
  const reason = override?.trim() === '' ? undefined : override;
  const said = (kind: Blocker['override']) => (kind === 'review' ? (assumed === true ? SHOWN : undefined) : reason);
  const hard = found.find(({override: kind}) => kind === undefined || said(kind) === undefined);
  if (hard !== undefined) return new Refusal(hard.text);
  const overrides: Overrides = {};
  for (const {override: kind} of found) if (kind !== undefined) overrides[kind] = said(kind) ?? '';
  const needed = 'askedBy' in wisher ? undefined : approvalNeeded(draft, step, overrides);
  if (needed !== undefined && !('askedBy' in wisher)) {
    askApproval(draft, wisher, intent, needed);
    return undefined;
  }
  const because = goingOn(draft.plan, draft.state, step, overrides.again);
  if (because !== undefined) draft.say({type: 'phase-changed', phase: 'running', because});
  return startStep(draft, step, overrides, 'askedBy' in wisher ? {askedBy: wisher.askedBy} : {});
}

function runOn(draft: Draft, on: boolean): Answer {
  const {phase, phaseBecause, rollback} = draft.state;
  if (on && phase === 'held') return new Refusal(`the run is held: ${phaseBecause}`);
  if (on && rollback.status === 'finished')
    return new Refusal('after a rollback the run does not run on by itself: Enter runs one step');
  draft.say({type: 'run-on-switched', on, because: on ? 'asked to run on' : 'asked to stop'});
  return undefined;
}

function tick(draft: Draft, wisher: Wisher, intent: Extract<Intent, {type: 'tick'}>): Answer {
  const {stepId, note, reason} = intent;
  const step = stepById(draft.plan, stepId);
  if (step === undefined) return new Refusal(`there is no step ${stepId}`);
  const own = stepState(draft.state, stepId);
  if (own.status === 'running') return new Refusal('it is still running: x cancels it');
  if (own.status === 'passed' && !isDueAgain(draft.plan, draft.state, step, draft.at)) {
    return new Refusal('it is ticked already');
  }
  if (own.status === 'not-applicable') return new Refusal(own.because);
  if (step.action.kind === 'choice') return new Refusal('choose one of the options: Enter');
  const byHand = step.action.kind === 'manual' || own.status === 'waiting' || isByHand(draft, step);
  if (!byHand && (reason ?? '').trim() === '') {
    return new Refusal('it is ticked by evidence: Enter runs it, or mark it done with a reason');
  }
  const gate = blockers(draft.plan, draft.state, stepId).find(blocker => blocker.kind === 'gate');
  if (gate !== undefined && (reason ?? '').trim() === '') return new Refusal(gate.text);
  // One that waits to be judged was approved before it ran.
  const needed = own.status === 'waiting' ? undefined : approvalNeeded(draft, step);
  if (needed !== undefined && !('askedBy' in wisher)) {
    askApproval(draft, wisher, intent, needed);
    return undefined;
  }
  draft.say(
    compact({
      type: 'step-ticked',
      stepId,
      note,
      reason,
      askedBy: 'askedBy' in wisher ? wisher.askedBy : undefined,
    }),
  );
  return undefined;
}

/** Answered so in the review, or a script of which only a by-hand arm ("via Plesk") is left. */
function isByHand(draft: Draft, step: Step): boolean {
  if (answeredAs(draft.plan, draft.state, step) === 'by-hand') return true;
  if (step.action.kind !== 'script') return false;
  return step.action.stages.every(
    stage =>
      stage.kind === 'alternatives' &&
      stage.arms.find(arm => arm.id === draft.state.choices[stage.id]?.armId)?.manual === true,
  );
}

function cancel(draft: Draft, stepId: string): Answer {
  const own = stepState(draft.state, stepId);
  const {approval} = draft.state;
  if (own.status !== 'running' && approval?.stepId === stepId) {
    draft.say({type: 'approval-withdrawn', id: approval.id, stepId});
    return undefined;
  }
  if (own.status !== 'running') return new Refusal('it is not running');
  if (own.cancelling === true) return new Refusal('it is being cancelled already');
  draft.say({type: 'step-cancelling', stepId, attempt: own.attempt});
  draft.say({type: 'run-on-switched', on: false, because: 'a step was cancelled'});
  return undefined;
}

function skip(draft: Draft, stepId: string, reason: string): Answer {
  const step = stepById(draft.plan, stepId);
  if (step === undefined) return new Refusal(`there is no step ${stepId}`);
  if (reason.trim() === '') return new Refusal('skipping needs a reason');
  const own = stepState(draft.state, stepId);
  if (own.status === 'running') return new Refusal('it is still running: x cancels it');
  if (isDone(draft.state, step)) return new Refusal(`it is ${own.status} already`);
  draft.say({type: 'step-skipped', stepId, reason: reason.trim()});
  return undefined;
}

function hold(draft: Draft, on: boolean, because = 'held by hand'): Answer {
  const {state} = draft;
  if (on) {
    if (state.phase !== 'running' && state.phase !== 'watching') return new Refusal(`the run is ${state.phase}`);
    draft.say({type: 'phase-changed', phase: 'held', because});
    return undefined;
  }
  if (state.phase !== 'held') return new Refusal('the run is not held');
  if (state.tripped.length > 0) return new Refusal('a trigger has fired: roll back (R), or dismiss it with a reason');
  draft.say({type: 'phase-changed', phase: 'running', because});
  return undefined;
}

function dismiss(draft: Draft, ruleId: string, reason: string): Answer {
  if (reason.trim() === '') return new Refusal('dismissing an alarm needs a reason');
  const isTripped = draft.state.tripped.some(one => one.ruleId === ruleId);
  if (!isTripped && draft.state.rules[ruleId]?.tripped === undefined) return new Refusal('that rule has not tripped');
  draft.say({type: 'trigger-dismissed', ruleId, reason: reason.trim()});
  if (draft.state.tripped.length === 0 && draft.state.phase === 'held') {
    draft.say({type: 'phase-changed', phase: 'running', because: `false alarm: ${reason.trim()}`});
  }
  return undefined;
}

function finish(draft: Draft, because: string, abort: boolean): Answer {
  const running = runningStep(draft.plan, draft.state);
  if (running !== undefined && !abort) return new Refusal(`${running.title} is still running`);
  if (isRollingBack(draft.state)) return new Refusal('the rollback is running: let it end');
  draft.say({type: 'run-on-switched', on: false, because});
  draft.say({type: 'phase-changed', phase: 'stopping', because, ...(abort ? {abort} : {})});
  return undefined;
}
