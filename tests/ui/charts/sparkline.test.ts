import {expect, test} from 'vitest';
import {sparkline} from '../../../src/ui/charts/sparkline.ts';
import {glyphsFor} from '../../../src/ui/terminal/glyphs.ts';
import {now, readings} from './sample-chart.ts';

const spark = {fromMs: now - 40_000, now, width: 8};
const drawn = (values: readonly (number | 'error' | undefined)[], ascii = false) =>
  sparkline(readings(values), spark, glyphsFor(ascii));

test('rises with what is measured, the newest at the right', () => {
  const rising = drawn([10, 20, 30, 40, 50, 60, 70, 80, 90]);
  expect(rising).toHaveLength(8);
  expect([...rising].toSorted().join('')).toBe(rising);
  expect(rising.at(-1)).toBe('█');
  expect(rising[0]).toBe('▂');
});

test('what hardly varies is a level line, not a mountain', () => {
  const level = drawn([500, 505, 498, 502, 500, 503, 499, 501, 500]);
  expect(new Set(level).size).toBeLessThanOrEqual(2);
  expect(level).not.toMatch(/[▁█]/);
});

test('a failed measurement is a cross and one that is missing a blank, never a zero', () => {
  const holes = drawn([80, 80, 'error', 'error', undefined, undefined, undefined, undefined, 80]);
  expect(holes).toContain('×');
  expect(holes).toContain(' ');
  expect(holes).not.toContain('▁');
});

test('in ASCII it is ASCII, and as wide', () => {
  expect(drawn([1, 5, 'error', 90, 4, 2, 0, 8, 3], true)).toMatch(/^[\x20-\x7e]{8}$/);
});
