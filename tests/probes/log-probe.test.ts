import {expect, test} from 'vitest';
import {CAPTURED_MAX, captureProbe, logProbe} from '../../src/probes/log-probe.ts';
import type {Of, SpoolLines} from '../../src/probes/reading.ts';
import {percentile} from '../../src/run/rules/statistics.ts';

/** Logs as arrays of lines, handed out in pieces as the spool does. */
function spoolOf(logs: Record<string, string[]>, down: Record<string, string> = {}): SpoolLines {
  return source => {
    const lines = logs[source] ?? [];
    const why = down[source];
    const log = {length: lines.length, read: (from: number) => lines.slice(from, from + PIECE)};
    return why === undefined ? log : {...log, down: why};
  };
}

const PIECE = 3;

function counting(count: string, of?: string): Of<'log'> {
  const common = {kind: 'log', everyMs: 1000, timeoutMs: 1000, line: 1, log: 'error', count} as const;
  return of === undefined ? common : {...common, of};
}

const noProbes = () => undefined;

test('each reading counts the matching lines since the one before, and none from before the start', async () => {
  const error = ['ERROR before the start'];
  const measure = logProbe(counting('ERROR|Traceback'), spoolOf({error}), noProbes);
  expect(await measure()).toEqual({kind: 'value', value: 0});
  error.push('ERROR one', 'fine', 'Traceback two');
  expect(await measure()).toEqual({kind: 'value', value: 2});
  expect(await measure()).toEqual({kind: 'value', value: 0});
});

test('with another log as the whole, the value is a share in percent', async () => {
  const logs = {error: [] as string[], requests: ['old', 'old']};
  const measure = logProbe(counting('ERROR', 'requests'), spoolOf(logs), noProbes);
  logs.error.push('ERROR');
  logs.requests.push('a', 'b', 'c', 'd');
  expect(await measure()).toEqual({kind: 'value', value: 25});
});

test('with a probe as the whole, its samples are the whole', async () => {
  const logs = {error: [] as string[]};
  let samples = 7;
  const measure = logProbe(counting('ERROR', 'health'), spoolOf(logs), name =>
    name === 'health' ? samples : undefined,
  );
  logs.error.push('ERROR');
  samples += 10;
  expect(await measure()).toEqual({kind: 'value', value: 10});
});

test('a share of nothing is no reading, and its lines are not forgotten', async () => {
  const logs = {error: [] as string[], requests: [] as string[]};
  const measure = logProbe(counting('ERROR', 'requests'), spoolOf(logs), noProbes);
  expect(await measure()).toEqual({kind: 'nothing'});
  logs.error.push('ERROR');
  expect(await measure()).toMatchObject({
    kind: 'error',
    error: '1 matching lines, but nothing from requests to compare them with',
  });
  logs.requests.push('a', 'b');
  expect(await measure()).toEqual({kind: 'value', value: 50});
});

test('a log that is not being followed is an error, not a log without errors', async () => {
  const down: Record<string, string> = {error: 'link to vps lost'};
  const error: string[] = [];
  const measure = logProbe(counting('ERROR'), spoolOf({error}, down), noProbes);
  expect(await measure()).toEqual({kind: 'error', error: 'link to vps lost', reached: false});
  error.push('ERROR while away');
  delete down['error'];
  expect(await measure()).toEqual({kind: 'value', value: 1});
});

test('a pattern that is no regular expression is an error in words', async () => {
  const measure = logProbe(counting('ERROR('), spoolOf({}), noProbes);
  expect(await measure()).toMatchObject({
    kind: 'error',
    error: expect.stringContaining('ERROR( is not a regular expression'),
  });
});

