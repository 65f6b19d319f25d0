/** Commands that stand where no recogniser takes them for a step: asked about, and never passed over. */
import {expect, test} from 'vitest';
import {isUnread} from '../../../src/plan/doubt.ts';
import {planOf} from '../../helpers/plan-view.ts';

const AROUND = ['## Deploy', '', '```bash', 'make up', '```', ''];

/** Lines that nobody read, with whether accepting the reading settles it. */
function asked(...lines: readonly string[]) {
  const {proposal} = planOf(...AROUND, ...lines, '', '```bash', 'make more', '```');
  return (proposal?.doubts ?? [])
    .filter(isUnread)
    .map(({line, proposed}) => `${line}${proposed === undefined ? '' : ' settled'}`);
}

test.each([
  [['When the board is green, `kubectl uncordon n1` and go on.'], ['7']],
  [['The last one gets `Restart-Service Spooler -Force` as well.'], ['7']],
  [['gw1> docker compose up -d'], ['7']],
  [
    ['```', '# cp a.pem b.pem', '# systemctl reload haproxy', '```'],
    ['8', '9'],
  ],
  [['After six minutes `show version` on both, please.'], ['7']],
  [['The nightly copy is `shop-dump --full` as ever.'], ['7']],
  [
    ['```', 'shop-dump', 'ls -l /var/spool | tail -3', '```'],
    ['8', '9'],
  ],
  [['**@ola** then `fwadm push --all`, please'], ['7']],
  [['Should the copy take more than 25 min, abort it.'], []],
  [['Open `tmux new -s night` before that.'], ['7 settled']],
  [['Still nothing? `systemctl kick web` helps.'], ['7 settled']],
  [['Never run `make clean` or `make wipe` here.'], []],
  [['`make up` must say "done".'], []],
  [['Now the old box. `make up` and, once `pgrep app` says nothing, link it.'], ['7']],
  [['The file `app.conf` stays as it is.'], ['7 settled']],
  [
    ['If all is good, the foreman says "go" and the operator opens gate 4.', '', 'That is all.'],
    ['7', '9 settled'],
  ],
  [
    ['Si todo está en verde, el jefe de turno abre la compuerta.', '', 'That is all.'],
    ['7', '9 settled'],
  ],
  [
    ['Wenn alles grün ist, gibt der Schichtleiter frei.', '', 'That is all.'],
    ['7', '9 settled'],
  ],
  [['> Before you type anything here, look at the prompt.'], ['7']],
])('%j', (lines, expected) => {
  expect(asked(...lines)).toEqual(expected);
});

const HEAD = [
  '# Výměna brány',
  '',
  'Tento postup platí pro obě brány, které jsou na severu.',
  '',
  '## Rollback',
  '',
  '```bash',
  './zpet.sh',
  '```',
  '',
];

test.each([
  [['Potom zavolat na dispečink.'], [3, 11]],
  [['Datum: 12. 5.'], [3]],
  [['Konfigurace:', '', '```bash', './nahraj.sh', '```'], [3]],
])(
  'in a language without words each sentence beside the commands, or above the first section, may be work: %j',
  (lines, expected) => {
    const {proposal} = planOf(...HEAD, ...lines);
    expect(proposal?.doubts.filter(isUnread).map(({line}) => line)).toEqual(expected);
  },
);

/** Lines of doubts that hold the commands above or beside them. */
function takenBack(...lines: readonly string[]) {
  const {proposal} = planOf('## Deploy', '', ...lines);
  return (proposal?.doubts ?? []).flatMap(({code, line, message}) =>
    code === 'condition-assumed' && message.includes('were not to be run') ? [line] : [],
  );
}

const UP = ['```bash', './up.sh', '```'];

test.each([
  [[...UP, '^^ no! only after a week'], [6]],
  [[...UP, '', '↑ not this one, it is for the old site'], [7]],
  [[...UP, '', 'Not any more: since May the pipeline does it.'], [7]],
  [['```bash', './up.sh   # NOT on prod', './on.sh', '```'], [4]],
  [['```bash', './on.sh', './up.sh   # <- already in on.sh', '```'], [5]],
  [[...UP, '', 'Nicht mehr, das macht jetzt die Pipeline.'], [7]],
  [[...UP, '', '← pas encore'], [7]],
  [[...UP, '^^ takes a minute'], []],
  [['```bash', "./up.sh   # don't worry about warnings", './on.sh # no output', '```'], []],
  [[...UP, '', 'Do not run the next one while it is busy:', '', '```bash', './on.sh', '```'], []],
  [[...UP, '', '## Not on prod', '', 'Nothing.'], []],
  [[...UP, '', 'No restart is needed.'], []],
])('a remark takes back the commands beside or above it: %j', (lines, expected) => {
  expect(takenBack(...lines)).toEqual(expected);
});

test.each([
  [['```bash', 'pg_dump shop \\', '```', '', '```bash', '  | gzip', '```'], ['not-read:4']],
  [['```bash', 'tar cz app \\', '', '```'], ['not-read:4']],
  [['```bash', 'echo a\\\\', 'pg_dump shop \\', '  -Fc', '```'], []],
])('a command whose end is missing waits: %j', (lines, expected) => {
  const {proposal} = planOf('## Deploy', '', ...lines);
  const open = (proposal?.doubts ?? []).filter(({code, proposed}) => code === 'not-read' && proposed === undefined);
  expect(open.slice(0, 1).map(({code, line}) => `${code}:${line}`)).toEqual(expected);
});

