import {expect, test} from 'vitest';
import {planOf, problemsOf} from '../../helpers/plan-view.ts';

const DEPLOY = ['## Nasazení', '```bash', 'git checkout 4.8.0', '```'];

test('a part that repeats a command with an older version is the way back, whatever it is called', () => {
  const plan = planOf(...DEPLOY, '## Zpátky', '```bash', 'git checkout 4.7.10', '```');
  expect(plan.rollback).toMatchObject({heading: 'Zpátky', steps: ['L6']});
  expect(problemsOf(plan, 'rollback-assumed')).toEqual([5]);
});

test('so is one that asks a tool for its rollback, with the parts in it', () => {
  const plan = planOf(
    ...DEPLOY,
    '## Zpátky',
    '```bash',
    'helm rollback shop',
    '```',
    '### Kontrola',
    '1. `make check`',
  );
  expect(plan.rollback?.steps).toEqual(['L6', 'L10']);
});

test.each([
  ['a newer version', ['## Deuxième étape', '```bash', 'git checkout 4.10.0', '```']],
  ['another command', ['## Autre chose', '```bash', 'git log 4.7.0', '```']],
])('%s is none', (_, section) => {
  const plan = planOf(...DEPLOY, ...section);
  expect(plan.rollback).toBeNull();
  expect(problemsOf(plan, 'rollback-missing')).toHaveLength(1);
});

test('where the document names its rollback, nothing is taken for another', () => {
  const plan = planOf(...DEPLOY, '## Autre', '```bash', 'git checkout 4.7.0', '```', '## Rollback', '1. `make back`');
  expect(plan.rollback?.steps).toEqual(['L10']);
  expect(problemsOf(plan, 'rollback-assumed')).toEqual([]);
});

test.each([
  [
    'under a colloquial title inside the deploy',
    ['### well, that hurt', '```', '# service press stop', '# zfs rollback -r tank/press@before', '```'],
    'well, that hurt',
  ],
  [
    'by the history of packages, in Dutch',
    ['## Het ging mis', '```bash', 'dnf -y history undo last', '```'],
    'Het ging mis',
  ],
  [
    'with the name that ran before',
    ['### If the bell rings', '```bash', 'ln -sfn $OLD /srv/bell', '```'],
    'If the bell rings',
  ],
  [
    'with the saved copy of a file',
    ['### Bad air', '```bash', 'mv /etc/vent.conf.orig /etc/vent.conf', '```'],
    'Bad air',
  ],
])('a part is the way back %s', (_, lines, heading) => {
  const plan = planOf('# Press', '## Deploy', '```bash', 'make install', '```', ...lines);
  expect(plan.rollback).toMatchObject({heading});
  expect(plan.sections.find(({title}) => title === heading)?.use).toBe('rollback');
  expect(plan.proposal?.doubts.map(({code}) => code)).toContain('rollback-assumed');
});

test('cases of an untitled way back, one of them "Before …", are all of it', () => {
  const plan = planOf(
    '# Ledger',
    '## Deploy',
    '```bash',
    'make install',
    '```',
    '## 7 Retreat',
    '### 7.1 Before the count',
    '```bash',
    '/opt/r4/uninstall.sh',
    '```',
    '### 7.2 After the count',
    '```bash',
    './load.sh',
    '```',
  );
  expect(plan.sections.filter(({use}) => use === 'rollback').map(({title}) => title)).toEqual([
    '7 Retreat',
    '7.1 Before the count',
    '7.2 After the count',
  ]);
  expect(plan.rollbacks?.map(({steps}) => steps)).toEqual([['L8'], ['L12']]);
});

test('work of its own is none: "Uninstall"', () => {
  const plan = planOf(
    '# Agent',
    '## Deploy',
    '```bash',
    'make install',
    '```',
    '## Uninstall',
    '```bash',
    './uninstall.sh',
    '```',
  );
  expect(plan.rollback).toBeNull();
  expect(plan.sections.at(-1)?.use).not.toBe('run');
});

const REASONS = [
  '## Deploy',
  '```bash',
  'make install',
  '```',
  '## Roll back when',
  '- [ ] errors > 5 %',
  '- [ ] the shift lead says so',
  '',
];

test('a table of what to do, below the reasons, is the rollback and no more reasons', () => {
  const plan = planOf(
    ...REASONS,
    '| symptom | do |',
    '|---|---|',
    '| only the labels are wrong | `kubectl rollout undo deploy/labels` |',
    '| the belt stands | `helm rollback belt` |',
    '',
    'Then tell the hall.',
  );
  expect(plan.rules.map(({line}) => line)).toEqual([6, 7]);
  expect(plan.steps.filter(({arm}) => arm !== undefined).map(({line}) => line)).toEqual([11, 12]);
  expect(plan.rollback?.steps).toHaveLength(4);
});

test('so are commands in a block there, in German as well', () => {
  const plan = planOf(
    '## Installation',
    '```bash',
    'make install',
    '```',
    '## Rückfall wenn',
    '- Fehler > 5 %',
    '',
    '```bash',
    'helm rollback kran',
    '```',
  );
  expect(plan.rollback?.steps).toEqual(['L8']);
});

test('a table of bounds stays one of reasons, whatever its rows do', () => {
  const plan = planOf(...REASONS, '| error rate | do |', '|---|---|', '| errors > 9 % | `helm rollback belt` |');
  expect(plan.rules.map(({line}) => line)).toContain(11);
});
