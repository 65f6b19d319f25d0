import stringWidth from 'string-width';
import {expect, test} from 'vitest';
import {asciiOnly, cut, cutStart, fitTo, missionTime, span, spread, tame, wrapWords} from '../../src/ui/format.ts';

const SAMPLES = [
  'plain',
  '漢字かな交じり文',
  '👩‍🚀 emoji ⚠️ text',
  '\u001B[31mred 漢字\u001B[39m tail',
  'e\u0301a\u0301',
];

test('cutting never goes past the width and always shows that it cut', () => {
  for (const text of SAMPLES) {
    for (let width = 1; width <= 20; width++) {
      const shown = cut(text, width, '…');
      expect(stringWidth(shown)).toBeLessThanOrEqual(width);
      if (stringWidth(text) > width) expect(shown).toContain('…');
      else expect(shown).toBe(text);
      expect(stringWidth(fitTo(text, width, '…'))).toBe(width);
      expect(stringWidth(cutStart(text, width, '…'))).toBeLessThanOrEqual(width);
    }
  }
});

test('of two ends the right one is kept', () => {
  expect(spread('a long left side', 'right', 14, '…')).toBe('a long … right');
  expect(spread('left', 'right', 14, '…')).toBe('left     right');
});

test('document text loses what would break a row', () => {
  expect(tame('a\u001B[31m\tb\u0007\r\nc⚠️')).toBe('a[31m b c⚠');
});

test('ASCII keeps the sense of common signs', () => {
  expect(asciiOnly('café → ≤5 … “x” ✓')).toBe('cafe -> <=5 ... "x" ?');
});

test('ASCII keeps lines and frames as lines and frames', () => {
  expect(asciiOnly('── Step ── │ a ┼ b │ ╭╯')).toBe('-- Step -- | a + b | ++');
});

test('words wrap, and a word too long is broken', () => {
  expect(wrapWords('one two three', 7)).toEqual(['one two', 'three']);
  expect(wrapWords('abcdefghij', 4)).toEqual(['abcd', 'efgh', 'ij']);
  expect(wrapWords('漢字', 1)).toEqual(['漢', '字']);
});

test('times read as people write them', () => {
  expect(missionTime(751_000)).toBe('T+00:12:31');
  expect(span(900_000, 1_200_000)).toBe('15-20m');
  expect(span(300_000, 300_000)).toBe('5m');
  expect(span(86_400_000, 172_800_000)).toBe('24-48h');
});
