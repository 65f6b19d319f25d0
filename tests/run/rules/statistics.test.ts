import {describe, expect, test} from 'vitest';
import type {Sample} from '../../../src/run/outcome.ts';
import {chanceOfSoMany, errorRate, mean, percentile} from '../../../src/run/rules/statistics.ts';
import {seeded} from '../../helpers/seeded-random.ts';

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

describe('the chance of so many hits', () => {
  /** Every outcome of n tries, one by one. */
  function counted(hits: number, n: number, p: number): number {
    let chance = 0;
    for (let outcome = 0; outcome < 2 ** n; outcome += 1) {
      const found = [...outcome.toString(2)].filter(digit => digit === '1').length;
      if (found >= hits) chance += p ** found * (1 - p) ** (n - found);
    }
    return chance;
  }

  test('is what counting all outcomes gives', () => {
    for (const n of [1, 2, 5, 10]) {
      for (const p of [0.01, 0.05, 0.1, 0.5]) {
        for (let hits = 0; hits <= n; hits += 1)
          expect(chanceOfSoMany(hits, n, p)).toBeCloseTo(counted(hits, n, p), 10);
      }
    }
  });

  test('is the known one of a fair coin, and holds for long series', () => {
    expect(chanceOfSoMany(8, 10, 0.5)).toBeCloseTo(56 / 1024, 12);
    expect(chanceOfSoMany(100, 2000, 0.05)).toBeGreaterThan(0.45);
    expect(chanceOfSoMany(130, 2000, 0.05)).toBeLessThan(0.01);
  });
});
