import {expect, test} from 'vitest';
import {initialState} from '../../../src/run/evolve.ts';
import {displayWidth} from '../../../src/text/width.ts';
import {errorLines, timelineLines} from '../../../src/ui/overlays/incident-text.ts';
import {glyphsFor} from '../../../src/ui/terminal/glyphs.ts';
import {textWriter} from '../../../src/ui/widgets/themed-text.ts';
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
