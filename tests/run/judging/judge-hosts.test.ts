import {expect, test} from 'vitest';
import {judge} from '../../../src/run/judging/judge.ts';
import {settledHosts} from '../../../src/run/judging/judge-hosts.ts';
import type {HostOutcome, OutcomeHere, OutcomeOnHosts} from '../../../src/run/outcome.ts';
import {commands, script} from '../build.ts';

const step = script('s', 'deploy', [commands('make')]);

function exited(code: number, output = ''): OutcomeHere {
  return {kind: 'exited', code, durationMs: 5, output, commands: [{line: 4, text: 'make', code, durationMs: 5}]};
}

function on(outcomes: Record<string, OutcomeHere>, more: Partial<OutcomeOnHosts> = {}): OutcomeOnHosts {
  const hosts = Object.entries(outcomes).map(([host, outcome]): HostOutcome => ({host, jobId: `run-${host}`, outcome}));
  return {kind: 'on-hosts', hosts, failuresMax: 0, durationMs: 9, ...more};
}

const lost: OutcomeHere = {kind: 'lost', detail: 'unreachable: no route', durationMs: 3};

test('a step of a group has passed when it has on every host', () => {
  const verdict = judge(step, on({web1: exited(0, 'v2\n'), web2: exited(0, 'v2\n'), web3: exited(0, 'v1\n')}));
  expect(verdict).toMatchObject({kind: 'passed', because: 'on 3 of 3 hosts'});
  const [one, two, three] = verdict.hosts ?? [];
  expect(one?.printed).toBe(two?.printed);
  expect(one?.printed).not.toBe(three?.printed);
});

test('it has failed where more hosts fail than may, and names them with their reason', () => {
  const outcome = on({web1: exited(1), web2: exited(0), web3: exited(1)});
  expect(judge(step, outcome)).toMatchObject({
    kind: 'failed',
    because: 'on 2 of 3 hosts: web1, web3: exit 1 from line 4: make',
  });
  expect(judge(step, {...outcome, failuresMax: 2})).toMatchObject({
    kind: 'passed',
    because: 'on 1 of 3 hosts; not on web1, web3: exit 1 from line 4: make',
  });
});

test('a host that cannot be reached is unknown, and neither failed nor passed', () => {
  const outcome = on({web1: exited(0), web2: lost});
  expect(judge(step, outcome)).toMatchObject({
    kind: 'unknown',
    because: 'on 1 of 2 hosts: web2: unreachable: no route',
  });
  expect(judge(step, {...outcome, failuresMax: 1}).kind).toBe('passed');
});

test('a person looks where the hosts do not agree on what a later step needs', () => {
  const outcome = on({web1: exited(0), web2: exited(0)}, {differs: ['TAG is not the same on web1 and web2']});
  expect(judge(step, outcome)).toMatchObject({
    kind: 'judge',
    because: 'on 2 of 2 hosts; TAG is not the same on web1 and web2',
  });
});

test('another attempt leaves the hosts alone where it has passed, and looks for what was never heard of', () => {
  const outcome = on({web1: exited(0), web2: exited(1), web3: lost});
  const hosts = outcome.hosts.map(one => (one.host === 'web3' ? {...one, unreached: true as const} : one));
  const settled = settledHosts({...outcome, hosts}, judge(step, {...outcome, hosts}));
  expect(settled?.map(({host, settled: verdict}) => [host, verdict?.kind])).toEqual([
    ['web1', 'passed'],
    ['web3', undefined],
  ]);
});
