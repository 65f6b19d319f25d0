import fc from 'fast-check';
import {expect, test} from 'vitest';
import {shortSample} from '../../src/engine/clocks.ts';

test.each([
  [812.123456789, 812.12],
  [12.123456789, 12.1235],
  [0.000123456789, 0.00012346],
  [-812.129, -812.13],
  [1_795_459_671.123456, 1_795_459_671.12],
  [1_795_459_671_123, 1_795_459_671_123],
  [0, 0],
])('%d is written as %d', (value, short) => {
  expect(shortSample({signal: 's', at: 1, value})).toEqual({signal: 's', at: 1, value: short});
});

test('no value is changed by more than a ten-thousandth part of it', () => {
  fc.assert(
    fc.property(fc.double({noNaN: true, noDefaultInfinity: true}), value => {
      const short = shortSample({signal: 's', at: 1, value}).value ?? Number.NaN;
      expect(Math.abs(short - value)).toBeLessThanOrEqual(Math.abs(value) / 10_000);
    }),
  );
});

test('where the time of a request went is written in tenths of a millisecond', () => {
  const parts = {dns: 0, tls: 4.04, 'first-byte': 612.3456};
  expect(shortSample({signal: 's', at: 1, value: 700, parts}).parts).toEqual({dns: 0, tls: 4, 'first-byte': 612.3});
});

test('a failed measurement stays as it is', () => {
  const failed = {signal: 's', at: 1, error: 'status 503'};
  expect(shortSample(failed)).toEqual(failed);
});
