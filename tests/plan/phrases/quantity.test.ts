import {describe, expect, test} from 'vitest';
import {parseInterval} from '../../../src/plan/phrases/interval.ts';
import {readCadence, readDuration, readQuantity, readWindow} from '../../../src/plan/phrases/quantity.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

test.each([
  ['1000ms', 1000, 'ms'],
  ['1.5 s', 1500, 'ms'],
  ['5 minutes', 5 * MINUTE, 'ms'],
  ['500 MB/hour', 500, 'MB/h'],
  ['memory growing 500MB/hour)', 500, 'MB/h'],
  ['24 GB per day', 1024, 'MB/h'],
  ['2GB', 2048, 'MB'],
  ['512 KiB', 0.5, 'MB'],
  ['99.9%', 99.9, '%'],
  ['80 percent', 80, '%'],
  ['1,5%', 1.5, '%'],
  ['10/min', 10, '/min'],
  ['2 errors/second', 120, '/min'],
  ['100 requests per second', 6000, '/min'],
  ['15 rps', 900, '/min'],
  ['3x normal', 3, 'x'],
  ['8,234', 8234, 'count'],
  ['5k', 5000, 'count'],
  ['10 errors', 10, 'count'],
] as const)('%s is a quantity in base units', (text, value, unit) => {
  expect(readQuantity(text)).toEqual({value, unit});
});

test.each(['2FA', 'v1.2.3', '5xx', 'no number', '3rd'])('%s is no quantity', text => {
  expect(readQuantity(text)).toBeUndefined();
});

test.each([
  ['Step 2: Deploy Backend to VPS (15-20 minutes)', 15 * MINUTE, 20 * MINUTE],
  ['(15–20 minutes)', 15 * MINUTE, 20 * MINUTE],
  ['(5 min)', 5 * MINUTE, 5 * MINUTE],
  ['(< 5 min)', 0, 5 * MINUTE],
  ['48 hours', 48 * HOUR, 48 * HOUR],
  ['30 min - 1 hour', 30 * MINUTE, HOUR],
  ['~10 minutes', 10 * MINUTE, 10 * MINUTE],
  ['2 to 3 days', 2 * DAY, 3 * DAY],
])('%s lasts that long', (text, minMs, maxMs) => {
  expect(readDuration(text)).toEqual({minMs, maxMs});
});

test.each(['Phase 2', 'T-6 Hours', 'Database (2)', 'v2.1 hours'])('%s is no duration', text => {
  expect(readDuration(text)).toBeUndefined();
});

test.each([
  ['POST-DEPLOYMENT MONITORING (First 2 Hours)', 0, 2 * HOUR],
  ['First Hour Monitoring', 0, HOUR],
  ['First 24 Hours', 0, DAY],
  ['Within 24 hours', 0, DAY],
  ['Immediate Checks (0-15 minutes)', 0, 15 * MINUTE],
  ['PERFORMANCE VALIDATION (24-48 Hours)', DAY, 2 * DAY],
  ['Hour 4-24', 4 * HOUR, DAY],
  ['Day 2-7', DAY, 7 * DAY],
  ['Day 1', 0, DAY],
  ['T+0 to T+30 minutes', 0, 30 * MINUTE],
])('%s is a stretch of the mission clock', (text, fromMs, toMs) => {
  expect(readWindow(text)).toEqual({fromMs, toMs});
});

test.each(['Step 1: Merge to Main (5 minutes)', 'Phase 2A+2C', 'Weekday 2'])('%s is none', text => {
  expect(readWindow(text)).toBeUndefined();
});

test.each([
  ['every 5 minutes for first 30 min', 5 * MINUTE],
  ['Monitoring Queries (Run Daily)', DAY],
  ['checked hourly', HOUR],
  ['every hour', HOUR],
  ['each two days', 2 * DAY],
])('%s says how often', (text, everyMs) => {
  expect(readCadence(text)).toBe(everyMs);
});

test('text without a rhythm has no cadence', () => {
  expect(readCadence('Everyone checks the dashboard')).toBeUndefined();
});

describe('parseInterval', () => {
  test.each([
    ['500ms', 500],
    ['5s', 5000],
    ['15m', 15 * MINUTE],
    ['1h30m', 90 * MINUTE],
    ['1.5h', 90 * MINUTE],
    ['2d', 2 * DAY],
  ])('reads %s', (text, ms) => {
    expect(parseInterval(text)).toBe(ms);
  });

  test.each(['5', '5 s', 's', '', '-5s', '5s!', 'five'])('refuses %j', text => {
    expect(parseInterval(text)).toBeUndefined();
  });
});

test('a point before three figures groups thousands where nobody measures that finely', () => {
  expect(readQuantity('1.500 ms')).toEqual({value: 1500, unit: 'ms'});
  expect(readQuantity('2.048 MB')).toEqual({value: 2048, unit: 'MB'});
  expect(readQuantity('1.500 s')).toEqual({value: 1500, unit: 'ms'});
  expect(readQuantity('0.250 ms')).toEqual({value: 0.25, unit: 'ms'});
  expect(readQuantity('1.25 ms')).toEqual({value: 1.25, unit: 'ms'});
});
