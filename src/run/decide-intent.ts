import {type Plan, type Step, unreachable} from '../plan/plan.ts';
import {blockers} from './blockers.ts';
import {type Draft, Refusal} from './draft.ts';
import type {Console, Intent} from './event.ts';
import {onRollBack} from './rollback-course.ts';
import {isDone, runningStep, stepState} from './selectors.ts';
import {settleRules} from './settle-rules.ts';
import {startStep} from './start-step.ts';
import type {RunState} from './state.ts';

type Answer = Refusal | undefined;

/** Says the facts that follow from a wish, or why it cannot be granted. */
export function onIntent(draft: Draft, console: Console, intent: Intent): Answer {
  const barred = mayNot(draft.state, console, intent);
  if (barred !== undefined) return new Refusal(barred);
  if (draft.state.phase === 'closed' && intent.type !== 'roll-back' && intent.type !== 'pass-baton') {
    return new Refusal('the run is closed');
  }
  switch (intent.type) {
    case 'run-step':
      return runStep(draft, intent);
    case 'run-on':
      return runOn(draft, intent.on);
    case 'tick':
      return tick(draft, intent);
    case 'cancel':
      return cancel(draft, intent.stepId);
    case 'skip':
      return skip(draft, intent.stepId, intent.reason);
    case 'fill':
      return fill(draft, intent);
    case 'choose':
      return chooseArm(draft, intent.choiceId, intent.armId, console.user);
    case 'note': {
      const {text, stepId} = intent;
      if (text.trim() === '') return new Refusal('an empty note says nothing');
      draft.say(stepId === undefined ? {type: 'note-added', text} : {type: 'note-added', text, stepId});
      return undefined;
    }
    case 'complain': {
      const {text, ruleId} = intent;
      const detail = {...(text === undefined ? {} : {text}), ...(ruleId === undefined ? {} : {ruleId})};
      draft.say({type: 'complaint-counted', ...detail});
      settleRules(draft, new Set());
      return undefined;
    }
    case 'hold':
      return hold(draft, intent.on, intent.because);
    case 'roll-back':
      return onRollBack(draft, console.user, intent.force);
    case 'cancel-roll-back':
      if (draft.state.rollback.status !== 'counting') return new Refusal('no rollback is counting down');
      draft.say({type: 'rollback-finished', result: 'cancelled', because: `cancelled by ${console.user}`, left: []});
      return undefined;
    case 'dismiss':
      return dismiss(draft, intent.ruleId, intent.reason);
    case 'pass-baton':
      draft.say({type: 'baton-passed', to: intent.to});
      return undefined;
    case 'finish':
      return finish(draft, intent.because, intent.abort);
    default:
      return unreachable(intent);
  }
}

/** Only the driver's keys change the world. The baton may be taken when nobody holds it, or from oneself. */
function mayNot(state: RunState, console: Console, intent: Intent): string | undefined {
  const driver = state.driver === null ? undefined : state.consoles[state.driver];
  if (driver?.id === console.id) return undefined;
  if (intent.type === 'pass-baton') {
    if (intent.to !== console.id) return 'only the driver can hand the baton to somebody else';
    if (driver === undefined || driver.user === console.user) return undefined;
    return `${driver.name} drives: ask for the baton`;
  }
  if (driver === undefined) return 'you observe: press b to take the baton';
  return `${driver.name} drives, you observe`;
}

function runStep(draft: Draft, {stepId, override}: Extract<Intent, {type: 'run-step'}>): Answer {
  const step = stepOf(draft.plan, stepId);
  if (step === undefined) return new Refusal(`there is no step ${stepId}`);
  const found = blockers(draft.plan, draft.state, stepId);
  const reason = override?.trim() === '' ? undefined : override;
  const hard = found.find(blocker => blocker.override === undefined || reason === undefined);
  if (hard !== undefined) return new Refusal(hard.text);
  const overrides: {gate?: string; readiness?: string} = {};
  for (const {override: kind} of found) if (kind !== undefined && reason !== undefined) overrides[kind] = reason;
  return startStep(draft, step, overrides);
}

function runOn(draft: Draft, on: boolean): Answer {
  if (on && draft.state.phase === 'held') return new Refusal(`the run is held: ${draft.state.phaseBecause}`);
  draft.say({type: 'run-on-switched', on, because: on ? 'asked to run on' : 'asked to stop'});
  return undefined;
}

function tick(draft: Draft, {stepId, note, reason}: Extract<Intent, {type: 'tick'}>): Answer {
  const step = stepOf(draft.plan, stepId);
  if (step === undefined) return new Refusal(`there is no step ${stepId}`);
  const own = stepState(draft.state, stepId);
  if (own.status === 'running') return new Refusal('it is still running: x cancels it');
  if (own.status === 'passed') return new Refusal('it is ticked already');
  if (own.status === 'not-applicable') return new Refusal(own.because);
  if (step.kind === 'choice') return new Refusal('choose one of the options: Enter');
  const byHand = step.kind === 'manual' || own.status === 'waiting' || isByHand(draft, step);
  if (!byHand && (reason ?? '').trim() === '') {
    return new Refusal('it is ticked by evidence: Enter runs it, or mark it done with a reason');
  }
  const gate = blockers(draft.plan, draft.state, stepId).find(blocker => blocker.kind === 'gate');
  if (gate !== undefined && (reason ?? '').trim() === '') return new Refusal(gate.text);
  draft.say({
    type: 'step-ticked',
    stepId,
    ...(note === undefined ? {} : {note}),
    ...(reason === undefined ? {} : {reason}),
  });
  return undefined;
}

