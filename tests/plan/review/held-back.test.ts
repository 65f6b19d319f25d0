/** A sentence that holds back work stands open on the steps that it names, however far from them it stands. */
import {expect, test} from 'vitest';
import {planOf} from '../../helpers/plan-view.ts';

/** The lines of the steps that wait for an open question which quotes a sentence elsewhere. */
function held(...lines: readonly string[]): number[] {
  const {proposal, steps} = planOf(...lines);
  const lineOf = new Map(steps.map(({id, line}) => [id, line]));
  const open = (proposal?.doubts ?? []).filter(
    ({message, proposed}) => proposed === undefined && message.includes('says more of'),
  );
  return [...new Set(open.flatMap(one => one.steps.map(id => lineOf.get(id) ?? -1)))].toSorted((a, b) => a - b);
}

/** Lines 5, 11, 17, 23 and 29. */
const WORK = (titles: readonly string[]) => {
  const commands = [
    'ssh ops@tank1 pg_dump -Fc tanks -f /var/backups/tanks.dump',
    'ssh ops@tank1 sudo systemctl stop gauge-reader',
    'ssh ops@tank1 psql -d tanks -f /srv/tanks/columns.sql',
    'ssh ops@tank2 sudo dpkg -i /var/tmp/gauge_9.deb',
    'ssh ops@tank1 tank-history purge --before 2019',
  ];
  return [
    '# Tank farm',
    '',
    '## Deploy',
    '',
    ...commands.flatMap((command, index) => [
      `${index + 1}. ${titles[index]}:`,
      '',
      '   ```',
      `   ${command}`,
      '   ```',
      '',
    ]),
  ];
};

const ENGLISH = WORK(['Take the dump', 'Halt the readers', 'Columns', 'Second gauge', 'Old history']);

test.each([
  ['Columns.sql has to wait for the berth list to be empty, look at the board.', [17]],
  ['Leave tank2 alone until the jetty has called.', [23]],
  ['The purge belongs to the accountants. They run it on Monday.', [29]],
  ['`gauge-reader` stays up while a lorry is on the scale.', [11]],
  ['Purging the history is optional and can be done any day this week.', [29]],
  ['Once the history is gone nobody can bill. We either do it on Sunday or not at all.', [29]],
  ['The history goes last, and never on a Friday.', [29]],
])('below the work: %s', (sentence, lines) => {
  expect(held(...ENGLISH, '', sentence)).toEqual(lines);
  expect(held(...ENGLISH, '', '## Remarks', '', sentence)).toEqual(lines);
  expect(held(...ENGLISH, '', '## Remarks', '', `- ${sentence}`)).toEqual(lines);
});

test.each([
  [
    ['Sicherung', 'Leser anhalten', 'Spalten', 'Zweite Anzeige', 'Historie löschen'],
    'Die Historie erst am Montag, die Prüfer sind noch da.',
    [29],
  ],
  [
    ['Sicherung', 'Leser anhalten', 'Spalten', 'Zweite Anzeige', 'Historie löschen'],
    'tank2 bleibt auf der alten Version, solange dort ein Schiff liegt.',
    [23],
  ],
  [
    ['Sauvegarde', 'Arrêt', 'Colonnes', 'Second', 'Purge des années'],
    "La purge attend l'accord écrit des douanes.",
    [29],
  ],
  [['Copia', 'Parar', 'Columnas', 'Segundo', 'Purgar el archivo'], 'La purga no se hace antes del cierre.', [29]],
  [
    ['Cópia', 'Parar', 'Colunas', 'Segundo', 'Limpar o arquivo'],
    'O tank2 fica para amanhã, o cais ainda trabalha com ele.',
    [23],
  ],
])('in other languages: %j %s', (titles, sentence, lines) => {
  expect(held(...WORK(titles as string[]), '', sentence as string)).toEqual(lines);
});

test('the row of a table is named by its number', () => {
  const table = [
    '| # | Task | Command |',
    '|---|---|---|',
    '| 1 | Freeze | `ssh ops@tank1 alarmctl freeze` |',
    '| 2 | Flush | `ssh ops@tank1 gaugeq flush` |',
    '| 3 | Thaw | `ssh ops@tank1 alarmctl thaw` |',
  ];
  expect(held('# Tank farm', '', '## Deploy', '', ...table, '', "Row 2 is Dave's call, not ours.")).toEqual([8]);
});

