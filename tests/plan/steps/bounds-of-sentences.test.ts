/** A target and a trigger in one item: each sentence is a rule with its own role, figure and window. */
import {expect, test} from 'vitest';
import {planOf} from '../../helpers/plan-view.ts';

function rules(title: string, item: string) {
  const plan = planOf('# R', '', `## ${title}`, '', `- ${item}`, '- The dashboard is open');
  return plan.rules.map(({metric, op, value, role, windowMs}) => ({metric, bound: `${op} ${value}`, role, windowMs}));
}

const MINUTES = 60_000;

test.each([
  [
    'Monitoring',
    'p95 latency of search below 800 ms. Over 2 s for 10 minutes: roll back only the search (R1).',
    'latency search',
    10,
  ],
  ['Monitoring', 'p95 of search < 800 ms; over 2 s for 10 min -> only R1', 'search', 10],
  [
    'Monitoring',
    'Response time of search under 800 ms. Should it get worse than 2 s for 10 minutes: go back.',
    'response time search',
    10,
  ],
  [
    'Monitoring',
    'Response time of search: under 800 ms. Roll back if over 2 s for 10 minutes.',
    'response time search',
    10,
  ],
  [
    'Überwachung',
    'Antwortzeit der Suche unter 800 ms. Wird sie schlechter als 2 s: nur die Suche zurück (R1).',
    'antwortzeit suche',
    5,
  ],
  [
    'Überwachung',
    'Antwortzeit der Suche unter 800 ms, über 2 s länger als 10 Minuten: Rollback.',
    'antwortzeit suche',
    10,
  ],
  [
    'Überwachung',
    'Antwortzeit der Suche < 800 ms. Wenn sie 15 Minuten lang über 2 s liegt: zurück.',
    'antwortzeit suche',
    15,
  ],
  [
    'Supervisión',
    'Tiempo de respuesta de la búsqueda por debajo de 800 ms. Más de 2 s durante más de 10 minutos: volver atrás.',
    'tiempo respuesta búsqueda',
    10,
  ],
  [
    'Surveillance',
    'Temps de réponse de la recherche inférieur à 800 ms. Plus de 2 s pendant plus de 10 minutes : retour arrière.',
    'temps réponse recherche',
    10,
  ],
])('%s: %s', (title, item, metric, minutes) => {
  expect(rules(title, item)).toEqual([
    {metric, bound: '< 800', role: 'target', windowMs: 5 * MINUTES},
    {metric, bound: '> 2000', role: 'trigger', windowMs: minutes * MINUTES},
  ]);
});

test.each([
  ['Monitoring', 'Error rate of the workers under 2 %. Over 5 % for longer than 10 minutes: back to section 6.', 10],
  ['Monitoring', 'Error rate of the workers under 2 %. If it stays above 5 % for 15 min, roll back.', 15],
  ['Überwachung', 'Fehlerquote der Worker unter 2 %. Über 5 % länger als 10 Minuten: zurück nach Abschnitt 6.', 10],
  ['Supervisión', 'Tasa de errores inferior al 2 %. Si supera el 5 % durante 15 minutos: reversión.', 15],
  ['Surveillance', "Taux d'erreur inférieur à 2 %. S'il dépasse 5 % pendant 15 minutes : rollback.", 15],
])('%s: %s has one metric', (title, item, minutes) => {
  const [target, trigger, ...others] = rules(title, item);
  expect([target?.role, trigger?.role, others]).toEqual(['target', 'trigger', []]);
  expect(trigger).toEqual({metric: target?.metric, bound: '> 5', role: 'trigger', windowMs: minutes * MINUTES});
});

test('a time behind a bound stays how long it must hold', () => {
  expect(rules('Monitoring', 'Error rate below 0.1 % over 15 minutes.')).toMatchObject([
    {bound: '< 0.1', windowMs: 15 * MINUTES},
  ]);
});

test('a worse share says no side', () => {
  expect(rules('Monitoring', 'Cache hit ratio worse than 90 %')).toEqual([]);
});
