import {describe, expect, test} from 'vitest';
import type {Rule, RuleRole} from '../../../src/plan/plan.ts';
import {roleInWords} from '../../../src/plan/steps/rules.ts';
import {planOf} from '../../helpers/plan-view.ts';

const MINUTE = 60_000;

function rulesOf(...lines: readonly string[]): readonly Rule[] {
  return planOf('# Release', '', '## Monitoring', '', ...lines).rules;
}

describe('what a bound is for', () => {
  test.each<[string, RuleRole | undefined]>([
    ['Alert if:', 'alert'],
    ['Page the on-call when', 'alert'],
    ['Alertar si', 'alert'],
    ['Roll back immediately if', 'trigger'],
    ['Rollback when', 'trigger'],
    ['Hacer rollback si', 'trigger'],
    ['Rollback sofort, wenn', 'trigger'],
    ['Alerts', undefined],
    ['Rollback', undefined],
    ['Watch the dashboards', undefined],
  ])('%s', (text, role) => {
    expect(roleInWords(text)).toBe(role);
  });

  test('the label above a list says it, however the section is called', () => {
    expect(rulesOf('**Alert if:**', '', '- Error rate > 1%', '- > 20 support tickets')).toMatchObject([
      {role: 'alert', metric: 'error rate'},
      {role: 'alert', metric: 'support tickets', person: true, value: 20},
    ]);
  });

  test('so do the words in front of the bound', () => {
    expect(rulesOf('- [ ] Alert if CPU > 80%')).toMatchObject([{role: 'alert', metric: 'cpu usage'}]);
    expect(rulesOf('- [ ] Roll back if error rate > 5%')).toMatchObject([{role: 'trigger', metric: 'error rate'}]);
  });

  test('without such words it is a target', () => {
    expect(rulesOf('- [ ] Error rate < 1%')).toMatchObject([{role: 'target'}]);
  });
});

describe('when it is met', () => {
  test('over the stretch that it must hold', () => {
    expect(rulesOf('- [ ] Error rate < 1% for 15 minutes')).toMatchObject([{windowMs: 15 * MINUTE, consecutive: 3}]);
  });

  test('after so many checks in a row', () => {
    expect(rulesOf('- [ ] Latency < 2s on 5 consecutive checks')).toMatchObject([{consecutive: 5}]);
  });

  test('from so many requests on', () => {
    expect(rulesOf('- [ ] Error rate < 1% (min 1000 requests)')).toMatchObject([{samples: 1000}]);
  });
});

test('rows of a table give a bound for each purpose', () => {
  const rules = rulesOf(
    '| Signal | Target | Alert | Rollback |',
    '|--------|--------|-------|----------|',
    '| p95 | < 500ms | > 1s | > 2s |',
  );
  expect(rules.map(({role, op, value}) => [role, op, value])).toEqual([
    ['target', '<', 500],
    ['alert', '>', 1000],
    ['trigger', '>', 2000],
  ]);
});

test('a name in front of a share is kept when another in brackets says who counts', () => {
  const plan = planOf(
    '## Verify',
    '- [ ] Crash-free sessions ≥ 99.5% (Crashlytics)',
    '- [ ] Error rate < 1% (checkout)',
  );
  expect(plan.rules.map(rule => rule.metric)).toEqual(['crash-free sessions', 'checkout']);
});

test('comparisons may carry an article', () => {
  const plan = planOf(
    '## Verificación',
    '- [ ] Tasa de errores inferior al 1 %',
    '## Cuándo hacer rollback',
    '- La tasa de errores supera el 5 %',
  );
  expect(plan.rules).toMatchObject([
    {op: '<', value: 1},
    {op: '>', value: 5, role: 'trigger'},
  ]);
});

test('a sentence of a rollback that says when it comes is its trigger; one that says how is none', () => {
  const plan = planOf(
    '## Rollback',
    '```bash',
    'make undo',
    '```',
    'Undo automatically if the 5xx ratio is above 2% for 3 minutes, or any mismatch alert fires.',
    '',
    'The undo takes more than 2 minutes if the cache is cold.',
  );
  expect(plan.rules.map(({role, op, value, line}) => [role, op, value, line])).toEqual([
    ['trigger', '>', 2, 5],
    ['trigger', '>', 0, 5],
  ]);
});
