import {describe, expect, test} from 'vitest';
import {commandsOf, kindOf} from '../../../../src/plan/plan.ts';
import {actionOf, commandTexts, planOf, stepAt} from '../../../helpers/plan-view.ts';

describe('a table of steps', () => {
  const plan = planOf(
    '## Deploy',
    '| Step | Action | Command | Owner | Expected | Duration | Status |',
    '|---|---|---|---|---|---|---|',
    '| 1 | Stop the workers | `systemctl stop worker` | SRE | inactive | 5 min | ⬜ |',
    '| 2 | Tell the desk | | Support | | | ⬜ |',
    '| 3 | GO/NO-GO | | Release manager | | | |',
  );

  test('gives each row a step with its command, owner, expectation and duration', () => {
    const step = stepAt(plan, 4);
    expect(step).toMatchObject({title: 'Stop the workers', kind: 'shell', owner: 'SRE', boxes: []});
    expect(step.estimate).toEqual({minMs: 300_000, maxMs: 300_000});
    expect(commandTexts(step)).toEqual(['systemctl stop worker']);
    expect(step.expectations.map(({check}) => check)).toEqual([{kind: 'contains', text: 'inactive', words: true}]);
  });

  test('a row without a command is for a person, and may be a gate', () => {
    expect(stepAt(plan, 5)).toMatchObject({kind: 'manual', owner: 'Support'});
    expect(stepAt(plan, 6)).toMatchObject({kind: 'manual', gate: true});
  });

  test('the command may stand in any cell, and the name be bold', () => {
    const odd = planOf('## Setup', '| What | How |', '|---|---|', '| **2. Start** | `npm run migrate` | x |');
    expect(stepAt(odd, 4)).toMatchObject({title: '2. Start', kind: 'shell'});
  });

  test('what a row would do to go back is not run with it', () => {
    const odd = planOf(
      '## Deploy',
      '| Step | Command | Rollback |',
      '|---|---|---|',
      '| Go | `make up` | `make down` |',
    );
    expect(commandTexts(stepAt(odd, 4))).toEqual(['make up']);
  });

  test('times are marks on the clock', () => {
    const timed = planOf(
      '## Run sheet',
      '| Time | Task | Who |',
      '|---|---|---|',
      '| T-30 | Freeze | Ana |',
      '| 22:15 | Stop | Bo |',
    );
    expect(stepAt(timed, 4)).toMatchObject({at: {offsetMs: -1_800_000}, owner: 'Ana'});
    expect(stepAt(timed, 5)).toMatchObject({at: {clock: '22:15'}});
  });
});

describe('other tables', () => {
  test('columns say whether a bound is a goal, an alert or a reason to roll back', () => {
    const plan = planOf(
      '## Monitoring',
      '| Metric | Target | Alert | Rollback |',
      '|---|---|---|---|',
      '| Error rate | < 0.1% | > 0.5% | > 2% |',
    );
    expect(plan.rules.map(({role, op, value}) => [role, op, value])).toEqual([
      ['target', '<', 0.1],
      ['alert', '>', 0.5],
      ['trigger', '>', 2],
    ]);
    expect(kindOf(stepAt(plan, 4).action)).toBe('rule');
  });

  test('every row under a heading of triggers is one', () => {
    const plan = planOf(
      '## Rollback triggers',
      '| Condition | Threshold |',
      '|---|---|',
      '| Error rate | > 5% |',
      '| Data loss | any |',
    );
    expect(plan.rules.map(({line, role, person}) => [line, role, person])).toEqual([
      [4, 'trigger', false],
      [5, 'trigger', true],
    ]);
  });

  test('people are contacts, and who is missing is asked for', () => {
    const plan = planOf(
      '## Contacts',
      '| Role | Name | Phone |',
      '|---|---|---|',
      '| Lead | Ana | 555 |',
      '| DBA | | |',
    );
    expect(plan.contacts.map(({role, name, blank}) => [role, name, blank])).toEqual([
      ['Lead', 'Ana, 555', false],
      ['DBA', '', true],
    ]);
  });

  test('empty cells of a sign-off are blanks', () => {
    const plan = planOf('## Sign-off', '| Role | Name | Signature |', '|---|---|---|', '| Lead | Ana | |');
    expect(plan.steps[0]).toMatchObject({action: {kind: 'input'}});
  });

  test('a table that only informs is no step', () => {
    const plan = planOf('## Deploy', '- [ ] go', '', '| Name | Old | New |', '|---|---|---|', '| a | 1 | 2 |');
    expect(plan.steps).toHaveLength(1);
    expect(plan.contacts).toEqual([]);
  });

  test('of rows for different cases one is chosen', () => {
    const plan = planOf(
      '## Rollback',
      '| Situation | Do |',
      '|---|---|',
      '| Canary only | `helm rollback shop` |',
      '| Everything | restore the dump |',
    );
    const [, ...steps] = plan.steps;
    expect(actionOf(stepAt(plan, 4), 'choice').arms.map(({title}) => title)).toEqual(['Canary only', 'Everything']);
    expect(steps.map(({action, arm}) => [kindOf(action), arm?.arm])).toEqual([
      ['shell', 'L4'],
      ['manual', 'L5'],
    ]);
  });

  test.each(['Size of change', 'Type of change', 'Tamaño', 'Umfang'])('rows by %s are cases', head => {
    const plan = planOf('## Deploy', `| ${head} | How |`, '|---|---|', '| a | `make a` |', '| b | `make b` |');
    expect(actionOf(stepAt(plan, 4), 'choice').arms).toHaveLength(2);
  });

  test('cases of a test are all tried', () => {
    const plan = planOf(
      '## Verify',
      '| Case | Command | Expected |',
      '|---|---|---|',
      '| a | `make a` | ok |',
      '| b | `make b` | ok |',
    );
    expect(plan.steps.map(({action}) => kindOf(action))).toEqual(['shell', 'shell']);
  });
});

