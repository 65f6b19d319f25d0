import {describe, expect, test} from 'vitest';
import {bindRules} from '../../src/plan/bind-rules.ts';
import {parseBindings} from '../../src/plan/bindings.ts';
import type {Plan, Rule} from '../../src/plan/plan.ts';
import {readThresholds} from '../../src/plan/thresholds.ts';

const nothing: Plan = {
  title: '',
  source: [],
  meta: [],
  sections: [],
  steps: [],
  rules: [],
  rollback: null,
  placeholders: [],
  contacts: [],
  references: [],
  problems: [],
};

/** Rules as the document states them, one per line. */
function bind(
  document: string,
  yaml: string,
): {rules: readonly Rule[]; problems: readonly {code: string; line: number}[]} {
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
  return bindRules({...nothing, rules}, bindings);
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
    'Database connections stable (<50% of pool)',
    'Database connection failures',
    'Memory usage < 80%',
    'System uptime >99.9%',
    'Background task success rate >99%',
    'Booking conversion rate >3%',
    'Multiple user complaints (>3 in first hour)',
  ])('%s', text => {
    expect(bind(text, probes).rules[0]?.signal).toBeUndefined();
  });

  test('two probes that could be meant are none', () => {
    expect(
      bind('API health endpoint: <100ms', 'probes: {health: {http: "http://h"}, api: {http: "http://a"}}').rules[0]
        ?.signal,
    ).toBeUndefined();
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
