import {describe, expect, test} from 'vitest';
import {bindRules} from '../../../src/plan/apply-bindings/bind-rules.ts';
import {unitOf} from '../../../src/plan/apply-bindings/signal-sources.ts';
import {parseBindings} from '../../../src/plan/bindings-file/bindings.ts';
import {readThresholds} from '../../../src/plan/phrases/thresholds.ts';
import type {Rule} from '../../../src/plan/plan.ts';
import type {Problem} from '../../../src/plan/problem.ts';
import {emptyPlan} from '../../helpers/plan-parts.ts';

/** Rules as the document states them, one per line. */
function bind(document: string, yaml: string): {rules: readonly Rule[]; problems: readonly Problem[]} {
  const rules = document.split('\n').flatMap((text, index): Rule[] =>
    readThresholds(text, index + 1).map(({person = false, ...threshold}) => ({
      windowMs: 300_000,
      ...threshold,
      id: `R${index + 1}`,
      section: '',
      role: 'target',
      source: 'document',
      person,
      samples: 3,
      consecutive: 3,
    })),
  );
  expect(rules.length).toBeGreaterThan(0);
  const {bindings, problems} = parseBindings(yaml, {env: {}});
  expect(problems).toEqual([]);
  return bindRules({...emptyPlan, rules}, bindings);
}

const probes = `probes:
  health: {http: "http://h/health"}
  store_message: {http: "http://h/chat"}
  booking: {http: "http://h/booking"}
  memory: {rss: python}
  cpu: {cpu: python}
  errors: {log: app, count: ERROR, of: requests}
  pool: {sql: select 1}
`;

describe('a rule that names a probe is fed by it', () => {
  test.each([
    ['store_message: <1000ms (target 745ms)', 'store_message'],
    ['Response Time: P95 < 850ms (store_message)', 'store_message'],
    ['Booking creation P95 < 420ms', 'booking'],
    ['API health endpoint: <100ms', 'health'],
    ['No memory leaks', 'memory'],
    ['Memory leak detected (memory growing >500MB/hour)', 'memory'],
    ['CPU usage normal (<70%)', 'cpu'],
    ['Error Rate: <0.1%', 'errors'],
    ['Expected: 0 errors related to new code', 'errors'],
  ])('%s', (text, signal) => {
    expect(bind(text, probes).rules[0]?.signal).toBe(signal);
  });
});

describe('a rule stays blind rather than being judged by the wrong thing', () => {
  test.each([
    'P95 response time >1500ms',
    'Overall journey < 1500ms',
    'Redis connections (<50% of pool)',
    'Database connection failures',
    'Memory usage < 80%',
    'System uptime >99.9%',
    'Background task success rate >99%',
    'Booking conversion rate >3%',
    'Multiple user complaints (>3 in first hour)',
  ])('%s', text => {
    expect(bind(text, probes).rules[0]?.signal).toBeUndefined();
  });

  test('two probes that could be meant are none, and both are named', () => {
    const {rules, problems} = bind(
      'API health endpoint: <100ms',
      'probes: {health: {http: "http://h"}, api: {http: "http://a"}}',
    );
    expect(rules[0]?.signal).toBeUndefined();
    expect(problems).toEqual([
      {
        severity: 'info',
        code: 'ambiguous-tie',
        line: 1,
        column: 1,
        message: '"API health endpoint: <100ms" could be about `health`, `api`; it stays blind',
        hint: 'add under rules: - { match: "API health endpoint: <100ms", probe: "health" }, or another of them',
      },
    ]);
  });
});

const everything = `databases: {main: "postgres://h/d"}
hosts: {vps: h}
logs: {app: {tail: /var/log/app.log}}
probes:
  checkout: {http: "http://h/checkout"}
  server: {cpu: true, on: vps}
  root: {disk: /, on: vps}
  left: {disk: /, free: true, on: vps}
  heap: {rss: api, on: vps}
  pool: {postgres: connections, pool: 20}
  slow: {postgres: statements, like: "%users%"}
  standby: {postgres: replication-lag}
  errors: {log: app, count: ERROR, per: minute}
  bad_requests: {log: app, count: "5[0-9][0-9]", of: app}
  queue_depth: {run: "redis-cli llen q", unit: count}
  import_success: {run: ./imported, unit: '%'}
  jobs: {log: app, count: Job, of: app}
`;

