import {describe, expect, test} from 'vitest';
import {
  figure,
  quantity,
  rowOf,
  SHRINK_AFTER_MS,
  shortSpan,
  steadyScale,
  wantedScale,
} from '../../../src/ui/charts/chart-scale.ts';

describe('steadyScale', () => {
  const start = steadyScale(undefined, {min: 0, max: 1000}, 0);

  test('grows at once', () => {
    expect(steadyScale(start, {min: 0, max: 2500}, 100)).toMatchObject({min: 0, max: 2500});
  });

  test('shrinks only after the wide range has not been needed for half a minute', () => {
    const wide = steadyScale(start, {min: 0, max: 2500}, 100);
    const soon = steadyScale(wide, {min: 0, max: 800}, 100 + SHRINK_AFTER_MS - 1);
    expect(soon.max).toBe(2500);
    expect(steadyScale(soon, {min: 0, max: 800}, 100 + SHRINK_AFTER_MS).max).toBe(800);
  });

  test('a need in between starts the wait again', () => {
    const again = steadyScale(start, {min: 0, max: 1000}, 20_000);
    expect(steadyScale(again, {min: 0, max: 500}, 40_000).max).toBe(1000);
  });
});

describe('wantedScale', () => {
  test('begins at zero and ends on a round figure, or on the highest threshold', () => {
    expect(wantedScale([745, 120], [], true)).toEqual({min: 0, max: 800});
    expect(wantedScale([745], [1500, 850], true)).toEqual({min: 0, max: 1500});
    expect(wantedScale([1702], [1500], true)).toEqual({min: 0, max: 2000});
  });

  test('around a level, noise stays small and zero is never crossed', () => {
    const {min, max} = wantedScale([310, 312], [], false);
    expect(max - min).toBeGreaterThanOrEqual(31);
    expect(min).toBeLessThan(310);
    expect(wantedScale([1, 2], [], false).min).toBeGreaterThanOrEqual(0);
  });

  test('is a range for any input', () => {
    for (const values of [[], [0], [Number.NaN], [Number.POSITIVE_INFINITY], [-5], [-1e300, 1e300], [5, 5, 5]]) {
      for (const fromZero of [true, false]) {
        const {min, max} = wantedScale(values, [], fromZero);
        expect(max).toBeGreaterThan(min);
      }
    }
  });
});

test('a value has one row, at the ends of the chart too', () => {
  const scale = {min: 0, max: 100};
  expect([-5, 0, 49, 100, 900, Number.NaN].map(value => rowOf(value, scale, 11))).toEqual([0, 0, 5, 10, 10, 0]);
});

test('figures are short and true', () => {
  expect([0, 745, 0.1, 0.004, 12.34, 12_500, 3_400_000, 2e9, 1e300, -850].map(figure)).toEqual([
    '0',
    '745',
    '0.1',
    '0.004',
    '12.3',
    '12.5k',
    '3400k',
    '2000M',
    '1e300',
    '-850',
  ]);
  for (let power = -6; power < 300; power++) expect(figure(-9.87654 * 10 ** power).length).toBeLessThanOrEqual(7);
});

test('quantities carry their unit, larger ones a larger unit', () => {
  expect([
    quantity(745, 'ms'),
    quantity(12_400, 'ms'),
    quantity(0.3, '%'),
    quantity(312, 'MB'),
    quantity(20_480, 'MB'),
    quantity(3, 'count'),
  ]).toEqual(['745 ms', '12.4 s', '0.3 %', '312 MB', '20 GB', '3']);
});

test('spans are told in one unit', () => {
  expect([30_000, 300_000, 7_200_000, 172_800_000].map(shortSpan)).toEqual(['30s', '5m', '2h', '2d']);
});
