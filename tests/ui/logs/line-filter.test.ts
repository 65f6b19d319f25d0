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
  const filter = createLineFilter(read, {keep: [patternOf(/ERROR/.source)], hide: []});
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
  const filter = createLineFilter(read, {keep: [patternOf(/ERROR/.source)], hide: []});
  filter.advance(500);
  filter.advance(1000);
  expect(all(filter)).toEqual([7, 107, 207, 307, 407, 507, 607, 707, 807, 907]);
});

test('keep and hide work together', () => {
  const {read} = log(500);
  const filter = createLineFilter(read, {keep: [patternOf(/ERROR/.source)], hide: [patternOf(/107|307/.source)]});
  filter.advance(500);
  expect(all(filter)).toEqual([7, 207, 407]);
  expect(filter.lines().read(0, 3)).toEqual(['ERROR 7', 'ERROR 207', 'ERROR 407']);
});

test('a pattern matches the text, not the colours between its letters', () => {
  const filter = createLineFilter((_, count) => ['\x1b[31mER\x1b[0mROR'].slice(0, count), {
    keep: [patternOf(/^ERROR$/.source)],
    hide: [],
  });
  filter.advance(1);
  expect(all(filter)).toEqual([0]);
});

test('an absolute line finds its place among the matches', () => {
  const filter = createLineFilter(log(1000).read, {keep: [patternOf(/ERROR/.source)], hide: []});
  filter.advance(1000);
  expect([0, 7, 8, 207, 999].map(line => filter.indexFrom(line))).toEqual([0, 0, 1, 2, 10]);
});

test('a flood of matches is forgotten from the old end, never without limit', () => {
  const total = MATCHES_MAX + 50_000;
  const filter = createLineFilter(log(total, () => true).read, {keep: [patternOf(/ERROR/.source)], hide: []});
  for (let seen = 0; seen <= total; seen += LINES_PER_STEP) filter.advance(seen);
  const found = all(filter);
  expect(found.length).toBeLessThanOrEqual(MATCHES_MAX);
  expect(found.at(-1)).toBe(total - 1);
  expect(found).toEqual([...found].sort((a, b) => a - b));
});

test('neighbouring matches are read together', () => {
  const {read, asked} = log(1000, () => true);
  const filter = createLineFilter(read, {keep: [patternOf(/ERROR/.source)], hide: []});
  filter.advance(1000);
  asked.length = 0;
  filter.lines().read(100, 50);
  expect(asked).toEqual([50]);
});

const TRACE = [
  '2026-01-05 13:00:01 INFO before',
  '2026-01-05 13:00:02 ERROR api failed',
  'Traceback (most recent call last):',
  '  File "app.py", line 3, in <module>',
  'psycopg2.OperationalError: timeout expired',
  '2026-01-05 13:00:03 INFO after',
  '2026-01-05 13:00:04 ERROR other',
];

function filtered(lines: readonly string[], wanted: {keep?: string[]; hide?: string[]; line?: string}) {
  const filter = createLineFilter((from, count) => lines.slice(from, from + count), {
    keep: (wanted.keep ?? []).map(text => patternOf(text)),
    hide: (wanted.hide ?? []).map(text => patternOf(text)),
    line: wanted.line === undefined ? undefined : patternOf(wanted.line),
  });
  while (filter.advance(lines.length));
  return filter;
}

test('an event stays whole, whichever of its lines matches, and is hidden whole', () => {
  expect(all(filtered(TRACE, {keep: ['ERROR']}))).toEqual([1, 2, 3, 4, 6]);
  expect(all(filtered(TRACE, {keep: ['psycopg2']}))).toEqual([1, 2, 3, 4]);
  expect(all(filtered(TRACE, {hide: ['timeout expired']}))).toEqual([0, 5, 6]);
  expect(all(filtered(TRACE, {keep: ['ERROR'], line: 'Error|other'}))).toEqual([4, 6]);
});

test('of several filters that keep one is enough, of those that hide too, and hidden lines are counted', () => {
  const filter = filtered(TRACE, {keep: ['psycopg2', 'after'], hide: ['before', 'other']});
  expect(all(filter)).toEqual([1, 2, 3, 4, 5]);
  expect(filter.hidden()).toBe(2);
  expect(filter.scanned()).toBe(7);
});

test('an event that comes line by line passes as soon as one of its lines does', () => {
  const lines: string[] = [];
  const filter = createLineFilter((from, count) => lines.slice(from, from + count), {
    keep: [patternOf('psycopg2')],
    hide: [],
  });
  const seen = TRACE.map(line => {
    lines.push(line);
    filter.advance(lines.length);
    return all(filter);
  });
  expect(seen).toEqual([[], [], [], [], [1, 2, 3, 4], [1, 2, 3, 4], [1, 2, 3, 4]]);
});

test('whole events pass wherever a step ends, as a filter that sees all lines at once says', () => {
  const stack = Array.from({length: 40}, (_, line) =>
    line === 39 ? 'Caused by: needle' : `\tat a.b.C(C.java:${line})`,
  );
  const lines = Array.from({length: 3 * LINES_PER_STEP}, (_, line) => `2026-01-05 13:00:00 INFO ${line}`);
  for (let at = 37; at < lines.length - 50; at += 997) lines.splice(at, 0, '2026-01-05 13:00:00 ERROR', ...stack);
  const filter = filtered(lines, {keep: ['needle']});
  const starts = lines.flatMap((line, index) => (line.endsWith('ERROR') ? [index] : []));
  expect(all(filter)).toEqual(starts.flatMap(start => Array.from({length: 41}, (_, offset) => start + offset)));
  expect(filter.hidden()).toBe(lines.length - 41 * starts.length);
});
