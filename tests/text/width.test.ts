import stringWidth from 'string-width';
import {describe, expect, test} from 'vitest';
import {graphemes, NARROW} from '../../src/text/graphemes.ts';
import {
  cell,
  cut,
  cutStart,
  displayWidth,
  fitRight,
  fitTo,
  oneLine,
  rightCell,
  shorten,
  spread,
  tame,
  wrap,
} from '../../src/text/width.ts';

const SAMPLES = [
  'plain',
  '漢字かな交じり文',
  '👩‍🚀 emoji ⚠️ text',
  '\u001B[31mred 漢字\u001B[39m tail',
  'e\u0301a\u0301',
  '┌─ frame ─┐ · “quoted” → …',
  // Operators and ticks take one column each; with a selector of emoji what stands before it may take two.
  ...Array.from({length: 0x100}, (_, at) => String.fromCodePoint(0x2200 + at)),
  '≥ 5 % ✓ ✗ ✔️ ✓\ufe0f',
];

test('the width is what a terminal takes, colours not counted', () => {
  for (const text of SAMPLES) expect(displayWidth(text)).toBe(stringWidth(text));
});

test('cutting never goes past the width and always shows that it cut', () => {
  for (const text of SAMPLES) {
    for (let width = 1; width <= 20; width++) {
      const shown = cut(text, width, '…');
      expect(stringWidth(shown)).toBeLessThanOrEqual(width);
      if (stringWidth(text) > width) expect(shown).toContain('…');
      else expect(shown).toBe(text);
      expect(stringWidth(fitTo(text, width, '…'))).toBe(width);
      expect(stringWidth(fitRight(text, width, '…'))).toBe(width);
      expect(stringWidth(cutStart(text, width, '…'))).toBeLessThanOrEqual(width);
    }
  }
});

test('plain text is cut with whole characters', () => {
  expect(shorten('deployment', 6)).toBe('deplo…');
  expect(shorten('deployment', 10)).toBe('deployment');
  expect(shorten('日本語', 4)).toBe('日…');
  expect(shorten('anything', 0)).toBe('');
});

test('a cell has exactly its width, also with wide characters in it', () => {
  for (const text of ['a', '日本語', '🚀 launch', 'a very long text', '👩‍👩‍👧 family', '⚠️ careful']) {
    expect(stringWidth(cell(text, 7))).toBe(7);
    expect(stringWidth(rightCell(text, 7))).toBe(7);
  }
});

test('of two ends the right one is kept', () => {
  expect(spread('a long left side', 'right', 14, '…')).toBe('a long … right');
  expect(spread('left', 'right', 14, '…')).toBe('left     right');
});

test('a row loses what would break it, a record keeps what belongs to the writing', () => {
  expect(tame('a\u001B[31m\tb\u0007\r\nc⚠️')).toBe('a[31m b c⚠');
  expect(oneLine('a\u001b[31mb\r\nc\td\u202e')).toBe('a [31mb c d');
  expect(oneLine('👩‍👩‍👧')).toBe('👩‍👩‍👧');
});

test('words wrap, and a word too long is broken', () => {
  expect(wrap('one two three', 7)).toEqual(['one two', 'three']);
  expect(wrap('abcdefghij', 4)).toEqual(['abcd', 'efgh', 'ij']);
  expect(wrap('漢字', 1)).toEqual(['漢', '字']);
  expect(wrap('', 4)).toEqual([]);
});

test('wrapping loses no word, and no row is too wide', () => {
  const rows = wrap('one three aaaaaaaaaaaaaaaaaaaaaa 日本語日本語', 8);
  expect(rows.join('').replaceAll(' ', '')).toBe('onethreeaaaaaaaaaaaaaaaaaaaaaa日本語日本語');
  for (const row of rows) expect(stringWidth(row)).toBeLessThanOrEqual(8);
});

describe('signs that are measured and parted without tables', () => {
  const narrow = Array.from({length: 0x10000}, (_, code) => String.fromCharCode(code)).filter(sign =>
    NARROW.test(sign),
  );
  const segmenter = new Intl.Segmenter(undefined, {granularity: 'grapheme'});

  test('take one column each, as the tables have it', () => {
    expect(narrow.length).toBeGreaterThan(1000);
    expect(narrow.filter(sign => stringWidth(sign) !== 1)).toEqual([]);
  });

  test('never join with one another, nor with what begins a colour code', () => {
    const text = `${narrow.join('')}\u001B${narrow.toReversed().join('')}`;
    const parted = segmenter.segment(text);
    expect([...graphemes(text)]).toEqual([...parted].map(({segment, index}) => ({segment, index})));
    for (const at of [undefined, 0, 7, text.length - 1])
      expect(parted.containing(at)).toMatchObject(graphemes(text).containing(at) ?? {});
    expect(graphemes(text).containing(text.length)).toBe(parted.containing(text.length));
  });

  test('make no difference to text that joins', () => {
    const text = 'e\u0301 \r\n 👩‍👩‍👧 🇩🇪 한글 ‼️';
    expect([...graphemes(text)].map(({segment}) => segment)).toEqual(
      [...segmenter.segment(text)].map(({segment}) => segment),
    );
  });
});
