import {describe, expect, test} from 'vitest';
import {rollbackPage} from '../../../src/report/rollback-page.ts';
import {initialState} from '../../../src/run/evolve.ts';
import {findOption} from '../../../src/run/opening.ts';
import {readinessQuestions} from '../../../src/run/rollback/readiness.ts';
import {isOfRollback, rollbackNow, withRollbackNow} from '../../../src/run/rollback/rollback-choice.ts';
import type {RunState} from '../../../src/run/state.ts';
import {planOf} from '../../helpers/plan-view.ts';
import {commands, exited, Run, script, smallPlan, step} from '../build.ts';

const plan = planOf(
  '## Phase 1: Schema',
  '- [ ] `make schema`',
  '## Phase 2: Code',
  '- [ ] `make code`',
  '## Rollback',
  '### Rollback of phase 1',
  '- [ ] `make schema-back`',
  '### Rollback of phase 2',
  '- [ ] `make code-back`',
);
const fresh = initialState;
const ran = (...ids: readonly string[]): RunState => ({
  ...fresh,
  steps: Object.fromEntries(ids.map(id => [id, {status: 'skipped', at: 0, by: 'ana', reason: 'x'}] as const)),
});
const begun = (...ids: readonly string[]): RunState => ({
  ...fresh,
  steps: Object.fromEntries(
    ids.map(id => [id, {status: 'running', attempt: 1, startedAt: 0, outputFrom: 0}] as const),
  ) as RunState['steps'],
});

test('before anything has begun the plan says which rollback is meant', () => {
  expect(rollbackNow(plan, fresh)?.line).toBe(8);
});

test('the phase that was begun last is taken back', () => {
  expect(rollbackNow(plan, begun('L2'))?.line).toBe(6);
  expect(rollbackNow(plan, begun('L2', 'L4'))?.line).toBe(8);
});

test('a phase of which everything was skipped was not begun', () => {
  expect(rollbackNow(plan, {...begun('L2'), steps: {...begun('L2').steps, ...ran('L4').steps}})?.line).toBe(6);
});

test('the one that was asked for is run, whatever was begun', () => {
  const found = findOption(plan, 'Rollback', 'phase 1');
  expect(found).toMatchObject({choiceId: 'rollback', armId: 'L6'});
  const choices = {rollback: {armId: 'L6', because: 'asked', by: 'ana', at: 0}};
  expect(rollbackNow(plan, {...begun('L2', 'L4'), choices})?.line).toBe(6);
});

test('a step of any of them is a step of a rollback', () => {
  expect(['L2', 'L7', 'L9'].map(id => isOfRollback(plan, id))).toEqual([false, true, true]);
});

describe('options within a rollback', () => {
  const arms = [
    {id: 'a', title: 'Canary only', line: 8, steps: ['canary']},
    {id: 'b', title: 'Everything', line: 9, steps: ['all']},
  ];
  const plan = smallPlan({
    steps: [
      script('migrate', 'deploy', [commands('migrate')]),
      step('which', 'rollback', 'choice', {line: 7, action: {kind: 'choice', arms}}),
      script('canary', 'rollback', [commands('helm rollback canary')], {arm: {choice: 'which', arm: 'a'}}),
      script('all', 'rollback', [commands('helm rollback all')], {arm: {choice: 'which', arm: 'b'}}),
      script('look', 'rollback', [commands('kubectl get pods')]),
    ],
    rollback: {heading: 'Rollback', line: 1, triggers: [], steps: ['which', 'canary', 'all', 'look'], doesNotUndo: []},
  });

  test('keep R from running any of them until one is chosen', () => {
    const run = new Run(plan).deployed().ready([]).intend({type: 'roll-back'});
    expect(run.refusal).toBe('choose first which way back (line 7): Canary only · Everything');
    expect(run.state.rollback.status).toBe('none');
  });

  test('run only what was chosen, and what is for all', () => {
    const run = new Run(plan).intend({type: 'choose', choiceId: 'which', armId: 'a'}).ready([]);
    run.deployed().intend({type: 'roll-back'}).intend({type: 'roll-back'}).ready([]);
    expect(run.status('canary')).toBe('running');
    run.ends(exited(0));
    expect(run.status('all')).toBe('not-applicable');
    expect(run.status('look')).toBe('running');
  });

  test('change nothing when a trigger asks for the rollback by itself', () => {
    const run = new Run(plan).ready([]);
    run.given({type: 'rollback-requested', because: 'rollback trigger: errors', startsAt: run.at});
    run.after(1).ready([]).after(1);
    expect(run.state.phase).toBe('rollback-failed');
    expect(run.state.phaseBecause).toContain('nothing was changed: choose first which way back');
    expect(run.status('canary')).toBe('pending');
  });

  test('make readiness red for the chosen one only', () => {
    const asked = (state = new Run(plan).state) =>
      readinessQuestions(withRollbackNow(plan, state), () => undefined).map(({stepId, optional}) => [stepId, optional]);
    expect(asked()).toEqual([
      ['canary', true],
      ['all', true],
      ['look', false],
    ]);
    const {state} = new Run(plan).intend({type: 'choose', choiceId: 'which', armId: 'b'});
    expect(asked(state)).toEqual([
      ['all', false],
      ['look', false],
    ]);
  });

  test('are printed behind a sign, each with what it is for, until one is chosen', () => {
    const open = rollbackPage(plan, null);
    expect(open).toContain('# EITHER: Canary only');
    expect(open).toMatch(/^# .*helm rollback all/m);
    expect(open).not.toMatch(/^helm rollback/m);
    const {state} = new Run(plan).intend({type: 'choose', choiceId: 'which', armId: 'b'});
    const chosen = rollbackPage(plan, state);
    expect(chosen).toMatch(/^(?!#).*helm rollback all/m);
    expect(chosen).not.toContain('helm rollback canary');
  });
});
