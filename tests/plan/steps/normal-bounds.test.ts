/** What a text calls normal is no trigger, and a reason without a bound beside a bound is one by itself. */
import {expect, test} from 'vitest';
import {planOf} from '../../helpers/plan-view.ts';

function rulesOf(...lines: readonly string[]): string[] {
  const {rules} = planOf('# Dam', '', '## Monitor', '', '- [ ] Look at the gates', '', ...lines);
  return rules.map(({role, op, value}) => `${role} ${op} ${value}`);
}

test.each([
  ['Ann counts the errors in the log every 10 minutes. Up to 5 is normal. More than 20 in one pass: roll back.'],
  ['Ann zählt die Fehler im Log alle 10 Minuten. Bis zu 5 sind normal. Mehr als 20 auf einmal: Rollback.'],
  ['Ana cuenta los errores del registro cada 10 minutos. Hasta 5 es lo normal. Más de 20 de una vez: marcha atrás.'],
])('%s', text => {
  expect(rulesOf(text)).toEqual(['target <= 5', 'trigger > 20']);
});

test.each([
  ['More than 20 errors in one pass, or two schools cannot log in at once: roll back.'],
  ['Más de 20 errores en una pasada, o que no puedan entrar dos centros a la vez: marcha atrás.'],
])('%s', text => {
  expect(rulesOf(text)).toEqual(['trigger > 20', 'trigger > 0']);
});
