/** Sentences that say how other parts of the document are carried out hold those parts, wherever they stand. */
import {expect, test} from 'vitest';
import {planOf} from '../../helpers/plan-view.ts';

/** The lines whose steps wait for an open question about such a sentence; 0 for a whole section. */
function held(...lines: readonly string[]): number[] {
  const {proposal, steps} = planOf(...lines);
  const lineOf = new Map(steps.map(({id, line}) => [id, line]));
  const open = (proposal?.doubts ?? []).filter(
    ({message, proposed}) => proposed === undefined && /says (?:more of|how parts)/.test(message),
  );
  const found = open.flatMap(one => (one.steps.length === 0 ? [0] : one.steps.map(id => lineOf.get(id) ?? -1)));
  return [...new Set(found)].toSorted((a, b) => a - b);
}

const DEPLOY = ['# Sluice', '', '## Deploy', ''];

test('boxes with a mark that a sentence names wait, and all in them', () => {
  const items = [
    '- [ ] only additive → quiet: skip the boxes marked (M)',
    '- [ ] (M) Close the gate, on the dam:',
    '  - [ ] `systemctl stop gate`',
    '  - [ ] `curl -s https://gate.example/ping` says 503',
    '- [ ] `systemctl restart web`',
  ];
  expect(held(...DEPLOY, ...items)).toEqual([7, 8]);
});

const MARKED = (mark: string) => [
  `1. ${mark} Stop it: \`systemctl stop records\``,
  '2. `cp -a /srv/records /srv/records.old`',
  `3. ${mark} Sync: \`systemctl start sync\``,
];

test.each([
  ['(P)', 'Conventions: steps marked (P) are done on the primary only.'],
  ['(o)', '(o) may be left out on weekdays.'],
  ['★', '★ Mondays only.'],
  ['🔵', 'Legend: 🔵 wait for the keeper, 🔴 by hand.'],
  ['[N]', 'Zeichen: [N] = nur im Notfall, [Z] = zweimal, einmal je Knoten.'],
  ['(R)', 'Les étapes avec (R) ne se font que sur le secours.'],
  ['[U]', 'Los pasos marcados con [U] se ejecutan únicamente en urgencias.'],
  ['(S)', 'Legenda: (S) = solo di sera, (D) = due volte.'],
  ['(A)', 'Stappen met (A) alleen als de slagbomen open staan.'],
])('%s: %s', (mark, legend) => {
  expect(held(...DEPLOY, ...MARKED(mark), '', '## Notes', '', legend)).toEqual([5, 7]);
  expect(held('# Sluice', '', legend, '', '## Deploy', '', ...MARKED(mark))).toEqual([7, 9]);
});

test('a column of marks, a row of a legend, and an asterisk behind the command', () => {
  const table = ['| Mark | Step | Command |', '|---|---|---|', '| R | stop | `systemctl stop records` |'];
  const others = ['|  | copy | `cp -a /srv/records /srv/old` |', '| X | sync | `systemctl start sync` |'];
  const legend = [
    '| | meaning |',
    '|---|---|',
    '| **R** | reviewer must have said yes before |',
    '| **X** | execute twice |',
  ];
  expect(held(...DEPLOY, ...table, ...others, '', '## Legend', '', ...legend)).toEqual([7, 9]);
  expect(
    held(...DEPLOY, ...table, ...others, '', 'A = always, R = only with an officer on site, X = optional.'),
  ).toEqual([7, 9]);
  const starred = [
    '1. `systemctl stop pumps` \\*',
    '2. `cp pumps.conf /etc/`',
    '',
    '\\* only when the keeper is there',
  ];
  expect(held(...DEPLOY, ...starred)).toEqual([5]);
});

test('what is set in italics, and a title with a mark', () => {
  const items = ['1. `systemctl stop web`', '2. *Clear the cache:* `redis-cli flushall`'];
  expect(held('# Web', '', 'Everything in italics is optional.', '', '## Deploy', '', ...items)).toEqual([8]);
  expect(held('# Web', '', 'Lo que está en cursiva es opcional.', '', '## Pasos', '', ...items)).toEqual([8]);
  const titled = [
    '## 1. Flash [night]',
    '',
    '`dd if=fw.bin of=/dev/mtd0`',
    '',
    '## 2. Restart',
    '',
    '`systemctl restart gate`',
  ];
  expect(held('# Gate', '', 'Sections tagged [night] are only done after ten.', '', ...titled)).toEqual([7]);
});

const NUMBERED = ['1. `systemctl stop web`', '2. `tar xf web.tar`', '3. `systemctl start web`'];

