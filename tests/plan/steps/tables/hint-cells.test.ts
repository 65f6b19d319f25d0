/** What a person does in a row is told by its cell for the command, too, and a box in a cell tells nothing. */
import {expect, test} from 'vitest';
import {planOf, stepAt} from '../../../helpers/plan-view.ts';

test.each([
  [
    'Check | How | Good when',
    'Search a name | in the browser, "Ackroyd" | one grave',
    'How: in the browser, "Ackroyd"',
  ],
  [
    'Step | Who | Command / hint',
    'Hang the notice | Ida | the text of last time',
    'Command / hint: the text of last time',
  ],
  [
    'Nr. | Was | Befehl / Hinweis',
    '1 | Wartung anmelden | Formular 12, drei Tage vorher',
    'Befehl / Hinweis: Formular 12, drei Tage vorher',
  ],
  [
    'Paso | Quién | Comando',
    'Avisar a la central | Eva | por teléfono, antes de las 8',
    'Comando: por teléfono, antes de las 8',
  ],
  [
    'Étape | Qui | Commande',
    'Prévenir la caisse | Luc | par téléphone, avant 8 h',
    'Commande: par téléphone, avant 8 h',
  ],
])('%s', (head, row, told) => {
  const columns = head.split('|').length;
  const plan = planOf(
    '# Change',
    '## Deploy',
    '',
    `| ${head} | Done |`,
    `|${'---|'.repeat(columns + 1)}`,
    `| ${row} | ☐ |`,
    `|${' `systemctl stop shop` |'.repeat(columns)} ☐ |`,
  );
  expect(stepAt(plan, 6)?.instructions).toEqual([told]);
});

test('a column of boxes with any head tells nothing', () => {
  const plan = planOf('# C', '## Deploy', '', '| Step | Who | erl. |', '|---|---|---|', '| Ring the bell | Ida | ☐ |');
  expect(stepAt(plan, 6)?.instructions).toEqual([]);
});
