/** Code that a sentence quotes is looked for in the answer only when the sentence says plainly that it comes out. */
import {expect, test} from 'vitest';
import {planOf} from '../../helpers/plan-view.ts';

const expectedBelow = (text: string) =>
  planOf('## Deploy', '', '```bash', './load-recipes.sh', '```', '', text).steps[0]?.expectations.map(
    ({readable, check}) => (readable ? check : 'a person'),
  );

test.each([
  ['Phase must be `Baked`.', 'Baked'],
  ['The state should be `IDLE`, not `BUSY`.', 'IDLE'],
  ['It should show `3 ovens up`. If not, ring the baker.', '3 ovens up'],
  ['Expected: `ALL OVENS WARM`', 'ALL OVENS WARM'],
  ['Die Ausgabe sollte `ALLE WARM` sein.', 'ALLE WARM'],
  ['It should show `"oven":"7"` at the end', '"oven":"7"'],
])('%s', (text, found) => {
  expect(expectedBelow(text)).toEqual([{kind: 'contains', text: found, words: true}]);
});

test('both of two codes, also where the answer is cut off', () => {
  expect(expectedBelow('It should show `"version":"7.5.2"` and `"db":"16`…')).toEqual([
    {kind: 'contains', text: '"version":"7.5.2"', words: true},
    {kind: 'contains', text: '"db":"16', words: true},
  ]);
});

test.each([
  'The list should come back empty. If it names anything with `STALE true`, stop.',
  'It should print nothing with `STALE`.',
  'No oven should show `COLD`.',
  'It should show no line with `E-STOP` in it.',
  'If the gas is on, it should show `WARM`.',
  'The shelf must still be the same. See `shelf.log` for the old one.',
  'La lista debería estar vacía. Si aparece `FRÍO`, avise al panadero.',
  'La liste doit être vide. Si elle contient `FROID`, prévenez le boulanger.',
  'A lista deve estar vazia. Se aparecer `FRIO`, avise o padeiro.',
  'Es sollte nichts mit `KALT` zeigen.',
  'The sum must be `9f2c41…e07b`.',
  'Expected: 9f2c41…e07b (the full value is in the ticket)',
  'Die Ausgabe sollte `ab12...ff09` sein.',
  'La suma debe ser `9f2c…e07b`.',
])('"%s" is judged by a person', text => {
  expect(expectedBelow(text)).toEqual(['a person']);
});

test.each([
  'The rack must be the old one. `kubectl -n ovens get svc rack` should show `10.0.0.7`',
  'Done when `curl -s http://oven.test/version` says `4.2`.',
  'Fertig, wenn `curl -s http://ofen.test/version` → `4.2`.',
  'It should look like `kubectl get pods -n ovens` did before.',
])('"%s" tells what another command prints', text => {
  expect(expectedBelow(text)).toEqual(['a person']);
});

test('a first sentence that says by itself what comes out is checked', () => {
  expect(expectedBelow('Die Liste sollte leer sein. Steht dort `KALT`, anhalten.')).toEqual([{kind: 'empty'}]);
});

test('what the command above itself prints is looked for', () => {
  expect(expectedBelow('`./load-recipes.sh` should print `12 recipes`')).toEqual([
    {kind: 'contains', text: '12 recipes', words: true},
  ]);
});
