import {expect, test} from 'vitest';
import type {Rule} from '../../../src/plan/plan.ts';
import {measuredText, pastWords} from '../../../src/run/wording/standing-words.ts';

test('behind a value that is past its bound the bound reads true, with its unit', () => {
  const words = (op: Rule['op'], value: number, unit: Rule['unit'], role: Rule['role'] = 'target') =>
    pastWords({role, op, value, unit}, 'tripped');
  expect(words('<', 1500, 'ms')).toBe('TRIPPED, limit 1500 ms');
  expect(words('>', 99.95, '%')).toBe('TRIPPED, must be >99.95 %');
  expect(words('=', 0, 'count')).toBe('TRIPPED, must be 0');
  expect(words('>', 5, '%', 'trigger')).toBe('TRIPPED (rollback >5 %)');
  expect(pastWords({role: 'target', op: '<', value: 850, unit: 'ms'}, 'breached')).toBe('past limit 850 ms');
});

test('a value is no bare figure: it has the unit of the rule, of the signal, or the time in which it was counted', () => {
  const said = (statistic: Rule['statistic'], unit: Rule['unit'], measuredIn?: Rule['unit']) =>
    measuredText({unit, windowMs: 60_000, ...(statistic === undefined ? {} : {statistic})}, 23.1, measuredIn);
  expect(said('p95', 'ms')).toBe('23.1 ms');
  expect(said('count', 'count')).toBe('23.1 in 60 s');
  expect(said('max', 'count', '%')).toBe('23.1 %');
  expect(said('mean', 'count', 'count')).toBe('23.1 on average');
});
