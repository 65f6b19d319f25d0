import {expect, test} from 'vitest';
import {displayWidth} from '../../../src/text/width.ts';
import {alarmHeight, alarmRows, cutWhole} from '../../../src/ui/bars/alert-bar.ts';
import {glyphsFor} from '../../../src/ui/terminal/glyphs.ts';
import {textWriter} from '../../../src/ui/widgets/themed-text.ts';
import {noColours} from '../draw-pane.tsx';

const TEXTS = [
  'TRIPPED 13:00:12 error rate 31.6 % (rollback >5 %), now 28 %',
  'TRIPPED error rate 31.6 % >5 %',
  'error rate 31.6 % >5 %',
];
const KEYS = {advised: 'R roll back', others: ['i look', 'd dismiss']};

test('at any width the cause, its value and its bound are whole with their units, and so are the keys, the advised one first', () => {
  for (let width = 40; width <= 200; width++) {
    const writer = textWriter(noColours, glyphsFor(false), width);
    const rows = alarmRows('badge.bad', TEXTS, KEYS, writer);
    expect(rows, `${width}`).toHaveLength(alarmHeight(writer));
    expect(alarmHeight(writer)).toBe(width < 100 ? 2 : 1);
    for (const row of rows) expect(displayWidth(row), `${width}`).toBe(width);
    expect(rows[0], `${width}`).toMatch(/error rate 31\.6 % (?:\(rollback )?>5 %/);
    expect(rows.at(-1), `${width}`).toMatch(/\[R ROLL BACK\] {2}i look(?: · d dismiss)? *$/);
  }
});

test('where not even the shortest text fits, its end is cut and the advised key stays', () => {
  const writer = textWriter(noColours, glyphsFor(false), 100);
  const [row = ''] = alarmRows('badge.bad', ['x'.repeat(120)], KEYS, writer);
  expect(row).toMatch(/^ ▲ x+… +│ \[R ROLL BACK\] {2}i look $/);
});

test('where a name is cut, a bracket that it opens does not stay open', () => {
  const writer = textWriter(noColours, glyphsFor(false), 80);
  expect(cutWhole('P95 response time (store_message)', 24, writer)).toBe('P95 response time…');
  expect(cutWhole('P95 (mean) response time', 15, writer)).toBe('P95 (mean) res…');
  expect(cutWhole('P95 (mean)', 15, writer)).toBe('P95 (mean)');
});
