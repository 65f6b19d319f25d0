import {expect, test} from 'vitest';
import {signalSources} from '../../../src/plan/apply-bindings/signal-sources.ts';
import {parseBindings} from '../../../src/plan/bindings-file/bindings.ts';
import {parsePlan} from '../../../src/plan/parse-plan.ts';

function sources(yaml: string) {
  const {bindings, problems} = parseBindings(yaml, {env: {}});
  expect(problems).toEqual([]);
  return signalSources(bindings, [], []).signals;
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

const document = `# Deploy
## Deployment steps
- [ ] Restart the service: \`sudo systemctl restart app\`
- [ ] Migrate: \`./migrate.sh\`
## Success criteria
- Restart takes < 30 s
`;

function planOf(yaml: string) {
  const {bindings, problems} = parseBindings(yaml, {file: 'tminus.yaml', env: {}});
  expect(problems).toEqual([]);
  return parsePlan(document, bindings);
}

test('the duration of a step is a signal under the name of its probe', () => {
  const {signals, steps} = planOf('probes: {migration: {step: migrate}}');
  expect(signals?.['migration']).toEqual({
    kind: 'step',
    unit: 'ms',
    what: expect.stringContaining('duration of line 4: Migrate'),
    step: steps.find(({line}) => line === 4)?.id,
  });
});

test('a probe of a step that is not there, or could be several, is a problem at its line', () => {
  const {signals, problems} = planOf('probes:\n  gone: {step: Roll the dice}\n  some: {step: e}\n');
  expect(Object.keys(signals ?? {})).toEqual(['step:L3']);
  expect(problems.filter(({code}) => code.endsWith('-binding'))).toMatchObject([
    {code: 'unknown-binding', line: 2, file: 'tminus.yaml', message: 'no step matches "Roll the dice"'},
    {code: 'ambiguous-binding', line: 3, file: 'tminus.yaml'},
  ]);
});

test('a rule on how long a step takes finds the step, and the step becomes a signal', () => {
  const {signals, rules} = planOf('');
  expect(rules[0]).toMatchObject({signal: 'step:L3', tie: {by: 'guess', because: 'it resembles the step at line 3'}});
  expect(signals?.['step:L3']).toMatchObject({kind: 'step', step: 'L3'});
});

test('a rule of the bindings may name a step, or a part of a request; what there is not is unknown', () => {
  const yaml = `probes: {health: {http: "http://h"}}
rules:
  - {name: a, probe: "step:L4", op: "<", value: 1m}
  - {name: b, probe: health.tls, op: "<", value: 100ms}
  - {name: c, probe: "step:L99", op: "<", value: 1m}
  - {name: d, probe: health.magic, op: "<", value: 100ms}
`;
  const {problems, signals} = planOf(yaml);
  expect(problems.filter(({code}) => code === 'unknown-binding')).toMatchObject([
    {line: 5, message: 'there is no probe `step:L99`'},
    {line: 6, message: 'there is no probe `health.magic`'},
  ]);
  expect(signals).toHaveProperty(['step:L4']);
});

test('a checklist that names a probe by directive is bound to it, and told when there is none', () => {
  const {bindings} = parseBindings('probes: {api: {http: "http://h"}}', {env: {}});
  const read = (probe: string) =>
    parsePlan(`# Monitoring\n- [ ] Latency: < 100ms <!-- tminus: probe=${probe} -->\n`, bindings);
  expect(read('api').rules[0]).toMatchObject({signal: 'api', tie: {by: 'bindings'}});
  const {problems} = read('apo');
  expect(problems).toContainEqual(
    expect.objectContaining({
      code: 'unknown-binding',
      line: 2,
      message: 'there is no probe `apo`',
      hint: 'did you mean `api`?',
    }),
  );
});
