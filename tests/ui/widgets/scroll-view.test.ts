import {expect, test} from 'vitest';
import {type Lines, visibleRows} from '../../../src/ui/widgets/scroll-view.ts';

const following = {follow: true, top: 0};
const stopped = (top: number) => ({follow: false, top});
const whole = (raw: string) => [raw];

function numbered(total: number, from = 0): Lines & {asked: number} {
  const lines = {
    from,
    to: total,
    asked: 0,
    read(start: number, count: number) {
      lines.asked += count;
      return Array.from({length: Math.max(0, Math.min(count, total - start))}, (_, index) => `line ${start + index}`);
    },
  };
  return lines;
}

const texts = (seen: {rows: readonly {text: string}[]}) => seen.rows.map(row => row.text);

test('a view that follows shows the end', () => {
  const seen = visibleRows(numbered(100), following, 3, whole);
  expect(texts(seen)).toEqual(['line 97', 'line 98', 'line 99']);
  expect(seen).toMatchObject({top: 97, below: 0});
});

test('a view that stopped stays where it is while lines come in', () => {
  const before = visibleRows(numbered(100), stopped(40), 3, whole);
  const after = visibleRows(numbered(5000), stopped(40), 3, whole);
  expect(texts(after)).toEqual(texts(before));
  expect(before.below).toBe(57);
  expect(after.below).toBe(4957);
});

test('a place past the end shows the last full page, one before the start the first', () => {
  expect(texts(visibleRows(numbered(10), stopped(9), 3, whole))).toEqual(['line 7', 'line 8', 'line 9']);
  expect(texts(visibleRows(numbered(10), stopped(999), 3, whole))).toEqual(['line 7', 'line 8', 'line 9']);
  expect(texts(visibleRows(numbered(10, 4), stopped(0), 3, whole))).toEqual(['line 4', 'line 5', 'line 6']);
});

test('a short text stands at the top', () => {
  expect(texts(visibleRows(numbered(2), following, 5, whole))).toEqual(['line 0', 'line 1']);
  expect(texts(visibleRows(numbered(0), following, 5, whole))).toEqual([]);
  expect(texts(visibleRows(numbered(5), following, 0, whole))).toEqual([]);
});

test('of a million lines only what can be seen is read', () => {
  for (const place of [following, stopped(500_000), stopped(999_999)]) {
    const lines = numbered(1_000_000);
    visibleRows(lines, place, 50, whole);
    expect(lines.asked).toBeLessThanOrEqual(100);
  }
});

test('following wrapped lines ends with the last row of the last line', () => {
  const twice = (raw: string) => [`${raw} a`, `${raw} b`];
  expect(texts(visibleRows(numbered(10), following, 3, twice))).toEqual(['line 8 b', 'line 9 a', 'line 9 b']);
  const seen = visibleRows(numbered(10), stopped(4), 3, twice);
  expect(seen.rows.map(({number, part}) => [number, part])).toEqual([
    [4, 0],
    [4, 1],
    [5, 0],
  ]);
});

test('rows carry the line numbers of the log, not of the filtered list', () => {
  const odd = {...numbered(10), numberOf: (index: number) => index * 2 + 1};
  expect(visibleRows(odd, stopped(3), 2, whole).rows.map(row => row.number)).toEqual([7, 9]);
});
