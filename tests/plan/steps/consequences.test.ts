/** Bounds with what is to happen once they are crossed, among bounds that must hold. */
import {expect, test} from 'vitest';
import {planOf} from '../../helpers/plan-view.ts';

const rulesOf = (section: string, item: string) => {
  const {rules, proposal} = planOf('# Change', '', `## ${section}`, '', `- ${item}`);
  return {
    rules: rules.map(({role, metric, op, value}) => `${role} ${metric} ${op} ${value}`),
    doubts: (proposal?.doubts ?? []).filter(({line}) => line === 5).map(({code}) => code),
  };
};

test.each([
  [
    'Verify',
    'store queue: < 50 normal, > 500 for 10 min → roll back',
    ['target store queue < 50', 'trigger store queue > 500'],
  ],
  ['Verify', 'pump pressure > 8 % → call the shift lead', ['alert pump pressure > 8']],
  ['Verify', 'Error rate > 2 %, back out', ['trigger error rate > 2']],
  ['Verify', 'CPU over 90 %: call the DBA', ['alert cpu usage > 90']],
  ['Verify', 'Failed bookings: more than 3 → ring the desk', ['alert failed bookings > 3']],
  ['Monitoring', 'Queue depth under 100, otherwise back out', ['trigger queue depth >= 100']],
  ['Monitoring', 'Error rate > 60 % → warn, > 80 % → roll back', ['alert error rate > 60', 'trigger error rate > 80']],
  ['Prüfung', 'Fehlerrate über 5 %, zurückrollen', ['trigger error rate > 5']],
  ['Prüfung', 'Warteschlange unter 20, sonst Leitstelle informieren', ['alert warteschlange >= 20']],
  ['Vérification', "Taux d'erreur > 2 % : prévenir l'astreinte", ['alert error rate > 2']],
  ['Verificación', 'Tasa de errores > 3 % → revertir', ['trigger error rate > 3']],
])('%s: "%s" is a bad side with a consequence', (section, item, rules) => {
  expect(rulesOf(section, item)).toEqual({rules, doubts: []});
});

test.each([
  ['Verify', 'store queue: > 500 for 10 min → section 5', ['trigger store queue > 500']],
  ['Verify', 'first image p95 > 8 s over 15 min → see clause 6.1', ['trigger first image > 8000']],
  ['Verify', 'Wrong ballots: at most 2, otherwise 6.2', ['trigger wrong ballots > 2']],
  ['Prüfung', 'Warteschlange: > 200 über 10 Minuten → Abschnitt 5', ['trigger warteschlange > 200']],
])('%s: of "%s" it is asked whether that part is the way back', (section, item, rules) => {
  expect(rulesOf(section, item)).toEqual({rules, doubts: ['trigger-assumed']});
});

test.each([
  ['Verify', 'Latency p99 > 2 s', ['alert response time > 2000']],
  ['Verify', 'Success rate < 99 %', ['alert success rate < 99']],
  ['Monitoring', 'Replica lag above 30 s', ['alert replica lag > 30000']],
])('%s: nobody asks for "%s", so that it is taken for trouble, with a doubt', (section, item, rules) => {
  expect(rulesOf(section, item)).toEqual({rules, doubts: ['expectation-assumed']});
});

test.each([
  ['Verify', 'Antwortzeit p95 < 800 ms → weiter mit Schritt 7', ['target response time < 800']],
  ['Verify', 'p95 < 500 ms: check it in Grafana', ['target response time < 500']],
  ['Verify', 'Error rate < 1 % → continue', ['target error rate < 1']],
  ['Verify', 'Free disk > 10 GB', ['target free disk > 10240']],
])('%s: "%s" must hold', (section, item, rules) => {
  expect(rulesOf(section, item)).toEqual({rules, doubts: []});
});

test.each([
  ['A drop of orders by 40 % is a reason to go back.', 'trigger'],
  ['P95 > 2 s is a reason to roll back', 'trigger'],
  ['Error rate < 1 % is no reason to go back.', 'criterion'],
  ['Error rate > 5 % is hardly a reason to roll back.', 'criterion'],
  ['Error rate > 5 % is not in itself a reason to go back.', 'criterion'],
  ['P95 > 2 s never triggers a rollback.', 'criterion'],
  ["Un taux d'erreur > 5 % n'est pas un motif de retour arrière.", 'criterion'],
  ['Fehlerrate über 5 % ist kaum ein Grund für den Rollback.', 'criterion'],
])('"%s" gives a rule of the role %s', (item, role) => {
  const {rules} = planOf('# Change', '', '## Success criteria', '', `- ${item}`);
  expect(rules.map(rule => rule.role)).toEqual([role]);
});
