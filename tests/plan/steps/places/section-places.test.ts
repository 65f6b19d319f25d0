import {expect, test} from 'vitest';
import {actionOf, placeAt, planOf, stepAt} from '../../../helpers/plan-view.ts';

const CODE_MARK = ['```bash', 'make it', '```'];

test('a sentence at the head says where all sections run', () => {
  for (const [said, destination] of [
    ['Everything below runs from the bastion (`ssh ops@bastion`).', 'ops@bastion'],
    ['All commands are run on web-1.', '<web-1>'],
    ['Alle Befehle laufen auf dem Applikationsserver.', '<Applikationsserver>'],
  ]) {
    const plan = planOf('# Release', said ?? '', '', '## Deploy', ...CODE_MARK, '## Verify', ...CODE_MARK);
    expect([placeAt(plan, 5), placeAt(plan, 9)]).toEqual([destination, destination]);
  }
});

test('a sentence in a section holds for the rest of it and its parts, not for the next section', () => {
  const said = 'All commands here run on web-1.';
  const plan = planOf(
    '## Deploy',
    ...CODE_MARK,
    said,
    '',
    ...CODE_MARK,
    '### More',
    ...CODE_MARK,
    '## Verify',
    ...CODE_MARK,
  );
  expect([2, 7, 11, 15].map(line => placeAt(plan, line))).toEqual(['local', '<web-1>', '<web-1>', 'local']);
});

test('a heading says so as well, and a part of it may say otherwise', () => {
  const plan = planOf('## Deploy (all commands on web-1)', ...CODE_MARK, '### On the database server', ...CODE_MARK);
  expect([placeAt(plan, 2), placeAt(plan, 6)]).toEqual(['<web-1>', '<database server>']);
});

test('several hosts are a blank to fill, never the first of them', () => {
  const plan = planOf('## Deploy', 'All commands run on web-1 and web-2.', '', ...CODE_MARK);
  expect(placeAt(plan, 4)).toBe('<web-1 and web-2>');
});

test('a sentence that only mentions a host moves nothing', () => {
  const plan = planOf('## Deploy', 'All commands take a minute. Look at web-1.', '', ...CODE_MARK);
  expect(placeAt(plan, 4)).toBe('local');
});

/** The hosts of the document: one by a login, two by a column, one in a list. */
const HOSTS = [
  '# Release',
  'Servers: cache1 and edge (two disks).',
  '',
  '| Host | What |',
  '|---|---|',
  '| mail-a | old |',
  '| mail-b | new |',
  '',
];

test.each([
  ['On mail-a, as root:', '<mail-a>'],
  ['3.1 mail-b – the new one', '<mail-b>'],
  ['Stop the queue on the edge first. Then on cache1:', '<cache1>'],
  ['na mail-b:', '<mail-b>'],
  ['no mail-a:', '<mail-a>'],
  ['mail-a and mail-b:', '<mail-a and mail-b>'],
  ['Mail is kept on mail-a for thirty days, whatever happens to the new machine in the meantime.', 'local'],
])('"%s" over commands, of hosts that the document names: %s', (said, destination) => {
  const plan = planOf(...HOSTS, '## Deploy', said, '', ...CODE_MARK);
  expect(actionOf(plan.steps.at(-1) ?? stepAt(plan, 0), 'script').context.place).toMatchObject(
    destination === 'local' ? {kind: 'local'} : {destination},
  );
});

test('a host that the document names is another than the one it is logged in to', () => {
  const plan = planOf(...HOSTS, '## Deploy', '```', 'ssh root@mail-a', 'uptime', '```', 'On mail-b:', '', ...CODE_MARK);
  expect(placeAt(plan, 14)).toBe('<mail-b>');
});

test('a column says where the commands of each row run, and nothing of the rows below', () => {
  const plan = planOf(
    '## Deploy',
    '| Where | Command |',
    '|---|---|',
    '| mail-a | `systemctl stop mail` |',
    '| laptop | `curl -fsS https://x.test/` |',
    '| - | `systemctl stop web` |',
    '| mail-a, mail-b | `systemctl start mail` |',
  );
  expect(placeAt(plan, 4)).toBe('<mail-a>');
  expect(placeAt(plan, 6)).toBe('local');
  expect(placeAt(plan, 7)).toBe('<mail-a, mail-b>');
});

test('an exit in a block without a language leaves the host', () => {
  const plan = planOf('## Deploy', '```', 'ssh root@mail-a', 'uptime', 'exit', '```', '', ...CODE_MARK);
  expect([placeAt(plan, 2), placeAt(plan, 8)]).toEqual(['root@mail-a', 'local']);
});
