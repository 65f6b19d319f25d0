import {expect, test} from 'vitest';
import type {Rule} from '../../../src/plan/plan.ts';
import type {Standing} from '../../../src/run/outcome.ts';
import type {VerdictLine} from '../../../src/run/wording/verdict-lines.ts';
import {displayWidth} from '../../../src/text/width.ts';
import {verdictRow} from '../../../src/ui/bars/rules-row.tsx';
import {glyphsFor} from '../../../src/ui/terminal/glyphs.ts';
import {textWriter} from '../../../src/ui/widgets/themed-text.ts';
import {fakeSession} from '../../helpers/fake-session.ts';
import {show} from '../../helpers/show-session.ts';
import {smallPlan} from '../../helpers/small-plan.ts';
import {colours, noColours} from '../draw-pane.tsx';

const line = (text: string, standing: Standing): VerdictLine => ({
  rule: smallPlan.rules[0] as Rule,
  assessment: {standing, n: 143, because: ''},
  text,
  brief: text,
});
const lines = [
  line('P95 store_message 1702 ms TRIPPED >1500 n=143', {kind: 'tripped'}),
  line('error rate 0.0 % ok <5 n=143', {kind: 'ok'}),
  line('memory 12 MB/h ok <500 n=60', {kind: 'ok'}),
  line('pool not measured', {kind: 'blind'}),
];
const row = (width: number, ascii = false) => verdictRow(lines, width, textWriter(noColours, glyphsFor(ascii), width));

test('all verdicts that fit stand in a row, trouble with a sign', () => {
  expect(row(140).trimEnd()).toBe(
    ' ▲ P95 store_message 1702 ms TRIPPED >1500 n=143 · error rate 0.0 % ok <5 n=143 · memory 12 MB/h ok <500 n=60 · pool not measured',
  );
});

test('of rules that have tripped, those that call for a rollback come first, and none is said twice', () => {
  const target = line('error rate 22.7 % TRIPPED <0.1 n=22', {kind: 'tripped'});
  const trigger = line('error rate 22.7 % TRIPPED trips >5 n=22', {kind: 'tripped'});
  const asked = [target, {...trigger, rule: {...trigger.rule, role: 'trigger' as const}}, target];
  expect(verdictRow(asked, 120, textWriter(noColours, glyphsFor(false), 120)).trimEnd()).toBe(
    ' ▲ error rate 22.7 % TRIPPED trips >5 n=22 · ▲ error rate 22.7 % TRIPPED <0.1 n=22',
  );
});

test('what does not fit is counted, and no verdict is cut', () => {
  expect(row(100).trimEnd()).toBe(
    ' ▲ P95 store_message 1702 ms TRIPPED >1500 n=143 · error rate 0.0 % ok <5 n=143 +2 more',
  );
  expect(row(70).trimEnd()).toBe(' ▲ P95 store_message 1702 ms TRIPPED >1500 n=143 +3 more');
});

test('of rules that are kept, those that may call for a rollback come first', () => {
  const trigger = line('error rate 0.0 % ok trips >5 n=30', {kind: 'ok'});
  const asked = [
    line('store_message 731 ms ok <1000 n=30', {kind: 'ok'}),
    {...trigger, rule: {...trigger.rule, role: 'trigger' as const}},
  ];
  expect(verdictRow(asked, 100, textWriter(noColours, glyphsFor(false), 100)).trimEnd()).toBe(
    ' error rate 0.0 % ok trips >5 n=30 · store_message 731 ms ok <1000 n=30',
  );
});

test('rules without a verdict are counted by why, after those that have one', () => {
  const rule = {...(smallPlan.rules[0] as Rule), person: true};
  const unarmed = {standing: {kind: 'disarmed' as const}, n: 0, because: 'the deploy has not started'};
  const all = [
    {
      rule,
      assessment: {standing: {kind: 'ok' as const}, n: 0, because: ''},
      text: '',
      brief: 'complaints 0 ok (rollback >3)',
    },
    line('error rate 0.0 % ok <5 n=143', {kind: 'ok'}),
    line('pool not measured', {kind: 'blind'}),
    line('uptime not measured', {kind: 'blind'}),
    ...['P95 disarmed', 'memory disarmed'].map(text => ({...line(text, {kind: 'disarmed'}), assessment: unarmed})),
  ];
  const shown = (width: number) => verdictRow(all, width, textWriter(noColours, glyphsFor(false), width)).trimEnd();
  expect(shown(150)).toBe(
    ' error rate 0.0 % ok <5 n=143 · complaints 0 ok (rollback >3) · 2 rules not judged: the deploy has not started · 2 rules not measured',
  );
  expect(shown(70)).toBe(' error rate 0.0 % ok <5 n=143 · complaints 0 ok (rollback >3) +4 more');
});

test('the row has exactly its width, coloured or not', () => {
  for (let width = 1; width < 160; width++) {
    expect(displayWidth(row(width))).toBe(width);
    expect(displayWidth(verdictRow(lines, width, textWriter(colours, glyphsFor(false), width)))).toBe(width);
  }
});

test('in ASCII it is ASCII', () => {
  expect(row(140, true)).toMatch(/^[\x20-\x7e]*$/);
});

test('a checklist without rules says so', () => {
  expect(verdictRow([], 60, textWriter(noColours, glyphsFor(false), 60))).toContain('no rules');
});

const bo = {id: 'c2', user: 'root', terminal: 'pts/2', name: 'bo of the night shift', observer: false};

test('who drives is told whole where the verdicts leave room', async () => {
  const session = fakeSession();
  session.tell({type: 'console-joined', console: bo});
  const screen = await show(session, {columns: 110, rows: 35});
  expect((await screen.rows()).at(-2)).toMatch(/you drive · bo of the night shift \(root\) observes *$/);
});

test('without the engine a verdict is one of then, and not green', async () => {
  const session = fakeSession();
  session.tell({type: 'step-started', stepId: 'L32', attempt: 1});
  for (let count = 0; count < 30; count++) {
    session.clock.at += 1000;
    session.tell({type: 'sample-taken', samples: [{signal: 'store_message', at: session.clock.at, value: 612}]});
  }
  const screen = await show(session);
  const row = async () => (await screen.rows()).at(-2);
  expect(await row()).toMatch(/^ P95 .* 612 ms ok/);
  session.lose('socket closed');
  expect(await row()).toMatch(/^ \? P95 .* 612 ms ok .*as of \d\d:\d\d:\d\d/);
});

test('whoever loses the baton is told who has it, and whoever gets it that they have it', async () => {
  const session = fakeSession();
  session.tell({type: 'console-joined', console: bo});
  const screen = await show(session);
  const last = async () => (await screen.rows()).at(-1);
  session.tell({type: 'baton-passed', to: 'c2'});
  expect(await last()).toMatch(/^ bo of the night shift \(root\) drives now, you observe/);
  session.tell({type: 'baton-passed', to: session.consoleId});
  expect(await last()).toMatch(/^ you drive now/);
});
