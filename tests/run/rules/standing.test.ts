import {describe, expect, test} from 'vitest';
import type {Sample, Standing} from '../../../src/run/outcome.ts';
import {assess, type Window} from '../../../src/run/rules/standing.ts';
import {rule} from '../build.ts';

const now = 10_000_000;

function series(values: readonly (number | undefined)[], everyMs = 1000): readonly Sample[] {
  return values.map((value, index) => {
    const at = now - (values.length - 1 - index) * everyMs;
    return value === undefined ? {signal: 'chat', at, error: 'refused'} : {signal: 'chat', at, value};
  });
}

function window(samples: readonly Sample[], more: Partial<Window> = {}): Window {
  return {
    now,
    samples,
    reports: [],
    armedFrom: 0,
    unarmed: '',
    rolledBack: false,
    previous: {kind: 'ok'} as Standing,
    fresh: true,
    ...more,
  };
}

const target = rule('P95 < 850', {role: 'target', op: '<', value: 850});

describe('a rule', () => {
  test('gives no verdict under its minimum sample, and says how many are missing', () => {
    expect(assess(target, window(series([2000, 2000]))).standing).toEqual({kind: 'warming', missing: 3});
  });

  test('is blind without a signal', () => {
    const {signal: _, ...unbound} = target;
    expect(assess(unbound, window([])).standing).toEqual({kind: 'blind'});
  });

  test('is blind while its source cannot be measured from where it is to be, whatever was measured before', () => {
    const unasked = 'there is no curl on vps to ask with';
    const slow = window(series([2000, 2000, 2000, 2000, 2000]), {unasked});
    expect(assess(target, slow)).toMatchObject({standing: {kind: 'blind'}, because: unasked});
    expect(assess(target, {...slow, previous: {kind: 'tripped'}}).standing).toEqual({kind: 'tripped'});
  });

  test('is breached before it trips, and trips after that many evaluations in a row', () => {
    const slow = series([900, 900, 900, 900, 900]);
    const first = assess(target, window(slow));
    expect(first.standing).toEqual({kind: 'breached', times: 1});
    const second = assess(target, window(slow, {previous: first.standing}));
    expect(assess(target, window(slow, {previous: second.standing})).standing).toEqual({kind: 'tripped'});
  });

  test('does not count the same samples twice', () => {
    const slow = series([900, 900, 900, 900, 900]);
    const before = {kind: 'breached', times: 1} as const;
    expect(assess(target, window(slow, {previous: before, fresh: false})).standing).toEqual(before);
  });

  test('lies grey between target and bound', () => {
    const grey = rule('store', {role: 'target', op: '<', value: 1000, target: 745});
    expect(assess(grey, window(series([800, 800, 800, 800, 800]))).standing).toEqual({kind: 'grey'});
  });

  test('names its bound as the document has it', () => {
    const uptime = rule('uptime', {role: 'target', op: '>', value: 99.95, unit: '%', consecutive: 1});
    expect(assess(uptime, window(series([0, 0, 0, 0, 0]))).because).toBe('past >99.95 %, 1 times in a row');
    expect(assess(uptime, window(series([100, 100, 100, 100, 100]))).because).toBe('>99.95');
  });

  test('of errors needs several of them, not one of a few', () => {
    const errors = rule('errors', {statistic: 'error-rate', op: '>', value: 5, unit: '%', samples: 10});
    const one = series([1, 1, 1, 1, 1, 1, 1, 1, 1, undefined]);
    expect(assess(errors, window(one)).standing).toEqual({kind: 'grey'});
    const three = series([1, 1, 1, 1, 1, 1, 1, undefined, undefined, undefined]);
    expect(assess(errors, window(three)).standing).toEqual({kind: 'breached', times: 1});
  });

  test('of a slope waits until its window is covered', () => {
    const slope = rule('leak', {statistic: 'slope', unit: 'MB/h', value: 500, windowMs: 600_000, samples: 5});
    expect(assess(slope, window(series([1, 2, 3, 4, 5, 6], 1000))).standing.kind).toBe('warming');
    const leak = series(
      Array.from({length: 100}, (_, index) => index * 2),
      6000,
    );
    expect(assess(slope, window(leak))).toMatchObject({standing: {kind: 'breached'}, value: 1200});
  });

  test('of a trigger looks at nothing from before the deploy', () => {
    const trigger = rule('P95 >1500ms');
    const slow = series([2000, 2000, 2000, 2000, 2000, 2000]);
    expect(assess(trigger, window(slow, {armedFrom: now})).standing.kind).toBe('warming');
    expect(assess(trigger, window(slow)).standing.kind).toBe('breached');
  });

  test('that persons report trips by their count', () => {
    const complaints = rule('complaints', {person: true, value: 3, unit: 'count', windowMs: 3_600_000});
    const reports = (count: number) => Array.from({length: count}, () => ({at: now - 1000}));
    expect(assess(complaints, window([], {reports: reports(3)})).standing.kind).toBe('ok');
    expect(assess(complaints, window([], {reports: reports(4)})).standing.kind).toBe('tripped');
  });

  test('with nothing but failed measurements is neither ok nor breached', () => {
    const failed = series([undefined, undefined, undefined, undefined, undefined]);
    expect(assess(target, window(failed)).standing.kind).toBe('warming');
  });

  test('is not past its bound by one slow reading of a few, nor by as many as chance brings', () => {
    const few = series([600, 610, 2000, 620, 605, 600, 590]);
    expect(assess(target, window(few))).toMatchObject({standing: {kind: 'grey'}, value: 2000});
    const [slow, quick] = [Array.from({length: 4}, () => 2000), Array.from({length: 56}, () => 600)];
    const chance = assess({...target, samples: 20}, window(series([...quick, ...slow])));
    expect(chance).toMatchObject({standing: {kind: 'grey'}, because: '4 of 60 past it: that many come by chance'});
    const many = series([...quick, ...slow, ...slow]);
    expect(assess({...target, samples: 20}, window(many)).standing).toEqual({kind: 'breached', times: 1});
  });

  test('of a mean is not past its bound by one reading alone', () => {
    const mean = rule('mean', {role: 'target', op: '<', value: 1000, statistic: 'mean', samples: 3});
    expect(assess(mean, window(series([700, 700, 2070])))).toMatchObject({standing: {kind: 'grey'}, value: 3470 / 3});
    expect(assess(mean, window(series([700, 2070, 2070]))).standing).toEqual({kind: 'breached', times: 1});
    const rate = rule('rate', {role: 'target', op: '>', value: 99, unit: '%', statistic: 'mean', samples: 3});
    expect(assess(rate, window(series([100, 100, 90]))).standing).toEqual({kind: 'grey'});
  });

  test('of a slope is past its bound only when its whole interval is, and well only when it is wholly inside', () => {
    const slope = rule('leak', {statistic: 'slope', unit: 'MB/h', value: 500, windowMs: 600_000, samples: 5});
    const noisy = (perHour: number) =>
      series(
        Array.from({length: 60}, (_, index) => (perHour * index) / 360 + ((index * 7) % 11)),
        10_000,
      );
    const found = [200, 500, 900].map(perHour => assess(slope, window(noisy(perHour))));
    expect(found.map(({standing}) => standing.kind)).toEqual(['ok', 'grey', 'breached']);
    for (const {value = 0, low = 0, high = 0} of found) {
      expect(low).toBeLessThan(value);
      expect(high).toBeGreaterThan(value);
    }
    expect(found[1]?.because).toMatch(/^between \d+ and \d+: on which side is not sure$/);
  });
});
