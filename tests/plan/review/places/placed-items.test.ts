/** Hosts that an item names above its code block, and what the items behind it are asked. */
import {expect, test} from 'vitest';
import {contextOf} from '../../../../src/plan/plan.ts';
import {commandAt, planOf, stepAt} from '../../../helpers/plan-view.ts';

const fence = (command: string) => ['', '   ```', `   ${command}`, '   ```', ''];
const HOSTS = ['# A', '', '| Systems | `lis-app01`, `lis-db01` |', '|---|---|', '', '## Deploy', ''];

test.each(['On **lis-db01**, confirm that nobody is connected:', 'Auf lis-db01 prüfen:'])('%s', title => {
  const plan = planOf(...HOSTS, `1. ${title}`, ...fence('dropdb ward'));
  const place = contextOf(stepAt(plan, 8))?.place;
  expect(place?.kind === 'host' ? place.destination : 'here').toBe('<lis-db01>');
  expect(plan.proposal?.doubts.filter(({code}) => code === 'place-assumed')).toEqual([]);
});

test('an item behind it that names no host is an open question, and says which host is above it', () => {
  const {proposal} = planOf(...HOSTS, '1. On lis-db01:', ...fence('dropdb ward'), '2. Start it:', ...fence('make up'));
  const asked = (proposal?.doubts ?? []).filter(({code}) => code === 'place-assumed');
  expect(asked.map(({message, proposed}) => [message, proposed])).toEqual([
    ['nothing says where line 14 runs: taken for here, though line 8 above it runs on <lis-db01>', undefined],
  ]);
});

test.each([
  ['All commands in this section are run from your laptop.', true],
  ['Alle Befehle in diesem Abschnitt von meinem Laptop aus.', true],
  ['All commands in this document are run from your laptop.', false],
])('"%s" in a section of its own, asked: %s', (said, isAsked) => {
  const work = ['## Deploy', '', '1. On lis-db01: `dropdb ward`', '2. Then `make up`'];
  const {proposal} = planOf(...HOSTS.slice(0, 5), '## Preparations', '', said, '', '- [ ] Read the notes', '', ...work);
  const asked = (proposal?.doubts ?? []).filter(
    ({code, proposed}) => code === 'place-assumed' && proposed === undefined,
  );
  expect(asked.map(({line}) => line)).toEqual(isAsked ? [15] : []);
});

test.each([
  'everything from my laptop w/ vpn unless it says ssh.',
  'Alle Befehle von meinem Laptop aus.',
  'All commands from our workstation.',
])('nothing is asked where the head says it: %s', text => {
  const login = ['   ssh rd-eu-1', '   redis-cli bgsave', '   exit'];
  const {proposal} = planOf(
    '# A',
    '',
    text,
    '',
    '## Deploy',
    '',
    '1. Save:',
    '',
    '   ```',
    ...login,
    '   ```',
    '',
    '2. `make up`',
  );
  expect((proposal?.doubts ?? []).filter(({code}) => code === 'place-assumed')).toEqual([]);
});

test('a sentence ends between a place and the next word', () => {
  const {proposal} = planOf(
    '# A',
    '',
    '## Deploy',
    '',
    '1. Old services keep running on it. No node is lost.',
    ...fence('make up'),
  );
  expect((proposal?.doubts ?? []).map(({message}) => message).filter(text => text.includes('on it'))).toEqual([]);
});

test.each([
  ['git status', 'git pull'],
  ['ls -l', './install.sh'],
  ['cat VERSION', 'make up'],
])('a cd with %s holds for the items below it', (look, next) => {
  const plan = planOf('# A', '', '## Deploy', '', `1. \`cd /srv/app && ${look}\``, `2. \`${next}\``);
  expect(commandAt(plan, 6).directory).toBe('/srv/app');
});

test('a cd to check sums goes no further than its item', () => {
  const plan = planOf(
    '# A',
    '',
    '## Deploy',
    '',
    '- [ ] Sums: `cd /srv/stage && sha256sum -c SUMS`',
    '- [ ] `make up`',
    '- [ ] `cd /srv/app && git pull`',
    '- [ ] `make b`',
  );
  expect([5, 6, 7, 8].map(line => commandAt(plan, line).directory)).toEqual([
    '/srv/stage',
    undefined,
    '/srv/app',
    '/srv/app',
  ]);
});
