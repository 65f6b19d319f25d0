/** Commands on a host that name files of a directory to which the document does not go. */
import {expect, test} from 'vitest';
import {parsePlan} from '../../../../src/plan/parse-plan.ts';
import {type Bindings, emptyBindings} from '../../../../src/plan/plan.ts';

function asked(lines: readonly string[], bindings: Bindings = emptyBindings): string[] {
  const {proposal} = parsePlan(lines.join('\n'), bindings);
  return (proposal?.doubts ?? [])
    .filter(({message}) => message.includes('in the home directory of'))
    .map(({line, proposed, because}) => `${line} ${proposed === undefined ? because : 'P'}`);
}

const block = (...commands: readonly string[]) => ['```sh', ...commands, '```'];
const table = (...cells: readonly string[]) => ['| Host | Remarks |', '|---|---|', `| ${cells.join(' | ')} |`];

test.each([
  ['runs playbooks from `/srv/plays/till`', 'On ctl-1:', 'ansible-playbook -i prod site.yml'],
  ['scripts live in `/opt/meter/tools`', 'On ctl-1:', './rollout.sh --all'],
  ['Skripte liegen in `/opt/werk/skripte`', 'Auf ctl-1:', 'psql -f schema.sql werk'],
])('a directory that is only told of: "%s"', (told, lead, command) => {
  const directory = /`(.*)`/.exec(told)?.[1];
  expect(asked(['# Till', ...table('ctl-1', told), '', '## Deploy', lead, ...block(command)])).toEqual([
    `9 ${directory}`,
  ]);
});

test('files below a directory that nothing names', () => {
  expect(asked(['## Deploy', 'On app-1:', ...block('scripts/migrate.sh --all')])).toEqual(['4 P']);
  expect(asked(['## Déploiement', 'Sur app-1 :', ...block('./migrer.sh --tout')])).toEqual(['4 P']);
});

test('nothing is asked where the directory is known, or no file is named', () => {
  expect(asked(['## Deploy', 'On app-1:', ...block('cd /srv/app', './migrate.sh --all')])).toEqual([]);
  expect(asked(['## Deploy', 'On app-1:', ...block('systemctl restart shop')])).toEqual([]);
  const hosts = {app: {matches: ['app-1', '<app-1>'], destination: 'ana@app-1', directory: '/srv/app', line: 1}};
  const bindings = {...emptyBindings, hosts};
  expect(asked(['## Deploy', 'On app-1:', ...block('./migrate.sh --all')], bindings)).toEqual([]);
});
