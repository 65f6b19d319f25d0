import {expect, test} from 'vitest';
import {tailBuffer} from '../../../src/actions/jobs/tail-buffer.ts';

function tailOf(bytesMax: number, ...chunks: readonly string[]): string {
  const tail = tailBuffer(bytesMax);
  for (const chunk of chunks) tail.add(Buffer.from(chunk));
  return tail.text();
}

test('keeps everything that is short enough', () => {
  expect(tailOf(8, 'one\n', 'two\n')).toBe('one\ntwo\n');
});

test('begins at a whole line, so that no half of anything is kept', () => {
  expect(tailOf(8, 'API_TOKEN=abc\n', 'two\n')).toBe('two\n');
  expect(tailOf(8, 'one\ntwo\n', 'six\nten\n')).toBe('six\nten\n');
});

test('keeps the end of a line that is longer than all that may be kept', () => {
  expect(tailOf(4, 'abcdefgh')).toBe('efgh');
  expect(tailOf(4, 'abcdefgh\n')).toBe('fgh\n');
});

test('keeps the same end of much, however it comes', () => {
  const text = Array.from({length: 500}, (_, line) => `line ${line}\n`).join('');
  for (const size of [1, 7, 64, 1000]) {
    const chunks = Array.from({length: Math.ceil(text.length / size)}, (_, at) =>
      text.slice(at * size, (at + 1) * size),
    );
    expect(tailOf(100, ...chunks)).toBe(text.slice(text.indexOf('\n', text.length - 101) + 1));
  }
});
