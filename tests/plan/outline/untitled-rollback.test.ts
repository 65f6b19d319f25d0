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