/** A script of which only a by-hand arm ("via Plesk") is left. */
function isByHand(draft: Draft, step: Step): boolean {
  if (step.action.kind !== 'script') return false;
  return step.action.stages.every(
    stage =>
      stage.kind === 'alternatives' &&
      stage.arms.find(arm => arm.id === draft.state.choices[stage.id]?.armId)?.manual === true,
  );
}

function cancel(draft: Draft, stepId: string): Answer {
  const own = stepState(draft.state, stepId);
  if (own.status !== 'running') return new Refusal('it is not running');
  if (own.cancelling === true) return new Refusal('it is being cancelled already');
  draft.say({type: 'step-cancelling', stepId, attempt: own.attempt});
  draft.say({type: 'run-on-switched', on: false, because: 'a step was cancelled'});
  return undefined;
}

function skip(draft: Draft, stepId: string, reason: string): Answer {
  const step = stepOf(draft.plan, stepId);
  if (step === undefined) return new Refusal(`there is no step ${stepId}`);
  if (reason.trim() === '') return new Refusal('skipping needs a reason');
  const own = stepState(draft.state, stepId);
  if (own.status === 'running') return new Refusal('it is still running: x cancels it');
  if (isDone(draft.state, step)) return new Refusal(`it is ${own.status} already`);
  draft.say({type: 'step-skipped', stepId, reason: reason.trim()});
  return undefined;
}

function fill(draft: Draft, {stepId, blankId, value}: Extract<Intent, {type: 'fill'}>): Answer {
  const step = stepOf(draft.plan, stepId);
  if (step?.action.kind !== 'input') return new Refusal('there is no blank to fill');
  const {blanks} = step.action;
  if (!blanks.some(blank => blank.id === blankId)) return new Refusal(`there is no blank ${blankId}`);
  if (value.trim() === '') return new Refusal('an empty value fills nothing');
  draft.say({type: 'input-filled', stepId, blankId, value: value.trim()});
  if (blanks.every(blank => draft.state.blanks[blank.id] !== undefined) && !isDone(draft.state, step)) {
    draft.say({type: 'step-ticked', stepId});
  }
  return undefined;
}

function chooseArm(draft: Draft, choiceId: string, armId: string, user: string): Answer {
  const arms = armsOf(draft.plan, choiceId);
  if (!arms.includes(armId)) return new Refusal(`there is no option ${armId}`);
  const before = draft.state.choices[choiceId];
  if (before?.armId === armId) return new Refusal('it is chosen already');
  const begun = draft.plan.steps.find(
    step =>
      step.arm?.choice === choiceId && !['pending', 'not-applicable'].includes(stepState(draft.state, step.id).status),
  );
  if (begun !== undefined) return new Refusal(`${begun.title} has begun: the option stays`);
  draft.say({type: 'choice-made', choiceId, armId, because: `chosen by ${user}`});
  return undefined;
}

function armsOf(plan: Plan, choiceId: string): readonly string[] {
  return plan.steps.flatMap(({id, action}) => {
    if (action.kind === 'choice') return id === choiceId ? action.arms.map(arm => arm.id) : [];
    if (action.kind !== 'script') return [];
    return action.stages.flatMap(stage =>
      stage.kind === 'alternatives' && stage.id === choiceId ? stage.arms.map(arm => arm.id) : [],
    );
  });
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
  if (!draft.state.tripped.some(one => one.ruleId === ruleId)) return new Refusal('that trigger has not fired');
  draft.say({type: 'trigger-dismissed', ruleId, reason: reason.trim()});
  if (draft.state.tripped.length === 0 && draft.state.phase === 'held') {
    draft.say({type: 'phase-changed', phase: 'running', because: `false alarm: ${reason.trim()}`});
  }
  return undefined;
}

function finish(draft: Draft, because: string, abort: boolean): Answer {
  const running = runningStep(draft.plan, draft.state);
  if (running !== undefined && !abort) return new Refusal(`${running.title} is still running`);
  if (draft.state.rollback.status === 'running' || draft.state.rollback.status === 'stopping') {
    return new Refusal('the rollback is running: let it end');
  }
  draft.say({type: 'run-on-switched', on: false, because});
  draft.say({type: 'phase-changed', phase: 'stopping', because});
  return undefined;
}

function stepOf(plan: Plan, stepId: string): Step | undefined {
  return plan.steps.find(step => step.id === stepId);
}