test.each([
  ['Never run 3 while 2 is open.', [6, 7]],
  ['Steps 2 and 3 only when the store is empty.', [6, 7]],
  ['Die Schritte 2 und 3 erst, wenn das Lager leer ist.', [6, 7]],
  ["L'étape 3 se fait avant l'étape 2 le lundi.", [6, 7]],
  ['Os passos 2 e 3 em ordem inversa.', [6, 7]],
  ['Repeat 1-3 for each dome.', [5, 6, 7]],
])('numbers, from elsewhere: %s', (sentence, lines) => {
  expect(held(...DEPLOY, ...NUMBERED, '', '## Notes', '', sentence)).toEqual(lines);
});

test.each([
  'Run each command twice, once per node.',
  'The grey lines are done by the vendor.',
  'Never two commands at the same time.',
  'Every command below is run on both tills, till1 first.',
  'Jeder Befehl wird zweimal ausgeführt, einmal je Knoten.',
  'Toutes les commandes se lancent deux fois.',
  'Los comandos se repiten en cada nodo.',
  'Cada comando duas vezes.',
  'Do not run any command of this document while it is raining.',
])('what names no part holds the section that runs first: %s', sentence => {
  const {proposal} = planOf('# Web', '', '## Before you start', '', sentence, '', '## Deploy', '', ...NUMBERED);
  const open = (proposal?.doubts ?? []).filter(({proposed}) => proposed === undefined);
  expect(open.some(({message}) => message.includes(sentence.slice(0, 30)))).toBe(true);
});

test.each([
  'Do all steps in order.',
  'If a command fails, stop and call Ida.',
  'All 12 lines must say OK.',
  'Step 3 is done after step 2.',
  'Tick the boxes as you go.',
  'Confirm with Payments operations on the bridge, do not rely on the dashboard.',
])('says nothing else than the order of the document: %s', sentence => {
  expect(held(...DEPLOY, ...NUMBERED, '', '## Notes', '', sentence)).toEqual([]);
});

test('a mark that nothing carries is asked about beside one that is carried', () => {
  const told = ['Steps marked ★ are only done on Mondays.', '', 'Steps marked ◆ are only done by Ana.', ''];
  expect(held('# Sluice', '', ...told, '## Deploy', '', ...MARKED('★'))).toEqual([0, 9, 11]);
});

test('the legend stands ahead of many other marks', () => {
  const others = Array.from(
    {length: 60},
    (_, index) => `- (${String.fromCharCode(65 + (index % 26), 65 + index / 26)}) = only on the spare`,
  );
  const lines = ['# Sluice', '', '★ Mondays only.', '', ...others, '', '## Deploy', ''];
  expect(held(...lines, ...MARKED('★'))).toEqual([lines.length + 1, lines.length + 3]);
});

test('a number is one of the list in the same section, however many lists there are', () => {
  const part = (index: number) => [
    `## Part ${index} of it`,
    '',
    `1. \`systemctl stop a${index}\``,
    `2. \`make a${index}\``,
    '',
  ];
  const lines = ['# Sluice', '', ...Array.from({length: 60}, (_, index) => part(index)).flat()];
  expect(held(...lines, 'Never run 2 while the gate is open.')).toEqual([lines.length - 1]);
});

test.each([
  ['italics', '<em>Sync:</em>', [7]],
  ['bold', '<b>Sync:</b>', [7]],
  ['italics', 'Sync:', [0]],
])('everything in %s, beside %s', (look, words, lines) => {
  const told = `Everything in ${look} is only done on Mondays.`;
  expect(held('# Sluice', '', told, '', '## Deploy', '', `1. ${words} \`systemctl start sync\``)).toEqual(lines);
});

test('what the watch says of a step of the deploy holds that step', () => {
  const watch = ['', '## Monitoring', '', 'Watch the graphs. Never run step 2 while a backup runs.'];
  expect(held(...DEPLOY, ...MARKED('★').map(text => text.replace('★ ', '')), ...watch)).toEqual([6]);
});

test.each([
  '4.2 and 4.3 are omitted if 4.1 lists nothing.',
  '4.2 und 4.3 entfallen, wenn 4.1 nichts zeigt.',
  '4.2 y 4.3 se omiten si 4.1 no muestra nada.',
])('a sentence that begins with the numbers of rows governs them: %s', sentence => {
  const rows = [
    '| 4.1 | `ssh db1 pumpdb status` |',
    '| 4.2 | `ssh db1 pumpdb mark` |',
    '| 4.3 | `ssh db1 pumpdb migrate` |',
  ];
  const {proposal, steps} = planOf('# Pumps', '', '## Deploy', '', '| Nr | Do |', '|---|---|', ...rows, '', sentence);
  const open = (proposal?.doubts ?? []).filter(
    ({code, proposed}) => code === 'condition-assumed' && proposed === undefined,
  );
  const held = new Set(open.flatMap(one => one.steps));
  expect(steps.filter(({id}) => held.has(id)).map(({line}) => line)).toEqual(expect.arrayContaining([8, 9]));
});
