import {describe, expect, test} from 'vitest';
import {placeIn} from '../../../src/plan/phrases/host-mentions.ts';
import {readMarks} from '../../../src/plan/phrases/marks.ts';
import {readTimeMark} from '../../../src/plan/phrases/time-marks.ts';
import {actionOf, planOf, stepAt} from '../../helpers/plan-view.ts';

const HOUR = 3_600_000;

test.each([
  ['T-30', -HOUR / 2],
  ['Phase 2.1: Start (T-0:00 to T+0:30)', 0],
  ['T+0:45', 0.75 * HOUR],
  ['Final check (T-6 Hours)', -6 * HOUR],
  ['T-1 Week', -168 * HOUR],
  ['T-7d', -168 * HOUR],
])('%s begins %i ms after the start', (text, offsetMs) => {
  expect(readTimeMark(text)).toEqual({offsetMs});
});

test('a clock at the head of a line is a time, a figure in a sentence is none', () => {
  expect(readTimeMark('08:30 - Initial verification')).toEqual({clock: '08:30'});
  expect(readTimeMark('ratio 10:30 of it')).toBeUndefined();
  expect(readTimeMark('UTC-5')).toBeUndefined();
  expect(readTimeMark('18.30 Uhr Beginn')).toEqual({clock: '18:30'});
  expect(readTimeMark('18.30 – Beginn')).toEqual({clock: '18:30'});
  // Versions.
  for (const text of ['2.41 mess. If something is wrong', '22.04 upgrade', '1.15 Rollout']) {
    expect(readTimeMark(text)).toBeUndefined();
  }
});

describe('marks', () => {
  test.each([
    ['Tag the release (Owner: DBA)', {owner: 'DBA'}],
    ['Ping @tech-lead', {owner: '@tech-lead'}],
    ['RelEng: pushes to mirrors', {owner: 'RelEng'}],
    ['(ALL) Update DNS', {scope: 'ALL'}],
    ['### 11. (DEV, STE)', {scope: 'DEV, STE'}],
    ['[For Facilitator ONLY] say nothing', {scope: 'For Facilitator ONLY'}],
    ['OPTIONAL Step 3', {condition: 'optional'}],
    ['Unseal (if using Vault)', {condition: 'if using Vault'}],
    [
      'When the provider is down (https://status.example), enable the fallback:',
      {condition: 'when the provider is down (https://status.example)'},
    ],
    [
      'Maintenance mode — only when the migration is not compatible:',
      {condition: 'when the migration is not compatible'},
    ],
    ['Maintenance mode off, if you switched it on: `off`', {condition: 'if you switched it on'}],
    ['Unless the notes say "irreversible", revert the schema', {condition: 'unless the notes say "irreversible"'}],
    ['Si sale alguna más, llamar a Josu (si no está ya delante)', {condition: 'si sale alguna más'}],
    ['Falls der Test rot ist, Ola rufen (wenn sie nicht da ist)', {condition: 'falls der test rot ist'}],
    ['Si le test échoue, appeler Zoé (si elle est là)', {condition: 'si le test échoue'}],
    ['Step 5: encoders (optional, only before 03:30)', {condition: 'optional, only before 03:30'}],
    ['Étape 5 (facultatif, selon l’heure)', {condition: 'facultatif, selon l’heure'}],
    ['Proceed ONLY if ALL are YES', {gate: true}],
    ['Wait 2 minutes for the pods', {waitMs: 120_000}],
    ['wait for < 20. a match is max 12 min', {}],
    ['Warten auf < 5 Wagen. Eine Fahrt dauert 12 Minuten', {}],
    ['Start it (5 min)', {estimate: {minMs: 300_000, maxMs: 300_000}}],
  ])('%s', (text, marks) => {
    expect(readMarks(text)).toMatchObject(marks);
  });

  test.each([
    'npm i @scope/package',
    'When the pods are up, switch the traffic',
    'mail ana@example.com',
    'URL: https://x',
    'Error rate (5%)',
  ])('%s has none', text => {
    expect(readMarks(text)).toEqual({});
  });

  test('who and how long stand under a heading as well', () => {
    const plan = planOf(
      '## Deploy',
      '### Step 1: Schema',
      '**Owner**: DBA',
      '**Duration**: 30 minutes',
      '',
      '- [ ] go',
    );
    expect(plan.sections[1]).toMatchObject({owner: 'DBA', estimate: {minMs: 1_800_000, maxMs: 1_800_000}});
    expect(plan.steps).toHaveLength(1);
  });
});

