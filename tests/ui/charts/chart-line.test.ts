import {describe, expect, test} from 'vitest';
import type {Plan, Rule, SignalSource} from '../../../src/plan/plan.ts';
import {initialState} from '../../../src/run/evolve.ts';
import type {Sample} from '../../../src/run/outcome.ts';
import type {RunState} from '../../../src/run/state.ts';
import {columnsOf} from '../../../src/ui/charts/chart-columns.ts';
import {chartModel} from '../../../src/ui/charts/chart-content.ts';
import {baselineOf, headline} from '../../../src/ui/charts/chart-headline.ts';
import {lineOf, medianOf} from '../../../src/ui/charts/chart-line.ts';
import {glyphsFor} from '../../../src/ui/terminal/glyphs.ts';
import {textWriter} from '../../../src/ui/widgets/themed-text.ts';
import {RUN_START} from '../../helpers/fake-session.ts';
import {smallPlan} from '../../helpers/small-plan.ts';
import {noColours} from '../draw-pane.tsx';

const now = RUN_START + 1_000_000;
const EVERY_MS = 3000;
const {target: _, ...base} = smallPlan.rules[0] as Rule;
const trigger: Rule = {...base, id: 't', role: 'trigger', op: '>', samples: 1, windowMs: 60_000, signal: 'seen'};

function sampled(value: (index: number) => number | 'error', count: number, signal = 'seen'): Sample[] {
  return Array.from({length: count}, (_each, index) => {
    const at = now - (count - 1 - index) * EVERY_MS;
    const reading = value(index);
    return reading === 'error' ? {signal, at, error: 'connect ECONNREFUSED'} : {signal, at, value: reading};
  });
}

function stateOf(samples: Sample[], since: number, baseline: Sample[] = []): RunState {
  const seen = {samples, baseline, lastAt: now};
  return {...initialState, signals: {seen}, deployStartedAt: since, newVersionAt: since, lastAt: now};
}

describe('the share of failed measurements', () => {
  const plan: Plan = {...smallPlan, rules: [{...trigger, statistic: 'error-rate', unit: '%', value: 5}]};

  test('of the old version is not drawn on into the time of the new one', () => {
    const samples = sampled(index => (index === 19 ? 'error' : 700), 24);
    const since = (samples[20]?.at ?? 0) - 1;
    const fromMs = now - 120_000;
    const line = lineOf(chartModel(plan, stateOf(samples, since), {kind: 'errors', signal: 'seen'}), fromMs);
    const span = columnsOf(line, {fromMs, now, count: 40, reduce: 'max'});
    const drawn = span.columns.flatMap(({value}, index) =>
      value === undefined ? [] : [{at: span.fromMs + index * span.columnMs, value}],
    );
    expect(drawn.filter(({value}) => value > 0).length).toBeGreaterThan(0);
    const fresh = drawn.filter(({at}) => at > since);
    expect(fresh.length).toBeGreaterThan(0);
    expect(fresh.filter(({value}) => value > 0)).toEqual([]);
  });

  test('is drawn from the first sample of a version on, on a scale that shows it', () => {
    const samples = sampled(index => (index > 20 ? 'error' : 700), 24);
    const model = chartModel(plan, stateOf(samples, (samples[21]?.at ?? 0) - 1), {kind: 'errors', signal: 'seen'});
    const fromMs = now - 30_000;
    const line = lineOf(model, fromMs);
    expect(line.at(-1)).toMatchObject({value: 100});
    const {columns} = columnsOf(line, {fromMs, now, count: 40, reduce: 'max'});
    expect(columns.findLast(({value}) => value !== undefined)?.value).toBe(100);
  });
});

