/** Code beside a command that runs, and that no step runs, is asked about: "`set peer b` and then `commit`". */
import {expect, test} from 'vitest';
import {planOf} from '../../helpers/plan-view.ts';

/** What is said to be in no step. */
function lost(...lines: readonly string[]): string {
  const {proposal} = planOf('# Pumps', '', '## Deploy', '', ...lines);
  return (proposal?.doubts ?? [])
    .filter(({message}) => message.includes('read into no step'))
    .map(({message}) => message)
    .join('\n');
}

const TABLE = ['| Nr | Where | Task |', '|---|---|---|'];

test.each([
  ['a device in a row', [...TABLE, '| 1 | rtr-1 | `set bgp neighbor 2` and then `commit` |'], 'commit'],
  ['the same in German', [...TABLE, '| 1 | rtr-1 | `set bgp neighbor 2` und danach `commit` |'], 'commit'],
  ['the same in Spanish', [...TABLE, '| 1 | rtr-1 | `set bgp neighbor 2` y después `commit` |'], 'commit'],
  ['an item', ['1. `systemctl restart pumpd`, `flush`'], 'flush'],
  [
    'prose behind a command',
    ['1. `systemctl stop pumpd`', '', '   Then `systemctl disable pumpd-old` on the way.'],
    'pumpd-old',
  ],
])('%s', (_, lines, command) => {
  expect(lost(...lines)).toContain(command);
});

test.each([
  [['1. Restart `pumpd` and `valved`: `systemctl restart pumpd valved`']],
  [['1. `systemctl restart pumpd` on `pump-1`, `pump-2`']],
  [['1. `systemctl restart pumpd`, not `systemctl reload pumpd`']],
  [['1. Instead of `systemctl reload pumpd` use `systemctl restart pumpd`']],
  [['1. `ssh pump-1 systemctl restart pumpd`']],
  [['1. `cd /srv/pumps && make restart`']],
  [['1. `curl -s localhost:8080/health` says `ok`']],
  [['1. `systemctl restart pumpd`, `systemctl restart valved`']],
])('nothing is lost: %j', lines => {
  expect(lost(...lines)).toBe('');
});
