import {expect, test} from 'vitest';
import {displayWidth} from '../../../src/text/width.ts';
import {cutWhole, fittingBar} from '../../../src/ui/bars/alert-bar.ts';
import {glyphsFor} from '../../../src/ui/terminal/glyphs.ts';
import {penFor} from '../../../src/ui/widgets/pen.ts';
import {noColours} from '../draw-pane.tsx';

const TEXTS = ['TRIPPED error rate (store_message, v2): now 31.6 %', 'TRIPPED: now 31.6 %'];
const KEYS = ['i look · R roll back · d dismiss', 'i look · R roll back'];

test('at any width the keys of an alert are whole, two blanks and a line behind the text', () => {
  for (let width = 30; width <= 160; width++) {
    const row = fittingBar('badge.bad', TEXTS, KEYS, penFor(noColours, glyphsFor(false), width), 'R roll back');
    expect(displayWidth(row), `${width}`).toBe(width);
    expect(row, `${width}`).toMatch(/ {2}│ (i look · )?R roll back( · d dismiss)? $/);
  }
});

test('where a name is cut, a bracket that it opens does not stay open', () => {
  const pen = penFor(noColours, glyphsFor(false), 80);
  expect(cutWhole('P95 response time (store_message)', 24, pen)).toBe('P95 response time…');
  expect(cutWhole('P95 (mean) response time', 15, pen)).toBe('P95 (mean) res…');
  expect(cutWhole('P95 (mean)', 15, pen)).toBe('P95 (mean)');
});
