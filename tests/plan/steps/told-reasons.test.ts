/** Reasons to roll back that stand in one sentence behind their label, without a figure in them. */
import {expect, test} from 'vitest';
import {planOf} from '../../helpers/plan-view.ts';

const triggersOf = (...lines: string[]) => {
  const {rules, rollback} = planOf('# A', '', '## Deploy', '', '1. `./up.sh`', '', '## Rollback', '', ...lines, '');
  return {
    triggers: rules.filter(({role}) => role === 'trigger').map(({text}) => text),
    steps: rollback?.steps.length,
  };
};

test.each([
  [
    'Triggers: `load` ends with an error; a script fails twice; NO-GO at hold point 2; 01:30 reached without a decision.',
    ['load ends with an error', 'a script fails twice', 'NO-GO at hold point 2', '01:30 reached without a decision'],
  ],
  ['**Triggers.** The crane stops; the foreman says no.', ['The crane stops', 'the foreman says no']],
  ['**Triggers** – the crane stops; the foreman says no', ['the crane stops', 'the foreman says no']],
  [
    '**Auslöser:** die Waage zeigt nichts an; der Leiter sagt Nein',
    ['die Waage zeigt nichts an', 'der Leiter sagt Nein'],
  ],
  ['Critères de retour arrière : la pompe cale ; fuite constatée', ['la pompe cale', 'fuite constatée']],
  ['Disparadores: la bomba no arranca; fuga confirmada.', ['la bomba no arranca', 'fuga confirmada']],
  ['Triggers: the duty scientist says no.', ['the duty scientist says no']],
])('%s', (line, triggers) => {
  expect(triggersOf(line, '', '1. `./down.sh`', '2. Tell all.')).toEqual({triggers, steps: 2});
});

test('the next line of the paragraph is no reason, and belongs to the rollback', () => {
  const {triggers} = triggersOf('Triggers: the pump stalls; a leak.', 'It takes about an hour.', '', '1. `./down.sh`');
  expect(triggers).toEqual(['the pump stalls', 'a leak'].filter(text => text.includes(' ')));
});

test('a sentence that leads to a list is none', () => {
  const {triggers} = triggersOf('Triggers: any of the following.', '', '- the pump stalls');
  expect(triggers).toEqual(['the pump stalls']);
});