/** Doubts about a step whose item says how to take it back: code and line. */
function toldBack(...items: readonly string[]) {
  const {proposal, steps} = planOf(
    '## Deploy',
    '',
    '1. Restart it: `systemctl restart api`',
    ...items,
    '2. Tell support',
  );
  const commands = steps.flatMap(({action}) => (action.kind === 'script' ? action.stages : []));
  expect(commands).toHaveLength(1);
  return (proposal?.doubts ?? []).map(({code, line, steps: of}) => `${code} ${line} ${of.join()}`);
}

test.each([
  ['undo: systemctl start api-old'],
  ['revert: `systemctl start api-old`'],
  ['to undo: `systemctl start api-old`'],
  ['**Rollback:** `systemctl start api-old`'],
  ['to revert – put the old file back'],
  ['Rückgängig: `systemctl start api-alt`'],
  ['Um es rückgängig zu machen: systemctl start api-alt'],
  ['Zurück: systemctl start api-alt'],
  ['Annuler : `systemctl start api-ancien`'],
  ['Pour revenir en arrière : systemctl start api-ancien'],
  ['Deshacer: `systemctl start api-vieja`'],
  ['Para volver atrás: systemctl start api-vieja'],
  ['Desfazer: `systemctl start api-velha`'],
  ['Para reverter: systemctl start api-velha'],
])('an item that says how to take its step back is run by nobody and asked about: %s', item => {
  expect(toldBack(`   - ${item}`)).toEqual(['rollback-assumed 4 L3']);
});

test('beside the steps of a group it is not read, and does not hold the next item', () => {
  const group = ['1. Restart it', '   - run: `systemctl restart api`', '   - undo: `systemctl start api-old`'];
  const {proposal} = planOf('## Deploy', '', ...group, '2. Migrate: `make migrate`');
  expect(proposal?.doubts.map(({code, line, proposed}) => `${code} ${line} ${proposed}`)).toEqual([
    'note-assumed 5 a person does it, if that step has to be taken back',
  ]);
});

test('an item about the rollback that asks for nothing raises no doubt', () => {
  expect(toldBack('   - Rollback plan: reviewed')).toEqual([]);
});

test.each([
  ['Stop the queue on the old box.', ['not-read 3 L7']],
  ['Zuerst den Support anrufen.', ['not-read 3 L7']],
  ['Arrêter la file avant de commencer.', ['not-read 3 L7']],
  ['Detener la cola en el servidor viejo.', ['not-read 3 L7']],
  ['Parar a fila no servidor antigo.', ['not-read 3 L7']],
  ['Read this runbook before anything else.', ['note-assumed 3 L7 settled']],
  ['It takes an hour, and nobody notices it.', []],
])('an order below the title of the document is asked about before the first step: %s', (sentence, expected) => {
  const {proposal} = planOf('# Shop', '', sentence, '', '## Deploy', '', '- [ ] Tell support');
  const doubts = (proposal?.doubts ?? []).map(
    ({code, line, steps, proposed}) => `${code} ${line} ${steps.join()}${proposed === undefined ? '' : ' settled'}`,
  );
  expect(doubts).toEqual(expected);
});

test('what stands in a section without steps holds the next step there is', () => {
  const {proposal, steps} = planOf('## At the quay', '', '- The pilot is aboard', '', '## Deploy', '', ...UP);
  const [own] = (proposal?.doubts ?? []).filter(isUnread);
  expect(own).toMatchObject({line: 3, section: 'deploy'});
  expect(own?.steps).toEqual(steps.filter(({action}) => action.kind === 'script').map(({id}) => id));
});

/** Lines of open doubts about what is in no step. */
function lostAt(...lines: readonly string[]): number[] {
  const {proposal} = planOf('## Deploy', '', ...UP, '', ...lines);
  return (proposal?.doubts ?? []).flatMap(({code, line, proposed}) =>
    code === 'not-read' && proposed === undefined ? [line] : [],
  );
}

test.each([
  '- No later than 16:00 on the day, and from your own desk:',
  '- The dry run shall report no deletion. Where it reports one:',
  '- Vor 18:00 und mit der Leitwarte:',
  '- Only while the bridge is closed:',
])('the text above the parts of an item may ask for something itself: %s', text => {
  expect(lostAt(text, '  - the first part', '  - the second part')).toContain(7);
});

test('a title of parts asks for nothing', () => {
  expect(lostAt('- For the purposes of this record:', '  - the gate is the west gate')).not.toContain(7);
});

test.each([
  '| IA050 | 60 | inform the bridge |',
  '| IA050 | 60 | Part D |',
  '| IA050 | 60 | do not interrupt |',
  '| IA050 | 60 | Abschnitt 4 |',
  "| IA050 | 60 | prévenir l'écluse |",
])('a row that says what to do is asked about where nothing was read from it: %s', row => {
  expect(lostAt('| Job | Tolerated (min) | Beyond that |', '|---|---|---|', row)).toEqual([9]);
});

test('a row of figures and names asks for nothing', () => {
  expect(lostAt('| Box | RAM | Room |', '|---|---|---|', '| web1 | 4 GB | north |')).toEqual([]);
});
