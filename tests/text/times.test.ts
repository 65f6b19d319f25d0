import {expect, test} from 'vitest';
import {
  age,
  duration,
  durationText,
  localStamp,
  missionMoment,
  missionTime,
  span,
  spanText,
  stretchText,
  took,
  utcClock,
  utcMinute,
  utcTime,
} from '../../src/text/times.ts';

const AT = Date.UTC(2025, 10, 2, 13, 2, 31, 250);

test('moments read as people write them', () => {
  expect([utcTime(AT), utcClock(AT), utcMinute(AT)]).toEqual(['2025-11-02T13:02:31Z', '13:02:31Z', '13:02']);
  expect([missionTime(751_000), missionTime(-5000), missionTime(100 * 3_600_000)]).toEqual([
    'T+00:12:31',
    'T-00:00:05',
    'T+100:00:00',
  ]);
  expect([900_000, 7_200_000, 90_000].map(missionMoment)).toEqual(['T+15m', 'T+2h', 'T+90s']);
});

test.each([
  [400, '00:00', '0.4 s', '400ms', '0 s', '0s'],
  [9960, '00:09', '10.0 s', '10.0s', '10 s', '10s'],
  [250_000, '04:10', '04:10', '04:10', '4 min', '4m'],
  [3_751_600, '1:02:31', '1:02:32', '1:02:31', '63 min', '63m'],
])('a stretch of %i ms', (ms, going, record, row, sentence, old) => {
  expect([duration(ms), durationText(ms), took(ms), stretchText(ms), age(ms)]).toEqual([
    going,
    record,
    row,
    sentence,
    old,
  ]);
});

test.each([
  [900_000, 1_200_000, '15–20 min', '15-20m'],
  [300_000, 300_000, '5 min', '5m'],
  [86_400_000, 172_800_000, '24–48 h', '24-48h'],
  [30_000, 30_000, '30 s', '30s'],
])('a span from %i to %i ms', (from, to, page, row) => {
  expect([spanText(from, to), span(from, to)]).toEqual([page, row]);
});

test('a moment on this machine says its zone, and is the same moment', () => {
  const at = Date.UTC(2025, 10, 2, 23, 2, 31, 456);
  const text = localStamp(at);
  expect(text).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:31 [+-]\d\d:\d\d$/);
  expect(Date.parse(text.replace(' ', 'T').replace(' ', ''))).toBe(at - 456);
});
