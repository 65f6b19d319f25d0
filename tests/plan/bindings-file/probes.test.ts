import {describe, expect, test} from 'vitest';
import {parseBindings} from '../../../src/plan/bindings-file/bindings.ts';
import type {ProbeBinding} from '../../../src/plan/bindings-file/probe-kinds.ts';

function read(probe: string): {probe: ProbeBinding | undefined; messages: string[]} {
  const {bindings, problems} = parseBindings(`probes:\n  one: ${probe}\n`, {env: {}});
  return {
    probe: bindings.probes['one'],
    messages: problems.map(({line, code, message}) => `${line} ${code} ${message}`),
  };
}

describe('what can be measured', () => {
  test.each([
    ['{cpu: true, on: vps}', {kind: 'cpu', on: 'vps'}],
    ['{cpu: "python.*api"}', {kind: 'cpu', pattern: 'python.*api'}],
    ['{disk: /var/lib, on: vps}', {kind: 'disk', path: '/var/lib', on: 'vps'}],
    ['{disk: /, free: true}', {kind: 'disk', path: '/', free: true}],
    ['{run: "cat n", unit: ms}', {kind: 'run', run: 'cat n', unit: 'ms'}],
    ['{run: "cat n", expect: {below: 9}}', {kind: 'run', expect: {checks: [{kind: 'number', op: '<', value: 9}]}}],
    ['{log: app, count: ERROR, per: minute}', {kind: 'log', log: 'app', count: 'ERROR', per: 'minute'}],
    ['{log: app, capture: "took ([0-9.]+) ms", unit: ms}', {kind: 'capture', capture: 'took ([0-9.]+) ms', unit: 'ms'}],
    ['{sql: "select * from jobs", rows: true}', {kind: 'sql', rows: true}],
    [
      '{postgres: connections, pool: 20, like: "api%"}',
      {kind: 'postgres', about: 'connections', pool: 20, like: 'api%'},
    ],
    ['{postgres: statements, like: "%users%", on: main}', {kind: 'postgres', about: 'statements', like: '%users%'}],
    ['{postgres: replication-lag, every: 30s}', {kind: 'postgres', about: 'replication-lag', everyMs: 30_000}],
    ['{step: "Restart"}', {kind: 'step', step: 'Restart'}],
  ])('%s', (yaml, expected) => {
    const {probe, messages} = read(yaml);
    expect(messages).toEqual([]);
    expect(probe).toMatchObject({line: 2, ...expected});
  });
});

describe('what says nothing, or too much, is said in one line', () => {
  test.each([
    ['{http: "http://h", like: "x%"}', '2 invalid-binding probes.one: `like` says nothing about `http`'],
    [
      '{rss: python, expect: {below: 5}, query: up}',
      '2 invalid-binding probes.one: `query`, `expect` says nothing about `rss`',
    ],
    ['{step: Restart, every: 5s}', '2 invalid-binding probes.one: `every` says nothing about `step`'],
    ['{http: "http://h", rss: x}', '2 invalid-binding probes.one: measures http and rss'],
    ['{log: app}', '2 invalid-binding probes.one: counts nothing'],
    ['{log: app, count: a, capture: (b)}', '2 invalid-binding probes.one: has count and capture'],
    ['{log: app, capture: "took [0-9]+"}', '2 invalid-binding probes.one: `took [0-9]+` captures nothing'],
    ['{log: app, capture: "took ([0-9]"}', '2 invalid-binding probes.one: `took ([0-9]` is not a regular expression'],
    ['{log: app, count: "*"}', '2 invalid-binding probes.one: `*` is not a regular expression'],
    ['{rss: "python("}', '2 invalid-binding probes.one: `python(` is not a regular expression'],
    ['{log: app, count: a, of: b, per: minute}', '2 invalid-binding probes.one: has of and per'],
    ['{log: app, count: a, per: hour}', '2 invalid-binding probes.one.per: expected `minute`'],
    ['{postgres: locks}', '2 invalid-binding probes.one.postgres: unknown figure'],
    ['{postgres: statements, pool: 20}', '2 invalid-binding probes.one: `pool` goes with `postgres: connections`'],
    ['{postgres: connections, pool: 0}', '2 invalid-binding probes.one: `pool` is 0'],
    ['{postgres: replication-lag, like: a}', '2 invalid-binding probes.one: `like` says nothing about a lag'],
    ['{prometheus: "http://p"}', '2 invalid-binding probes.one: `prometheus` needs a `query`'],
    ['{run: x, unit: furlong}', '2 invalid-binding probes.one.unit: unknown unit'],
  ])('%s', (yaml, message) => {
    expect(read(yaml).messages).toEqual([message]);
  });
});
