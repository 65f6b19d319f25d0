/** The user as whom a text says that commands run: it is that user there, or a question asks. */
import {expect, test} from 'vitest';
import {emptyBindings} from '../../../src/plan/bindings-file/types.ts';
import {parsePlan} from '../../../src/plan/parse-plan.ts';
import {planOf} from '../../helpers/plan-view.ts';

const fence = (...lines: string[]) => ['', '```bash', ...lines, '```', ''];

/** "5,9 postgres": the lines of the steps that wait, and for which user. */
function asked(...lines: readonly string[]): string[] {
  const {proposal} = planOf(...lines);
  return (proposal?.doubts ?? []).flatMap(({code, message, proposed}) => {
    const [, user = '', at = ''] = /to run as (\S+), .* would run line ([\d, ]+)$/.exec(message) ?? [];
    return code === 'user-assumed' && proposed === undefined ? [`${at.replaceAll(' ', '')} ${user}`] : [];
  });
}

const below = (lead: string, command = './dump.sh') => asked('# X', '## Deploy', '', lead, ...fence(command));

test.each([
  ['a laboratory', 'As the postgres user on db1:', 'postgres'],
  ['a brewery', 'Run the migration as brewadm:', 'brewadm'],
  ['a port', 'On crane1, as `crane`:', 'crane'],
  ['a museum', 'Log in with the klima account, then:', 'klima'],
  ['a clinic, by a shell', 'Become the database owner (`su - oracle`):', 'oracle'],
  ['a radio station, in German', 'Auf rdb1 als Benutzer oracle:', 'oracle'],
  ['a dairy, in German', 'Als root ausführen:', 'root'],
  ['a school, in French', "En tant qu'utilisateur notes :", 'notes'],
  ['a theatre, in French', 'En tant que root :', 'root'],
  ['a farm, in Spanish', 'Con el usuario riego:', 'riego'],
  ['a clinic, in Portuguese', 'Como usuário postgres:', 'postgres'],
  ['a water works, in Romanian', 'Ca utilizatorul postgres:', 'postgres'],
  ['a town hall, two names in code', 'Auf `meldedb1`, als `postgres`:', 'postgres'],
  ['a payroll, two names in code', 'Sur `paie-bd1`, en tant que `paie` :', 'paie'],
  ['a port, in Portuguese', 'Em `porto1`, com o utilizador `porto`:', 'porto'],
  ['a library, in Dutch', 'Als gebruiker www:', 'www'],
])('%s: "%s" is not dropped', (_, lead, user) => {
  expect(below(lead)).toEqual([`4 ${user}`]);
});

test.each([
  'Check that the ticket is closed as successful:',
  'Das Ticket ist als erfolgreich geschlossen, markiert als erfolgreich:',
  'Le dossier est marqué comme mystérieux, classé comme heureux :',
])('"%s" says how something is', lead => {
  expect(below(lead)).toEqual([]);
});

test('of an item, a row, a title and a comment', () => {
  expect(asked('# X', '## Deploy', '1. Stop it (as root): `systemctl stop x`', '2. Move it: `mv a b`')).toEqual([
    '3 root',
  ]);
  expect(
    asked('# X', '## Deploy', '', '| Step | User | Command |', '|---|---|---|', '| Dump | oracle | `./dump.sh` |'),
  ).toEqual(['6 oracle']);
  expect(asked('# X', '## Deploy', '### Dump (as oracle)', ...fence('./dump.sh'), ...fence('./zip.sh'))).toEqual([
    '5,10 oracle',
  ]);
  expect(asked('# X', '## Deploy', ...fence('# as postgres', './dump.sh'))).toEqual(['4 postgres']);
});

test('a sentence holds for the blocks that follow, and so does a shell that was opened', () => {
  expect(asked('# X', '## Deploy', '', 'As postgres:', ...fence('./a.sh'), 'Then:', ...fence('./b.sh'))).toEqual([
    '4,10 postgres',
  ]);
  expect(
    asked('# X', '## Deploy', ...fence('sudo -iu app'), ...fence('./a.sh'), '## Rollback', ...fence('./b.sh')),
  ).toEqual(['9 app']);
});