describe('a rule in other words is tied by what it is about, and a guess says that it is one', () => {
  test.each([
    ['Checkout: P95 < 800ms', 'checkout', 'name'],
    ['Checkout error rate < 1%', 'checkout', 'name'],
    ['CPU < 70%', 'server', 'name'],
    ['Uso de CPU < 70%', 'server', 'name'],
    ['CPU-Auslastung < 70%', 'server', 'name'],
    ['Disk usage < 85%', 'root', 'guess'],
    ['Espacio en disco < 90%', 'root', 'guess'],
    ['Disk space > 10GB free', 'left', 'name'],
    ['RSS < 512 MB', 'heap', 'name'],
    ['No memory leaks', 'heap', 'name'],
    ['Uso de memoria < 512 MB', 'heap', 'name'],
    ['Database connections stable (<50% of pool)', 'pool', 'name'],
    ['Conexiones a la base de datos < 80%', 'pool', 'name'],
    ['Connection pool usage < 80%', 'pool', 'name'],
    ['Database Query Time: <270ms per query average', 'slow', 'guess'],
    ['Query latency < 50ms', 'slow', 'guess'],
    ['Replication lag < 5s', 'standby', 'name'],
    ['Replica lag under 10 seconds', 'standby', 'name'],
    ['Retraso de replicación < 5 s', 'standby', 'name'],
    ['Error logs: < 5 errors per minute', 'errors', 'name'],
    ['Queue depth < 1000', 'queue_depth', 'name'],
    ['Mail queue depth < 1000', 'queue_depth', 'guess'],
    ['Import success rate > 99%', 'import_success', 'name'],
    ['P95 response time < 300ms', 'checkout', 'guess'],
    ['Latencia P99 < 500ms', 'checkout', 'guess'],
    ['Antwortzeit P95 < 300 ms', 'checkout', 'guess'],
  ])('%s', (text, signal, by) => {
    const {rules, problems} = bind(text, everything);
    expect(rules[0]).toMatchObject({signal, tie: {by, because: expect.stringContaining(signal)}});
    expect(problems.map(({code}) => code)).toEqual(by === 'guess' ? ['guessed-tie'] : []);
  });

  test.each([
    'Redis connections < 50%',
    'Database CPU < 60%',
    'Memory usage < 80%',
    'Disk latency < 20ms',
    'Active connections below 50',
    'Errors < 10',
    'Login takes < 2 s',
    'Payment latency < 300ms',
    'Replication slots < 80%',
    'Request rate > 100/min',
    'Cache hit rate > 90%',
    'Job success rate > 99%',
    'Uptime > 99.9%',
  ])('%s stays blind', text => {
    expect(bind(text, everything).rules[0]?.signal).toBeUndefined();
  });

  test('a guess comes with the line of bindings that makes it certain', () => {
    const {problems} = bind('P95 response time >1500ms', 'probes: {chat: {http: "http://h/chat"}}');
    expect(problems).toMatchObject([
      {
        severity: 'info',
        code: 'guessed-tie',
        line: 1,
        message:
          '"P95 response time >1500ms" is taken to be about `chat`: `chat` is the only response time that is measured',
        hint: 'to make it certain, add under rules: - { match: "P95 response time >1500ms", probe: "chat" }',
      },
    ]);
    const {rules, problems: none} = bind(
      'P95 response time >1500ms',
      'probes: {chat: {http: "http://h/chat"}}\nrules:\n  - { match: "P95 response time >1500ms", probe: "chat" }',
    );
    expect(none).toEqual([]);
    expect(rules[0]?.tie).toEqual({by: 'bindings', because: 'line 3 of the bindings says so'});
  });

  test('a share of what the server allows is a guess where the rule speaks of a pool', () => {
    const tie = (pool: string) =>
      bind(
        'DB connections: <50% of pool',
        `databases: {main: "postgres://h/d"}\nprobes: {connections: {postgres: connections${pool}}}`,
      ).rules[0]?.tie?.by;
    expect(tie('')).toBe('guess');
    expect(tie(', pool: 20')).toBe('name');
  });

  test('lines with an error in them are a guess where the rule speaks of answers', () => {
    const tie = (count: string) =>
      bind('5xx errors > 5% of requests', `logs: {a: {tail: /a}}\nprobes: {errors: {log: a, count: '${count}', of: a}}`)
        .rules[0]?.tie?.by;
    expect(tie('ERROR')).toBe('guess');
    expect(tie('" 5[0-9][0-9] ')).toBe('name');
  });

  test('of rules with the same text the line tells which', () => {
    const {problems} = bind('Error rate >5%\nerror rate >5%', 'probes: {chat: {http: "http://h/chat"}}');
    expect(problems.map(({hint}) => hint)).toEqual([
      'to make it certain, add under rules: - { match: "line:1", probe: "chat" }',
      'to make it certain, add under rules: - { match: "line:2", probe: "chat" }',
    ]);
  });

  test('readings in a unit that nobody states are a guess, until the probe states it', () => {
    const probe = (unit: string) => `probes: {queue_depth: {run: "redis-cli llen q"${unit}}}`;
    expect(bind('Queue depth < 1000', probe('')).rules[0]?.tie?.by).toBe('guess');
    expect(bind('Queue depth < 1000', probe(', unit: count')).rules[0]?.tie?.by).toBe('name');
    expect(bind('Queue depth < 1000', probe(', unit: MB')).rules[0]?.signal).toBeUndefined();
  });
});

