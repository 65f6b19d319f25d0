/** Assesses the rules that new samples concern, and holds the run when a trigger trips. */
import {isDeepStrictEqual} from 'node:util';
import type {Plan, Rule} from '../../plan/plan.ts';
import {compact} from '../../text/compact.ts';
import type {Assessment, Sample} from '../outcome.ts';
import {assessNow, outsideOf, rulesOf} from '../rules/assessing.ts';
import {isUsable} from '../rules/measure.ts';
import {readingIn} from '../rules/signal-readings.ts';
import {triggerEvidence} from '../rules/trigger-evidence.ts';
import type {RunState} from '../state.ts';
import type {Draft} from './decision-draft.ts';
import {actOnTriggers, isAutomatic, rollBackFor, whyNotByItself} from './rollback/automatic-rollback.ts';

/** Assesses every rule anew, after these samples or because time has passed; says which changed, and which triggers fired. */
export function settleRules(draft: Draft, taken: readonly Sample[]): void {
  for (const rule of rulesOf(draft.plan, draft.state)) {
    // What was judged in its window stands.
    if (isOver(draft.plan, draft.state, rule, draft.at)) continue;
    const before = draft.state.rules[rule.id];
    const assessment = assessNow(draft.plan, draft.state, rule, draft.at, isMeasured(rule, taken));
    if (!hasChanged(before, assessment)) continue;
    draft.say({type: 'rule-changed', ruleId: rule.id, assessment});
    if (rule.role === 'trigger' && isAlarm(draft.state, before, assessment, rule)) fire(draft, rule, assessment);
  }
  actOnTriggers(draft);
}

function isOver(plan: Plan, state: RunState, rule: Rule, now: number): boolean {
  return !rule.person && outsideOf(plan, state, rule, now)?.kind === 'closed';
}

/** An evaluation is fresh when there is something new of what the rule's statistic is made of. */
function isMeasured(rule: Rule, taken: readonly Sample[]): boolean {
  const {signal} = rule;
  if (signal === undefined) return false;
  return taken.some(sample => {
    const reading = readingIn(sample, signal);
    return reading !== undefined && isUsable(rule, reading);
  });
}

/** Where a rule stands before anything was measured is no news; neither is how much of a warming is left. */
function hasChanged(before: Assessment | undefined, {standing, n}: Assessment): boolean {
  if (before === undefined) return n > 0 && standing.kind !== 'warming';
  if (standing.kind === 'warming' && before.standing.kind === 'warming')
    return before.standing.after !== standing.after;
  return !isDeepStrictEqual(before.standing, standing);
}

/** It rings once: not again while it rings, and after a false alarm only once the rule has recovered. */
function isAlarm(state: RunState, before: RunState['rules'][string] | undefined, now: Assessment, {id}: Rule): boolean {
  if (now.standing.kind !== 'tripped' || before?.standing.kind === 'tripped') return false;
  return before?.dismissed === undefined && !state.tripped.some(one => one.ruleId === id);
}

function fire(draft: Draft, rule: Rule, assessment: Assessment): void {
  const {state} = draft;
  const {value} = assessment;
  draft.say({
    type: 'trigger-fired',
    ruleId: rule.id,
    ...triggerEvidence(draft.plan, state, rule, assessment, draft.at),
    ...compact({value}),
  });
  const because = `rollback trigger: ${rule.text}`;
  const isWanted = isAutomatic(draft);
  const why = isWanted ? whyNotByItself(draft, rule) : undefined;
  if (state.phase === 'running' || state.phase === 'watching' || state.phase === 'ready') {
    const asks = why === undefined ? because : `${because}; no rollback has started by itself: ${why}`;
    draft.say({type: 'phase-changed', phase: 'held', because: asks});
  }
  if (isWanted && why === undefined) rollBackFor(draft, rule);
}
