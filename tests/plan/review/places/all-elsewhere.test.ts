/** "It is here" is proposed for no command where a sentence names another place for all, or its neighbours are open. */
import {expect, test} from 'vitest';
import {planOf} from '../../../helpers/plan-view.ts';

function proposedAt(line: number, ...text: readonly string[]) {
  const {proposal} = planOf(...text);
  return (proposal?.doubts ?? []).flatMap(one =>
    one.code === 'place-assumed' && one.line === line ? [one.proposed ?? 'open'] : [],
  );
}

test.each([
  'Alle Linux-Befehle, wenn nichts anderes dasteht: auf `melk01` als Benutzer `milch`.',
  'All commands, unless said otherwise: on `milk01` as `dairy`.',
  'Toutes les commandes linux sur `lait01`.',
])('%s', sentence => {
  const text = ['# Milk', '', '## About', '', sentence, '', '## Deploy', '', '```', './load.sh', '```'];
  expect(proposedAt(8, ...text)).not.toContain('it is here');
});

test('a neighbour whose place is open makes the rest of its section open', () => {
  const text = [
    '# Milk',
    '',
    '## gateways',
    '',
    '```',
    'dpkg -i /tmp/a.deb',
    '```',
    '',
    'It comes up alone, as `gw-a` did.',
  ];
  const {proposal} = planOf(...text, '', '```', 'systemctl start vip', '```', '', 'Then `ssh gw-a uptime`');
  const places = (proposal?.doubts ?? []).filter(({code}) => code === 'place-assumed');
  const isOpen = places.some(({proposed}) => proposed === undefined);
  expect(isOpen && places.some(({proposed}) => proposed === 'it is here')).toBe(false);
});