describe('how a signal is looked at follows from what its readings are', () => {
  test('the error rate of requests is counted, a share of log lines is already one', () => {
    const rate = (yaml: string) => bind('Error rate >5%', yaml).rules[0];
    expect(rate('probes: {chat: {http: "http://h"}}')).toMatchObject({signal: 'chat', statistic: 'error-rate'});
    const log = 'logs: {app: {tail: /a}}\nprobes: {errors: {log: app, count: ERROR, of: app}}';
    expect(rate(log)).toMatchObject({signal: 'errors', statistic: 'mean'});
    expect(rate(`${log}\nrules: [{match: error rate, probe: errors, statistic: max}]`)?.statistic).toBe('max');
  });

  test('a count of log lines is no error rate: that would judge the failures of its own probe', () => {
    for (const statistic of ['', ', statistic: error-rate']) {
      const log = 'logs: {app: {tail: /a}}\nprobes: {errors: {log: app, count: ERROR}}';
      const {rules, problems} = bind(
        'Error rate <1%',
        `${log}\nrules: [{match: error rate, probe: errors${statistic}}]`,
      );
      expect(rules[0]?.signal).toBeUndefined();
      expect(problems).toMatchObject([
        {
          message: '`errors` is measured in count, and "Error rate <1%" speaks of %',
          hint: 'tie it to a probe that is measured in %',
        },
      ]);
    }
  });

  test('what cannot be compared is not tied, though a binding says so', () => {
    const {rules, problems} = bind('System uptime >99.9%', `${probes}rules: [{match: uptime, probe: health}]`);
    expect(rules[0]?.signal).toBeUndefined();
    expect(problems).toMatchObject([
      {
        code: 'invalid-binding',
        line: 9,
        message: '`health` is measured in ms, and "System uptime >99.9%" speaks of %',
      },
    ]);
    const rate = bind(
      'System uptime >99.9%',
      `${probes}rules: [{match: uptime, probe: health, statistic: error-rate}]`,
    );
    expect(rate.problems).toEqual([]);
  });

  test('a bare number of the bindings is in the unit of its probe', () => {
    const {rules} = bind(
      'Error rate >5%',
      `${probes}rules: [{name: Slow, probe: health.first-byte, op: ">", value: 300}]`,
    );
    expect(rules.at(-1)).toMatchObject({signal: 'health.first-byte', value: 300, unit: 'ms'});
  });

  test('the duration of a step is one reading, which stays', () => {
    const {rules} = bind('Error rate >5%', 'rules: [{name: Restart, probe: "step:L106", op: "<", value: 30s}]');
    expect(rules.at(-1)).toMatchObject({signal: 'step:L106', statistic: 'last', samples: 1, consecutive: 1});
  });
});

