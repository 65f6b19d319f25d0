/** Where the rules of a run stand now: what each is judged on, and from when. */
import type {Plan, Rule} from '../plan/plan.ts';
import type {Assessment} from './outcome.ts';
import {readingsOf} from './readings.ts';
import {windowOf} from './selectors.ts';
import {assess, isBad, measure} from './standing.ts';
import type {RunState} from './state.ts';

/** The document's and the bindings' rules, and after a rollback those that hold it against the baseline. */
export function rulesOf(plan: Plan, state: RunState): readonly Rule[] {
  return state.afterRollback === undefined ? plan.rules : [...plan.rules, ...state.afterRollback];
}

export function assessNow(_plan: Plan, state: RunState, rule: Rule, now: number, fresh: boolean): Assessment {
  const signal = rule.signal === undefined ? undefined : readingsOf(state, rule.signal);
  return assess(rule, {
    now,
    samples: signal?.samples ?? [],
    reports: reportsFor(state, rule),
    ...armingOf(state, rule),
    rolledBack: state.rollback.status === 'running' || state.rollback.status === 'finished',
    previous: state.rules[rule.id]?.standing ?? {kind: 'blind'},
    fresh,
  });
}

/** Reports by persons that count for this rule. A complaint without a rule counts for the complaint rules. */
export function reportsFor(state: RunState, rule: Rule): RunState['complaints'] {
  return state.complaints.filter(({ruleId}) =>
    ruleId === undefined ? /complaint/i.test(rule.metric) : ruleId === rule.id,
  );
}

/** Whether the rule's window on the mission clock has opened: a T+24 h target says nothing about the first minute. */
export function isRuleDue(plan: Plan, state: RunState, rule: Rule, now: number): boolean {
  if (state.deployStartedAt === undefined) return false;
  return now >= state.deployStartedAt + ((rule.opens ?? windowOf(plan, rule))?.fromMs ?? 0);
}

/**
 * Rules are about the new version. One that the baseline keeps is armed from T+0 on; one that the old version breaks
 * itself ("P95 >1500ms" where it takes 2000) only when the new version is in place.
 */
export function armingOf(state: RunState, rule: Rule): {armedFrom?: number; unarmed: string} {
  const {deployStartedAt, newVersionAt} = state;
  if (deployStartedAt === undefined) return {unarmed: 'arms when the deploy starts'};
  const baseline = rule.signal === undefined ? [] : (readingsOf(state, rule.signal)?.baseline ?? []);
  const before = measure(rule, baseline);
  if (before === undefined || !isBad(rule, before)) return {armedFrom: deployStartedAt, unarmed: ''};
  const unarmed = 'the old version breaks it, too: arms when the new one is in place';
  return newVersionAt === undefined ? {unarmed} : {armedFrom: newVersionAt, unarmed};
}
