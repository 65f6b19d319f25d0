/** Parts of a rollback below "After step 8:" are for a case, and R asks before it runs them. */
import {expect, test} from 'vitest';
import {planOf} from '../../../helpers/plan-view.ts';

/** The lines that are asked about without a proposal, each with the lines of the steps that wait. */
function asked(...lines: readonly string[]): string[] {
  const {proposal, steps} = planOf('# Shop', '', '## Deploy', '', '8. `make up`', '', ...lines);
  const lineOf = (id: string) => steps.find(step => step.id === id)?.line;
  return (proposal?.doubts ?? [])
    .filter(({code, proposed}) => code === 'condition-assumed' && proposed === undefined)
    .map(({line, steps: own}) => `${line}: ${own.map(lineOf).join(' ')}`);
}

test.each([
  ['## Rollback', 'After step 8:'],
  ['## Rückfall', 'Nach Schritt 8:'],
  ['## Retour arrière', "Après l'étape 8 :"],
  ['## Marcha atrás', 'Después del paso 8:'],
  ['## Reversão', 'Antes do passo 8:'],
])('%s: %s', (title, state) => {
  expect(asked(title, '', state, '', '1. `systemctl stop shop`', '2. `make down`')).toEqual(['9: 11 12']);
});

test('each state holds up to the next one', () => {
  expect(
    asked('## Rollback', '', 'Before step 8:', '', '- `make down`', '', 'After step 8:', '', '- `make old`'),
  ).toEqual(['9: 11', '13: 15']);
});

test('a step of the rollback itself is no case', () => {
  expect(asked('## Rollback', '', '1. `make down`', '', 'After step 1:', '', '- `make old`')).toEqual([]);
});