describe('where nothing is measured any more', () => {
  const fromMs = now - 300_000;
  const lateMs = now + 40_000;
  const onHost: Record<string, SignalSource> = {
    seen: {kind: 'http', unit: 'ms', everyMs: 30_000, what: 'GET', on: 'vps'},
  };
  const plan: Plan = {
    ...smallPlan,
    signals: onHost,
    rules: [{...trigger, statistic: 'p95', unit: 'ms', value: 1500}],
  };
  const samples = sampled(index => (index % 2 === 0 ? 100 : 900), 60);
  const state = stateOf(samples, now - 400_000);
  const cut: RunState = {...state, links: {vps: {up: false, since: now + 1000, detail: 'read ECONNRESET'}}};
  const id = {kind: 'latency', signal: 'seen'} as const;

  test.each([
    ['the engine is lost', chartModel(plan, state, id, lateMs, now + 1000)],
    ['the link is lost', chartModel(plan, cut, id, lateMs)],
    ['both are, the link first', chartModel(plan, cut, id, lateMs, now + 20_000)],
  ])('the line ends at the moment when %s', (_, model) => {
    const {columns, ...span} = columnsOf(lineOf(model, fromMs), {fromMs, now: lateMs, count: 300, reduce: 'max'});
    const last = columns.findLastIndex(({value}) => value !== undefined);
    const endMs = span.fromMs + (last + 1) * span.columnMs;
    expect(endMs).toBeGreaterThan(now);
    expect(endMs).toBeLessThanOrEqual(now + 1000 + span.columnMs);
    const median = medianOf(model, fromMs, lateMs, 300).findLast(({value}) => value !== undefined);
    expect(median?.at).toBeGreaterThan(now - 5000);
    expect(median?.at).toBeLessThanOrEqual(now + 1000);
  });
});

test('what was read of the old version is not drawn on into the time of the new one, however rarely it is read', () => {
  const plan: Plan = {...smallPlan, rules: [{...trigger, statistic: 'p95', unit: 'ms', value: 1500}]};
  const samples = Array.from({length: 4}, (_each, index) => ({
    ...{signal: 'seen', value: 2000},
    at: now - (4 - index) * 60_000,
  }));
  const since = now - 30_000;
  const fromMs = now - 300_000;
  const line = lineOf(chartModel(plan, stateOf(samples, since), {kind: 'latency', signal: 'seen'}), fromMs);
  const {columns, columnMs, fromMs: left} = columnsOf(line, {fromMs, now, count: 60, reduce: 'max'});
  const last = columns.findLastIndex(({value}) => value !== undefined);
  expect(left + last * columnMs).toBeLessThanOrEqual(since);
  expect(left + (last + 2) * columnMs).toBeGreaterThan(since);
});

describe('a count', () => {
  const counted: Rule = {...trigger, metric: 'errors', statistic: 'count', unit: 'count', value: 5};
  const log: SignalSource = {kind: 'log', what: 'error.log', unit: 'count', everyMs: EVERY_MS};
  const plan: Plan = {...smallPlan, rules: [counted], signals: {seen: log}};
  const model = (samples: Sample[], baseline: Sample[] = [], of = plan) =>
    chartModel(of, stateOf(samples, now - 600_000, baseline), {kind: 'errors', signal: 'seen'});

  test('is drawn as its bound is judged: how many there were over the window', () => {
    const line = lineOf(model(sampled(index => (index < 40 ? 1 : 0), 100)), now - 300_000);
    expect(Math.max(...line.map(({value = 0}) => value))).toBe(21);
    expect(line.at(-1)?.value).toBe(0);
  });

  test('is quoted with the time it was counted over', () => {
    const words = headline(model(sampled(() => 2, 100)), now, 60, textWriter(noColours, glyphsFor(false), 60));
    expect(words).toMatch(/42 in 60s/);
  });

  test('is held against as many before the deploy as one window would have seen', () => {
    const before = sampled(() => 1, 101).map(sample => ({...sample, at: sample.at - 900_000}));
    expect(
      baselineOf(
        model(
          sampled(() => 1, 30),
          before,
        ),
      ),
    ).toBeCloseTo(20.2, 5);
  });

  test('that a query answers is no sum of its answers, unless its rule says so', () => {
    const sql: SignalSource = {...log, kind: 'sql'};
    const line = lineOf(
      model(
        sampled(() => 7, 50),
        [],
        {...plan, rules: [{...counted, statistic: 'last'}], signals: {seen: sql}},
      ),
      now - 60_000,
    );
    expect(new Set(line.map(({value}) => value))).toEqual(new Set([7]));
  });
});
