import {expect, test, vi} from 'vitest';
import type {ProbeBinding} from '../../src/plan/bindings-file/probe-kinds.ts';
import type {Bindings} from '../../src/plan/bindings-file/types.ts';
import {startProbes} from '../../src/probes/schedule.ts';
import type {Sample} from '../../src/run/outcome.ts';
import {PATIENT} from '../helpers/eventually.ts';
import {localWorld, noBindings, serve} from './local-world.ts';

function watched(probes: Record<string, ProbeBinding>, more: Partial<Bindings> = {}) {
  const samples: Sample[] = [];
  const lines: string[] = [];
  const {stop} = startProbes({...noBindings, ...more, probes}, localWorld, {
    report: taken => samples.push(...taken),
    bind: text => text,
    spoolLines: () => ({length: lines.length, read: from => lines.slice(from)}),
    now: Date.now,
  });
  const of = (signal: string) => samples.filter(sample => sample.signal === signal);
  return {of, lines, [Symbol.dispose]: stop};
}

function get(url: string, timeoutMs = 20_000): ProbeBinding {
  return {kind: 'http', http: {method: 'GET', url, headers: {}}, everyMs: 20, timeoutMs, line: 1};
}

test('a probe that hangs, one that fails and one without a process hold no other up', async () => {
  await using server = await serve((request, response) => {
    if (request.url === '/hangs') return;
    response.writeHead(request.url === '/fails' ? 500 : 200).end('ok');
  });
  using probes = watched({
    hangs: get(`${server.url}/hangs`),
    fails: get(`${server.url}/fails`),
    works: get(`${server.url}/works`),
    memory: {kind: 'rss', pattern: 'no-such-[s]ervice', everyMs: 20, timeoutMs: 5000, line: 1},
  });
  await vi.waitFor(() => {
    expect(probes.of('works').length).toBeGreaterThan(5);
    expect(probes.of('fails').length).toBeGreaterThan(5);
    expect(probes.of('memory').length).toBeGreaterThan(1);
  }, PATIENT);
  expect(probes.of('hangs')).toEqual([]);
  expect(probes.of('works').every(sample => sample.value !== undefined && sample.error === undefined)).toBe(true);
  expect(probes.of('fails')[0]).toEqual({
    signal: 'fails',
    at: expect.any(Number),
    error: 'status 500, expected 2xx',
  });
  expect(probes.of('memory')[0]).toMatchObject({error: 'no process matches no-such-[s]ervice'});
});

test('the share of a log is taken of the samples of another probe', async () => {
  await using server = await serve((_request, response) => {
    response.end('ok');
  });
  using probes = watched({
    health: get(server.url),
    errors: {kind: 'log', log: 'error', count: 'ERROR', of: 'health', everyMs: 50, timeoutMs: 1000, line: 1},
  });
  await vi.waitFor(() => expect(probes.of('errors').length).toBeGreaterThan(0), PATIENT);
  expect(probes.of('errors')[0]?.value).toBe(0);
  probes.lines.push('ERROR 1');
  await vi.waitFor(() => expect(probes.of('errors').some(sample => (sample.value ?? 0) > 0)).toBe(true), PATIENT);
  expect(Math.max(...probes.of('errors').map(sample => sample.value ?? 0))).toBeLessThanOrEqual(100);
});

test('where a probe and a log share a name, the lines of the log are the whole', async () => {
  using probes = watched(
    {
      error: {kind: 'run', run: 'echo 1', everyMs: 20, timeoutMs: 5000, line: 1},
      share: {kind: 'log', log: 'error', count: 'ERROR', of: 'error', everyMs: 50, timeoutMs: 1000, line: 2},
    },
    {logs: {error: {tail: '/var/log/error.log', line: 3}}},
  );
  probes.lines.push('ERROR', 'fine', 'fine', 'fine');
  await vi.waitFor(() => expect(probes.of('share')[0]).toMatchObject({value: 25}), PATIENT);
});