test('a row without words of its own is called after its command, not after who runs it', () => {
  const plan = planOf(
    '## Cutover',
    '| Step | Owner | Command | Expected |',
    '|---|---|---|---|',
    '| 3.1 | DBA | `psql -f up.sql` | exit 0 |',
  );
  expect(stepAt(plan, 4)).toMatchObject({title: 'psql -f up.sql', owner: 'DBA', expectations: []});
});

test('a bar written so that it does not end its cell is a plain bar of the command', () => {
  const plan = planOf('## Verify', '| Check | Command |', '|---|---|', '| disk | `df / \\| tail -1` |');
  expect(commandTexts(stepAt(plan, 4))).toEqual(['df / | tail -1']);
});

test.each([
  [['| Lock time | test loop | 3 |', '| Frames | `demodctl stats` | 0 |'], ['demodctl stats']],
  [['| Lock time | test loop | 3 |', '| Noise | spectrum analyser | low |'], []],
  [
    ['| Stop | systemctl stop web | ok |', '| Nothing | – | – |', '| Ship | make deploy | ok |'],
    ['systemctl stop web', 'make deploy'],
  ],
])('bare words in a column "How" are commands only where all of it is: %j', (rows, expected) => {
  const {steps} = planOf('## Deploy', '', '| Step | How | Expected |', '|---|---|---|', ...rows);
  expect(steps.flatMap(commandsOf).map(({text}) => text)).toEqual(expected);
});

describe('a cell of a column of commands that says what a person does', () => {
  const rows = (...cells: readonly string[]) =>
    planOf(
      '## Deploy',
      '| # | Command / action | Notes |',
      '|---|---|---|',
      ...cells.map((cell, index) => `| ${index + 1} | ${cell} | Sami |`),
    );

  test.each([
    ['Status page → "maintenance"'],
    ['Statusseite auf „Wartung“ stellen'],
    ['Page de statut → « maintenance »'],
  ])('%j is the title, and not the note beside it', cell => {
    expect(stepAt(rows(cell, '`make a`'), 4)).toMatchObject({kind: 'manual', title: cell});
  });

  test.each([
    ['CNAME `mail` → mx2, MX → mx2 in all 9 zones'],
    ['Send one to the outside, check `spf=pass dkim=pass` in its header'],
    ['Im Kopf der Mail muss danach `dkim=pass` stehen'],
    ['Añadir el registro `www` en las dos zonas de DNS'],
  ])('%j holds no command', cell => {
    expect(kindOf(stepAt(rows(cell, '`make a`'), 4).action)).toBe('manual');
  });

  test('code with a word or two around it is a command, whatever its program is', () => {
    expect(commandTexts(stepAt(rows('then `relctl2`', '`make a`'), 4))).toEqual(['relctl2']);
  });
});
