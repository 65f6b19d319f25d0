/** Logins that a person holds open: what follows is not taken for that host, or for here, without a question. */
import {expect, test} from 'vitest';
import {parsePlan} from '../../../../src/plan/parse-plan.ts';
import {contextOf, emptyBindings} from '../../../../src/plan/plan.ts';

/** Where the steps from the last section on run, and the lines about whose place there is an open doubt. */
function read(lines: readonly string[], bindings = emptyBindings) {
  const {steps, proposal} = parsePlan(lines.join('\n'), bindings);
  const from = lines.findLastIndex(line => line.startsWith('### ')) + 1;
  const places = steps.flatMap(step => {
    const context = contextOf(step);
    if (step.line < from || step.action.kind === 'manual' || context === undefined) return [];
    return [`${step.line} ${context.place.kind === 'host' ? context.place.destination : 'here'}`];
  });
  const open = (proposal?.doubts ?? []).filter(
    ({code, line, proposed}) => code === 'place-assumed' && line >= from && proposed === undefined,
  );
  const isAsked = (line: number) =>
    open.some(doubt => steps.some(step => step.line === line && doubt.steps.includes(step.id)));
  return places.map(place => (isAsked(Number.parseInt(place, 10)) ? `${place}?` : place));
}

const release = (block: readonly string[], ...then: readonly string[]) => [
  '# Shop',
  '## Deploy',
  '### Migrate',
  '```sh',
  ...block,
  '```',
  '### Go',
  ...then,
];

test.each([
  [['ssh ops@web1', 'bin/rails db:migrate', 'exit']],
  [['ssh ops@web1', 'apt upgrade', 'exit']],
  [['ssh ops@db1', 'mysql shop', 'FLUSH TABLES;', 'exit', 'exit']],
  [['ssh ops@web1', 'sudo -iu postgres', 'pg_ctl promote', 'logout', 'logout']],
])('%j has surely left', block => {
  expect(read(release(block, '1. `cap production deploy`'))).toEqual([`${block.length + 7} here`]);
});

test.each([
  [['ssh ops@web1', 'bin/rails c', 'Order.reset!', 'exit']],
  [['ssh ops@web1', 'php artisan tinker', 'Cache::flush();', 'exit']],
  [['ssh ops@db1', 'mysql shop', 'FLUSH TABLES;', 'exit']],
  [['ssh ops@web1', 'docker exec -it api sh', 'make', 'logout']],
])('%j may have left only the console', block => {
  const line = block.length + 7;
  expect(read(release(block, '1. `cap production deploy`', '2. `curl -f http://localhost/up`'))).toEqual([
    `${line} here?`,
    `${line + 1} here?`,
  ]);
});

test.each([
  [['ssh ops@web1', 'python manage.py shell', 'sync()']],
  [['ssh ops@db1', 'psql shop', 'VACUUM;', '\\q']],
  [['ssh ops@web1', 'apt upgrade']],
])('%j does not say that it left', block => {
  const [, destination] = block[0]?.split(' ') ?? [];
  const line = block.length + 7;
  const then = ['1. `make deploy`', '2. `curl -f https://shop.example/up`', '3. `ssh ops@web2 make`', '4. `make last`'];
  expect(read(release(block, ...then))).toEqual([
    `${line} ${destination}?`,
    `${line + 1} ${destination}?`,
    `${line + 2} ops@web2`,
    `${line + 3} ${destination}?`,
  ]);
});

test('a German text is asked about as well, until the next login', () => {
  const lines = [
    '# Laden',
    '## Durchführung',
    '### Datenbank',
    '```sh',
    'ssh ops@db1',
    'psql laden',
    'VACUUM;',
    '```',
    '### Danach',
    '1. `make ausrollen`',
    '',
    '```sh',
    'ssh ops@web1',
    'make neustart',
    '```',
  ];
  expect(read(lines)).toEqual(['10 ops@db1?', '12 ops@web1']);
});

test('a shell of another user is for the blocks that follow', () => {
  expect(read(release(['ssh ops@db1', 'sudo -iu postgres'], '1. `pg_ctl promote`'))).toEqual(['9 ops@db1?']);
});

test('a block that only a person can do leaves what follows in doubt, but not a look at a named host', () => {
  const block = ['ssh ops@web1', 'exit', 'ssh ops@web2'];
  const lines = release(
    block,
    '1. `make deploy`',
    '2. `curl -s http://web2:8080/up | jq .ok`',
    '3. `curl -f localhost/up`',
  );
  lines[3] = '```irb';
  expect(read(lines)).toEqual(['10 here?', '11 here', '12 here?']);
});
