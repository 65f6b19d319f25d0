import stringWidth from 'string-width';
import {expect, test} from 'vitest';
import {toAscii} from '../../src/text/ascii.ts';
import {cell, oneLine, shorten, wrap} from '../../src/text/columns.ts';

test('text that is cut says so with an ellipsis and keeps whole characters', () => {
  expect(shorten('deployment', 6)).toBe('deplo…');
  expect(shorten('deployment', 10)).toBe('deployment');
  expect(shorten('日本語', 4)).toBe('日…');
  expect(shorten('anything', 0)).toBe('');
});

test('a cell has exactly its width, also with wide characters in it', () => {
  for (const text of ['a', '日本語', '🚀 launch', 'a very long text']) expect(stringWidth(cell(text, 7))).toBe(7);
});

test('wrapping loses no word and breaks those that are too long', () => {
  const lines = wrap('one three aaaaaaaaaaaaaaaaaaaaaa 日本語日本語', 8);
  expect(lines.join('').replaceAll(' ', '')).toBe('onethreeaaaaaaaaaaaaaaaaaaaaaa日本語日本語');
  for (const line of lines) expect(stringWidth(line)).toBeLessThanOrEqual(8);
  expect(wrap('日', 1)).toHaveLength(1);
});

test('control characters become spaces, emoji of several parts stay whole', () => {
  expect(oneLine('a\u001b[31mb\r\nc\td\u202e')).toBe('a [31mb c d');
  expect(oneLine('👩‍👩‍👧')).toBe('👩‍👩‍👧');
});

test('ASCII keeps what it can of a letter, and the width of what it cannot', () => {
  expect(toAscii('✓ Été – 日')).toBe('+ Ete - ??');
});
