import {expect, test} from 'vitest';
import {type LogProbe, logProbe, type SpoolLines} from '../../src/probes/log-probe.ts';

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

function counting(count: string, of?: string): LogProbe {
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
  expect(await measure()).toMatchObject({kind: 'error', error: 'ERROR( is not a regular expression'});
});
