import {expect, test} from 'vitest';
import {planOf} from '../../../helpers/plan-view.ts';

const table = (...rows: readonly string[]) => {
  const [head = '', ...others] = rows;
  const marks = `|${'---|'.repeat(head.split('|').length - 2)}`;
  return [head, marks, ...others];
};

/** The reasons to roll back, with the doubt that each is, and the steps. */
function reasonsIn(title: string, ...rows: readonly string[]) {
  const {rules, steps, proposal} = planOf(
    '## Deploy',
    '',
    '```bash',
    './up.sh',
    '```',
    '',
    title,
    '',
    ...table(...rows),
  );
  const asked = new Set(proposal?.doubts.flatMap(({code, rules: own = []}) => (code === 'trigger-assumed' ? own : [])));
  return {
    reasons: rules.filter(({role}) => role === 'trigger').map(({id, text}) => `${text}${asked.has(id) ? ' ?' : ''}`),
    steps: steps.slice(1).map(({title: own}) => own),
  };
}

test.each([
  [
    '## 4 Decision',
    [
      '| Situation at 22:00 | Decision |',
      '| all green | close the change |',
      '| no ACK | back out |',
      '| HSM down | stop, roll back |',
    ],
    ['no ACK ?', 'HSM down ?'],
  ],
  [
    '## What then',
    ['| # | Seen | Do |', '| 1 | more than 3 % failed logins | go back to the old one |', '| 2 | slow | no rollback |'],
    ['more than 3 % failed logins ?'],
  ],
  [
    '## If so',
    ['| If | Then |', '| one till slow | leave it |', '| two cannot pay | back to 3.8 |'],
    ['two cannot pay ?'],
  ],
  [
    '## Entscheidung',
    ['| Lage | Dann |', '| Kasse steht | sofort zurückrollen |', '| läuft | weiter |'],
    ['Kasse steht ?'],
  ],
])('the case whose row ends in the rollback is a reason for it: %s', (title, rows, reasons) => {
  expect(reasonsIn(title, ...rows)).toEqual({reasons, steps: []});
});

test.each([
  ['## Contacts', ['| Who | What |', '| Ana | rollback |']],
  ['## Troubleshooting', ['| Symptom | Fix |', '| no ACK | roll back |']],
  ['## Versions', ['| Host | Note |', '| web-1 | old, before the rollback of May |']],
])('a table that decides nothing holds no reasons: %s', (title, rows) => {
  expect(reasonsIn(title, ...rows).reasons).toEqual([]);
});

test.each([
  ['## Obserwacja', ['| Wskaźnik | W normie | Wycofanie |', '| błędy 5xx | < 1 % | > 5 % |']],
  ['## Sledování', ['| Ukazatel | V pořádku | Návrat zpět |', '| chyby 5xx | < 1 % | > 5 % |']],
  ['## Bewaking', ['| Meetwaarde | Goed | Terugdraaien |', '| fouten 5xx | < 1 % | > 5 % |']],
])('the columns of a table are known in languages that have no file: %s', (title, rows) => {
  expect(reasonsIn(title, ...rows).reasons).toHaveLength(1);
});

test('bounds in words are read where the column says what they are for', () => {
  const rows = [
    '| signal | roll back when |',
    '| error rate | over 2 % for 5 min |',
    '| orders | none for 10 minutes |',
  ];
  expect(
    planOf('## Watch', '', ...table(...rows)).rules.map(({metric, role, op, value}) => [metric, role, op, value]),
  ).toEqual([
    ['error rate', 'trigger', '>', 2],
    ['orders: none for 10 minutes', 'trigger', '>', 0],
  ]);
});
