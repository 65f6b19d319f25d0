/** Commands on a host that need a directory, where every `cd` before them was read for another shell. */
import {expect, test} from 'vitest';
import {emptyBindings} from '../../../../src/plan/bindings-file/types.ts';
import {parsePlan} from '../../../../src/plan/parse-plan.ts';

const block = (...commands: readonly string[]) => ['', '```bash', ...commands, '```', ''];

function asked(lines: readonly string[], bindings = emptyBindings): string[] {
  const {proposal} = parsePlan(['# Meters', 'Servers: `app1`, `app2`, `db1`.', ...lines].join('\n'), bindings);
  return (proposal?.doubts ?? []).flatMap(({message}) => (/home directory/.test(message) ? [message] : []));
}

test.each([
  ['a file of a query', 'psql -h db1 -f sql/4.2/tariffs.sql meters'],
  ['a redirected file', 'mysql meters < sql/tariffs.sql'],
  ['a program', './bin/migrate --yes'],
  ['a program of a language', 'php bin/console cache:clear'],
  ['the checkout', 'sudo -u www git checkout v4.2'],
  ['what a build file is for', 'make install'],
  ['a directory in it', 'cd web && ls'],
])('a cd that was read for this machine: %s', (_, command) => {
  const lines = [
    '## Code',
    'First app1 and then, if it is well, app2:',
    ...block('cd /srv/meters', 'git fetch --tags'),
    '## Database',
    'On app1:',
    ...block(command),
  ];
  expect(asked(lines)).toEqual([
    'line 15 runs in the home directory of <app1>: the cd to /srv/meters in line 7 was for this machine',
  ]);
});

test('a cd on the same host in an earlier section, in French', () => {
  const lines = [
    '## Code',
    'Sur app1 :',
    ...block('cd /srv/compteurs', 'git fetch --tags'),
    '## Base de données',
    'Sur app1 :',
    ...block('./bin/migrer'),
  ];
  expect(asked(lines)).toEqual([
    'line 15 runs in the home directory of <app1>: the cd to /srv/compteurs in line 7 was for an earlier section',
  ]);
});

test('a cd on another host, in German', () => {
  const lines = [
    '## Umstellung',
    'Auf app1:',
    ...block('cd /srv/zaehler', 'make alles'),
    'Auf app2:',
    ...block('make alles'),
  ];
  expect(asked(lines)).toEqual([
    'line 14 runs in the home directory of <app2>: the cd to /srv/zaehler in line 7 was for <app1>',
  ]);
});

test('nothing is asked where no directory is needed, or it is known', () => {
  const moved = ['## Code', 'On app1:', ...block('cd /srv/meters', 'git fetch --tags')];
  expect(
    asked([...moved, 'On app2:', ...block('systemctl reload nginx', 'git clone https://git.example/x /srv/x')]),
  ).toEqual([]);
  expect(asked([...moved, 'On app2:', ...block('cd /srv/meters && make all')])).toEqual([]);
  expect(asked([...moved, ...block('make all')])).toEqual([]);
  expect(asked(['## Code', 'On app1:', ...block('make all')])).toEqual([]);
  const bindings = {
    ...emptyBindings,
    hosts: {web: {line: 1, destination: 'app2', matches: ['<app2>'], directory: '/srv/meters'}},
  };
  expect(asked([...moved, 'On app2:', ...block('make all')], bindings)).toEqual([]);
});

test.each([
  ['All commands are run from `/srv/meters` as www.', 'php bin/console migrate'],
  ['Alle Befehle werden im Verzeichnis `/srv/meters` ausgeführt.', './bin/migrate'],
  ['Todo desde /srv/meters.', 'php bin/migrar --todo'],
  ['Toutes les commandes depuis\n`/srv/meters`.', 'make tout'],
])('a rule about the directory, where the shell is elsewhere: %s', (rule, command) => {
  const lines = [rule, '', '## Code', ...block('cd /srv', 'tar xzf m.tgz'), '## Database', ...block(command)];
  const {proposal} = parsePlan(['# Meters', ...lines].join('\n'), emptyBindings);
  const said = (proposal?.doubts ?? []).filter(({message}) => /runs in \/srv, and line/.test(message));
  expect(said.map(({proposed}) => proposed)).toEqual([undefined]);
});

test.each([[['cd /srv/meters', 'make all']], [['cd /srv/meters/web', 'npm ci']], [['systemctl reload nginx']]])(
  'a rule about the directory that is followed: %j',
  commands => {
    const lines = ['All commands are run from `/srv/meters`.', '', '## Code', ...block(...commands)];
    const {proposal} = parsePlan(['# Meters', ...lines].join('\n'), emptyBindings);
    expect((proposal?.doubts ?? []).filter(({message}) => message.includes('from /srv/meters'))).toEqual([]);
  },
);
