/** Each order of a paragraph is a step of its own; what only tells stays with the order before it. */
import {expect, test} from 'vitest';
import {planOf} from '../../helpers/plan-view.ts';

function byHand(text: string): readonly string[] {
  const {steps} = planOf('## Rollback', '', '```bash', './back.sh', '```', '', text);
  return steps.filter(({action}) => action.kind === 'manual').map(({title}) => title);
}

test.each([
  ['Start the gateways. Push the list again, see above.', ['Start the gateways.', 'Push the list again, see above.']],
  ['Tell the tower. It takes a minute. Wait for their answer.', ['Tell the tower.', 'Wait for their answer.']],
  ['Den Turm informieren. Die Liste erneut verteilen.', ['Den Turm informieren.', 'Die Liste erneut verteilen.']],
  ['Prévenez la tour. Attendez leur réponse.', ['Prévenez la tour.', 'Attendez leur réponse.']],
  ['Restart the belt. If it squeaks, stop it.', ['Restart the belt.', 'If it squeaks, stop it.']],
])('%s', (text, titles) => {
  expect(byHand(text)).toEqual(titles);
});

test.each([
  ['Tell Lise at the desk (ext. 12) that the tills close.', 'a short form before a figure'],
  ['Tell Dr. Ito that the tills close.', 'a title before a name'],
  ['Tell the desk (they sit upstairs. Really.) that the tills close.', 'brackets'],
  ['Ring A. Okonjo about the tills.', 'an initial'],
])('%s is cut by no dot of %s', text => {
  expect(byHand(text)).toEqual([text]);
});
