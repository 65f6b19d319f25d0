/** What a text beside commands asks for more: other names of its list, unknown programs, a gate, a first half of a sentence. */
import {expect, test} from 'vitest';
import {parsePlan} from '../../../src/plan/parse-plan.ts';
import {commandsOf, emptyBindings} from '../../../src/plan/plan.ts';

function planOf(...lines: readonly string[]) {
  return parsePlan(['# Mill', '', '## Deploy', '', ...lines].join('\n'), emptyBindings);
}

/** The open doubts that nothing else explains. */
function open(...lines: readonly string[]): string {
  return (planOf(...lines).proposal?.doubts ?? [])
    .flatMap(({message, because, proposed}) => (proposed === undefined ? [`${message} (${because})`] : []))
    .join('\n');
}

function commands(...lines: readonly string[]): string[] {
  return planOf(...lines).steps.flatMap(step => commandsOf(step).map(({text}) => text));
}

test.each([
  ['Recreate them one by one: `feed`, `grind`, `pack`.', 'systemctl restart feed', 'grind, pack'],
  ['Nacheinander neu starten: `feed`, `grind` und `pack`.', 'systemctl restart grind', 'feed, pack'],
  ['Uruchomić ponownie `feed`, oraz `pack`:', 'systemctl restart pack', 'feed'],
])('%s above %s', (lead, command, others) => {
  expect(open(lead, '', '```sh', command, '```')).toContain(`names ${others} as well`);
});

test('nothing is asked where the commands or their neighbours do them all', () => {
  expect(
    open('Restart `feed` and `pack`:', '', '```sh', 'for s in feed pack; do systemctl restart $s; done', '```'),
  ).toBe('');
  expect(open('1. Restart `feed` and `pack`: `systemctl restart feed`', '2. `systemctl restart pack`')).toBe('');
});

test.each([
  ['Stop: `mill-off line2`, then `mill-feed --stop line2`', ['mill-off line2', 'mill-feed --stop line2']],
  ['Arrêter : `mill-off line2` puis `mill-feed --stop line2`', ['mill-off line2', 'mill-feed --stop line2']],
  ['Anhalten: `gate --close 4` und `gate open 5`', ['gate --close 4', 'gate open 5']],
])('%s', (item, all) => {
  expect(commands(`1. ${item}`)).toEqual(all);
});

test.each([
  'Stop: `fence-off east`, then `systemctl stop mill`',
  'Zatrzymać `systemctl stop mill` oraz `fence-off east`',
  'Parar: `systemctl stop mill` y `fence-off east`',
])('an unknown program beside a command is asked about: %s', item => {
  expect(open(`1. ${item}`)).toContain('was read into no step: "fence-off east"');
});

test('what a command prints is no command', () => {
  expect(open('1. `systemctl restart mill`, it prints `is-ready 200`')).not.toContain('is-ready');
});

test.each([
  ["Lag will go up; don't take the next one until it is back.", /take the next one/],
  ['Es dauert etwas. Niemals weitermachen, bevor die Mühle steht.', /weitermachen/],
  ['Ça prend du temps. Ne pas continuer avant que le moulin soit prêt.', /continuer/],
  ['Never open the gate before the light is green.', /open the gate/],
])('a gate below the code of an item is asked of a person: %s', (text, title) => {
  const {steps} = planOf('1. Start it', '', '   ```sh', '   systemctl start mill', '   ```', '', `   ${text}`);
  expect(steps.find(({action}) => action.kind === 'manual')?.title).toMatch(title);
});

test.each([
  [['When `grind/` changed since the last tag, run it', 'from the silo, with the new image:'], 'when grind/ changed'],
  [['Nothing else. If the silo is full, empty it', 'before the shift with:'], 'if the silo is full'],
  [['Falls die Mühle noch läuft, anhalten', 'und zwar mit:'], 'falls die mühle noch läuft'],
])('the first half of a lead belongs to it: %j', (lead, condition) => {
  const {steps} = planOf(...lead, '', '```sh', 'make grind', '```');
  expect(steps[0]?.condition?.toLowerCase()).toContain(condition);
});

test('the order of a quotation is not lost, whatever its program', () => {
  expect(open("> D'abord : `apt-mark hold mill-server`.", '', '```sh', 'apt-get update', '```')).toMatch(
    /apt-mark|read into no step/,
  );
});

test('an order to tell somebody is done by no command', () => {
  const {proposal} = planOf('- [ ] If it is late: `grep -c late log`, stop the belt and call the foreman');
  expect((proposal?.doubts ?? []).map(({proposed}) => proposed)).not.toContain('its commands do it');
});

test.each([
  ['Najpierw zatrzymać młyn jak w 1.1, potem:', true],
  ['Nejprve zastavit mlýn podle 1.1, pak:', true],
  ['Potem na końcu:', false],
])('a title in a language without words that names another section: %s', (lead, isAsked) => {
  const text = [
    '# Młyn',
    '',
    '## 1. Praca',
    '',
    '### 1.1 Zatrzymanie',
    '',
    '```',
    'sudo systemctl stop mill',
    '```',
    '',
    '## 2. Wycofanie',
    '',
    lead,
    '',
    '```',
    'sudo apt-get install -y --allow-downgrades mill=1.0',
    '```',
  ];
  const {proposal} = parsePlan(text.join('\n'), emptyBindings);
  expect(proposal?.doubts.some(({message}) => message.includes('asks for other steps'))).toBe(isAsked);
});
