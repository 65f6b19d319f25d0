import {expect, test} from 'vitest';
import {roleOf} from '../../../src/plan/outline/section-role.ts';
import {planOf} from '../../helpers/plan-view.ts';

test.each([
  ['Backing out'],
  ['Back out'],
  ['6. Contingency'],
  ['🔥 Plan B'],
  ['Fallback'],
  ['Abort & revert'],
  ['UNDO'],
  ['If a release must be pulled'],
  ['If the upgrade fails'],
  ['Falling back to the old cluster'],
  ['Plan de contingencia'],
  ['Volver atrás'],
  ['4. Dar marcha atrás'],
  ['Zurück!'],
  ['Zurückschalten'],
  ['Der Weg zurück'],
  ['Revenir en arrière'],
  ['Faire marche arrière'],
  ['Voltar atrás'],
  ['Fallback-Szenario'],
  ["Wenn's nicht klappt"],
  ['Falls das nicht funktioniert'],
  ['Wenn es schiefläuft'],
])('"%s" tells a way back', title => {
  expect(roleOf(title)).toBe('rollback');
});

test.each([
  ['Enable the fallback page', 'deploy'],
  ['Abort criteria', 'triggers'],
  ['Contingency contacts', 'contacts'],
])('"%s" is none', (title, role) => {
  expect(roleOf(title)).toBe(role);
});

test('what follows reasons on one line belongs to the part around them', () => {
  const plan = planOf('## Revert', '**Revert if:** errors > 5%, or a leak is confirmed', '', '- [ ] `make back`');
  expect(plan.rollback?.steps).toEqual(['L4']);
  expect(plan.rules.map(({metric, role, person}) => ({metric, role, person}))).toEqual([
    {metric: 'errors', role: 'trigger', person: false},
    {metric: 'a leak is confirmed', role: 'trigger', person: true},
  ]);
});

test('reasons parted by semicolons are a trigger each', () => {
  const plan = planOf(
    '**Fallback**',
    '',
    'Triggers: 5xx rate over 1 %; queue age over 600 s.',
    '',
    '```bash',
    'make old',
    '```',
  );
  expect(plan.rules.map(({op, value, unit}) => `${op} ${value} ${unit}`)).toEqual(['> 1 %', '> 600000 ms']);
  expect(plan.rollback).toMatchObject({heading: 'Fallback', steps: [expect.anything()]});
});

test.each([
  ['Back out when any of the following holds for more than 5 minutes:'],
  ['Fire this plan when *any* of these is true:'],
  ['Se decide la vuelta atrás si:'],
])('inside a rollback "%s" leads to its triggers', label => {
  const plan = planOf(
    '## Rollback',
    label,
    '',
    '- error rate > 2%',
    '- a bad smell',
    '',
    'Then:',
    '',
    '1. `make back`',
  );
  expect(plan.rules).toMatchObject([
    {metric: 'error rate', role: 'trigger'},
    {metric: 'a bad smell', role: 'trigger', person: true},
  ]);
  expect(plan.rollback?.steps).toEqual(['L9']);
});

test('a plain label ends the triggers that a plain label began', () => {
  const plan = planOf(
    '## Rückfallplan',
    'Auslöser:',
    '',
    '- Fehlerquote über 3 %',
    '',
    'Ablauf:',
    '',
    '1. `make zurueck`',
  );
  expect(plan.rules).toMatchObject([{metric: 'error rate', op: '>', value: 3}]);
  expect(plan.rollback?.steps).toEqual(['L8']);
});

test('a document without headings is parted by lines in capitals', () => {
  const plan = planOf(
    'Billing 9',
    '',
    'INSTALLATION (T-0)',
    '',
    '1) Stop it.',
    '2) Start it.',
    '',
    'UNDO',
    '',
    '3) Put the old one back.',
  );
  expect(plan.sections.map(({title, role}) => `${title}: ${role}`)).toEqual([
    'INSTALLATION (T-0): deploy',
    'UNDO: rollback',
  ]);
  expect(plan.steps.map(({title}) => title)).toEqual(['Stop it.', 'Start it.', 'Put the old one back.']);
  expect(plan.rollback?.steps).toEqual(['L10']);
});

