/** A sentence before the label of a blank stays in what a person reads when they fill it in. */
import {expect, test} from 'vitest';
import {planOf, stepAt} from '../../helpers/plan-view.ts';

test.each([
  ['Start only when the driver has called "line closed". Write the time: ______', 'line closed'],
  ['Erst anfangen, wenn die Schicht zugestimmt hat. Uhrzeit: ______', 'Erst anfangen, wenn die Schicht'],
  ['No empezar sin el capitán. Hora: ______', 'No empezar sin el capitán.'],
  ['Wait for the harbour master. Then note the level: ____ and the wind: ____', 'Wait for the harbour master.'],
])('%s', (text, kept) => {
  expect(stepAt(planOf('# Ferry', '', '## Deploy', '', text), 5)).toMatchObject({
    kind: 'input',
    title: expect.stringContaining(kept),
  });
});

test('labels alone are the title', () => {
  const plan = planOf('# Ferry', '', '## Deploy', '', 'Level before: ______, level after: ______.');
  expect(stepAt(plan, 5).title).toBe('Level before, level after');
});