describe('where commands run, as prose says it', () => {
  test.each([
    ['On each patroni node:', 'patroni node'],
    ['Inside the debug pod, run:', 'debug pod'],
    ['Auf dem Datenbankserver:', 'Datenbankserver'],
    ['En el servidor:', 'servidor'],
  ])('%s', (text, phrase) => {
    expect(placeIn(text)).toMatchObject({here: false, phrase});
  });

  test('nobody logs in to a pod', () => {
    expect(placeIn('Inside the debug pod, run:')).toMatchObject({inside: true});
    expect(placeIn('On each patroni node:')).not.toHaveProperty('inside');
  });

  test('one’s own machine is here', () => {
    expect(placeIn('From your workstation (over VPN):')).toEqual({here: true});
  });

  test.each(['The server answers on port 80.', 'Errors on server start are fine', 'Look at the node list'])(
    '%s names none',
    text => {
      expect(placeIn(text)).toBeUndefined();
    },
  );

  test('a host that prose only describes is a blank to fill', () => {
    const plan = planOf(
      '## Deploy',
      'On each web server:',
      '',
      '```bash',
      'make up',
      '```',
      '## Verify',
      '```bash',
      'make check',
      '```',
    );
    const {context} = actionOf(stepAt(plan, 2), 'script');
    expect(context.place).toEqual({kind: 'host', host: '<web server>', destination: '<web server>'});
    expect(plan.placeholders).toMatchObject([{text: '<web server>', lines: [2], bound: false}]);
    expect(actionOf(stepAt(plan, 8), 'script').context.place).toEqual({kind: 'local'});
  });
});

test.each([
  ['Delete the snapshot after 14 days', 'after 14 days'],
  ['Once you are happy, remove the old cluster', 'once you are happy'],
  ['Alten Server nach 2 Wochen löschen', 'nach 2 wochen'],
  ['Borrar la copia al cabo de 7 días', 'al cabo de 7 días'],
])('"%s" is not for now', (text, condition) => {
  expect(readMarks(text).condition).toBe(condition);
});

test('what is kept for days is no condition', () => {
  expect(readMarks('Keep the backup for 14 days').condition).toBeUndefined();
});

test('a restriction at the end of a sentence is a condition', () => {
  expect(readMarks('Restore the database **only** if new rows were written:').condition).toBe(
    'if new rows were written',
  );
});

test.each([
  [
    'If the schema changed (2.19: it does, 2.20: it does not), before the restart:',
    /\(2\.19: it does, 2\.20: it does not\)/,
  ],
  ['Only if bags are left (screen 3, "in system" > 25), wait.', /\(screen 3, "in system" > 25\)/],
  ['Falls das Schema neu ist (4.1: ja, 4.2: nein), migrieren.', /\(4\.1: ja, 4\.2: nein\)$/],
  ['Si le commutateur est neuf (façade noire, depuis mai), le redémarrer.', /\(façade noire, depuis mai\)$/],
])('no mark in brackets ends the condition of "%s"', (text, end) => {
  expect(readMarks(text).condition).toMatch(end);
});

test.each([
  ['Si a las siete no está el visto bueno, o el recibo no cuadra, se vuelve a la 3.7:', 'o el recibo no cuadra'],
  ['Se os erros passarem de 5%, ou o login não funcionar:', 'ou o login não funcionar'],
  ['Falls der Test rot ist, oder die Kasse nicht druckt, zurück:', 'oder die kasse nicht druckt'],
  ['If the page is red, or nobody answers, stop:', 'or nobody answers'],
])('the other case of "%s" is a part of its condition', (text, other) => {
  expect(readMarks(text).condition).toContain(other);
});
