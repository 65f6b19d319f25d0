/** A column "Threshold" beside what is then done says what is bad; alone it may say what is good. */
import {expect, test} from 'vitest';
import {planOf, stepAt} from '../../../helpers/plan-view.ts';

const table = (heads: readonly string[], ...rows: readonly string[]) =>
  planOf('# A', '## Monitoring', '', `| ${heads.join(' | ')} |`, `|${'---|'.repeat(heads.length)}`, ...rows);

test.each([
  [['Metric', 'Threshold', 'Action'], '| Jobs in the queue | > 20 | Call Ana |'],
  [['Signal', 'Limit', 'Then'], '| Jobs in the queue | > 20 | Restart the workers |'],
  [['Kennzahl', 'Grenzwert', 'Maßnahme'], '| Aufträge in der Schlange | > 20 | Anna anrufen |'],
  [['Indicador', 'Umbral', 'Acción'], '| Trabajos en cola | > 20 | Avisar a Ana |'],
  [['Indicateur', 'Seuil', 'Action'], '| Travaux en file | > 20 | Appeler Anne |'],
])('%j: %s', (heads, row) => {
  const worked = row.replace(/\| ([^|]+) \|$/, '| $1 `systemctl restart workers` |');
  for (const plan of [table(heads, row), table(heads, row, worked)]) {
    expect(new Set(plan.rules.map(({role, op, value}) => `${role} ${op} ${value}`))).toEqual(new Set(['alert > 20']));
    expect(plan.steps.flatMap(({expectations}) => expectations)).toEqual([]);
  }
  expect(stepAt(table(heads, row, worked), 7).condition).toMatch(/: > 20$/);
});

test('a bound that says what is good stays a target', () => {
  const {rules} = table(['Metric', 'Threshold', 'Action'], '| Error rate | < 1 % | Tell Ana |');
  expect(rules.map(({role, op}) => [role, op])).toEqual([['target', '<']]);
  expect(table(['Metric', 'Threshold'], '| Uptime | > 99 % |').rules.map(({role}) => role)).toEqual(['target']);
});
