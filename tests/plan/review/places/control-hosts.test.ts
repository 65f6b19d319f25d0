/** Ansible reaches its hosts from anywhere, unless the document says from where it is run. */
import {expect, test} from 'vitest';
import {parsePlan} from '../../../../src/plan/parse-plan.ts';
import {emptyBindings} from '../../../../src/plan/plan.ts';

function placesAsked(...lines: string[]) {
  const doubts = parsePlan(lines.join('\n'), emptyBindings).proposal?.doubts ?? [];
  return doubts
    .filter(({code}) => code === 'place-assumed')
    .map(({message, proposed}) => `${message} ${proposed ?? '(open)'}`);
}

const PLAY = ['## Roll out', '```sh', 'ansible-playbook site.yml -l db-1', '```'];

test('a playbook beside one that runs on a host is asked about', () => {
  const first = [
    '# Patch db-1',
    '## Check',
    '```',
    'ctl-01:/srv/ansible$ ansible-playbook site.yml --check -l db-1',
    '```',
  ];
  expect(placesAsked(...first, ...PLAY)).toEqual([
    'line 7 is taken for here, but line 4 runs Ansible on <ctl-01> (open)',
  ]);
});

test.each([
  'All playbooks are run from `ctl-01` in `/srv/ansible`.',
  'Playbooks werden auf ctl-01 gestartet, nie auf db-1.',
  'Ansible is run as deploy on ctl-01.',
])('%j asks about a playbook below it', told => {
  expect(placesAsked('# Patch', 'Nodes: ctl-01 (control) and db-1.', '', told, ...PLAY)).toMatchObject([
    expect.stringMatching(/^line \d+ is taken for here, but .*ctl-01.*\(open\)$/),
  ]);
});

test('a playbook of which nothing says from where it is run is not asked about', () => {
  expect(placesAsked('# Patch db-1', ...PLAY)).toEqual([]);
});

test('"write it here" says nothing about the place', () => {
  const item = (words: string) =>
    placesAsked('# Swap on lb-1', '## Look', `- [ ] Find the live one: on lb-1 run \`hapctl state\`. ${words}`);
  expect(item('Look at the last column.')).toEqual([]);
  for (const words of ['Write it here: LIVE = ____', 'Note the colour here.', 'Fill in the name here: ____'])
    expect(item(words)).toEqual([]);
});
