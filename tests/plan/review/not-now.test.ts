/** What is for a later day, or struck out, does not run today. */
import {expect, test} from 'vitest';
import {parsePlan} from '../../../src/plan/parse-plan.ts';
import {commandsOf, emptyBindings} from '../../../src/plan/plan.ts';
import {playPlan} from '../../run/play-plan.ts';

/** What runs once the reading is accepted as it is. */
function runsOf(source: string): string[] {
  const plan = parsePlan(source, emptyBindings);
  return playPlan(plan, {accepted: true, goesOn: false}).lines.map(line => (plan.source[line - 1] ?? '').trim());
}

function conditionsOf(source: string): (string | undefined)[] {
  return parsePlan(source, emptyBindings).steps.map(({condition}) => condition);
}

test.each([
  ['a weekday', 'Friday: delete the old kilns'],
  ['a relative day', 'Tomorrow morning - empty the tank'],
  ['days from now', 'J+7 : supprimer les anciens paquets'],
  ['days from now in German', 'Tag+14: alte Stände löschen'],
  ['a week in German', 'Nächste Woche: alte Stände löschen'],
  ['the next day in Portuguese', 'Amanhã: apagar as cópias'],
  ['a day in Spanish', 'El lunes: borrar las copias'],
  ['a day in Dutch', 'Volgende week: oude kopieën weg'],
  ['a day in Finnish', 'Perjantaina: vanhat kopiot pois'],
])('an item asks first: %s', (_, words) => {
  const source = `# Kiln\n\n## Deploy\n\n- [ ] Start it: \`./start.sh\`\n- [ ] ${words}\n\n  \`\`\`bash\n  rm -rf old\n  \`\`\`\n`;
  expect(runsOf(source)).toEqual(['- [ ] Start it: `./start.sh`']);
  expect(conditionsOf(source)[1]).toBeDefined();
});

test('a heading asks for everything below it', () => {
  const source = '# Dogs\n\n## Deploy\n\n`./go.sh`\n\n### Tomorrow\n\n* `rm -rf old`\n* `zfs destroy tank@pre`\n';
  expect(runsOf(source)).toEqual(['`./go.sh`']);
});

test('what must come first is asked behind a label', () => {
  const source =
    '# Mast\n\n## Deploy\n\n```bash\n./flash.sh\n```\n\n**Part C - keep it.** Only after the tests below are fine!\n\n```bash\n./keep.sh\n```\n';
  expect(runsOf(source)).toEqual(['./flash.sh']);
  expect(runsOf(source.replace('Only after the tests below are fine!', 'Erst wenn alles läuft!'))).toEqual([
    './flash.sh',
  ]);
});

test('the days of a schedule ask for nothing', () => {
  const source =
    '# Move\n\n## Saturday\n\n- [ ] Lock: `./lock.sh`\n\n## Sunday\n\n- [ ] Friday 18:00 lists: `./lists.sh`\n';
  expect(conditionsOf(source)).toEqual([undefined, undefined]);
});

test('struck out, nothing of an item runs', () => {
  const source = `# Kiln

## Deploy

1. Stop the line: \`linectl stop\`
2. ~~Flash the spare board~~

   \`\`\`bash
   flash.sh --board spare
   \`\`\`

3. ~~Datenbank leeren~~ entfällt diesmal

   \`\`\`bash
   dropdb ofen
   \`\`\`

4. ~~Seed it: \`make seed\`~~
5. <del>Tape: \`make tape\`</del> no tape any more
6. Start: \`linectl start\`
`;
  expect(runsOf(source)).toEqual(['1. Stop the line: `linectl stop`']);
  const {steps, proposal} = parsePlan(source, emptyBindings);
  expect(steps.map(({title}) => title)).toEqual(['Stop the line', 'Start']);
  expect(proposal?.doubts.map(({id}) => id)).toEqual(['not-read:12', 'not-read:15', 'not-read:19']);
});

test('beside what is struck out, only what replaces it is read, and asked about', () => {
  const source = '# Kiln\n\n## Deploy\n\n- [ ] ~~`make old`~~ `make new`\n- [ ] Run ~~`make a`~~ `make b`\n';
  const {steps, proposal} = parsePlan(source, emptyBindings);
  expect(steps.flatMap(commandsOf).map(({text}) => text)).toEqual(['make new', 'make b']);
  expect(proposal?.doubts).toMatchObject([{code: 'role-assumed', line: 5}]);
});

test.each([
  'On the following working day, clear the spool',
  'After a complete month end, remove the chain',
  'Two days after the switch: delete the copies',
  'At the end of the quarter, take the old one out',
  'Once billing has confirmed, drop the old table',
  'When the auditors have signed off, delete the ledger',
  'Nach dem Quartalsabschluss: alte Kette löschen',
  'Sobald die Revision zugestimmt hat, Kopien löschen',
  "Dès que l'agence a donné son accord, supprimer la base",
  'Una vez que el banco confirme, borrar la tabla',
  'Na drie rustige weken: oude kopieën weg',
])('far from now, or hanging on another person, it asks first: %s', words => {
  const source = `# Kiln\n\n## Deploy\n\n1. Start it: \`./start.sh\`\n2. ${words}: \`rm -rf old\`\n`;
  expect(runsOf(source)).toEqual(['1. Start it: `./start.sh`']);
});

test.each(['After a minute, look at it', 'Once it is up, open the gate', 'Nach zwei Minuten: nachsehen'])(
  '"%s" comes with the rest',
  words => {
    expect(conditionsOf(`# Kiln\n\n## Deploy\n\n1. ${words}: \`./look.sh\`\n`)).toEqual([undefined]);
  },
);

test.each([
  ['- E.1 On the following business day the pump is greased.', '- E.2 After a full month, the old one is scrapped.'],
  ['- Notify the office.', '- Two weeks later, scrap the old pump.'],
  ['- Die Leitwarte anrufen.', '- Nach zwei Wochen die alte Pumpe verschrotten.'],
])('a list that a person does holds nothing that is for later, unless somebody says so: %s', (...items) => {
  const {proposal} = parsePlan(`# Kiln\n\n## Part C. Cleaning up\n\n${items.join('\n')}\n`, emptyBindings);
  const open = (proposal?.doubts ?? []).filter(({line, proposed}) => line > 4 && proposed === undefined);
  expect(open).not.toEqual([]);
});

test('a row of boxes in one item is read at once', () => {
  const item = `- [ ] ${'[ ] '.repeat(60)}\`systemctl stop lock\``;
  expect(parsePlan(`# Lock\n\n## Deploy\n\n${item}\n`, emptyBindings).steps).toHaveLength(1);
});
