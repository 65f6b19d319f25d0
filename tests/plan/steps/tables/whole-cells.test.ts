/** What the cells of a row say beside what is read from them. */
import {expect, test} from 'vitest';
import {planOf} from '../../../helpers/plan-view.ts';

const rowOf = (action: string, expected: string) =>
  planOf(
    '# Mill',
    '',
    '## Deploy',
    '',
    '| Step | Action | Expected |',
    '|---|---|---|',
    `| 1 | ${action} | ${expected} |`,
  );

test.each([
  ['Role A. If it is B, swap both below.', 'If it is B'],
  ['Rolle A. Falls es B ist, unten beide tauschen.', 'Falls es B ist'],
  ['Under 40 s. Panels go red and reconnect.', 'Panels go red'],
  ['Moins de 40 s. Les écrans passent au rouge.', 'Les écrans passent'],
])('"%s" says more than what is expected, and that is asked', (expected, more) => {
  const {proposal, steps} = rowOf('`millctl show`', expected);
  expect(steps[0]?.instructions.join(' ')).toContain(more);
  expect(proposal?.doubts.some(({line, message}) => line === 7 && message.includes(more))).toBe(true);
});

test.each([
  ['`millctl attach 2` and wait until the lag is below 5 s', 'wait until the lag is below 5 s'],
  ['`millctl start`; leave the second mill stopped', 'leave the second mill stopped'],
  ['`millctl attach 2`, puis attendre la fin de la copie', 'attendre la fin de la copie'],
])('behind the command of "%s" a person is asked', (action, asked) => {
  const {steps} = rowOf(action, 'done');
  expect(steps.map(({action: {kind}}) => kind)).toEqual(['script', 'manual']);
  expect(steps[1]?.title).toBe(asked);
});

const backWith = (head: string, ...rows: readonly string[]) =>
  planOf('# Mill', '', '## Deploy', '', '`millctl load`', '', '## Rollback', '', head, '|---|---|', ...rows);

test.each(['| Trigger | Action |', '| Auslöser | Aktion |', '| Déclencheur | Action |', '| Disparador | Acción |'])(
  'below %s a row is a reason and a way back',
  head => {
    const {rules, steps} = backWith(
      head,
      '| 3.6 fails | Back-out X |',
      '| The lag does not fall below 5 s, or more than two mills stop | Back-out Y |',
      '| Both mills are down | By hand. Ring the foreman |',
    );
    expect(rules.map(({line, role, person}) => [line, role, person])).toEqual(
      [11, 12, 12, 13].map(line => [line, 'trigger', true]),
    );
    expect(steps.some(({action}) => action.kind === 'choice')).toBe(true);
  },
);
