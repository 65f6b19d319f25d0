import {describe, expect, test} from 'vitest';
import type {Sample} from '../../../src/run/outcome.ts';
import {theilSen} from '../../../src/run/rules/slope.ts';
import {seeded} from '../../helpers/seeded-random.ts';

const HOUR_MS = 3_600_000;

/** Times in hours. */
function series(points: readonly (readonly [hours: number, value: number])[]): readonly Sample[] {
  return points.map(([hours, value]) => ({signal: 'memory', at: hours * HOUR_MS, value}));
}

/** A sawtooth or a leak, measured every `everyS` seconds with noise. */
function measured(seconds: number, everyS: number, valueAt: (second: number) => number): readonly Sample[] {
  const points: [number, number][] = [];
  for (let second = 0; second <= seconds; second += everyS) points.push([second / 3600, valueAt(second)]);
  return series(points);
}

/** S of Kendall's test over every order of the values, counted one by one. */
function varianceByPermutation(values: readonly number[]): number {
  const found: number[] = [];
  const walk = (head: readonly number[], rest: readonly number[]): void => {
    if (rest.length === 0) found.push(score(head));
    for (const [index, one] of rest.entries())
      walk([...head, one], [...rest.slice(0, index), ...rest.slice(index + 1)]);
  };
  walk([], values);
  return found.reduce((sum, one) => sum + one * one, 0) / found.length;
}

function score(values: readonly number[]): number {
  let sum = 0;
  for (const [index, one] of values.entries()) {
    for (const other of values.slice(index + 1)) sum += Math.sign(other - one);
  }
  return sum;
}

/** The interval by the definition: ranks of the sorted pair slopes, rounded outwards. */
function byDefinition(values: readonly number[], z: number): readonly (number | undefined)[] {
  const slopes: number[] = [];
  for (const [index, one] of values.entries()) {
    for (const [later, other] of values.entries()) if (later > index) slopes.push((other - one) / (later - index));
  }
  slopes.sort((a, b) => a - b);
  const spread = z * Math.sqrt(varianceByPermutation(values));
  const rank = (at: number) => slopes[at - 1];
  return [rank(Math.floor((slopes.length - spread) / 2)), rank(Math.ceil((slopes.length + spread) / 2 + 1))];
}

describe('a slope', () => {
  test("is the one of Sen's own example, with its interval of 93 %", () => {
    const x = [1, 2, 3, 4, 10, 12, 18];
    const y = [9, 15, 19, 20, 45, 55, 78];
    const found = theilSen(series(x.map((hours, index) => [hours, y[index] ?? 0])), 1.812);
    expect(found?.perHour).toBe(4);
    expect(found?.low).toBeCloseTo(26 / 7, 10);
    expect(found?.high).toBeCloseTo(35 / 8, 10);
  });

  test('has the interval that counting every order of the values gives, with ties and without', () => {
    for (const values of [
      [3, 1, 4, 1, 5, 9, 2],
      [10, 10, 10, 12, 12, 15, 20],
      [1, 2, 2, 3, 3, 3, 4, 5],
      [5, 5, 5, 5, 5, 5, 5],
      [8, 6, 7, 5, 3, 0, 9, 1],
    ]) {
      const found = theilSen(series(values.map((value, hour) => [hour, value])));
      expect([found?.low, found?.high]).toEqual(byDefinition(values, 1.96));
    }
  });

  test('is not moved by an outlier, nor by a quarter of them', () => {
    const random = seeded(1);
    const points = Array.from({length: 60}, (_, index): [number, number] => {
      const isWild = index % 5 === 0;
      return [index / 60, isWild ? 9000 * random() : 100 + 10 * index + (index % 2)];
    });
    expect(theilSen(series(points))?.perHour).toBeGreaterThan(580);
    expect(theilSen(series(points))?.perHour).toBeLessThan(640);
  });

  test('needs two readings of different moments, and says nothing of its certainty from few', () => {
    expect(theilSen(series([[1, 5]]))).toBeUndefined();
    expect(theilSen(series([[1, 5], [1, 7]]))).toBeUndefined(); // biome-ignore format: a pair of one moment
    expect(theilSen(series([[1, 5], [2, 7], [3, 9]]))).toEqual({perHour: 2}); // biome-ignore format: three readings
  });

  test('is held by its interval in about 95 of 100 series of noise around a line', () => {
    const random = seeded(11);
    let held = 0;
    for (let round = 0; round < 400; round += 1) {
      const noise = () => random() + random() + random() - 1.5;
      const found = theilSen(measured(1200, 30, second => 300 + (200 * second) / 3600 + 4 * noise()));
      if ((found?.low ?? Number.POSITIVE_INFINITY) <= 200 && (found?.high ?? 0) >= 200) held += 1;
    }
    expect(held / 400).toBeGreaterThan(0.92);
    expect(held / 400).toBeLessThanOrEqual(1);
  });

  test('of readings that follow each other is less sure than of as many that do not', () => {
    const random = seeded(3);
    const saw = theilSen(measured(600, 5, second => 400 + (second % 240) / 4));
    const shuffled = theilSen(measured(600, 5, () => 400 + 60 * random()));
    const width = (slope: typeof saw) => (slope?.high ?? 0) - (slope?.low ?? 0);
    expect(width(saw)).toBeGreaterThan(width(shuffled));
    expect(saw?.low).toBeLessThan(0);
  });

  test('of many readings is that of an even part of them, with an interval no narrower than theirs', () => {
    const random = seeded(5);
    const many = measured(7200, 2, second => 400 + (600 * second) / 3600 + 20 * random());
    const found = theilSen(many);
    expect(found?.perHour).toBeGreaterThan(590);
    expect(found?.perHour).toBeLessThan(610);
    const part = many.filter((_, index) => index % 31 === 0);
    const width = (slope: typeof found) => (slope?.high ?? 0) - (slope?.low ?? 0);
    expect(width(found)).toBeGreaterThan(0.5 * width(theilSen(part)));
  });

  test('leaves failed measurements out', () => {
    const failed: Sample = {signal: 'memory', at: 1.5 * HOUR_MS, error: 'refused'};
    const [first, ...rest] = series([[1, 5], [2, 7]]); // biome-ignore format: two readings
    expect(theilSen([first, failed, ...rest].filter(sample => sample !== undefined))?.perHour).toBe(2);
  });
});
