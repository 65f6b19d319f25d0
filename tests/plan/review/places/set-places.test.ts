/** One place set for a section whose text names several: it answers the rows that ask the same, and no others. */
import {describe, expect, test} from 'vitest';
import {type Bindings, emptyBindings} from '../../../../src/plan/bindings-file/types.ts';
import {parsePlan, placeName} from '../../../../src/plan/parse-plan.ts';
import {commandsOf, contextOf} from '../../../../src/plan/plan.ts';

const hosts = {
  till: {matches: ['till1'], destination: 'ops@192.0.2.1', line: 1},
  stock: {matches: ['stock2'], destination: 'ops@192.0.2.2', line: 2},
};

/** The commands, each with its host, and `?` where that is asked. */
function placesOf(given: Partial<Bindings>, ...lines: readonly string[]): string[] {
  const {steps, proposal} = parsePlan(
    ['# Change', '', 'Hosts: `till1` and `stock2`', '', '## Deploy', '', ...lines].join('\n'),
    {
      ...emptyBindings,
      hosts,
      ...given,
    },
  );
  const open = (proposal?.doubts ?? []).filter(({code}) => code === 'place-assumed');
  return steps.flatMap(step => {
    const place = contextOf(step)?.place;
    const where = place?.kind === 'host' ? place.host : 'here';
    const isAsked = open.some(one => one.steps.includes(step.id));
    return commandsOf(step).map(({text}) => `${text} ${where}${isAsked ? '?' : ''}`);
  });
}

test('of two sections with one title, the review places each', () => {
  const arms = ['### Option A', '', '`systemctl stop till`', '', '### Option B', '', '`systemctl stop stock`'];
  const lines = ['Stop.', '', ...arms, '', '## Afterwards', '', ...arms.map(line => line.replace('stop', 'start'))];
  const plan = parsePlan(['# Change', '', '## Deploy', '', ...lines].join('\n'), emptyBindings);
  const [first, second] = plan.sections.filter(({title}) => title === 'Option B').map(({id}) => placeName(plan, id));
  expect([first, second]).toEqual(['Deploy > Option B', 'Afterwards > Option B']);
  expect(placesOf({placed: {[first ?? '']: 'till', [second ?? '']: 'stock'}}, ...lines).join()).toMatch(
    /stop stock till.*start stock stock/,
  );
  expect(placesOf({placed: {'Option B': 'stock', [first ?? '']: 'till'}}, ...lines).join()).toMatch(
    /stop stock till.*start stock stock/,
  );
  const deploy = plan.sections.find(({title}) => title === 'Deploy')?.id ?? '';
  expect(placeName(plan, deploy)).toBe('Deploy');
});

const SECTION = [
  '- Stop',
  '  - on till1, with the night shift',
  '    - `systemctl stop till`',
  '  - then stock2, as agreed',
  '    - `systemctl stop stock`',
];

describe.each([
  ['`contexts:`', (place: string): Partial<Bindings> => ({contexts: {Deploy: place}})],
  ['the review', (place: string): Partial<Bindings> => ({placed: {Deploy: place}})],
])('set by %s', (_, set) => {
  test('the first of two hosts', () => {
    expect(placesOf(set('till'), ...SECTION)).toEqual(['systemctl stop till till', 'systemctl stop stock till?']);
  });

  test('the second of two hosts', () => {
    expect(placesOf(set('stock'), ...SECTION)).toEqual(['systemctl stop till stock?', 'systemctl stop stock stock']);
  });

  test('a third one, and this machine', () => {
    expect(placesOf(set('bastion'), ...SECTION)).toEqual([
      'systemctl stop till bastion?',
      'systemctl stop stock bastion?',
    ]);
    expect(placesOf(set('local'), ...SECTION)).toEqual(['systemctl stop till here?', 'systemctl stop stock here?']);
  });

  test('two machines that are only described', () => {
    const lines = ['On the primary:', '', '`systemctl stop ldap`', '', 'On the standby:', '', '`systemctl start ldap`'];
    expect(placesOf(set('till'), ...lines)).toEqual(['systemctl stop ldap till?', 'systemctl start ldap till?']);
  });

  test('in German', () => {
    const lines = [
      '- [ ] Auf dem Hauptrechner: `systemctl stop kasse`',
      '- [ ] Auf dem Ersatzrechner: `systemctl start kasse`',
    ];
    expect(placesOf(set('till'), ...lines)).toEqual(['systemctl stop kasse till?', 'systemctl start kasse till?']);
  });

  test('a host that the text names, and commands for which it names none', () => {
    const lines = ['- `docker compose pull`', '- on stock2, later', '  - `systemctl start index`'];
    expect(placesOf(set('till'), ...lines)).toEqual(['docker compose pull till', 'systemctl start index till?']);
  });

  test.each([
    ['the only question of the section', ['- on till1, with the night shift', '  - `systemctl stop till`']],
    [
      'a machine that is only described, and commands without one',
      ['- `docker compose pull`', '- on the server', '  - `docker compose up -d`'],
    ],
    ['no word of a place', ['`docker compose pull`', '', '`docker compose up -d`']],
  ])('answers %s', (__, lines) => {
    const places = placesOf(set('bastion'), ...lines);
    expect(places.length).toBeGreaterThan(0);
    expect(places.filter(place => !place.endsWith(' bastion'))).toEqual([]);
  });
});

test('a host that a sentence surely names wins over the review', () => {
  const lines = ['On till1:', '', '`systemctl stop pos`', '', 'On stock2:', '', '`systemctl start kasse`'];
  expect(placesOf({placed: {Deploy: 'stock'}}, ...lines)).toEqual([
    'systemctl stop pos till',
    'systemctl start kasse stock',
  ]);
});
