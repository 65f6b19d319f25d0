import {expect, test} from 'vitest';
import type {Plan, Rule, Step} from '../../../src/plan/plan.ts';
import {kindOf} from '../../../src/plan/plan.ts';
import {initialState} from '../../../src/run/evolve.ts';
import type {RunState} from '../../../src/run/state.ts';
import {checklistRows} from '../../../src/ui/checklist/checklist-row.ts';
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

test('a rule that ticks a step shows its standing, with value and bound, and its course before them', () => {
  expect(outlook()).toEqual({
    text: 'ok',
    richer: [
      expect.stringMatching(/^[▁▂▃▄▅▆▇█]{8} \d+ ms <1000 ok$/),
      expect.stringMatching(/^\d+ ms <1000 ok$/),
      expect.stringMatching(/^\d+ ms ok$/),
    ],
    token: 'good',
  });
});

test('a row leaves out the course first, then the bound, before the title of the step suffers, and keeps the word', () => {
  const row = (width: number) =>
    checklistRows({kind: 'step', id: step.id, depth: 1, step}, false, {
      ...{plan, state, width, now},
      glyphs: glyphsFor(false),
      theme: noColours,
    }).join('\n');
  expect(row(90)).toMatch(/^ +○ Response times: store_message <1000ms +[▁▂▃▄▅▆▇█]{8} \d+ ms <1000 ok$/);
  expect(row(64)).toMatch(/Response times: store_message <1000ms +\d+ ms <1000 ok$/);
  expect(row(54)).toMatch(/Response times: store_message <1000ms +\d+ ms ok$/);
  // No form leaves the title whole: then as much is said as leaves its first words.
  expect(row(44)).toMatch(/Response times: stor.* \d+ ms <1000 ok$/);
  expect(row(37)).toMatch(/Response times: stor.* \d+ ms ok$/);
  expect(row(30)).toMatch(/Response times: .* ok$/);
});

test('what is not read any more is not green', () => {
  const silent = outlook({lastAt: now + 100_000});
  expect(silent?.text).not.toMatch(/ok$/);
  expect(silent?.token).not.toBe('good');
});

test('in ASCII the course is ASCII', () => {
  expect(outlook({}, true)?.richer.join('')).toMatch(/^[\x20-\x7e]+$/);
});

test('while some measurements fail and others do not, the standing stays', () => {
  const [signal] = Object.values(state.signals);
  const chat = {...(signal as NonNullable<typeof signal>), failing: 'status 500', failingSince: now - 4000};
  expect(outlook({signals: {chat}})?.text).toBe('ok');
  expect(outlook({signals: {chat: {...chat, failingSince: now - 60_000}}})?.text).toBe('no reading');
});

test('a step that no rule ticks has none', () => {
  const other = smallPlan.steps.find(({action}) => kindOf(action) === 'manual') as Step;
  expect(ruleOutlook(plan, state, other, glyphsFor(false))).toBeUndefined();
});

test('an item whose rule is past its bound looks like trouble, not like a box to tick', () => {
  const past = {
    ...state,
    signals: {chat: {samples: samples.map(one => ({...one, value: 2000})), baseline: [], lastAt: now}},
  };
  const style = {plan, state: past, width: 90, now, glyphs: glyphsFor(false), theme: noColours};
  const rows = checklistRows({kind: 'step', id: step.id, depth: 1, step}, false, style);
  expect(rows.join('')).toMatch(/^ +▲ Response times: store_message <1000ms .* 2000 ms past limit 1000 ms$/);
});

test('without an engine a rule that was well is one of then, at once', () => {
  const lost = ruleOutlook(plan, state, step, glyphsFor(false), now);
  expect(lost?.token).toBe('muted');
  expect(lost?.text).toMatch(/^as of \d\d:\d\d:\d\d$/);
  expect(lost?.richer).toEqual([expect.stringMatching(/^\d+ ms as of \d\d:\d\d:\d\d$/)]);
});
