import {expect, test} from 'vitest';
import {initialState} from '../../../src/run/evolve.ts';
import {displayWidth} from '../../../src/text/width.ts';
import {errorLines, timelineLines} from '../../../src/ui/overlays/incident-text.ts';
import {glyphsFor} from '../../../src/ui/terminal/glyphs.ts';
import {penFor} from '../../../src/ui/widgets/pen.ts';
import {noColours} from '../draw-pane.tsx';

const style = penFor(noColours, glyphsFor(false), 40);

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
