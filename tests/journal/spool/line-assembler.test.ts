import {expect, test} from 'vitest';
import {createLineAssembler, LINE_LENGTH_MAX} from '../../../src/journal/spool/line-assembler.ts';
import {seededRandom} from '../../helpers/seeded-random.ts';

function assemble(...chunks: string[]): string[] {
  const assembler = createLineAssembler();
  const parts = [...chunks.map(chunk => assembler.write(chunk)), assembler.end()];
  const text = parts.map(part => part.content).join('');
  const lines = text.split('\n').slice(0, -1);
  expect(parts.reduce((sum, part) => sum + part.count, 0)).toBe(lines.length);
  return lines;
}

test('lines come out when they are finished, whatever pieces they came in', () => {
  const assembler = createLineAssembler();
  expect(assembler.write('one')).toEqual({content: '', count: 0});
  expect(assembler.write(' and\ntwo\nthr')).toEqual({content: 'one and\ntwo\n', count: 2});
  expect(assembler.end()).toEqual({content: 'thr\n', count: 1});
  expect(assembler.end()).toEqual({content: '', count: 0});
});

test('of progress that writes over itself only the last remains', () => {
  expect(assemble(' 10%\r 50%\r100%\n')).toEqual(['100%']);
  expect(assemble(' 10%\r', ' 50%\r', '100%', '\n')).toEqual(['100%']);
  expect(assemble('first\n 10%\r 50%\r100%\nlast\n')).toEqual(['first', '100%', 'last']);
});

test('a return before the line feed is only the end of a line', () => {
  expect(assemble('one\r\ntwo\r', '\nthree\r\r\n')).toEqual(['one', 'two', 'three']);
});

test('progress that goes on for ever keeps its last state, not its first', () => {
  const chunks = Array.from({length: 5000}, (_, index) => `${index} of 5000\r`);
  expect(assemble(...chunks, '\n')).toEqual(['4999 of 5000']);
});

test('a very long line is cut, and says by how much', () => {
  const [line] = assemble(`${'x'.repeat(LINE_LENGTH_MAX + 500)}\n`);
  expect(line).toBe(`${'x'.repeat(LINE_LENGTH_MAX)}\x1b[m … [500 more characters cut]`);
  const pieces = Array.from({length: 10}, () => 'y'.repeat(1000));
  expect(assemble(...pieces)[0]).toBe(
    `${'y'.repeat(LINE_LENGTH_MAX)}\x1b[m … [${10_000 - LINE_LENGTH_MAX} more characters cut]`,
  );
});

test('a long line that is written over is no longer cut', () => {
  expect(assemble('x'.repeat(LINE_LENGTH_MAX * 2), '\r', 'short', '\n')).toEqual(['short']);
});

test('cutting never leaves half a colour behind', () => {
  for (let before = LINE_LENGTH_MAX - 8; before <= LINE_LENGTH_MAX; before += 1) {
    const [line = ''] = assemble(`${'x'.repeat(before)}\x1b[31mrest of the line\n`);
    expect(line.replace(/\x1b\[[0-9;:]*m/g, '')).not.toContain('\x1b');
  }
});

test('tabs become spaces up to the next stop, colours take no room', () => {
  expect(assemble('a\tb\n')).toEqual(['a       b']);
  expect(assemble('\x1b[31mabcdefgh\x1b[m\tb\n')).toEqual(['\x1b[31mabcdefgh\x1b[m        b']);
});

test('a long run of returns takes no longer than other text', () => {
  expect(assemble(`${'\r'.repeat(2_000_000)}x\n`)).toEqual(['x']);
});

test('however text is split, the lines are the same', () => {
  const random = seededRandom(5);
  for (let round = 0; round < 5000; round += 1) {
    const text = Array.from({length: random.below(40)}, () =>
      random.pick(['a', 'b', '\n', '\r', '\r\n', '\t', 'word ']),
    ).join('');
    const chunks: string[] = [];
    for (let at = 0; at < text.length; ) {
      const length = 1 + random.below(6);
      chunks.push(text.slice(at, at + length));
      at += length;
    }
    const whole = text.split('\n').map(line => line.replace(/\r+$/, '').split('\r').at(-1));
    const expected = (text.endsWith('\n') || text === '' ? whole.slice(0, -1) : whole).filter(
      (line, index) => index < whole.length - 1 || line !== '',
    );
    expect(
      assemble(...chunks).map(line => line.trimEnd()),
      JSON.stringify(chunks),
    ).toEqual(expected.map(line => assemble(`${line}\n`)[0]?.trimEnd()));
  }
});
