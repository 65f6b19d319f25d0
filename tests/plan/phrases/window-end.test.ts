import {expect, test} from 'vitest';
import {readWindowEnd} from '../../../src/plan/phrases/time-marks.ts';

test.each([
  ['02:00–04:00 UTC', {clock: '04:00', utc: true}],
  ['2025-11-02 02:00 - 04:00 (UTC)', {clock: '04:00', utc: true}],
  ['22:00 UTC to 02:00 UTC (Sunday)', {clock: '02:00', utc: true}],
  ['Saturday 10pm-2:30am', {clock: '02:30'}],
  ['02:00–04:00 local time', {clock: '04:00'}],
  ['von 22:00 bis 02:00 Uhr', {clock: '02:00'}],
  ['22h30 à 02h00', {clock: '02:00'}],
])('the window %s ends at the second time', (text, end) => {
  expect(readWindowEnd(text)).toEqual(end);
});

test.each(['02:00-04:00 CET', '2025-11-02', 'Nov 2 - 4', 'tbd', '25:00-26:00', ''])(
  'of "%s" nobody knows when it ends',
  text => {
    expect(readWindowEnd(text)).toBeUndefined();
  },
);
