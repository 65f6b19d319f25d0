/** Places that only prose, a comment or an earlier login names: each host is a place of its own, and none is guessed. */
import {expect, test} from 'vitest';
import {parsePlan} from '../../../../src/plan/parse-plan.ts';
import {commandsOf, contextOf, emptyBindings} from '../../../../src/plan/plan.ts';

function read(...lines: readonly string[]) {
  const {steps, proposal} = parsePlan(lines.join('\n'), emptyBindings);
  const places = steps.flatMap(step => {
    const place = contextOf(step)?.place;
    return commandsOf(step).map(({text}) => `${text} @ ${place?.kind === 'host' ? place.destination : 'here'}`);
  });
  const doubts = (proposal?.doubts ?? []).filter(({code}) => code === 'place-assumed');
  return {places, doubts};
}

const codeBlock = (...commands: readonly string[]) => ['```bash', ...commands, '```', ''];

test('a sentence that begins with a bare host name leads to its commands', () => {
  const {places} = read(
    '# Search',
    'Hosts: `idx1` leader, `idx2` follower, frontends on `edge1` and `edge2`.',
    '## Deploy',
    'On idx1, as elastic:',
    ...codeBlock('make index'),
    '- [ ] `systemctl restart caddy` on edge1, then wait',
    '## Rollback',
    '1. On idx1: `make stop`',
    '2. On idx2 as elastic: `make lead`',
  );
  expect(places).toEqual([
    'make index @ <idx1>',
    'systemctl restart caddy @ <edge1>',
    'make stop @ <idx1>',
    'make lead @ <idx2>',
  ]);
});

test('a comment that is a host name holds for the commands below it', () => {
  const {places} = read(
    '# Queue',
    'Servers: mq1 and mq2',
    '## Deploy',
    ...codeBlock('# mq2', 'systemctl stop rabbitmq', 'make saved', '# on mq1:', 'systemctl stop rabbitmq'),
  );
  expect(places).toEqual(['systemctl stop rabbitmq @ <mq2>', 'make saved @ <mq2>', 'systemctl stop rabbitmq @ <mq1>']);
});

test('a comment about a host above a copy to it changes no place', () => {
  const {places} = read(
    '# Queue',
    'Servers: mq1 and mq2',
    '## Deploy',
    ...codeBlock('# mq2', 'scp app.tgz ops@mq2:/srv', "ssh ops@mq2 'make'"),
  );
  expect(places[0]).toBe('scp app.tgz ops@mq2:/srv @ here');
});

test.each([
  ['Before mq2 is touched, stop it:', 'the text names mq2'],
  ['On both, drop the queue:', 'the text says "On both"'],
])('what the text says of the place is asked without a proposal: %s', (sentence, words) => {
  const {doubts} = read('# Queue', 'Servers: mq1 and mq2', '## Deploy', sentence, ...codeBlock('make stop'));
  expect(doubts).toMatchObject([{message: `line 4 is taken for here, but ${words}`}]);
  expect(doubts[0]?.proposed).toBeUndefined();
});

test('where a block has only logged in, this machine is not proposed for those behind it', () => {
  const before = [
    '# Shop',
    '## Backup',
    ...codeBlock('ssh ops@shop.example', 'cd /srv'),
    '',
    ...codeBlock('make saved'),
  ];
  const after = ['## Deploy', 'Now it is replaced.', ...codeBlock('make replace')];
  const {doubts} = read(...before, ...after);
  expect(doubts.map(({message, proposed}) => [message, proposed])).toEqual([
    [expect.stringMatching(/logged in to ops@shop\.example in line 4/), undefined],
  ]);
  const whole = ['# Shop', '## Backup', ...codeBlock('ssh ops@shop.example', 'cd /srv', 'make saved')];
  expect(read(...whole, ...after).doubts.map(({proposed}) => proposed)).toEqual(['it is here']);
  const left = read(...before, ...codeBlock('exit'), ...after).doubts;
  expect(left.map(({proposed}) => proposed)).toEqual(['it is here']);
});

test.each([
  ['Now the other one, i.e. the spare, goes first. On it:', 'the text says "On it"'],
  ['On MAIN **and** on BACKUP:', 'the text says "On MAIN and on BACKUP"'],
  ["On whichever tills you've touched,", `the text says "On whichever tills you've touched"`],
  ['Zuerst die kalte. Auf ihr:', 'the text says "Auf ihr"'],
  ['Sur celle de secours :', 'the text says "Sur celle de secours"'],
  ['En la de repuesto:', 'the text says "En la de repuesto"'],
  ['Em cada uma delas:', 'the text says "Em cada uma delas"'],
])('"%s" names a place that is not known', (lead, words) => {
  const {doubts} = read(
    '# Tills',
    'They live on `till01` and `till02`.',
    '## Deploy',
    lead,
    '',
    ...codeBlock('make up'),
  );
  expect(doubts).toMatchObject([{message: expect.stringContaining(words)}]);
  expect(doubts[0]).not.toHaveProperty('proposed');
});

test.each([
  'On success, load the tariff:',
  'On the night:',
  'Auf Wunsch:',
  'En este orden:',
  'Runs on debian12, as ever:',
])('"%s" names none', lead => {
  const {doubts} = read('# Tills', 'The old one is gone.', '## Deploy', lead, '', ...codeBlock('make up'));
  expect(doubts).toEqual([]);
});

test.each([
  ['Nuria, en `shop-db`:'],
  ['The database team, on `shop-db`:'],
  ['Danach der Bereitschaftsdienst auf `shop-db`:'],
  ['Puis, toujours sur `shop-db` :'],
])('a host in code behind a word for a place is the place: %s', lead => {
  const {places, doubts} = read(
    '# Shop',
    '## Deploy',
    '- On web1: `systemctl stop shop`',
    '## Database',
    lead,
    '',
    ...codeBlock('mysqladmin create shop2'),
  );
  expect(places.at(-1)).toBe('mysqladmin create shop2 @ <shop-db>');
  expect(doubts).toEqual([]);
});

test.each([
  ['on `release-2`', 'git push origin release-2'],
  ['on `app.yml`', 'yamllint .'],
])('code behind such a word that is no host proposes here: %s', (words, command) => {
  const {doubts} = read(
    '# Shop',
    '## Deploy',
    '- On web1: `systemctl stop shop`',
    '## Release',
    `Work ${words}.`,
    '',
    ...codeBlock(command),
  );
  expect(doubts.flatMap(({message}) => (/release-2|app\.yml/.test(message) ? [message] : []))).toEqual([]);
});

test.each([['rm -rf /srv/shop/data'], ['mysql -e "DROP DATABASE shop"'], ['mv /var/lib/mysql /var/lib/mysql.bad']])(
  'a rollback that destroys something is proposed nowhere: %s',
  command => {
    const {doubts} = read(
      '# Shop',
      '## Deploy',
      '- On web1: `systemctl stop shop`',
      '## Rollback',
      'The data is lost:',
      '',
      ...codeBlock(command),
    );
    expect(doubts.filter(({proposed}) => proposed === 'it is here')).toEqual([]);
    expect(doubts).toHaveLength(1);
  },
);

test.each(['**Box:** `po-b`', 'Host: po-b', '**Rechner:** `po-b`'])(
  'a field below the title names the place of the parts below it, which is proposed nowhere else: %s',
  field => {
    const {doubts} = read('# Playout', '## Deploy', field, '', '### Install', ...codeBlock('dpkg -i app.deb'));
    expect(doubts.map(({proposed, message}) => [proposed, /po-b|line 3/.test(message)])).toEqual([[undefined, true]]);
  },
);