test('a rate is a minute of the pace since the last reading', async () => {
  const error: string[] = ['ERROR before'];
  const measure = logProbe({...counting('ERROR'), per: 'minute'}, spoolOf({error}), noProbes);
  const startedAt = performance.now();
  expect(await measure()).toEqual({kind: 'nothing'});
  error.push('ERROR 1', 'ERROR 2', 'ERROR 3', 'fine');
  await new Promise(resolve => setTimeout(resolve, 120));
  const reading = await measure();
  const minutes = (performance.now() - startedAt) / 60_000;
  const rate = reading.kind === 'value' ? reading.value : Number.NaN;
  // Three in a little more than a tenth of a second, and in at most what the test measured around them.
  expect(rate).toBeGreaterThanOrEqual(3 / minutes);
  expect(rate).toBeLessThanOrEqual(3 / (100 / 60_000));
  expect(await measure()).toEqual({kind: 'value', value: 0});
});

test('of a log that is away a rate is unknown, and what piled up meanwhile is no burst', async () => {
  const down: Record<string, string> = {error: 'link to vps lost'};
  const error: string[] = [];
  const measure = logProbe({...counting('ERROR'), per: 'minute'}, spoolOf({error}, down), noProbes);
  error.push('ERROR while away');
  expect(await measure()).toMatchObject({kind: 'error', error: 'link to vps lost'});
  delete down['error'];
  error.push('ERROR while away, too');
  expect(await measure()).toEqual({kind: 'nothing'});
  expect(await measure()).toEqual({kind: 'value', value: 0});
});

const capturing = (capture: string) =>
  ({kind: 'capture', everyMs: 1000, timeoutMs: 1000, line: 1, log: 'access', capture}) as const;

test('every captured number is a reading, and none a gap', async () => {
  const access = ['took 900 ms'];
  const measure = captureProbe(capturing('took ([0-9.]+) ms'), spoolOf({access}));
  expect(await measure()).toEqual({kind: 'nothing'});
  access.push('took 12.5 ms', 'a line without', 'took 7 ms', 'took 1.2.3 ms');
  expect(await measure()).toEqual({kind: 'values', values: [12.5, 7]});
  expect(await measure()).toEqual({kind: 'nothing'});
});

test('captured text that is no number is an error, and so is a log that is away', async () => {
  const access: string[] = [];
  const down: Record<string, string> = {};
  const measure = captureProbe(capturing('took (\\S+)'), spoolOf({access}, down));
  access.push('took ages');
  expect(await measure()).toMatchObject({kind: 'error', error: 'captured "ages", expected a number', reached: true});
  down['access'] = 'link to vps lost';
  expect(await measure()).toMatchObject({kind: 'error', error: 'link to vps lost', reached: false});
});

test('of too many numbers those are kept that keep the percentiles, and it says so', async () => {
  const access: string[] = [];
  const measure = captureProbe(capturing('took (\\d+) ms'), spoolOf({access}));
  const numbers = Array.from({length: 1000}, (_, index) => (index * 617) % 1000);
  access.push(...numbers.map(number => `took ${number} ms`));
  const reading = await measure();
  if (reading.kind !== 'values') throw new Error('no values');
  expect(reading.values).toHaveLength(CAPTURED_MAX);
  expect(reading.note).toBe(`${CAPTURED_MAX} of 1000 captured numbers, at even ranks`);
  for (const p of [50, 90, 95]) expect(Math.abs((percentile(reading.values, p) ?? 0) - 10 * p)).toBeLessThan(15);
});

test('of a log that was long before the start only what comes after is read, however much', async () => {
  const error = Array.from({length: 50_000}, () => 'ERROR before');
  const measure = logProbe(counting('ERROR'), spoolOf({error}), noProbes);
  error.push(...Array.from({length: 30_000}, () => 'ERROR after'));
  expect(await measure()).toEqual({kind: 'value', value: 30_000});
});

test('lines that were dropped before they were read are an error, and counting goes on behind them', async () => {
  const error: string[] = [];
  let first = 0;
  const measure = logProbe(counting('ERROR'), () => ({...spoolOf({error})('error'), first}), noProbes);
  error.push(...Array.from({length: 10}, () => 'ERROR'));
  first = 8;
  expect(await measure()).toMatchObject({kind: 'error', error: '8 lines came and were dropped before they were read'});
  error.push('ERROR');
  expect(await measure()).toEqual({kind: 'value', value: 3});
});
