import {describe, expect, test} from 'vitest';
import type {Plan, Rule} from '../../../src/plan/plan.ts';
import {initialState} from '../../../src/run/evolve.ts';
import type {Sample} from '../../../src/run/outcome.ts';
import {triggerEvidence} from '../../../src/run/rules/trigger-evidence.ts';
import type {RunState} from '../../../src/run/state.ts';
import {rule, smallPlan} from '../build.ts';

const MINUTE_MS = 60_000;

function evidence(own: Partial<Rule>, values: readonly (number | undefined)[], more: Partial<Plan> = {}) {
  const samples = values.map((value, index): Sample => {
    const at = 1000 + index * 1000;
    return value === undefined ? {signal: 'chat', at, error: 'status 503'} : {signal: 'chat', at, value};
  });
  const now = 1000 * values.length;
  const state: RunState = {
    ...initialState,
    deployStartedAt: 1,
    signals: {chat: {samples, baseline: [], lastAt: now}},
  };
  const fired = {
    standing: {kind: 'tripped'},
    value: 6,
    n: values.length,
    because: 'past >5, 3 times in a row',
  } as const;
  const trigger = rule('trigger', {windowMs: 5 * MINUTE_MS, ...own});
  return triggerEvidence(smallPlan({rules: [trigger], ...more}), state, trigger, fired, now);
}

const times = <T>(count: number, value: T) => Array.from({length: count}, () => value);

describe('what a trigger fired on', () => {
  test('is the value, the bound, the window, and how it was before', () => {
    const references = [{metric: 'chat', kind: 'baseline', value: 12, unit: 'ms', line: 1}] as const;
    expect(evidence({}, times(30, 6), {references}).evidence).toBe(
      '6 ms, past >5, 3 times in a row, 30 readings in 5 min, baseline 12 ms (-50 %)',
    );
  });

  test('keeps the failures among its samples, however many answers came after them', () => {
    const own = {statistic: 'error-rate', unit: '%', value: 5} as const;
    const {samples} = evidence(own, [...times(10, 100), ...times(6, undefined), ...times(60, 100)]);
    expect(samples.length).toBe(20);
    expect(samples.filter(({error}) => error !== undefined).length).toBe(6);
    expect(samples.map(({at}) => at)).toEqual(samples.map(({at}) => at).toSorted((a, b) => a - b));
    expect(samples.at(-1)?.at).toBe(76_000);
  });

  test('of a percentile is what lies past the bound, and something of what does not', () => {
    const {samples} = evidence({}, [...times(40, 100), ...times(40, 1700), ...times(30, 100)]);
    expect(samples.filter(({value}) => value === 1700).length).toBe(15);
    expect(samples.filter(({value}) => value === 100).length).toBe(5);
  });

  test('of a growth is the whole window, from end to end', () => {
    const own = {statistic: 'slope', unit: 'MB/h', value: 500} as const;
    const {samples} = evidence(
      own,
      Array.from({length: 200}, (_, index) => index),
    );
    expect(samples.length).toBe(20);
    expect([samples[0]?.at, samples.at(-1)?.at]).toEqual([1000, 200_000]);
  });
});
