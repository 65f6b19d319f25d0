import {expect, test} from 'vitest';
import {ALL_MS, baseSpanMs, fromMsFor, spanMsAt, spanName, zoomedBy} from '../../../src/ui/charts/chart-span.ts';

const minute = 60_000;

test('what is shown at first follows the windows of the rules, within two and five minutes', () => {
  expect(baseSpanMs([30_000])).toBe(2 * minute);
  expect(baseSpanMs([30_000, 3 * minute])).toBe(5 * minute);
  expect(baseSpanMs([60 * minute])).toBe(5 * minute);
  expect(baseSpanMs([])).toBe(5 * minute);
});

test('zooming goes through steps that have names, out to the whole run, and back by as many keys', () => {
  const base = 5 * minute;
  const names = [2, 1, 0, -1, -2, -3, -4, -5].map(zoom => spanName(spanMsAt(base, zoom)));
  expect(names).toEqual(['1 m', '2 m', '5 m', '15 m', '30 m', '2 h', '8 h', 'all']);
  let zoom = 0;
  for (let key = 0; key < 20; key++) zoom = zoomedBy(base, zoom, -1);
  expect(spanMsAt(base, zoom)).toBe(ALL_MS);
  expect(spanName(spanMsAt(base, zoomedBy(base, zoom, 1)))).toBe('8 h');
});

test('the whole run begins where it was opened, rounded up so that the picture stands still for a while', () => {
  const start = 1_700_000_000_000;
  const lengthAt = (ms: number) => start + ms - fromMsFor(ALL_MS, start, start + ms);
  expect(lengthAt(10_000)).toBe(minute);
  expect(lengthAt(4.2 * minute)).toBe(5 * minute);
  expect(lengthAt(4.9 * minute)).toBe(5 * minute);
  for (const hours of [0.5, 2, 7, 30, 48]) {
    const length = hours * 60 * minute;
    expect(lengthAt(length)).toBeGreaterThanOrEqual(length);
    expect(lengthAt(length)).toBeLessThanOrEqual(length * 1.5);
  }
});