test.each([
  ['a boiler', 'prepare', 'go', 'if it burns'],
  ['a mill, in German', 'Vorher', 'jetzt umbauen', 'retour'],
  ['a kiosk, in French', 'avant', 'on y va', 'demi-tour'],
  ['a quay, with remarks in brackets', 'pre (quay 4)', 'per crane (N = 2, 3)', 'bk'],
])('%s: without any headings, a few words above each list are its headings', (_, first, second, third) => {
  const plan = planOf(
    'The change',
    '',
    first,
    '- [ ] `tar czf /root/old.tgz /etc/app`',
    '',
    second,
    '- [ ] `apt-get install -y app=3.1`',
    '',
    third,
    '- [ ] `apt-get install -y --allow-downgrades app=3.0`',
    '- [ ] `tar xzf /root/old.tgz -C /`',
  );
  expect(plan.sections.map(({title}) => title)).toEqual([first, second, third]);
  expect(plan.rollback?.steps).toEqual(['L10', 'L11']);
});

test('sentences above lists, and labels of a document with headings, are none', () => {
  const {sections} = planOf(
    '# The change',
    '## Deploy',
    'stop it',
    '- [ ] `make a`',
    '',
    'start it',
    '- [ ] `make b`',
    '',
    'look',
    '- [ ] `make c`',
  );
  expect(sections.map(({title}) => title)).toEqual(['Deploy']);
});

/** Uses of the sections, by title. */
function usesOf(...lines: readonly string[]) {
  return planOf(...lines).sections.map(({title, use}) => `${title}: ${use}`);
}

const ON_PANEL = ['On the panel:', '```bash', './load.sh', '```', ''];

test('a bold line directly above its text is a title in a document without headings', () => {
  const back = ['**Back**', 'If the pump does not turn:', '```bash', './unload.sh', '```', ''];
  const old = ['**From the old sheet** (for reference)', '```bash', './wipe.sh', '```'];
  expect(usesOf('# Pumps', '', '**Loading**', ...ON_PANEL, ...back, ...old)).toEqual([
    'Loading: run',
    'Back: rollback',
    'From the old sheet (for reference): reference',
  ]);
});

test.each([
  ['**Zurück**', 'Wenn die Pumpe nicht dreht:'],
  ['**Vuelta atrás**', 'Si la bomba no gira:'],
  ['**Rollback**', 'The pump stands still, so:'],
])('"%s" is one below a heading too', (title, lead) => {
  const {rollback} = planOf('# P', '', '## Deploy', '', ...ON_PANEL, title, lead, '```bash', './unload.sh', '```');
  expect(rollback?.steps).toHaveLength(1);
});

test('a bold line among text that names no part stays in it', () => {
  expect(usesOf('# P', '', '## Deploy', '', '**Mind the dog**', ...ON_PANEL)).toEqual(['Deploy: run']);
});

test.each([
  ['If the counts differ, go back (A). Up to 50 rows are fine.', 'Back out'],
  ['Si `dif` no es 0 en alguna, volver atrás (A). En auditoría se tolera hasta 50 filas.', 'Volver atrás'],
  ['Falls die Zahlen abweichen, zurück (A). Bis 50 Zeilen sind in Ordnung.', 'Der Weg zurück'],
])('a sentence that sends to the rollback is no section: "%s"', (sentence, title) => {
  const block = ['```bash', 'make old', '```'];
  const plan = planOf('## Deploy', '', '```bash', 'make new', '```', '', sentence, '', `## ${title}`, '', ...block);
  expect(plan.sections.map(one => one.title)).toEqual(['Deploy', title]);
  expect((plan.proposal?.doubts ?? []).some(({line}) => line === 7) || plan.steps.some(({line}) => line === 7)).toBe(
    true,
  );
});

test('a sentence inside a part of the fallback is none either, and its second sentence is not lost', () => {
  const sentence = 'If the shell was closed, put the old pier in by hand. If step 6.5 was done, do it in reverse.';
  const plan = planOf('## 7. Fallback', '', '### 7.2 After 6', '', '```bash', 'make old', '```', '', sentence);
  expect(plan.sections.map(({title}) => title)).toEqual(['7. Fallback', '7.2 After 6']);
});