describe('`rules:` of the bindings', () => {
  test('ties a rule and says how it is judged', () => {
    const {rules, problems} = bind(
      'P95 response time >1500ms (worse than baseline)\nError rate >5%',
      `${probes}rules:\n  - {match: p95 response, probe: store_message, window: 2m, samples: 30, consecutive: 5}\n  - {match: "error rate >5%", probe: health, statistic: error-rate}\n`,
    );
    expect(problems).toEqual([]);
    expect(rules).toMatchObject([
      {signal: 'store_message', windowMs: 120_000, samples: 30, consecutive: 5, value: 1500, statistic: 'p95'},
      {signal: 'health', statistic: 'error-rate'},
    ]);
  });

  test('makes something that people report measurable', () => {
    const {rules} = bind(
      'Multiple user complaints (>3 in first hour)',
      `${probes}rules: [{match: complaints, probe: pool}]\n`,
    );
    expect(rules[0]).toMatchObject({signal: 'pool', person: false});
  });

  test('adds a rule that the document does not have', () => {
    const {rules} = bind(
      'Error rate >5%',
      `${probes}rules: [{name: Pool is full, probe: pool, op: ">", value: 80%, role: trigger}]\n`,
    );
    expect(rules[1]).toMatchObject({
      text: 'Pool is full',
      signal: 'pool',
      op: '>',
      value: 80,
      unit: '%',
      role: 'trigger',
      source: 'bindings',
    });
  });

  test('is a problem when it finds nothing or several', () => {
    const {problems} = bind(
      'No memory leaks\nNo memory leaks',
      `${probes}rules:\n  - {match: no memory, probe: memory}\n  - {match: latency, probe: health}\n`,
    );
    expect(problems).toMatchObject([
      {code: 'ambiguous-binding', line: 10},
      {code: 'unknown-binding', line: 11},
    ]);
    const {rules} = bind(
      'No memory leaks\nNo memory leaks',
      `${probes}rules: [{match: no memory, all: true, probe: pool}]`,
    );
    expect(rules.map(({signal}) => signal)).toEqual(['pool', 'pool']);
  });
});

test('whatever a rule says and whatever is measured, a tie is between figures that can be compared', () => {
  const kinds = [
    'http: "http://h"',
    'rss: api',
    'cpu: true',
    'disk: /',
    'disk: /, free: true',
    'log: app, count: ERROR',
    'log: app, count: ERROR, of: app',
    'log: app, count: ERROR, per: minute',
    'log: app, capture: "took ([0-9]+)", unit: ms',
    'sql: select 1, rows: true',
    'postgres: connections',
    'postgres: statements',
    'postgres: replication-lag',
  ];
  const subjects = [
    'Booking',
    'Error rate',
    'Errors',
    'Memory',
    'CPU',
    'Disk',
    'Connections',
    'Query time',
    'Lag',
    'Latency',
  ];
  const figures = ['500ms', '5%', '512 MB', '100 MB/hour', '10', '10/min'];
  let ties = 0;
  for (const subject of subjects) {
    for (const figure of figures) {
      const texts = readThresholds(`${subject} < ${figure}`, 1).length > 0 ? [`${subject} < ${figure}`] : [];
      for (const [text, kind] of texts.flatMap(text => kinds.map(kind => [text, kind] as const))) {
        const name = subject.toLowerCase().replace(' ', '_');
        const yaml = `databases: {main: "postgres://h/d"}\nlogs: {app: {tail: /a}}\nprobes: {${name}: {${kind}}}`;
        const [rule] = bind(text, yaml).rules;
        if (rule?.signal === undefined) continue;
        ties += 1;
        const {bindings} = parseBindings(yaml, {env: {}});
        const probe = bindings.probes[name];
        const measured = probe === undefined ? undefined : unitOf(probe);
        const isRate = rule.statistic === 'error-rate' && measured === 'ms';
        expect(`${text} by ${kind}: ${isRate ? '%' : measured}`).toBe(
          `${text} by ${kind}: ${rule.unit === 'MB/h' ? 'MB' : rule.unit}`,
        );
      }
    }
  }
  expect(ties).toBeGreaterThan(20);
});
