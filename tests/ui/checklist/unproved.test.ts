import {expect, test} from 'vitest';
import type {Plan} from '../../../src/plan/plan.ts';
import {initialState} from '../../../src/run/evolve.ts';
import type {RunState} from '../../../src/run/state.ts';
import {readinessPiece} from '../../../src/ui/bars/header-pieces.ts';
import {unprovedRollback} from '../../../src/ui/checklist/unproved.ts';
import {triggerMenu} from '../../../src/ui/questions/trigger-menu.ts';
import {glyphsFor} from '../../../src/ui/terminal/glyphs.ts';
import {smallPlan} from '../../helpers/small-plan.ts';

const at = 1_000_000;
const nothing: RunState = {
  ...initialState,
  readiness: {at, ready: true, link: {up: true, detail: ''}, items: []},
};
const byHand: Plan = {
  ...smallPlan,
  steps: smallPlan.steps.map(step =>
    smallPlan.rollback?.steps.includes(step.id) === true ? {...step, kind: 'manual', action: {kind: 'manual'}} : step,
  ),
};
const header = (plan: Plan, state: RunState) =>
  readinessPiece(plan, state, {room: 60, glyphs: glyphsFor(false), now: at});

test('a rollback that people do is never called ready, and is no alarm', () => {
  expect(unprovedRollback(byHand, nothing)).toBe('by hand');
  expect(header(byHand, nothing)).toEqual({text: ' ROLLBACK BY HAND ', token: 'badge.muted'});
});

test('a rollback that runs something of which nothing was proved is a warning', () => {
  expect(header(smallPlan, nothing)).toEqual({text: ' ROLLBACK UNPROVED ', token: 'badge.warn'});
});

test('what is asked at a trigger does not promise a proof that there is none of', () => {
  const tripped = {ruleId: 'none', evidence: '', at};
  const asked = {lastError: undefined, drives: true};
  expect(triggerMenu(byHand, nothing, tripped, asked).lines.at(-1)).toBe(
    'Held: no new step starts. The rollback is done by hand: R lists its steps.',
  );
  expect(triggerMenu(smallPlan, nothing, tripped, asked).lines.at(-1)).toMatch(
    /^Held: no new step starts\. Nothing of the rollback can be proved/,
  );
});

test('where something is proved or missing there is nothing to excuse', () => {
  const missing = {...nothing, readiness: {at, ready: false, link: {up: false, detail: 'gone'}, items: []}};
  expect(unprovedRollback(byHand, missing)).toBeUndefined();
  expect(unprovedRollback(byHand, initialState)).toBeUndefined();
});
