import {describe, expect, test} from 'vitest';
import type {Plan, ReferenceValue, Rule} from '../../../src/plan/plan.ts';
import {initialState} from '../../../src/run/evolve.ts';
import type {Sample} from '../../../src/run/outcome.ts';
import {afterRollbackRules} from '../../../src/run/rules/after-rollback.ts';
import type {RunState} from '../../../src/run/state.ts';
import {rule, smallPlan} from '../build.ts';

function stateWith(signal: string, values: readonly (number | undefined)[]): RunState {
  const baseline = values.map((value, index): Sample => {
    const at = 1000 * (index + 1);
    return value === undefined ? {signal, at, error: 'refused'} : {signal, at, value};
  });
  return {...initialState, signals: {[signal]: {samples: [], baseline, lastAt: 0}}};
}

const values = (count: number, value: number) => Array.from({length: count}, () => value);

function held(own: Partial<Rule>, state: RunState, more: Partial<Plan> = {}): readonly string[] {
  return afterRollbackRules(smallPlan({rules: [rule('r', own)], ...more}), state).map(
    ({id, statistic, op, value, unit, role}) => `${id} | ${statistic} ${op} ${value} ${unit} ${role}`,
  );
}

describe('after a rollback', () => {
  test('times may be a quarter longer than before, as the percentile that the document takes', () => {
    expect(held({statistic: 'p99'}, stateWith('chat', values(40, 2004)))).toEqual([
      'back to baseline: chat P99 | p99 <= 2500 ms target',
    ]);
    expect(held({statistic: 'mean'}, stateWith('chat', values(40, 2004)))).toEqual([
      'back to baseline: chat P95 | p95 <= 2500 ms target',
    ]);
  });

  test('quick answers have some room all the same', () => {
    expect(held({}, stateWith('chat', values(40, 4)))).toEqual(['back to baseline: chat P95 | p95 <= 24 ms target']);
  });

  test('an endpoint must answer as it did, give or take one request in a hundred', () => {
    const http: Partial<Plan> = {signals: {chat: {kind: 'http', what: 'GET /', everyMs: 5000}}};
    const state = stateWith('chat', [...values(39, 100), undefined]);
    expect(held({}, state, http)).toEqual([
      'back to baseline: chat P95 | p95 <= 130 ms target',
      'back to baseline: chat error rate | error-rate <= 3.5 % target',
    ]);
  });

  test('counts may be what one window before the deploy had', () => {
    const own = {statistic: 'count', unit: 'count', value: 0, windowMs: 5000} as const;
    expect(held(own, stateWith('chat', [...values(20, 9), 0, 0, 1, 0, 1]))).toEqual([
      'back to baseline: chat count | count <= 2 count target',
    ]);
  });

  test('the document’s own baseline stands in where nothing was sampled; without either there is nothing to hold it to', () => {
    const stated: ReferenceValue = {metric: 'chat', kind: 'baseline', value: 1000, unit: 'ms', line: 1};
    expect(held({}, initialState, {references: [stated]})).toEqual([
      'back to baseline: chat P95 | p95 <= 1300 ms target',
    ]);
    expect(held({}, initialState)).toEqual([]);
  });

  test('one signal is held once, over the stretch that its trigger takes', () => {
    const rules = [rule('target', {role: 'target', op: '<', windowMs: 1}), rule('trigger', {windowMs: 2})];
    const found = afterRollbackRules(smallPlan({rules}), stateWith('chat', values(40, 100)));
    expect(found.map(({windowMs}) => windowMs)).toEqual([2]);
  });
});
