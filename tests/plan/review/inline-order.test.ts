/** An item that says itself that it comes after the next one waits for a person. */
import {expect, test} from 'vitest';
import {planOf} from '../../helpers/plan-view.ts';

function asked(...items: readonly string[]): number[] {
  const {proposal} = planOf('# Shop', '', '## Deploy', '', ...items.map(item => `- [ ] ${item}`));
  return (proposal?.doubts ?? []).flatMap(({line, proposed, message}) =>
    proposed === undefined && message.includes('beside its commands') ? [line] : [],
  );
}

test.each([
  ['`curl -sI https://shop.example/ok` must give `200`, so look at this after the next line', '`rm /srv/OFFLINE`'],
  ['`curl -sI https://shop.example/ok` muss `200` geben, also erst nach dem nächsten Schritt ansehen', '`rm /srv/AUS`'],
  [
    '`curl -sI https://shop.example/ok` tiene que dar `200`; esto se mira después de la línea siguiente',
    '`rm /srv/NO`',
  ],
  ["`curl -sI https://shop.example/ok` doit donner `200`, à regarder après l'étape suivante", '`rm /srv/HS`'],
])('%s', (first, second) => {
  expect(asked(first, second)).toEqual([5]);
});

test('the order in which it stands is no question', () => {
  expect(asked('`rm /srv/OFFLINE`', '`curl -sI https://shop.example/ok` must give `200` after the line above')).toEqual(
    [],
  );
});
