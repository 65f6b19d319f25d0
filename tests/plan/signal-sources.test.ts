import {expect, test} from 'vitest';
import {parseBindings} from '../../src/plan/bindings.ts';
import {parsePlan} from '../../src/plan/parse-plan.ts';
import {signalSources} from '../../src/plan/signal-sources.ts';

function sources(yaml: string) {
  const {bindings, problems} = parseBindings(yaml, {env: {}});
  expect(problems).toEqual([]);
  return signalSources(bindings);
}

test('each probe is a source with its unit, its cadence, its place and one line about it', () => {
  const yaml = `hosts: {vps: deploy@host}
databases: {main: "postgres://h/d"}
logs: {app: {on: vps, tail: /var/log/app.log}}
probes:
  health: {http: {method: POST, url: "https://h/health"}, every: 5s}
  memory: {on: vps, rss: "python.*api"}
  cpu: {on: local, cpu: python}
  queue: {run: "redis-cli llen jobs"}
  errors: {log: app, count: ERROR, of: requests}
  slow: {log: app, count: slow}
  rows: {sql: "select count(*)\\n from users"}
  p95: {prometheus: "http://prom", query: up}
`;
  expect(sources(yaml)).toEqual({
    health: {kind: 'http', unit: 'ms', everyMs: 5000, what: 'POST https://h/health'},
    memory: {kind: 'rss', unit: 'MB', everyMs: 15_000, what: 'resident memory of python.*api', on: 'vps'},
    cpu: {kind: 'cpu', unit: '%', everyMs: 15_000, what: 'processor time of python'},
    queue: {kind: 'run', everyMs: 15_000, what: 'redis-cli llen jobs'},
    errors: {kind: 'log', unit: '%', everyMs: 15_000, what: 'lines of app with ERROR, of requests', on: 'vps'},
    slow: {kind: 'log', unit: 'count', everyMs: 15_000, what: 'lines of app with slow', on: 'vps'},
    rows: {kind: 'sql', everyMs: 15_000, what: 'select count(*) from users', on: 'main'},
    p95: {kind: 'prometheus', everyMs: 15_000, what: 'up'},
  });
});

test('placeholders stand there with their values, and secrets do not', () => {
  const {health, token} = sources(`values: {your-domain.com: api.test, API_TOKEN: {value: hunter2, secret: true}}
probes:
  health: {http: "https://ana:pass@your-domain.com/health?key=hidden"}
  token: {run: "ask API_TOKEN"}
`);
  expect(health?.what).toBe('GET https://api.test/health');
  expect(token?.what).toBe('ask API_TOKEN');
});

test('a plan carries the sources of its bindings', () => {
  const {bindings} = parseBindings('probes: {health: {http: "https://h/health"}}', {env: {}});
  expect(Object.keys(parsePlan('# Deploy', bindings).signals ?? {})).toEqual(['health']);
});
