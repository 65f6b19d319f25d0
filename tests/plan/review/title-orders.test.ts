/** Orders in the title of commands that no command shows a trace of are asked about. */
import {expect, test} from 'vitest';
import {isUnread} from '../../../src/plan/doubt.ts';
import {planOf} from '../../helpers/plan-view.ts';

function askedOf(...work: readonly string[]): string[] {
  const {proposal} = planOf('# Bakery', '', '## Deploy', '', ...work);
  return (proposal?.doubts ?? [])
    .filter(doubt => isUnread(doubt) && doubt.message.includes('no trace'))
    .map(({because, proposed}) => `${because}${proposed === undefined ? ' (open)' : ''}`);
}

test.each([
  ['- [ ] Reload the oven and note the version: `systemctl reload oven`', 'note the version'],
  ['- [ ] Cover the dough, reload the oven: `systemctl reload oven`', 'Cover the dough'],
  ['- [ ] Vider le bac, redémarrer le four : `systemctl restart four`', 'Vider le bac'],
  ['| Step | Command |\n|---|---|\n| Move the trays and reload the oven | `systemctl reload oven` |', 'Move the trays'],
])('%s', (text, lost) => {
  expect(askedOf(...text.split('\n'))).toEqual([lost]);
});

test.each([
  ['- [ ] Leave the dough in place, reload the oven: `systemctl reload oven`'],
  ['- [ ] Die Formen stehen lassen, den Ofen neu starten: `systemctl restart ofen`'],
  ['- [ ] Laisser le levain, redémarrer le four : `systemctl restart four`'],
  ['- [ ] Dejar la masa, reiniciar el horno: `systemctl restart horno`'],
])('%s: no command is said to leave a thing alone', text => {
  const {proposal} = planOf('# Bakery', '', '## Deploy', '', text);
  expect(proposal?.doubts.filter(({proposed}) => proposed === 'its commands do it')).toEqual([]);
});

test('a blank of its own is asked by its step', () => {
  expect(askedOf('- [ ] Read the level, write it here: LEVEL = ______ `cat /srv/level`')).toEqual([]);
});

test('what asks people, no command does', () => {
  expect(askedOf('Reload the oven and warn the shift:', '', '```bash', 'systemctl reload oven', '```')).toEqual([
    'warn the shift (open)',
  ]);
});

test.each([
  ['- [ ] Stop the oven and start it again: `systemctl restart oven`'],
  ['- [ ] Reload the oven: `systemctl reload oven`'],
  ['Build the image and push it:\n\n```bash\ndocker build .\ndocker push oven\n```'],
])('%s loses nothing', text => {
  expect(askedOf(...text.split('\n'))).toEqual([]);
});

test.each([
  ['`app.ini.old` back as `app.ini`, `systemctl restart app`', undefined],
  ['`app.ini.alt` wieder als `app.ini`, `Restart-Service App`, `appctl mode direct`', undefined],
  ['`app.ini.vieux` redevient `app.ini`, `systemctl restart app`', undefined],
  ['Put the old ini back, `systemctl restart app`', 'its commands do it'],
])('what a comma parts from the command is another act: %s', (item, proposed) => {
  const {proposal} = planOf('## Deploy', '', '1. `./ship.sh`', '', '## Rollback', '', `1. ${item}`);
  const found = (proposal?.doubts ?? []).filter(({message}) => message.includes('no trace'));
  expect(found.map(doubt => [doubt.line, doubt.proposed])).toEqual([[7, proposed]]);
});

test.each([
  'On web1, `systemctl restart app`',
  'As root, `systemctl restart app`',
  'Restart the app, `systemctl restart app`',
])('where, as whom and what the command does itself are none: %s', item => {
  const {proposal} = planOf('## Deploy', '', '1. `./ship.sh`', '', '## Rollback', '', `1. ${item}`);
  expect((proposal?.doubts ?? []).filter(({message}) => message.includes('no trace'))).toEqual([]);
});
