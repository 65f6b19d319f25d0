import {expect, test} from 'vitest';
import {STEP_SIGNS, STEP_SIGNS_ASCII} from '../../src/run/wording/step-signs.ts';
import {asciiOnly, toAscii} from '../../src/text/ascii.ts';
import {displayWidth} from '../../src/text/width.ts';

test('ASCII keeps the sense of common signs', () => {
  expect(asciiOnly('café → ≤5 … “x” ✓')).toBe('cafe -> <=5 ... "x" v');
});

test('text that is laid out keeps its columns', () => {
  expect(toAscii('✓ Été – 日')).toBe('v Ete - ??');
  const text = '│ 漢字 → ≤5 · … │ 🚀 ┌─┐';
  expect(toAscii(text)).toMatch(/^[ -~]*$/);
  expect(toAscii(text)).toHaveLength(displayWidth(text));
});

test('ASCII keeps lines and frames as lines and frames', () => {
  expect(asciiOnly('── Step ── │ a ┼ b │ ╭╯')).toBe('-- Step -- | a + b | ++');
});

test('the signs of steps are those of the ASCII screen', () => {
  for (const [status, sign] of Object.entries(STEP_SIGNS)) {
    if (status === 'not-applicable' || status === 'skipped') continue;
    expect(asciiOnly(sign), status).toBe(STEP_SIGNS_ASCII[status as keyof typeof STEP_SIGNS]);
  }
});
