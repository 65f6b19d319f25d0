import {expect, test} from 'vitest';
import {asciiOnly, toAscii} from '../../src/text/ascii.ts';
import {displayWidth} from '../../src/text/width.ts';

test('ASCII keeps the sense of common signs', () => {
  expect(asciiOnly('café → ≤5 … “x” ✓')).toBe('cafe -> <=5 ... "x" +');
});

test('text that is laid out keeps its columns', () => {
  expect(toAscii('✓ Été – 日')).toBe('+ Ete - ??');
  const text = '│ 漢字 → ≤5 · … │ 🚀 ┌─┐';
  expect(toAscii(text)).toMatch(/^[ -~]*$/);
  expect(toAscii(text)).toHaveLength(displayWidth(text));
});

test('ASCII keeps lines and frames as lines and frames', () => {
  expect(asciiOnly('── Step ── │ a ┼ b │ ╭╯')).toBe('-- Step -- | a + b | ++');
});
