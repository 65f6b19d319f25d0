import {expect, test} from 'vitest';
import {commandsOfStage} from '../../../../src/plan/plan.ts';
import {actionOf, planOf} from '../../../helpers/plan-view.ts';

function placesOf(...lines: string[]): string[] {
  return planOf(...lines).steps.flatMap(step => {
    if (step.action.kind !== 'script') return [];
    const {place} = actionOf(step, 'script').context;
    return [place.kind === 'local' ? 'local' : place.destination];
  });
}

const CODE_MARK = ['```', 'postgres@pg-a:~$ patronictl switchover --force main', '```'];

test('commands behind the prompt of a host that the document speaks of run there, and not here', () => {
  expect(placesOf('Nodes: pg-a (leader) and pg-b.', '## Switch over', ...CODE_MARK)).toEqual(['<pg-a>']);
});

test('a prompt that nothing else in the document explains is that of whoever wrote it', () => {
  expect(placesOf('## Switch over', ...CODE_MARK)).toEqual(['local']);
});

test('a login says more than a prompt', () => {
  const login = ['```', 'ssh root@db.example.net', '```'];
  expect(placesOf('Nodes: pg-a and pg-b.', '## Switch over', ...login, ...CODE_MARK)).toEqual(['root@db.example.net']);
});

test('a prompt of another host that the document knows says more than the login', () => {
  const login = ['```', 'jump01$ ssh maint@gw-b', 'gw-b% gwctl isolate', '```'];
  const back = ['## Back', '```', 'jump01$ gwctl -H gw-a takeover', '```'];
  expect(placesOf('## Swap', ...login, ...back)).toEqual(['maint@gw-b', '<jump01>']);
});

test('a prompt of another host says more than the one before it, which nothing but a prompt named', () => {
  const blocks = [
    ['```', 'db1$ sudo systemctl stop postgresql', '```'],
    ['```', 'db2$ pg_ctl promote', 'waiting for server to promote', '```'],
    ['```', 'root@app-7:~# systemctl restart shop', '```'],
  ];
  expect(placesOf('## Switch', ...blocks.flat(), ...(blocks[0] ?? []))).toEqual(['<db1>', '<db2>', '<app-7>', '<db1>']);
});

test('prompts of several hosts in one block hold each for its own command, and a bare one for this machine', () => {
  const codeBlock = [
    '```',
    'db1$ cd /srv/pg',
    'db1$ ./stop.sh',
    'db2$ ./promote.sh',
    'db1$ ./archive.sh',
    '$ ./tell.sh',
    'db2$ cat <<END > note',
    '> done',
    '> END',
    '```',
  ];
  const {steps} = planOf('## Switch', ...codeBlock);
  expect(placesOf('## Switch', ...codeBlock)).toEqual(['<db1>', '<db2>', '<db1>', 'local', '<db2>']);
  const directories = steps.flatMap(step => actionOf(step, 'script').stages.flatMap(commandsOfStage));
  expect(directories.map(({text, directory}) => `${directory ?? ''} ${text.split('\n')[0]}`)).toEqual([
    '/srv/pg ./stop.sh',
    ' ./promote.sh',
    '/srv/pg ./archive.sh',
    ' ./tell.sh',
    ' cat <<END > note',
  ]);
});

test('a host behind a command, in a comment, is where that one runs', () => {
  const codeBlock = [
    '```',
    'systemctl stop shop   # shop-app',
    'dropdb --force shop   # shop-db, when migrated',
    '```',
  ];
  expect(placesOf('Servers: shop-app (Java), shop-db (PostgreSQL).', '## Deploy', ...codeBlock)).toEqual([
    '<shop-app>',
    '<shop-db>',
  ]);
});

test('a login that a sentence names holds for the commands of the lines behind it', () => {
  expect(
    placesOf(
      '## Deploy',
      'Log in with `ssh ops@stage.example.net` and restore:',
      '`pg_restore -d shop /tmp/shop.dump`.',
    ),
  ).toEqual(['ops@stage.example.net']);
});

test('commands set in under a sentence are a block of its item', () => {
  const item = [
    '1) Stop and dump:',
    '     ssh shop-db1',
    '     mysqldump shop > /backup/shop.sql',
    '   It takes a minute.',
  ];
  expect(placesOf('## Deploy', '', ...item)).toEqual(['shop-db1']);
});

function directoriesOf(...lines: string[]): string[] {
  const own = planOf(...lines).steps.filter(({action}) => action.kind === 'script');
  const commands = own.flatMap(step => actionOf(step, 'script').stages.flatMap(commandsOfStage));
  return commands.map(({text, directory}) => `${directory ?? ''} ${text}`);
}

test('the directory in a prompt is that of its command, and of the commands below it', () => {
  const first = ['```', 'build@ci-2:/srv/shop$ git pull', 'build@ci-2:/srv/shop$ cd api && make', '```'];
  expect(directoriesOf('## Build', ...first, 'Then:', '', '```sh', './publish.sh', '```')).toEqual([
    '/srv/shop git pull',
    '/srv/shop/api make',
    '/srv/shop/api ./publish.sh',
  ]);
  const german = ['## Einspielen', '```', 'dba@pg-1:~/dumps$ ls -l', '[dba@pg-1 /var/lib/pg]$ ./einspielen.sh', '```'];
  expect(directoriesOf(...german)).toEqual(['~/dumps ls -l', '/var/lib/pg ./einspielen.sh']);
  expect(directoriesOf('## Swap', '```', 'gw01:/etc/nginx # ls conf.d', '```')).toEqual(['/etc/nginx ls conf.d']);
});

test('a prompt that says the same again behind a cd was copied, and "~" says nothing', () => {
  const copied = ['me@web-1:/srv$ cd app', 'me@web-1:/srv$ make', 'me@web-1:/etc$ ls'];
  expect(directoriesOf('## Build', '```', ...copied, '```')).toEqual(['/srv/app make', '/etc ls']);
  const bare = ['me@web-1:~$ cd /srv/app', 'me@web-1:~$ make'];
  expect(directoriesOf('## Build', '```', ...bare, '```')).toEqual(['/srv/app make']);
});

test.each([
  ['- [ ] Count them:', '- [ ] Migrate, on whichever is active: `sudo /opt/tms/bin/migrate up`'],
  ['- [ ] Zählen:', '- [ ] Schema anheben: `sudo /opt/kasse/bin/migrate up`'],
  ['1. Compter', '2. `sudo /opt/guichet/bin/migrer --tout`'],
])('behind "%s", the host of a copied prompt is only assumed', (first, next) => {
  const lines = ['Nodes: adm-1, tms-01.', '## Deploy', first, '', '```', 'ana@adm-1:~$ tmsctl count', '```', '', next];
  const {steps, proposal} = planOf(...lines);
  const id = steps.find(({line}) => line === lines.length)?.id ?? '';
  const asked = (proposal?.doubts ?? []).filter(doubt => doubt.code === 'place-assumed' && doubt.steps.includes(id));
  expect(asked.map(({proposed}) => proposed)).toEqual([undefined]);
});

test('a further prompt of the same host asks nothing', () => {
  const block = ['```', 'ana@adm-1:~$ tmsctl count', '```'];
  const {proposal} = planOf('Nodes: adm-1, tms-01.', '## Deploy', ...block, '', ...block);
  expect((proposal?.doubts ?? []).filter(({code}) => code === 'place-assumed')).toEqual([]);
});
