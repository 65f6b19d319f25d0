/** A sentence that tells how often a text comes out: "All four have to say `present`". */
import {expect, test} from 'vitest';
import {readExpectations} from '../../../src/plan/phrases/expectations.ts';
import {planOf, stepAt} from '../../helpers/plan-view.ts';

test.each([
  ['All four have to say `OK`.', 4],
  ['It prints one line per image. All four have to say `OK`. If one says `missing`, ask.', 4],
  ['Both must show `OK`.', 2],
  ['It should print `OK` three times', 3],
  ['Expected: 3 times `OK`', 3],
  ['Alle vier müssen `OK` melden.', 4],
  ['Beide müssen `OK` zeigen.', 2],
  ['Erwartet: zweimal `OK`', 2],
  ['Les quatre doivent afficher `OK`', 4],
  ['Les deux lignes doivent finir par `OK`', 2],
  ['Las cuatro líneas deben mostrar `OK`', 4],
  ['Ambos deben mostrar `OK`', 2],
  ['As quatro linhas devem mostrar `OK`', 4],
])('%s', (text, times) => {
  expect(readExpectations(text, 1).map(({check}) => check)).toEqual([
    {kind: 'contains', text: 'OK', words: true, times},
  ]);
});

test.each([
  'Each line must end with `OK`',
  'Jede Zeile muss `OK` zeigen',
  'Alle Zeilen müssen mit `OK` enden',
  'Chaque ligne doit afficher `OK`',
  'Cada línea debe mostrar `OK`',
  'Cada linha deve mostrar `OK`',
  'The two lines must end with `OK` (or `Passed`, by language)',
])('%s: a person judges', text => {
  expect(readExpectations(text, 1)).toMatchObject([{readable: false}]);
});

test.each(['The 2.2 release should say `OK`', 'Step 4 must print `OK`'])('%s: once', text => {
  expect(readExpectations(text, 1).map(({check}) => check)).toEqual([{kind: 'contains', text: 'OK', words: true}]);
});

test('a line of nothing but output is the result of the query or command above it', () => {
  const plan = planOf(
    '# Deploy',
    '',
    '## Check',
    '',
    '- [ ] Check it',
    '  ```sql',
    '  SELECT count(*) FROM c WHERE a IS NULL;',
    '  SELECT indisvalid FROM pg_index;',
    '  ```',
    '  `0` and `t`.',
    '- [ ] Versions',
    '  ```bash',
    '  ./versions.sh',
    '  ```',
    '  twice `5.6.1`',
  );
  const contains = (text: string) => ({kind: 'contains', text, words: true});
  expect(stepAt(plan, 5).expectations.map(({check}) => check)).toEqual([contains('0'), contains('t')]);
  expect(stepAt(plan, 11).expectations.map(({check}) => check)).toEqual([{...contains('5.6.1'), times: 2}]);
});
