import stringWidth from 'string-width';
import {expect, test} from 'vitest';
import {emptyBindings} from '../../../src/plan/bindings-file/types.ts';
import {parsePlan} from '../../../src/plan/parse-plan.ts';
import type {RunState} from '../../../src/run/state.ts';
import {checklistItems} from '../../../src/ui/checklist/checklist-items.ts';
import {visibleItems} from '../../../src/ui/checklist/checklist-panel.tsx';
import {checklistRows, titleWidths} from '../../../src/ui/checklist/checklist-row.ts';
import {glyphsFor} from '../../../src/ui/terminal/glyphs.ts';
import {loadTheme} from '../../../src/ui/terminal/theme.ts';
import {seedBytes} from '../../helpers/documents.ts';
import {fakeSession} from '../../helpers/fake-session.ts';
import {THEMES} from '../../helpers/screen.ts';
import {smallPlan} from '../../helpers/small-plan.ts';

const theme = loadTheme('midnight', {env: {TERM: 'xterm'}, themesDirectory: THEMES});
const OPEN = {cursor: null, collapsed: {}};

const titles = (state: RunState, folding: Parameters<typeof checklistItems>[2] = OPEN, plan = smallPlan) =>
  checklistItems(plan, state, folding).flatMap(item => {
    if (item.kind === 'gap') return [];
    return item.kind === 'section' ? [`${item.folded ? '+' : '-'} ${item.section.title}`] : [item.id];
  });

test('the part the run is in is unfolded, the rest is folded', () => {
  const shown = titles(fakeSession().run.getState());
  expect(shown).toContain('- 1. Code Review & Approval');
  expect(shown).toContain('L14');
  expect(shown).toContain('+ DEPLOYMENT STEPS');
  expect(shown).not.toContain('L32');
});

test('what is done folds by itself, and unfolds by hand', () => {
  const session = fakeSession();
  for (const stepId of ['L7', 'L8', 'L13', 'L14']) session.tell({type: 'step-ticked', stepId});
  const state = session.run.getState();
  expect(titles(state)).toContain('+ PRE-DEPLOYMENT CHECKLIST');
  expect(titles(state)).toContain('L32');
  const unfolded = titles(state, {cursor: null, collapsed: {prepare: false, review: false}});
  expect(unfolded).toContain('L8');
});

test('steps of an option are listed under it once it is chosen, those of the others never', () => {
  const session = fakeSession();
  const folding = {cursor: 'L37', collapsed: {}};
  expect(titles(session.run.getState(), folding)).toEqual(expect.arrayContaining(['L37', 'L37:A', 'L37:B']));
  expect(titles(session.run.getState(), folding)).not.toContain('L40');
  session.tell({type: 'choice-made', choiceId: 'L37', armId: 'B', because: 'ana'});
  const shown = titles(session.run.getState(), folding);
  expect(shown.slice(shown.indexOf('L37:B'))).toEqual(expect.arrayContaining(['L40', 'L41']));
  expect(shown).not.toContain('L38');
});

test('readiness is said once; when the rollback has begun its sections are counted', () => {
  const session = fakeSession();
  const rows = () => {
    const state = session.run.getState();
    const collapsed = Object.fromEntries(smallPlan.sections.map(({id}) => [id, false]));
    const style = {plan: smallPlan, state, width: 60, glyphs: glyphsFor(false), theme, now: 0};
    return checklistItems(smallPlan, state, {cursor: null, collapsed}).flatMap(item =>
      checklistRows(item, false, style),
    );
  };
  expect(rows().filter(row => row.includes('ready 2/2'))).toHaveLength(1);
  session.run.setState({rollback: {status: 'running', because: 'ana', startedAt: 0, begun: []}});
  expect(rows().filter(row => row.includes('ready 2/2'))).toHaveLength(0);
});

test('a box that a rule ticks shows how the rule stands', () => {
  const state = fakeSession().run.getState();
  const row = (lastAt: number, deployStartedAt?: number) => {
    const begun = deployStartedAt === undefined ? {} : {deployStartedAt, newVersionAt: deployStartedAt};
    const told = {...state, lastAt, ...begun};
    const item = checklistItems(smallPlan, told, {cursor: 'L61', collapsed: {}}).find(({id}) => id === 'L61');
    const style = {plan: smallPlan, state: told, width: 60, glyphs: glyphsFor(false), theme, now: 0};
    return item && checklistRows(item, false, style).join('\n');
  };
  expect(row(1000)).toContain('not judged');
  expect(row(1000, 500)).toContain('measuring');
});

