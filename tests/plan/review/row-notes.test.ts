/** Notes that a table's rows carry by a letter or a raised figure hold the row, wherever the note stands. */
import {expect, test} from 'vitest';
import {parsePlan} from '../../../src/plan/parse-plan.ts';
import {emptyBindings} from '../../../src/plan/plan.ts';

/** Lines of rows, with the line of the note for which each waits for an answer. */
function held(table: readonly string[], notes: readonly string[]): string[] {
  const text = ['# Harbour', '', '## Rollout', '', ...table, '', ...notes].join('\n');
  const {proposal} = parsePlan(text, emptyBindings);
  return (proposal?.doubts ?? []).flatMap(({line, message, proposed}) => {
    const notes = [...message.matchAll(/line (\d+) says more of what is marked/g)].map(([, note]) => note);
    return proposed === undefined ? notes.map(note => `${line} by ${note}`) : [];
  });
}

const TABLE = [
  '| Nr. | Who | Command | Note |',
  '|---|---|---|---|',
  '| 1 | B | `systemctl stop crane` | a |',
  '| 2 | B | `./flash.sh north` | b, c |',
  '| 3 | B | `systemctl start crane` | |',
];

test.each([
  ['letters with brackets', ['a) Only after the harbour master has agreed.', '', 'b) Not later than 04:00.']],
  ['letters with a word', ['Note a: only after the shift leader agreed.', '', 'Note b: skip it if it is raining.']],
  ['items', ['- (a) Nur nach Freigabe durch den Schichtführer.', '- (b) Entfällt, wenn es später als 04:00 ist.']],
  ['Spanish', ['a) Solo si el turno está de acuerdo.', '', 'b) Se omite si ya son más de las 04:00, solo mañana.']],
])('%s', (_, notes) => {
  const [first = 0, second = 0] = notes.flatMap((text, index) => (text === '' ? [] : [index + 11]));
  expect(held(TABLE, notes)).toEqual([`7 by ${first}`, `8 by ${second}`]);
});

test('notes may stand in a table and be marked with raised figures', () => {
  const table = TABLE.map(row => row.replace('| a |', '| ¹ |').replace('| b, c |', '| ² |'));
  expect(held(table, ['| Mark | Says |', '|---|---|', '| ¹ | Only on weekdays |', '| ² | Red valve |'])).toEqual([
    '7 by 13',
  ]);
});

test('a note that restricts nothing asks nothing, and neither do initials', () => {
  expect(held(TABLE, ['a) The crane is yellow.'])).toEqual([]);
  expect(held(TABLE, ['B: Brigitte Hansen'])).toEqual([]);
});
