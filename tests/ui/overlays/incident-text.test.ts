import {expect, test} from 'vitest';
import {initialState} from '../../../src/run/evolve.ts';
import {displayWidth} from '../../../src/text/width.ts';
import {contactLines, errorLines, timelineLines, troubleLines} from '../../../src/ui/overlays/incident-text.ts';
import {glyphsFor} from '../../../src/ui/terminal/glyphs.ts';
import {textWriter} from '../../../src/ui/widgets/themed-text.ts';
import {exited, fakeSession} from '../../helpers/fake-session.ts';
import {smallPlan} from '../../helpers/small-plan.ts';
import {noColours} from '../draw-pane.tsx';

const style = textWriter(noColours, glyphsFor(false), 40);

test('an error line is broken so that its end can be read, under the name of its log', () => {
  const text = "ImportError: cannot import name 'postgresql_memory' from 'api.ai.memory'";
  expect(
    errorLines(
      [
        {source: 'error.log', text},
        {source: 'error.log', text: 'ERROR again'},
      ],
      style,
    ),
  ).toEqual([
    'Error lines',
    'error.log',
    '  ImportError: cannot import name',
    "  'postgresql_memory' from",
    "  'api.ai.memory'",
    '  ERROR again',
  ]);
});

test('a very long one is cut, and says so', () => {
  const rows = errorLines([{source: 'error.log', text: `ERROR ${'x'.repeat(5000)}`}], style);
  expect(rows).toHaveLength(5);
  expect(rows.at(-1)).toMatch(/…$/);
  for (const row of rows) expect(displayWidth(row)).toBeLessThanOrEqual(40);
});

test('what happened again and again takes one row of the timeline', () => {
  const entry = (text: string) => ({at: 0, by: 'engine', text, tone: 'good' as const});
  const timeline = [entry('started Deploy'), ...Array.from({length: 40}, () => entry('link to vps up'))];
  const rows = timelineLines({...initialState, timeline}, style);
  expect(rows).toHaveLength(3);
  expect(rows[1]).toContain('started Deploy');
  expect(rows[2]).toContain('link to vps up (40 times)');
});

test('where there are rows for it, every entry of the timeline is whole', () => {
  const text = 'store_message P95: 2389 ms is past the bound of 1500 ms, 3 times in a row, 40 readings';
  const timeline = ['started Deploy', text].map(each => ({at: 0, by: 'engine', text: each, tone: 'bad' as const}));
  const rowsIn = (room: number) => timelineLines({...initialState, timeline}, style, {room}).slice(1);
  expect(rowsIn(4)).toHaveLength(2);
  expect(rowsIn(4)[1]).toMatch(/^\d\d:\d\d:\d\d store_message.*…$/);
  const whole = rowsIn(20);
  expect(whole.map(row => row.slice(9)).join(' ')).toBe(`started Deploy ${text}`);
  for (const row of whole) expect(displayWidth(row)).toBeLessThanOrEqual(40);
  expect(whole.at(-1)).toMatch(/^ {9}\S/);
});

test('after a rollback it is said how that is known, and what had gone wrong before', () => {
  const session = fakeSession();
  expect(troubleLines(smallPlan, session.run.getState(), style)).toEqual([
    'What is wrong',
    'nothing is known to be wrong',
  ]);
  session.tell({type: 'step-started', stepId: 'L32', attempt: 1});
  session.report('L32', exited(1));
  session.tell({
    type: 'rollback-finished',
    result: 'rolled-back',
    verdict: 'verified',
    because: 'verified by v1',
    left: [],
  });
  const wide = textWriter(noColours, glyphsFor(false), 100);
  expect(troubleLines(smallPlan, session.run.getState(), wide)).toEqual([
    'What is wrong',
    'nothing is known to be wrong',
    'rolled back, verified by v1',
    'before the rollback:',
    expect.stringMatching(/^ {2}Pull latest main branch locally failed: exit 1/),
  ]);
});

test('of a contact with a long text two rows are shown', () => {
  const contact = {role: 'On-Call', name: `Ana, 0171 222. ${'Call her again if she does not answer. '.repeat(5)}`};
  const plan = {...smallPlan, contacts: [{...contact, line: 1, blank: false}]};
  const rows = contactLines(plan, style);
  expect(rows).toHaveLength(3);
  expect(rows[1]).toMatch(/^On-Call: Ana, 0171 222\./);
  expect(rows[2]).toMatch(/…$/);
});