test.each([
  'The dump takes four minutes.',
  'If the history is large, bring coffee.',
  'Window: Saturday, the purge until noon.',
  'The gauges are old, and nobody likes them.',
  'Ring Ana when the purge is through.',
  'Checklist for the history on Tuesday 12 January.',
  'Outside the season, start when the readers have closed.',
  'Up to here nothing on tank2 changes, and it can be called off.',
  'It must be copied from tank2 before the season, by whoever comes first.',
  'The tanks directory must be readable.',
])('nothing is held by what holds nothing back: %s', sentence => {
  expect(held(...ENGLISH, '', sentence)).toEqual([]);
});

test('what a person ticks ahead of the work is done in its turn', () => {
  const ahead = ['# Tank farm', '', '## Before', '', '- [ ] The history must not be in use by the accountants', ''];
  expect(held(...ahead, ...ENGLISH.slice(2))).toEqual([]);
});

test('a name that half of the work bears names nothing', () => {
  expect(held(...ENGLISH, '', 'Tank1 stays in the list until next week.')).toEqual([]);
});

/** Per question, its line, whether it is open, and the lines of its steps. */
function asked(...lines: readonly string[]): string[] {
  const {proposal, steps} = planOf(...lines);
  const lineOf = new Map(steps.map(({id, line}) => [id, line]));
  return (proposal?.doubts ?? []).map(({message, proposed, steps: of}) => {
    const at = of.map(id => lineOf.get(id)).join();
    return `${proposed === undefined ? 'open' : 'told'} ${at}: ${message}`;
  });
}

test('an open question elsewhere about the same sentence does not free the step that it names', () => {
  const work = WORK(['Sicherung', 'Leser anhalten', 'Spalten', 'Zweite Anzeige', 'Historie löschen']);
  const found = asked(...work, '', 'Die Spalten erst am Montag, die Prüfer sind noch da.');
  expect(found.filter(one => /^open (?:17|29).*erst/.test(one)).join()).toMatch(/open 17.*Spalten/);
});

test('what a person does behind the commands that it holds back comes too late', () => {
  const late = ['The old history is left in place', '', '   until the auditors have signed.'];
  const found = held(
    ...ENGLISH,
    '',
    '## Remarks',
    '',
    '- [ ] The history must be kept until the auditors have signed',
    '',
    ...late,
  );
  expect(found).toEqual([29]);
});

test('"step 4 is dropped if …" behind step 4 asks about it, though a person reads it', () => {
  const work = WORK(['Sicherung', 'Leser anhalten', 'Spalten', 'Zweite Anzeige', 'Historie löschen']);
  expect(held(...work, '', 'Schritt 4 entfällt, wenn dort ein Schiff liegt.')).toEqual([23]);
  expect(held(...ENGLISH, '', 'Skip step 4 if a ship lies there.')).toEqual([23]);
});

test('of a paragraph about which something is asked, the other lines are told', () => {
  const work = WORK(['Sicherung', 'Leser anhalten', 'Spalten', 'Zweite Anzeige', 'Historie']);
  const text = ['Das Archiv erst am Montag, die Prüfer sind noch da.', 'Neustart ausschließlich in der Schichtpause.'];
  expect(asked(...work, '', ...text).join('\n')).toContain('Schichtpause');
});

test.each([
  ['1. `ssh n@dialysis1 sudo systemctl stop viewer` (the nurses confirm first)'],
  ['1. `ssh n@dialysis1 sudo systemctl stop viewer`, not before the round'],
  ['1. `ssh n@dialysis1 sudo systemctl stop viewer` – wer gerade frei ist'],
])('words behind a command with its login are told: %s', item => {
  const found = asked('# Viewer', '', '## Deploy', '', item, '2. `ssh n@dialysis1 uptime`');
  expect(found.filter(one => /^(?:told|open) 5: /.test(one))).not.toEqual([]);
});

test('text in an item, below its block, belongs to that item and not to the next one', () => {
  const items = [
    '1. Install:',
    '',
    '   ```',
    '   ssh p@reg1 sudo apt-get install -y moor=3.1',
    '   ```',
    '',
    '   The second berth stays for tomorrow: the fish market works until ten.',
    '',
    '2. Count again:',
    '',
    '   ```',
    '   ssh p@reg1 moor recount --all',
    '   ```',
  ];
  const found = asked('# Port', '', '## Deploy', '', ...items);
  expect(found.filter(one => one.includes('fish market')).map(one => /\d+/.exec(one)?.[0])).toEqual(['5']);
});
