import {expect, test} from 'vitest';
import {initialState} from '../../src/run/evolve.ts';
import {findOption} from '../../src/run/opening.ts';
import {isOfRollback, rollbackNow} from '../../src/run/rollback-choice.ts';
import type {RunState} from '../../src/run/state.ts';
import {planOf} from '../helpers/plan-view.ts';

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