test('of an account that is no administrator, the login of the hosts is proposed', () => {
  const lines = ['# X', 'Nodes: `pg-a`, `pg-b`. All commands as `postgres` unless `sudo` is there.', '', '## Deploy'];
  const {proposal} = planOf(...lines, ...fence('./a.sh', 'sudo ./b.sh'));
  const doubts = (proposal?.doubts ?? []).filter(({code}) => code === 'user-assumed');
  expect(doubts.map(({proposed}) => proposed)).toEqual(['whoever logs in there is postgres']);
});

test('what is said of all commands at the head of the document holds everywhere', () => {
  expect(
    asked(
      '# X',
      'All commands are run as root.',
      '',
      '## Deploy',
      ...fence('./a.sh'),
      '## Rollback',
      ...fence('sudo ./b.sh'),
    ),
  ).toEqual(['6 root']);
});

test.each([
  ['As postgres:', 'sudo -u postgres ./dump.sh'],
  ['As postgres:', 'chown postgres dump.sh; sudo -u postgres ./dump.sh'],
  ['As oracle:', "su - oracle -c './dump.sh'"],
  ['As root:', 'sudo ./dump.sh'],
  ['As postgres:', 'pg_dump -U postgres x > x.sql'],
  ['As the app user:', 'ssh app@web1 ./dump.sh'],
])('%s %s is that user', (lead, command) => {
  expect(below(lead, command)).toEqual([]);
});

test('a place where that user logs in is that user', () => {
  const text = ['# X', '## Deploy', '', 'On db1, as postgres:', ...fence('./dump.sh')].join('\n');
  const hosts = {db: {matches: ['<db1>', 'db1'], destination: 'postgres@10.0.0.7', line: 0}};
  const {proposal} = parsePlan(text, {...emptyBindings, hosts} as typeof emptyBindings);
  expect((proposal?.doubts ?? []).map(({code}) => code)).not.toContain('user-assumed');
});

test.each([
  'As before:',
  'Restart it as usual:',
  'The same as staging:',
  'Keep db2 as primary:',
  'Save the list as `json`:',
  'Wie bisher, als letztes:',
  'Como siempre:',
  'Comme convenu :',
])('"%s" names no user', lead => {
  expect(below(lead)).toEqual([]);
});

test('a user that a section for reference names for all commands', () => {
  const text =
    '# T\n\n## Machines\n\n| Name | Role |\n|---|---|\n| `a1` | web |\n\nAll commands are run as `root` via `sudo -i`.\n\n## Deploy\n\n`systemctl stop till`\n';
  const {proposal} = parsePlan(text, emptyBindings);
  expect((proposal?.doubts ?? []).filter(({code}) => code === 'user-assumed').map(({line}) => line)).toEqual([13]);
});

test('"by a user after release" names no account', () => {
  const {proposal} = parsePlan(
    ['# Lab', '## Deploy', 'The first sample registered by a user after release counts.', '', '`make up`'].join('\n'),
    emptyBindings,
  );
  expect((proposal?.doubts ?? []).filter(({code}) => code === 'user-assumed')).toEqual([]);
});

const aside = (item: string, said: string, next: string) => [
  '# X',
  '',
  '## Deploy',
  '',
  `1. ${item}`,
  '',
  `   ${said}`,
  ...fence('./count.sh').map(text => (text === '' ? '' : `   ${text}`)),
  `2. ${next}`,
  ...fence('./stop.sh').map(text => (text === '' ? '' : `   ${text}`)),
];

test.each([
  ['Close the booking.', 'See how many there are, as `cemdb`:', 'Stop the workers.'],
  ['Schalter schließen.', 'Zählen, wie viele es noch sind, als `cemdb`:', 'Die Worker anhalten.'],
  ['Cerrar las reservas.', 'Contar las que quedan, como usuario cemdb:', 'Parar los procesos.'],
  ['Fermer les réservations.', 'Compter celles qui restent, en tant que `cemdb` :', 'Arrêter les services.'],
])('what an item says of a user ends with the item: %s', (item, said, next) => {
  expect(asked(...aside(item, said, next)).join()).toMatch(/^\d+ cemdb$/);
});

test('what an item says at its start holds for all of it', () => {
  const block = (command: string) => ['', '   ```', `   ${command}`, '   ```', ''];
  const lines = ['# X', '', '## Deploy', '', '1. Now the database, as `cemdb`.', ...block('./dump.sh')];
  const more = ['   It must be readable.', ...block('./migrate.sh'), '2. Start it.', ...block('./start.sh')];
  expect(asked(...lines, ...more)).toEqual(['5,13 cemdb']);
});
