/** Results told with the count first: "Zero rows expected", and the other sentences of such a line. */
import {expect, test} from 'vitest';
import {readExpectations} from '../../../src/plan/phrases/expectations.ts';
import {planOf, stepAt} from '../../helpers/plan-view.ts';

test.each([
  'Zero rows expected.',
  'No rows are expected',
  'Keine Zeilen erwartet.',
  'Aucune ligne attendue.',
  'Cero filas esperadas',
  'Nenhuma linha esperada.',
])('%s', text => {
  expect(readExpectations(text, 1).map(({check}) => check)).toEqual([{kind: 'rows', op: '=', value: 0}]);
});

test.each(['A short outage is expected.', '3 restarts expected'])('%s states no result', text => {
  expect(readExpectations(text, 1)).toEqual([]);
});

test('the other sentences of the line are told to a person', () => {
  const lines = ['1. Count:', '', '   ```', '   psql -c "select 1"', '   ```', ''];
  const plan = planOf(
    '# A',
    '',
    '## Deploy',
    '',
    ...lines,
    '   Zero rows expected. Anything else: find out who it is first.',
  );
  const {expectations, instructions} = stepAt(plan, 5);
  expect(expectations.map(({text}) => text)).toEqual(['Zero rows expected.']);
  expect(instructions).toEqual(['Anything else: find out who it is first.']);
});

test('"must end with" asks for the code behind it, and not for that of the next sentence', () => {
  const found = readExpectations('`--check` must end with `0 blocking`. Warnings about `old` are known.', 1);
  expect(found).toEqual([
    {
      text: '`--check` must end with `0 blocking`.',
      line: 1,
      readable: true,
      check: {kind: 'contains', text: '0 blocking', words: true},
    },
  ]);
});

test.each([
  ['- [ ] `nomad node status` - no node down', 'no node down'],
  ['- [ ] No node down: `nomad node status`', 'No node down'],
  ['- [ ] `kubectl get pods` – alle bereit', 'alle bereit'],
  ['- [ ] Aucun nœud en panne : `kubectl get nodes`', 'Aucun nœud en panne'],
])('none or all of what is shown: %s', (item, text) => {
  const {expectations, title} = stepAt(planOf('# A', '', '## Prepare', '', item), 5);
  expect(expectations.map(one => [one.text, one.readable])).toEqual([[text, false]]);
  expect(title).toBe(text);
});

test('what is only described states no result', () => {
  expect(stepAt(planOf('# A', '', '## Prepare', '', '- [ ] `df -h` - the disk'), 5).expectations).toEqual([]);
});
