import {describe, expect, test} from 'vitest';
import type {Sample} from '../../src/run/outcome.ts';
import {errorRate, mean, percentile} from '../../src/run/statistics.ts';
import {seeded} from '../helpers/seeded.ts';

/** Nearest rank by its definition: the smallest value that at least p percent of all do not exceed. */
function byDefinition(values: readonly number[], p: number): number | undefined {
  const enough = values.filter(one => 100 * values.filter(other => other <= one).length >= p * values.length);
  return enough.length === 0 ? undefined : Math.min(...enough);
}

describe('percentile', () => {
  test('takes the nearest rank of the textbook example', () => {
    const scores = [15, 20, 35, 40, 50];
    expect([5, 30, 40, 50, 100].map(p => percentile(scores, p))).toEqual([15, 20, 20, 35, 50]);
    const ten = [3, 6, 7, 8, 8, 10, 13, 15, 16, 20];
    expect([25, 50, 75, 100].map(p => percentile(ten, p))).toEqual([7, 8, 15, 20]);
  });

  test('is what its definition says, for every number of values and in any order', () => {
    const random = seeded(7);
    for (let n = 1; n <= 130; n += 1) {
      const values = Array.from({length: n}, () => Math.floor(random() * 50));
      for (const p of [1, 50, 90, 95, 99, 100]) expect(percentile(values, p)).toBe(byDefinition(values, p));
    }
  });

  test('of nothing is nothing', () => {
    expect([percentile([], 50), mean([]), errorRate([])]).toEqual([undefined, undefined, undefined]);
  });
});

test('an error rate counts failed measurements as errors, never as zeros', () => {
  const samples: readonly Sample[] = [
    {signal: 'chat', at: 1, value: 0},
    {signal: 'chat', at: 2, error: 'refused'},
    {signal: 'chat', at: 3, value: 0},
    {signal: 'chat', at: 4, error: 'refused'},
  ];
  expect(errorRate(samples)).toBe(50);
});
