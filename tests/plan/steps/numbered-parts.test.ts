/** Documents of plain text: numbered boxes, titles with remarks, reasons without a colon, prompts of programs. */
import {expect, test} from 'vitest';
import {parsePlan} from '../../../src/plan/parse-plan.ts';
import {commandsOf, emptyBindings} from '../../../src/plan/plan.ts';
import {lineMargin} from '../../../src/run/wording/line-margin.ts';

const read = (...lines: string[]) => parsePlan(lines.join('\n'), emptyBindings);
const asOf = (...lines: string[]) =>
  lineMargin(read(...lines))
    .filter(({as}) => as !== 'layout')
    .map(({line, as}) => `${line} ${as}`);

test('a box behind a number is a task, and a blank beside it is filled in', () => {
  const plan = read(
    '## Prepare',
    '',
    '1.1 [ ] The vendor has agreed',
    '1.2 [ ] Hazard log no. ____',
    '1.3 [x] Forms are printed',
  );
  expect(plan.steps.map(({line, action}) => `${line} ${action.kind}`).toSorted()).toEqual([
    '3 manual',
    '4 input',
    '5 manual',
  ]);
});

test('a numbered box that leads to commands names them', () => {
  const plan = read('## Deploy', '', '3.2 [ ] On app02:', '', '```bash', 'sudo systemctl stop app', '```');
  expect(plan.steps.map(({title, action}) => [title, action.kind])).toEqual([['3.2 [ ] On app02', 'script']]);
});

test('every numbered line of a paragraph is a step, whatever stands below it', () => {
  const lines = [
    '## Rollback',
    '',
    '6.1 The feeds are paused again',
    '6.2 The application is stopped on both',
    '6.3 On the database:',
    '',
    '```bash',
    './back.sh',
    '```',
  ];
  expect(asOf(...lines)).toEqual(['1 heading', '3 step', '4 step', '5 step', '8 command']);
});

test('a remark behind a title in capitals does not make it a sentence', () => {
  const plan = read(
    'Title',
    '=====',
    '',
    'SECTION 1   INSTALL',
    '',
    'a',
    '',
    'SECTION 2   CHECKS',
    '',
    'b',
    '',
    'SECTION 3   BACKOUT   (vendor to confirm 3.3!!)',
    '',
    '3.1 The feeds are paused',
  );
  expect(plan.sections.map(({line, role}) => `${line} ${role}`)).toContain('12 rollback');
});

test('reasons follow "Back out if" without a colon, and end where numbered parts begin', () => {
  const lines = [
    'Title',
    '=====',
    '',
    'SECTION 1   INSTALL',
    '',
    './a',
    '',
    'SECTION 2   CHECKS',
    '',
    './b',
    '',
    'SECTION 3   BACKOUT',
    '',
    'Back out if',
    '- the picture is wrong',
    '- queue > 20 for 10 minutes',
    '',
    '3.1 The feeds are paused again',
    '3.2 The old disks are put back',
  ];
  const plan = read(...lines);
  expect(plan.rules.map(({line, role}) => `${line} ${role}`)).toEqual(['15 trigger', '16 trigger']);
  const back = plan.sections.filter(({use}) => use === 'rollback').map(({id}) => id);
  expect(plan.steps.filter(({section}) => back.includes(section)).map(({line}) => line)).toEqual([18, 19]);
});

test('reasons in a table under "Roll back when" end before "How:"', () => {
  const plan = read(
    '## Production',
    '',
    '```bash',
    './ship.sh',
    '```',
    '',
    'Roll back when',
    '',
    '| | bound | for |',
    '|---|---|---|',
    '| HTTP 5xx | > 1% | 5 min |',
    '',
    'How: run `./back.sh` on b, then on a',
  );
  expect(plan.rules.map(({line, role}) => `${line} ${role}`)).toEqual(['11 trigger']);
  expect(plan.sections.at(-1)).toMatchObject({title: 'Production', line: 13});
});

test('what was typed behind the prompt of a program is never a silent note', () => {
  const lines = ['## Backup', '', '    rman target /', "    RMAN> BACKUP DATABASE TAG 'BEFORE';", '    RMAN> exit', ''];
  expect(asOf(...lines)).toEqual(['1 heading', '3 not-read', '4 not-read', '5 not-read']);
});

test('an arrow between two commands of one program leads on, and expects nothing', () => {
  const [step] = read('## After', '', '- [ ] unsilence (`amtool silence query` → `amtool silence expire <ID>`)').steps;
  expect(step?.expectations).toEqual([]);
  const [other] = read('## After', '', '- [ ] `kubectl get pods` → `12/12 Running`').steps;
  expect(other === undefined ? [] : commandsOf(other).map(({text}) => text)).toEqual(['kubectl get pods']);
});

test('a record that holds a command, and a list in an unknown language, leave a doubt', () => {
  const record = read(
    '## Deploy',
    '',
    '```bash',
    './ship.sh',
    '```',
    '',
    '## Approvals',
    '',
    '| Nr | Test | Till 1 |',
    '|---|---|---|',
    '| 3.6 | Server: `kassactl tills` shows all online | ☐ |',
  );
  expect(record.proposal?.doubts.map(({code, line}) => `${code}:${line}`)).toContain('role-assumed:7');
  const foreign = read(
    '# Aggiornamento del gateway',
    '',
    '## Chiamate e permessi',
    '',
    '1. Telefonare in sala controllo e dire che si comincia',
    '2. Permesso di lavoro firmato dal capoturno',
    '3. Uomo davanti al quadro',
  );
  expect(foreign.proposal?.doubts.map(({code, line}) => `${code}:${line}`)).toContain('role-assumed:3');
});

test('a numbered part that would be read as reference asks about its list', () => {
  const doubts = (title: string) =>
    read(
      '## Deploy',
      '',
      '```bash',
      './ship.sh',
      '```',
      '',
      `## ${title}`,
      '',
      '- old snapshots go away after 72 h',
    ).proposal?.doubts.map(({code, line}) => `${code}:${line}`);
  expect(doubts('SECTION 7 LEFTOVERS')).toContain('role-assumed:7');
  expect(doubts('Leftovers')).not.toContain('role-assumed:7');
});
