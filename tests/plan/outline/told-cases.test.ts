/** Cases told in running text: which of them is a way back. */
import {expect, test} from 'vitest';
import {planOf} from '../../helpers/plan-view.ts';

const usesOf = (...lines: readonly string[]) =>
  planOf('# Silo', '', '## Load', '', '- [ ] Load: `bin/load.sh all`', '', ...lines).sections.map(({use}) => use);

test.each([
  'If a truck stands on the scale, the foreman says "hold". We finish the step and wait. After an hour the change is rolled back.',
  'Falls ein Wagen auf der Waage steht, warten wir. Nach einer Stunde wird der alte Stand wiederhergestellt (zurück).',
  'Si un camion est sur la balance, on attend. Après une heure on revient en arrière : retour arrière.',
])('"%s" holds at any time, and is no way back', text => {
  expect(usesOf('## Interruptions', '', text)).not.toContain('rollback');
  const {proposal} = planOf(
    '# Silo',
    '',
    '## Load',
    '',
    '- [ ] Load: `bin/load.sh all`',
    '',
    '## Stop and go',
    '',
    text,
  );
  expect(proposal?.doubts.some(({line, message}) => line === 9 && message.includes(text.slice(0, 40)))).toBe(true);
});

test.each([
  'If it fails, roll back to the old image.',
  'If anything looks wrong, restore the old version. It takes an hour.',
  'Falls etwas klemmt, den alten Stand zurückspielen. Danach Bescheid geben.',
])('"%s" is one', text => {
  expect(usesOf(text)).toContain('rollback');
});
