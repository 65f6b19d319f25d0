/** Work of several days is not done at once without a question. */
import {describe, expect, test} from 'vitest';
import {daysIn} from '../../../src/plan/review/order/days.ts';
import {planOf} from '../../helpers/plan-view.ts';

/** The lines that are asked about because of days, with the steps that wait. */
function asked(...lines: readonly string[]): string[] {
  const {proposal, steps} = planOf('# Fleet update', '', ...lines);
  return (proposal?.doubts ?? []).flatMap(({message, line, proposed, steps: ids}) => {
    if (!/several days|another day/.test(message) || proposed !== undefined) return [];
    return [`${line}: ${steps.filter(({id}) => ids.includes(id)).map(step => step.line)}`];
  });
}

test.each([
  ['Thu Dec 3 and Mon Dec 7', ['Thu Dec 3', 'Mon Dec 7']],
  ['3rd of December, then 7 Dec.', ['3rd of December', '7 Dec']],
  ['Montag die ersten, am Mittwoch die anderen', ['Montag', 'Mittwoch']],
  ['2026-12-03, 07.12. und 8.12.2026', ['2026-12-03', '07.12.', '8.12.2026']],
  ['lundi puis mercredi', ['lundi', 'mercredi']],
  ['Tue 15 Dec 08:00 – Wed 16 Dec 18:00', ['Tue 15 Dec']],
  ['Dec 3 (Thu Dec 3)', ['Dec 3']],
  ['marching on; 3 of 5 may wait; version 12.1.4; sundial', []],
])('the days of "%s"', (text, days) => {
  expect(daysIn(text)).toEqual(days);
});

describe('asked once, for the commands below', () => {
  test.each([
    ['a sentence', ['Wave 1 Monday: hosts s1 s2; wave 2 Wednesday: hosts s3 s4.', '', '`make assign`']],
    [
      'a table',
      ['| Wave | Date |', '|---|---|', '| 1 | Thu Dec 3 |', '| 2 | Mon Dec 7 |', '', '- [ ] `./assign.sh w1`'],
    ],
    ['a German list', ['- Filialen 1-40: 3. Dezember', '- Filialen 41-85: 7. Dezember', '', '1. `./zuweisen.sh`']],
    ['a Spanish list', ['- primera ola: lunes', '- segunda ola: jueves', '', '1. `./asignar.sh`']],
    ['its own items', ['1. Wave 1 (Dec 3): `./assign.sh w1`', '2. Wave 2 (Dec 7): `./assign.sh w2`']],
    [
      'the rows with the commands',
      ['| When | Do |', '|---|---|', '| Mon 09:00 | `./a.sh` |', '| Wed 09:00 | `./b.sh` |'],
    ],
  ])('%s', (_, lines) => {
    expect(asked('## Deploy', '', ...lines).length).toBe(1);
  });

  test('titles', () => {
    const lines = [
      '## Deploy the servers, Tue Dec 1',
      '',
      '`systemctl restart tms`',
      '',
      '## Deploy to the pilot stores, Wed Dec 2',
      '',
      '`systemctl restart pilot`',
    ];
    expect(asked(...lines)).toEqual(['7: 9']);
  });
});

test.each([
  ['one day', ['Outage on Tue 15 Dec, 08:00.', '', '`make assign`']],
  ['a window', ['Outage Tue 15 Dec 08:00 – Wed 16 Dec 18:00', '', '`make assign`']],
  ['what a person does', ['- [ ] Tell the stores by Dec 3', '- [ ] Ask the bank on Dec 5', '', '`make assign`']],
  ['what is ticked already', ['- [x] Filed on Nov 3, approved Nov 24', '', '`make assign`']],
  ['days behind the commands', ['`make assign`', '', 'The stores report on Monday and on Wednesday.']],
  ['days that are conditions', ['1. Monday: `./a.sh`', '2. Wednesday: `./b.sh`']],
  ['dates in code', ['Read `log-2026-12-03` and `log-2026-12-04`.', '', '`make assign`']],
])('not asked: %s', (_, lines) => {
  expect(asked('## Deploy', '', ...lines)).toEqual([]);
});
