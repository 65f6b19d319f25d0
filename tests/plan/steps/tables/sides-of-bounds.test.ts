/** Each bound of a row is read by its column, and the first cell says what is measured, whatever the heads are called. */
import {expect, test} from 'vitest';
import {planOf} from '../../../helpers/plan-view.ts';

function rulesOf(...lines: readonly string[]) {
  const {rules} = planOf('# Ferry', '', '## Deploy', '', ...lines);
  return rules.map(({text, role}) => `${role} ${text}`);
}

test.each([
  ['| panel | fine | stop loading |', 'Wait'],
  ['| panel | ok | ring the pilot |', 'Wait'],
  ['| Anzeige | Ziel | ab hier anhalten |', 'Warten'],
  ['| panel | objetivo | parada |', 'Esperar'],
])('what lies on the other side of what is good is an alert: %s', head => {
  const rows = ['|---|---|---|', '| door latency | < 180 ms | > 400 ms for 3 min |', '| errors | < 1 % | > 5 % |'];
  expect(rulesOf(head, ...rows)).toEqual([
    'target door latency: < 180 ms',
    'alert door latency: > 400 ms for 3 min',
    'target errors: < 1 %',
    'alert errors: > 5 %',
  ]);
});

test('the same side under another head is none', () => {
  const rows = ['|---|---|---|', '| errors | < 1 % | < 2 % |'];
  expect(rulesOf('| panel | fine | last year |', ...rows)).toEqual(['target errors: < 1 %']);
});

test('below an empty head stands what is looked at', () => {
  const {steps} = planOf(
    '# Ferry',
    '',
    '## Deploy',
    '',
    '| | every | ring me if |',
    '|---|---|---|',
    '| mail of the pilot | Mon, Tue | any |',
    '| `df -h /srv` on the quay | Mon | over 75% |',
    '| old `mailq` | Tue | not empty |',
  );
  expect(steps.map(({title}) => title)).toEqual(['mail of the pilot', 'on the quay', 'old mailq']);
  expect(steps[0]?.instructions).toEqual(['every: Mon, Tue', 'ring me if: any']);
});
