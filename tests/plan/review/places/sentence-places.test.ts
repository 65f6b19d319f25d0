/** A code block whose place only a sentence about its own commands names, and names behind "on" that are no hosts. */
import {expect, test} from 'vitest';
import {commandsOf, contextOf} from '../../../../src/plan/plan.ts';
import {planOf} from '../../../helpers/plan-view.ts';

/** The commands, each with its place, and `?` where that is open. */
function placesOf(...lines: readonly string[]): string[] {
  const {steps, proposal} = planOf('# Move', ...lines);
  const open = (proposal?.doubts ?? []).filter(
    ({code, proposed}) => code === 'place-assumed' && proposed === undefined,
  );
  return steps.flatMap(step => {
    const place = contextOf(step)?.place;
    const where = place?.kind === 'host' ? place.destination : 'here';
    const isAsked = open.some(one => one.steps.includes(step.id));
    return commandsOf(step).map(({text}) => `${text} ${where}${isAsked ? '?' : ''}`);
  });
}

const fence = (...lines: string[]) => ['', '```bash', ...lines, '```', ''];
const HOSTS = ['', 'Hosts: `worker1` and `depot2`', ''];

test.each([
  [
    'commands of their own',
    'On worker1 `sudo systemctl stop jobs` and then `sudo systemctl start jobs-old`. Copy the parcels back before that:',
  ],
  ['a label with commands', 'Worker: on worker1 `sudo systemctl stop jobs`. The list goes on. Fetch what is left:'],
  ['in German', 'Auf worker1 `sudo systemctl stop jobs`. Danach die Pakete zurückholen:'],
])('%s', (_, lead) => {
  const places = placesOf(...HOSTS, '## Rollback', '', lead, ...fence('rclone copy depot: parcels:'));
  expect(places.filter(one => one.startsWith('rclone') && !one.endsWith('?'))).toEqual([]);
});

test.each([
  ['a sentence without commands', 'On worker1, as jobs. Copy the parcels back:'],
  ['the last sentence', 'Look at `df -h`. On worker1:'],
])('no question behind %s', (_, lead) => {
  expect(placesOf(...HOSTS, '## Deploy', '', lead, ...fence('rclone copy depot: parcels:'))).toContain(
    'rclone copy depot: parcels: <worker1>',
  );
});

test('the name with which a sentence begins is that of the host', () => {
  const lines = ['On `worker`:', ...fence('systemctl stop jobs'), 'Worker:', ...fence('systemctl start jobs')];
  expect(placesOf('## Deploy', '', ...lines)).toEqual([
    'systemctl stop jobs <worker>',
    'systemctl start jobs <worker>',
  ]);
});

test.each([
  ['friday', 'On `friday`:'],
  ['montag', 'Am `montag`:'],
  ['sunday', 'On `sunday`:'],
])('%s is a day and no host', (_, lead) => {
  const {steps, proposal} = planOf('# Move', ...HOSTS, '## Deploy', '', lead, ...fence('systemctl restart jobs'));
  expect(steps.map(step => contextOf(step)?.place.kind)).toEqual(['local']);
  expect(proposal?.doubts.map(({code}) => code)).toContain('condition-assumed');
});
