/** A block below a table or a list that is the work of one of its rows does not run behind all of them without a question. */
import {expect, test} from 'vitest';
import {planOf} from '../../helpers/plan-view.ts';

function asked(...lines: readonly string[]): readonly number[] {
  const {proposal} = planOf(...lines);
  return (proposal?.doubts ?? []).flatMap(({line, message, proposed}) =>
    /sends to what stands below it|nothing leads to it/.test(message) && proposed === undefined ? [line] : [],
  );
}

const fence = ['```bash', 'pg_restore -d tolls /srv/tolls.dump', '```'];

test.each([
  [
    'a row',
    '## Back-out',
    ['| # | Who | Action |', '|---|---|---|', '| 1 | Ada | Restore, see below |', '| 2 | Ada | Open the lanes |'],
  ],
  [
    'a row in German',
    '## Rückbau',
    [
      '| Nr. | Wer | Aktion |',
      '|---|---|---|',
      '| 1 | Ada | Einspielen, siehe unten |',
      '| 2 | Ada | Schranken öffnen |',
    ],
  ],
  [
    'a row in Spanish',
    '## Vuelta atrás',
    [
      '| # | Quién | Acción |',
      '|---|---|---|',
      '| 1 | Ada | Restaurar (ver más abajo) |',
      '| 2 | Ada | Abrir las barreras |',
    ],
  ],
  [
    'a row that says nothing of it',
    '## Rollback',
    [
      '| Step | Who | Action |',
      '|---|---|---|',
      '| 1 | Ada | Put the old tolls in again |',
      '| 2 | Ada | Open the lanes |',
    ],
  ],
  [
    'an item',
    '## Rollback',
    ['1. Restore the tolls (commands below).', '2. Ring the toll plaza.', '3. Open the lanes.'],
  ],
  [
    'the deploy',
    '## Deploy',
    ['| Step | Who | Action |', '|---|---|---|', '| 1 | Ada | Load it, see below |', '| 2 | Ada | Open the lanes |'],
  ],
])('a block below %s waits', (_, title, lines) => {
  expect(asked(title, '', ...lines, '', ...fence)).toEqual([lines.length + 4]);
});

test.each([
  [
    'a case of the row',
    ['| # | Who | Action |', '|---|---|---|', '| 1 | Ada | Restore, see below. Only if the load was begun. |'],
  ],
])('%s is that of the block too', (_, lines) => {
  expect(asked('## Back-out', '', ...lines, '', ...fence)).toEqual([lines.length + 4]);
});

test.each([
  [
    'a row with its own command',
    [
      '| # | Who | Action |',
      '|---|---|---|',
      '| 1 | Ada | `systemctl stop toll` |',
      '| 2 | Ada | `systemctl start toll` |',
    ],
  ],
  [
    'a last row that leads to it',
    ['| # | Who | Action |', '|---|---|---|', '| 1 | Ada | Close the lanes |', '| 2 | Ada | Restore, see below |'],
  ],
  [
    'a sentence that leads to it',
    ['| # | Who | Action |', '|---|---|---|', '| 1 | Ada | Close the lanes |', '', 'Then load the old tolls:'],
  ],
  ['a list whose items stand for themselves', ['1. Close the lanes.', '2. Ring the toll plaza.', '', 'Load them:']],
])('a block behind %s does not', (_, lines) => {
  expect(asked('## Rollback', '', ...lines, '', ...fence)).toEqual([]);
});
