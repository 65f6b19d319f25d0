/** Folds events about rules, triggers and the end of a rollback. */

import type {Plan} from '../plan/plan.ts';
import {compact} from '../text/compact.ts';
import type {Recorded} from './event.ts';
import {stepById} from './plan-index.ts';
import {hasChangedNothing} from './rollback-state.ts';
import {afterRollbackRules} from './rules/after-rollback.ts';
import type {RunState} from './state.ts';

type Of<T extends Recorded['type']> = Extract<Recorded, {type: T}>;

/** A rule that recovers has still tripped; an alarm that was dismissed stays dismissed until the rule has recovered. */
export function changeRule(state: RunState, {ruleId, assessment, at}: Of<'rule-changed'>): RunState {
  const before = state.rules[ruleId];
  const {kind} = assessment.standing;
  const {value, because} = assessment;
  const dismissed = kind === 'ok' || kind === 'grey' ? undefined : before?.dismissed;
  const tripped = kind === 'tripped' ? compact({at, because, value}) : undefined;
  const first = before?.tripped ?? tripped;
  const rule = {
    ...assessment,
    since: before?.standing.kind === kind ? before.since : at,
    ...compact({dismissed, tripped: first}),
  };
  return {...state, rules: {...state.rules, [ruleId]: rule}};
}

export function fireTrigger(state: RunState, {ruleId, at, evidence, value}: Of<'trigger-fired'>): RunState {
  const fired = compact({ruleId, at, evidence, value});
  return {...state, tripped: [...state.tripped.filter(one => one.ruleId !== ruleId), fired]};
}

/** A false alarm leaves the list of what fired, and stays in the ledger for the record. */
export function dismissTrigger(state: RunState, {ruleId, at, by, reason}: Of<'trigger-dismissed'>): RunState {
  const rule = state.rules[ruleId];
  const fired = state.tripped.find(one => one.ruleId === ruleId);
  const evidence = fired?.evidence ?? rule?.tripped?.because ?? '';
  const value = fired?.value ?? rule?.tripped?.value;
  const dismissal = compact({ruleId, at, by, reason, evidence, value});
  const rules = rule === undefined ? state.rules : {...state.rules, [ruleId]: settled(rule, reason)};
  return {
    ...state,
    tripped: state.tripped.filter(one => one.ruleId !== ruleId),
    rules,
    dismissals: [...(state.dismissals ?? []), dismissal],
  };
}

/** What a person has called a false alarm counts against nobody; tripping again would. */
function settled(rule: RunState['rules'][string], reason: string): RunState['rules'][string] {
  const {tripped: _, ...kept} = rule;
  return {...kept, dismissed: reason};
}

/** From here on the old version is held against what was measured before the deploy. */
export function requestRollback(state: RunState, event: Of<'rollback-requested'>): RunState {
  const {at: requestedAt, startsAt, because, force, anew} = event;
  const before = state.rollback.status === 'finished' ? state.rollback : undefined;
  const rollback = {status: 'counting', requestedAt, startsAt, because, ...compact({force, before, anew})} as const;
  return {...state, runningOn: false, rollback};
}

/** One that changed nothing leaves the new version in place: what is measured of it counts as before. */
export function finishRollback(plan: Plan, state: RunState, event: Of<'rollback-finished'>): RunState {
  const {result, verdict, because, left, at} = event;
  const {rollback: now} = state;
  const before = 'before' in now ? now.before : undefined;
  if (result === 'cancelled') return {...state, rollback: before ?? {status: 'none'}};
  const begun = now.status === 'running' ? now.begun : (before?.begun ?? []);
  const deployed = now.status === 'running' ? now.deployed : before?.deployed;
  const rollback = compact({
    ...({status: 'finished', result, verdict, because, left, at, begun} as const),
    deployed: result === 'rollback-failed' ? deployed : undefined,
  });
  const earlierRollbacks = [...(state.earlierRollbacks ?? []), ...(before === undefined ? [] : [before])];
  const ended = {...state, ...(earlierRollbacks.length === 0 ? {} : {earlierRollbacks}), rollback};
  if (hasChangedNothing(rollback)) return ended;
  const rules = afterRollbackRules(plan, state);
  const judged = rules.length === 0 ? ended : {...ended, afterRollback: rules, rules: withoutThose(state, rules)};
  return {...judged, tripped: []};
}

/** What the rollback has left to a person is done, or decided. */
export function withoutLeft(plan: Plan, state: RunState, stepId: string): RunState {
  const {rollback} = state;
  const title = stepById(plan, stepId)?.title;
  if (rollback.status !== 'finished' || title === undefined) return state;
  const done = rollback.left.findIndex(text => text === `by hand: ${title}` || text === `to judge: ${title}`);
  if (done === -1) return state;
  return {...state, rollback: {...rollback, left: rollback.left.toSpliced(done, 1)}};
}

/** After a second rollback they are judged anew. */
function withoutThose(state: RunState, rules: readonly {id: string}[]): RunState['rules'] {
  const ids = new Set(rules.map(({id}) => id));
  return Object.fromEntries(Object.entries(state.rules).filter(([id]) => !ids.has(id)));
}
