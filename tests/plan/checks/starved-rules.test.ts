import {expect, test} from 'vitest';
import {parseBindings} from '../../../src/plan/bindings-file/bindings.ts';
import {parsePlan} from '../../../src/plan/parse-plan.ts';
import type {Problem} from '../../../src/plan/problem.ts';

const DOCUMENT = ['# Deploy', '', '## Monitoring', '', '- [ ] P95 latency: < 850ms', ''].join('\n');

function starved(probe: string, rule: string): readonly Problem[] {
  const {bindings, problems} = parseBindings(`tminus: 1\nprobes:\n  latency: ${probe}\nrules:\n  - ${rule}\n`, {
    env: {},
  });
  expect(problems).toEqual([]);
  return parsePlan(Buffer.from(DOCUMENT), bindings).problems.filter(({code}) => code === 'starved-rule');
}

test('a percentile of a probe that speaks every 30 s is never judged within five minutes', () => {
  const [problem, ...others] = starved('{ sql: "select 1", unit: ms, every: 30s }', '{ match: "P95", probe: latency }');
  expect(others).toEqual([]);
  expect(problem).toMatchObject({severity: 'info', line: 5});
  expect(problem?.message).toContain('takes 20 readings in 5m, and `latency` gives 10 (every 30s)');
  expect(problem?.hint).toContain('window: 10m');
  expect(problem?.hint).toContain('every: 15s');
});

test('the window or the pace that the hint names is enough', () => {
  expect(starved('{ sql: "select 1", unit: ms, every: 30s }', '{ match: "P95", probe: latency, window: 10m }')).toEqual(
    [],
  );
  expect(starved('{ sql: "select 1", unit: ms, every: 15s }', '{ match: "P95", probe: latency }')).toEqual([]);
});

test('a log gives as many numbers as it holds', () => {
  const capture = '{ log: access, capture: "took ([0-9]+)", unit: ms, every: 60s }';
  const {bindings} = parseBindings(
    `tminus: 1\nlogs:\n  access: /var/log/access.log\nprobes:\n  latency: ${capture}\nrules:\n  - { match: "P95", probe: latency }\n`,
    {env: {}},
  );
  const {problems, rules} = parsePlan(Buffer.from(DOCUMENT), bindings);
  expect(rules.map(({signal}) => signal)).toEqual(['latency']);
  expect(problems.filter(({code}) => code === 'starved-rule')).toEqual([]);
});
