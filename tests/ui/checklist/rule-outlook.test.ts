import {expect, test} from 'vitest';
import type {Plan, Rule, Step} from '../../../src/plan/plan.ts';
import {kindOf} from '../../../src/plan/plan.ts';
import {initialState} from '../../../src/run/evolve.ts';
import type {RunState} from '../../../src/run/state.ts';
import {checklistRow} from '../../../src/ui/checklist/checklist-row.ts';
import {ruleOutlook} from '../../../src/ui/checklist/rule-outlook.ts';
import {glyphsFor} from '../../../src/ui/terminal/glyphs.ts';
import {RUN_START} from '../../helpers/fake-session.ts';
import {smallPlan} from '../../helpers/small-plan.ts';
import {noColours} from '../draw-pane.tsx';

const now = RUN_START + 600_000;
const base = smallPlan.rules[0] as Rule;
const step = smallPlan.steps.find(({action}) => kindOf(action) === 'rule') as Step;
const plan: Plan = {
  ...smallPlan,
  rules: [{...base, id: 'store_message', signal: 'chat'}],
  signals: {chat: {kind: 'http', unit: 'ms', everyMs: 5000, what: 'POST /chat'}},
};
const samples = Array.from({length: 60}, (_, index) => ({
  signal: 'chat',
  at: now - (59 - index) * 5000,
  value: 300 + index * 5,
}));
const state: RunState = {
  ...initialState,
  deployStartedAt: now - 290_000,
  newVersionAt: now - 290_000,
  lastAt: now,
  signals: {chat: {samples, baseline: [], lastAt: now}},
};
const outlook = (change: Partial<RunState> = {}, ascii = false) =>
  ruleOutlook(plan, {...state, ...change}, step, glyphsFor(ascii));

test('a rule that ticks a step shows its course and its standing', () => {
  expect(outlook()).toEqual({text: 'ok', course: expect.stringMatching(/^[▁▂▃▄▅▆▇█]{8}$/), token: 'good'});
});

test('a row leaves out the course before the title of the step suffers, and keeps the word', () => {
  const row = (width: number) =>
    checklistRow({kind: 'step', id: step.id, depth: 1, step}, false, {
      ...{plan, state, width, now},
      glyphs: glyphsFor(false),
      theme: noColours,
    });
  expect(row(44)).toMatch(/Response times: stor.* [▁▂▃▄▅▆▇█]{8} ok$/);
  expect(row(36)).toMatch(/Response times: stor.* ok$/);
  expect(row(36)).not.toMatch(/[▁▂▃▄▅▆▇█]/);
});

test('what is not read any more is not green', () => {
  const silent = outlook({lastAt: now + 100_000});
  expect(silent?.text).not.toMatch(/ok$/);
  expect(silent?.token).not.toBe('good');
});

test('in ASCII the course is ASCII', () => {
  expect(outlook({}, true)?.course).toMatch(/^[\x20-\x7e]{8}$/);
});

test('a step that no rule ticks has none', () => {
  const other = smallPlan.steps.find(({action}) => kindOf(action) === 'manual') as Step;
  expect(ruleOutlook(plan, state, other, glyphsFor(false))).toBeUndefined();
});
