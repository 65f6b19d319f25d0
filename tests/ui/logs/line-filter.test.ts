import {expect, test} from 'vitest';
import {patternOf} from '../../../src/text/pattern.ts';
import {createLineFilter, LINES_PER_STEP, MATCHES_MAX} from '../../../src/ui/logs/line-filter.ts';

function log(total: number, isError: (line: number) => boolean = line => line % 100 === 7) {
  const asked: number[] = [];
  const read = (from: number, count: number) => {
    asked.push(count);
    return Array.from({length: Math.max(0, Math.min(count, total - from))}, (_, index) =>
      isError(from + index) ? `ERROR ${from + index}` : `info ${from + index}`,
    );
  };
  return {read, asked};
}

function all(filter: ReturnType<typeof createLineFilter>): number[] {
  const {to, numberOf} = filter.lines();
  return Array.from({length: to}, (_, index) => numberOf?.(index) ?? -1);
}

test('the newest matches are found first, in bounded work, and the oldest in the end', () => {
  const {read, asked} = log(1_000_000);
  const filter = createLineFilter(read, {keep: patternOf(/ERROR/.source)});
  expect(filter.advance(1_000_000)).toBe(true);
  expect(Math.max(...asked)).toBeLessThanOrEqual(LINES_PER_STEP);
  expect(all(filter).at(-1)).toBe(999_907);
  expect(filter.scanned()).toBe(LINES_PER_STEP);
  while (filter.advance(1_000_000));
  expect(all(filter)).toHaveLength(10_000);
  expect(all(filter)[0]).toBe(7);
  expect(Math.max(...asked)).toBeLessThanOrEqual(LINES_PER_STEP);
});

test('lines that come in later are added at the end', () => {
  const {read} = log(1000);
  const filter = createLineFilter(read, {keep: patternOf(/ERROR/.source)});
  filter.advance(500);
  filter.advance(1000);
  expect(all(filter)).toEqual([7, 107, 207, 307, 407, 507, 607, 707, 807, 907]);
});

test('keep and hide work together', () => {
  const {read} = log(500);
  const filter = createLineFilter(read, {keep: patternOf(/ERROR/.source), hide: patternOf(/107|307/.source)});
  filter.advance(500);
  expect(all(filter)).toEqual([7, 207, 407]);
  expect(filter.lines().read(0, 3)).toEqual(['ERROR 7', 'ERROR 207', 'ERROR 407']);
});

test('a pattern matches the text, not the colours between its letters', () => {
  const filter = createLineFilter((_, count) => ['\x1b[31mER\x1b[0mROR'].slice(0, count), {
    keep: patternOf(/^ERROR$/.source),
  });
  filter.advance(1);
  expect(all(filter)).toEqual([0]);
});

test('an absolute line finds its place among the matches', () => {
  const filter = createLineFilter(log(1000).read, {keep: patternOf(/ERROR/.source)});
  filter.advance(1000);
  expect([0, 7, 8, 207, 999].map(line => filter.indexFrom(line))).toEqual([0, 0, 1, 2, 10]);
});

test('a flood of matches is forgotten from the old end, never without limit', () => {
  const total = MATCHES_MAX + 50_000;
  const filter = createLineFilter(log(total, () => true).read, {keep: patternOf(/ERROR/.source)});
  for (let seen = 0; seen <= total; seen += LINES_PER_STEP) filter.advance(seen);
  const found = all(filter);
  expect(found.length).toBeLessThanOrEqual(MATCHES_MAX);
  expect(found.at(-1)).toBe(total - 1);
  expect(found).toEqual([...found].sort((a, b) => a - b));
});

test('neighbouring matches are read together', () => {
  const {read, asked} = log(1000, () => true);
  const filter = createLineFilter(read, {keep: patternOf(/ERROR/.source)});
  filter.advance(1000);
  asked.length = 0;
  filter.lines().read(100, 50);
  expect(asked).toEqual([50]);
});
