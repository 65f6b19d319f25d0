/** When a rollback trigger starts the rollback by itself, where the bindings say so. */
import {type Plan, type Rule, traitsOf} from '../../../plan/plan.ts';
import {mayRuleAct} from '../../review.ts';
import {nothingToRollBack} from '../../rollback/nothing-deployed.ts';
import {whyUnconfirmed} from '../../rollback/readiness-now.ts';
import {windowNow} from '../../rules/assessing.ts';
import {inWindow} from '../../rules/standing.ts';
import type {RunState} from '../../state.ts';
import type {Draft} from '../decision-draft.ts';

export function isAutomatic({settings, plan, state}: Draft): boolean {
  return settings.autoRollback && plan.rollback !== null && state.rollback.status === 'none';
}

/** What only seems to be measured, or was read so by nobody yet, holds the run and asks: nothing is undone on a guess. */
export function whyNotByItself({plan, state, at}: Draft, rule: Rule): string | undefined {
  if (!mayRuleAct(plan, state, rule))
    return `nobody has confirmed that line ${rule.line} is a trigger, and what is measured for it`;
  return whyUnconfirmed(plan, state) ?? nothingToRollBack(plan, state) ?? whyOfStep(plan, state, rule, at);
}

export function rollBackFor(draft: Draft, rule: Rule): void {
  const startsAt = draft.at + draft.settings.countdownMs;
  draft.say({type: 'rollback-requested', because: `rollback trigger: ${rule.text}`, startsAt});
}

/** A trigger that has fired on what a step of the deploy did while it ran: it acts with the first failure after it. */
export function actOnTriggers(draft: Draft): void {
  if (!isAutomatic(draft) || draft.state.phase !== 'held') return;
  const rule = draft.plan.rules.find(one => isWaiting(draft, one) && whyNotByItself(draft, one) === undefined);
  if (rule !== undefined) rollBackFor(draft, rule);
}

/** Until what it fired on is over, or it acts: a run without a person is not closed meanwhile. */
export function awaitsTrigger(draft: Draft): boolean {
  const {plan, state, at} = draft;
  return (
    isAutomatic(draft) &&
    whyUnconfirmed(plan, state) === undefined &&
    plan.rules.some(rule => isWaiting(draft, rule) && mayRuleAct(plan, state, rule) && whyOfStep(plan, state, rule, at))
  );
}

function isWaiting({state}: Draft, {id}: Rule): boolean {
  return state.rules[id]?.standing.kind === 'tripped' && state.tripped.some(one => one.ruleId === id);
}

/** All requests that failed did so inside steps: a restart in them, which their words do not show, would explain each. */
function whyOfStep(plan: Plan, state: RunState, rule: Rule, now: number): string | undefined {
  if (rule.statistic !== 'error-rate') return undefined;
  const failures = inWindow(rule, windowNow(plan, state, rule, now, true)).filter(({error}) => error !== undefined);
  const around = failures.map(({at}) => plan.steps.find(step => wasRunning(state, step, at)));
  const [step] = around;
  if (step === undefined || around.includes(undefined)) return undefined;
  return `every failure was seen while "${step.title}" (line ${step.line}) ran`;
}

function wasRunning(state: RunState, {id, action}: Plan['steps'][number], at: number): boolean {
  const own = state.steps[id];
  if (traitsOf(action).by !== 'engine' || own === undefined || !('startedAt' in own)) return false;
  const {startedAt} = own;
  if (startedAt === undefined || startedAt > at) return false;
  return own.status === 'running' || ('at' in own && at <= own.at);
}