test('the window always holds the cursor, and details below it move nothing', () => {
  const items = checklistItems(smallPlan, fakeSession().run.getState(), {cursor: 'L14', collapsed: {}});
  for (let least = 1; least < 30; least++) {
    const alone = visibleItems(items, 'L14', {rows: least + 9, least, most: least + 9});
    const above = visibleItems(items, 'L14', {rows: least, least, most: least + 9});
    expect(above.some(item => item.id === 'L14')).toBe(true);
    expect(alone.slice(0, above.length)).toEqual(above);
  }
});

test('the title under the cursor is whole in two rows, the others are cut', () => {
  const title = 'Create git tag for current production before it is replaced';
  const plan = {...smallPlan, steps: smallPlan.steps.map(step => ({...step, title}))};
  const state = fakeSession({plan}).run.getState();
  for (const width of [44, 52, 60]) {
    const style = {plan, state, width, glyphs: glyphsFor(false), theme, now: 0};
    const item = checklistItems(plan, state, {cursor: 'L14', collapsed: {}}).find(({id}) => id === 'L14');
    if (item === undefined) throw new Error('no such row');
    const whole = checklistRows(item, true, style);
    expect(whole).toHaveLength(2);
    expect(
      whole
        .map(row =>
          row
            .replace(/\u001B\[[\d;]*m/g, '')
            .replace(/^[›\s]*○?|ssh\s*$/g, '')
            .trim(),
        )
        .join(' '),
    ).toBe(title);
    expect(checklistRows(item, false, style).join('\n')).toMatch(/….*ssh/);
  }
});

test('from the columns that its titles are measured to need on, nearly all titles of the seed are whole', () => {
  const plan = parsePlan(seedBytes, emptyBindings);
  const state = fakeSession({plan}).run.getState();
  const sorted = titleWidths(plan).toSorted((a, b) => a - b);
  const width = sorted[Math.ceil(sorted.length * 0.9) - 1] ?? 0;
  const collapsed = Object.fromEntries(plan.sections.map(({id}) => [id, false]));
  const style = {plan, state, width, glyphs: glyphsFor(false), theme, now: 0};
  const items = checklistItems(plan, state, {cursor: null, collapsed}).filter(({kind}) => kind !== 'gap');
  const cutRows = items.flatMap(item => checklistRows(item, false, style)).filter(row => row.includes('…'));
  expect(cutRows.length).toBeLessThan(items.length * 0.12);
});

test('no row is wider than the panel, whatever the titles hold', () => {
  const signs = ['漢字', '👩‍🚀', '⚠️', '✅', 'é', 'ｗｉｄｅ', '한국어', '🇩🇪', 'plain', '\t', '\u001B[31m'];
  let seed = 7;
  const random = () => {
    seed = (seed * 48271) % 2147483647;
    return seed / 2147483647;
  };
  for (let round = 0; round < 200; round++) {
    const title = Array.from(
      {length: 1 + Math.floor(random() * 30)},
      () => signs[Math.floor(random() * signs.length)],
    ).join('');
    const plan = {...smallPlan, steps: smallPlan.steps.map(step => ({...step, title}))};
    const width = 20 + Math.floor(random() * 60);
    const state = fakeSession({plan}).run.getState();
    for (const ascii of [false, true]) {
      const style = {plan, state, width, glyphs: glyphsFor(ascii), theme, now: 0};
      for (const item of checklistItems(plan, state, {cursor: 'L7', collapsed: {}})) {
        for (const row of checklistRows(item, item.id === 'L7', style)) {
          expect(stringWidth(row)).toBeLessThanOrEqual(width);
          if (ascii) expect(row).not.toMatch(/[^\u0000-\u007F]/);
        }
      }
    }
  }
});

test('every step of the seed can be reached, and none twice', () => {
  const plan = parsePlan(seedBytes, emptyBindings);
  const session = fakeSession({plan});
  const collapsed = Object.fromEntries(plan.sections.map(({id}) => [id, false]));
  for (const step of plan.steps) {
    if (step.action.kind !== 'choice') continue;
    const arm = step.action.arms.find(({steps}) => steps.length > 0);
    if (arm) session.tell({type: 'choice-made', choiceId: step.id, armId: arm.id, because: 'ana'});
  }
  const state = session.run.getState();
  const shown = checklistItems(plan, state, {cursor: null, collapsed}).filter(({kind}) => kind === 'step');
  const ids = shown.map(({id}) => id);
  const due = plan.steps.filter(({arm}) => arm === undefined || state.choices[arm.choice]?.armId === arm.arm);
  expect(new Set(ids).size).toBe(ids.length);
  expect([...ids].sort()).toEqual(due.map(({id}) => id).sort());
});
