/** Hours under "Target" are no output, and a bound with what is done about it is a rule wherever it stands in a row. */
import {expect, test} from 'vitest';
import {planOf} from '../../../helpers/plan-view.ts';

function planOfTable(title: string, ...rows: readonly string[]) {
  const [head = '', ...others] = rows;
  return planOf(`## ${title}`, '', head, head.replaceAll(/[^|]+/g, '---'), ...others);
}

test.each([
  ['Deploy', '| Step | Who | Action | Target |', '| 1 | Ada | `systemctl stop lifts` | 02:15 |'],
  ['Deploy', '| Step | Who | Action | Expected |', '| 1 | Ada | Close the lifts | 02:15 UTC |'],
  ['Durchführung', '| Schritt | Wer | Aktion | Soll |', '| 1 | Ada | Bahn anhalten | 02:15 Uhr |'],
])('in "%s" below %s an hour is when the step is due: %s', (title, head, row) => {
  const {steps} = planOfTable(title, head, row, row.replace(/02:15[^|]*/, '– ').replace(/ 1 /, ' 2 '));
  expect(steps.map(({at, expectations}) => [at, expectations])).toEqual([
    [{clock: '02:15'}, []],
    [undefined, []],
  ]);
});

test('an hour among other answers is what the step shows', () => {
  const {steps} = planOfTable(
    'Deploy',
    '| Step | Command | Expected |',
    '| 1 | `timedatectl` | 02:15 |',
    '| 2 | `whoami` | tower |',
  );
  expect(steps.map(({expectations}) => expectations.length)).toEqual([1, 1]);
});

test.each([
  [
    'Monitoring',
    '| Measure | Source | Normal | Action |',
    '| Queue | `mqctl depth` | < 20 | > 100 for 10 min: call the desk |',
    ['alert > 100'],
  ],
  [
    'Monitoring',
    '| Measure | Source | Normal | Reaction |',
    '| Rejects | `mqctl rejects` | 0–2 per h | > 5 per h → roll back |',
    ['trigger > 5'],
  ],
  [
    'Überwachung',
    '| Größe | Quelle | Normal | Aktion |',
    '| Rückstau | `mqctl depth` | < 20 | > 100 für 10 min: Leitstelle anrufen |',
    ['alert > 100'],
  ],
])('in "%s" below %s a bound in %s is a rule', (title, head, row, rules) => {
  const plan = planOfTable(title, head, row);
  expect(plan.rules.filter(({role}) => role !== 'target').map(({role, op, value}) => `${role} ${op} ${value}`)).toEqual(
    rules,
  );
  expect(plan.steps[0]?.title).toBe(row.split('|')[1]?.trim());
});
