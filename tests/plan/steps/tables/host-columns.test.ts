/** Tables with a column for each host, and cells that hold statements for a client. */
import {expect, test} from 'vitest';
import {parsePlan} from '../../../../src/plan/parse-plan.ts';
import {commandsOf, emptyBindings} from '../../../../src/plan/plan.ts';

const read = (...lines: readonly string[]) => parsePlan(['# Shop', '## Deploy', ...lines].join('\n'), emptyBindings);

test.each([
  ['| | play2 | play1 |', '| Dienst aus | `sudo systemctl stop radio` | dito |', 'Dienst aus'],
  ['| | web1 | web2 |', '| Stop | `sudo systemctl stop shop` | ditto |', 'Stop'],
  ['| | caisse1 | caisse2 |', '| Arrêt | `sudo systemctl stop caisse` | idem |', 'Arrêt'],
])('%s asks on which host, and in which order, its commands run', (head, row, title) => {
  const {steps, proposal} = read(head, '|---|---|---|', row);
  const [first] = steps;
  expect(first?.title).toBe(title);
  const asked = (proposal?.doubts ?? []).filter(({steps: ids}) => ids.includes(first?.id ?? ''));
  expect(asked.filter(({code, proposed}) => code === 'place-assumed' && proposed === undefined)).toHaveLength(1);
});

test('other columns ask nothing of this kind', () => {
  const {proposal} = read('| Step | Command |', '|---|---|', '| Stop | `sudo systemctl stop shop` |');
  expect((proposal?.doubts ?? []).filter(({message}) => message.includes('a column for each'))).toEqual([]);
});

test.each([
  '`shutdown immediate`, `startup mount`, `ALTER DATABASE OPEN RESETLOGS;`',
  '`service stop`, `DROP USER till;`',
  '`SELECT pg_switch_wal();`, `sync`',
])('%s is typed into a client by a person, and no part of it runs in a shell', cell => {
  const {steps} = read('| Step | Action |', '|---|---|', `| B2 | ${cell} |`);
  expect(steps.flatMap(commandsOf)).toEqual([]);
  expect(steps.map(({action, title}) => `${action.kind} ${title}`)).toEqual([`manual ${cell.replaceAll('`', '')}`]);
});

test('a program in a directory of a variable is a command, and no output of the one above', () => {
  const {steps} = read(
    '```',
    'sudo systemctl stop shop',
    '$APP_HOME/bin/patch apply',
    '"$JAVA_HOME/bin/jar" tf a.jar',
    '```',
  );
  expect(steps.flatMap(commandsOf).map(({text}) => text)).toHaveLength(3);
});

test('"Acceptance" is what must come out', () => {
  const row = '| 4.1 | `curl -fsS https://shop.example/health` | `{"status":"UP"}` |';
  const {steps} = read('| No. | Check | Acceptance |', '|---|---|---|', row);
  expect(steps.flatMap(({expectations}) => expectations.map(({text}) => text))).toHaveLength(1);
});
