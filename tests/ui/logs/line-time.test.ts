import {expect, test} from 'vitest';
import {TIME_FORMATS, timeEnd, timeIn} from '../../../src/ui/logs/line-time.ts';

const THEN = Date.UTC(2026, 0, 5, 13, 0, 7);
const BASE = {year: 2026, day: Date.UTC(2026, 0, 5)};

test.each(TIME_FORMATS.map(({example, stays}) => [example, stays === true] as const))('%s', (example, stays) => {
  const time = timeIn(example, BASE);
  expect(Math.floor((time?.at ?? 0) / 1000) * 1000).toBe(THEN);
  expect(time?.clock).toBe('13:00:07');
  const rest = example.slice(0, time?.from) + example.slice(time?.to);
  expect(/07/.test(rest)).toBe(stays);
  expect(timeEnd(example)).toBe(time?.to);
});

test.each([
  ['[2026-01-05 13:00:07 +0000] [12] [INFO] up', '[12] [INFO] up'],
  ['2026-01-05 13:00:07,250 ERROR api: no', 'ERROR api: no'],
  ['ERROR 2026-01-05 13:00:07 no', 'ERROR no'],
  ['[INFO] 2026-01-05T13:00:07+01:00 up', '[INFO] up'],
  ['2026/01/05 13:00:07 [error] 7#7: *1 open() failed', '[error] 7#7: *1 open() failed'],
  ['2026-01-05 13:00:07.250 UTC [7] LOG:  ready', '[7] LOG:  ready'],
])('%s is shortened to what it says', (line, rest) => {
  const time = timeIn(line, BASE);
  expect(line.slice(0, time?.from) + line.slice(time?.to)).toBe(rest);
});

test('a zone that is named is kept to, and one that is not is said not to be known', () => {
  expect(timeIn('2026-01-05T14:00:07+01:00 up', BASE)).toMatchObject({at: THEN, zoned: true});
  expect(timeIn('2026-01-05 13:00:07 up', BASE)).toMatchObject({at: THEN, zoned: false});
});

test.each([
  'words first, then 13:00:07',
  '10.0.0.1 answered',
  '1767618 rows',
  '99:99:99 no time',
  '2026-01-05 is a day',
  '{"msg":"no time at all"}',
  '',
])('%s has no time at its beginning', line => {
  expect(timeIn(line, BASE)).toBeUndefined();
});

test('a line of any length costs no more than its beginning', () => {
  expect(timeIn(`{${'"a":"b",'.repeat(20_000)}"time":"2026-01-05T13:00:07Z"}`, BASE)).toBeUndefined();
});
