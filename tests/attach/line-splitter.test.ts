import {expect, test} from 'vitest';
import {createLineSplitter} from '../../src/attach/line-splitter.ts';

const text = (lines: Buffer[] | 'too-long') => (lines === 'too-long' ? lines : lines.map(line => line.toString()));

test('lines are the same wherever the bytes are cut', () => {
  const bytes = Buffer.from('one\n\ntwö\nthree\n');
  for (let at = 0; at <= bytes.length; at += 1) {
    const splitter = createLineSplitter(100);
    const lines = [splitter.push(bytes.subarray(0, at)), splitter.push(bytes.subarray(at))].flatMap(text);
    expect(lines, `cut at ${at}`).toEqual(['one', '', 'twö', 'three']);
  }
});

test('a line of the longest length passes, one byte more does not, and nothing after it', () => {
  const splitter = createLineSplitter(5);
  expect(text(splitter.push(Buffer.from('12345\n123')))).toEqual(['12345']);
  expect(text(splitter.push(Buffer.from('45')))).toEqual([]);
  expect(splitter.push(Buffer.from('6'))).toBe('too-long');
  expect(splitter.push(Buffer.from('\nnext\n'))).toBe('too-long');
});
