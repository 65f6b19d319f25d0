import {expect, test} from 'vitest';
import {initialState} from '../../../src/run/evolve.ts';
import type {Sample} from '../../../src/run/outcome.ts';
import {merge} from '../../../src/run/rules/signal-buckets.ts';
import {addSamples} from '../../../src/run/rules/signals.ts';
import {type RunState, SAMPLES_KEPT_MAX} from '../../../src/run/state.ts';
import {rule, smallPlan} from '../build.ts';

const T0 = 1_790_000_000_000;
const HOUR = 3_600_000;
const plan = smallPlan();

function fold(samples: readonly Sample[], on = plan): RunState['signals'] {
  let state: RunState = initialState;
  for (const sample of samples) state = {...state, signals: addSamples(on, state, [sample])};
  return state.signals;
}

const reading = (at: number, value = 1): Sample => ({signal: 'chat', at, value});
const failure = (at: number, error = 'refused'): Sample => ({signal: 'chat', at, error});
const every = (everyMs: number, forMs: number) =>
  Array.from({length: Math.floor(forMs / everyMs)}, (_, index) => reading(T0 + index * everyMs, index));

test('what no rule and no chart looks back to is kept in buckets only', () => {
  const all = every(15_000, 48 * HOUR);
  const signal = fold(all)['chat'];
  expect(signal?.samples.at(-1)).toEqual(all.at(-1));
  expect(signal?.samples.length).toBeGreaterThanOrEqual(HOUR / 15_000);
  expect(signal?.samples.length).toBeLessThanOrEqual((1.3 * HOUR) / 15_000);
  expect(signal?.history?.reduce((a, b) => merge(a, b))).toMatchObject({n: all.length, min: 0, max: all.length - 1});
});

test('a rule that looks further back has its samples, through a part of the signal, too', () => {
  for (const signal of ['chat', 'chat.first-byte']) {
    const long = smallPlan({rules: [rule('r', {signal, windowMs: 6 * HOUR})]});
    const {samples = []} = fold(every(15_000, 24 * HOUR), long)['chat'] ?? {};
    const last = samples.at(-1)?.at ?? 0;
    expect(samples[0]?.at).toBeLessThanOrEqual(last - 6 * HOUR + 15_000);
  }
});

test('a probe in a hurry does not keep more than the bound', () => {
  expect(fold(every(100, HOUR))['chat']?.samples.length).toBeLessThanOrEqual(SAMPLES_KEPT_MAX);
});

test('a signal says when it last had a value, and since when it fails', () => {
  const failing = fold([reading(T0), failure(T0 + 5000), failure(T0 + 10_000, 'timed out')])['chat'];
  expect(failing).toMatchObject({
    lastAt: T0 + 10_000,
    lastValueAt: T0,
    failing: 'timed out',
    failingSince: T0 + 5000,
  });
  const well = fold([failure(T0), reading(T0 + 5000), failure(T0 + 10_000), reading(T0 + 15_000)])['chat'];
  expect(well).toMatchObject({lastValueAt: T0 + 15_000});
  expect(well).not.toHaveProperty('failing');
  expect(well).not.toHaveProperty('failingSince');
  expect(fold([failure(T0)])['chat']).not.toHaveProperty('lastValueAt');
});

test('what cannot be measured is neither a value nor a failure, and is forgotten once it is measured again', () => {
  const unasked = 'there is no curl on vps to ask with';
  const before = fold([reading(T0), failure(T0 + 1000)])['chat'];
  const blind = fold([reading(T0), failure(T0 + 1000), {signal: 'chat', at: T0 + 2000, unasked}])['chat'];
  expect(blind).toMatchObject({samples: before?.samples, history: before?.history, unasked});
  expect(blind).not.toHaveProperty('failing');
  const again = fold([{signal: 'chat', at: T0, unasked}, reading(T0 + 1000)])['chat'];
  expect(again).toMatchObject({samples: [{value: 1}]});
  expect(again).not.toHaveProperty('unasked');
});
