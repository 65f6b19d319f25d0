import {expect, test} from 'vitest';
import {TextCleaner} from '../../../src/journal/spool/clean-text.ts';
import {seededRandom} from '../../helpers/seeded-random.ts';

function clean(...chunks: string[]): string {
  const cleaner = new TextCleaner();
  return chunks.map(chunk => cleaner.write(chunk)).join('');
}

test('colours come through, cursor movements and screen changes do not', () => {
  expect(clean('\x1b[31mred\x1b[0m \x1b[2J\x1b[1;1Hhome\x1b[?1049h\x1b[6n\x1b7\x1bc\x1b(B.')).toBe(
    '\x1b[31mred\x1b[0m home.',
  );
});

test('links, titles and clipboard writes are taken out whole, however they end', () => {
  expect(clean('a\x1b]8;;http://evil.example/\x1b\\link\x1b]8;;\x07b')).toBe('alinkb');
  expect(clean('a\x1b]0;title\x07b\x1b]52;c;ZXZpbA==\x9cc\x1bPq#0\x1b\\d\x1b_apc\x1b\\e')).toBe('abcde');
});

test('blinking and hiding are taken out of a colour, the rest of it stays', () => {
  expect(clean('\x1b[1;5;31mx')).toBe('\x1b[1;31mx');
  expect(clean('\x1b[5mx\x1b[8my\x1b[6mz')).toBe('xyz');
  expect(clean('\x1b[38;5;5mx\x1b[48;2;8;6;5my\x1b[4:3mz\x1b[mw')).toBe(
    '\x1b[38;5;5mx\x1b[48;2;8;6;5my\x1b[4:3mz\x1b[mw',
  );
});

test('the eight-bit forms of the introducers are sequences, too', () => {
  expect(clean('a\x9b31mb\x9d0;title\x9cc\x85d')).toBe('a\x1b[31mbcd');
});

test('control characters go, line feed, return and tab stay', () => {
  expect(clean('a\x00\x07\x08\x0b\x0c\x0e\x7fb\r\n\tc')).toBe('ab\r\n\tc');
});

test('signs that reverse the direction of writing go', () => {
  expect(clean('rm \u202egnp.exe\u2066')).toBe('rm gnp.exe');
});

test('a line feed ends a sequence that never ended, so the next line is seen', () => {
  expect(clean('a\x1b]0;never ended\nERROR seen')).toBe('a\nERROR seen');
  expect(clean('a\x1b[31\nERROR seen')).toBe('a\nERROR seen');
});

test('a sequence that begins inside another is read as what it is', () => {
  expect(clean('\x1b\x1b[31mx\x1b[1\x1b[32my\x1b]0;t\x1b[33mz')).toBe('\x1b[31mx\x1b[32my\x1b[33mz');
});

test('a sequence without end does not swallow the output', () => {
  expect(clean(`\x1b]0;${'x'.repeat(10_000)}`, 'seen')).toMatch(/seen$/);
  expect(clean(`\x1b[${'1'.repeat(10_000)}`, 'seen')).toMatch(/seen$/);
});

test('what belongs to a sequence is known wherever the text is cut', () => {
  const text = 'a\x1b[1;31mb\x1b]8;;http://x/\x1b\\c\x1b(Bd\x1b[2Ke\x1b[38;5;208mf\n';
  const whole = clean(text);
  expect(whole).toBe('a\x1b[1;31mbcde\x1b[38;5;208mf\n');
  for (let at = 0; at <= text.length; at += 1)
    expect(clean(text.slice(0, at), text.slice(at)), `cut at ${at}`).toBe(whole);
});

test('whatever comes in, no escape sequence but a harmless colour comes out', () => {
  const random = seededRandom(3);
  const pieces = [
    '\x1b',
    '[',
    ']',
    '\\',
    'm',
    '5',
    ';',
    '31',
    '8',
    '\x07',
    '\x9b',
    '\x9d',
    '\x9c',
    'P',
    '?',
    ' ',
    '(',
    ':',
    '\n',
    '\r',
    'x',
    'é',
    '\x18',
    '\x1a',
    '^',
    '_',
    'X',
    'H',
  ];
  for (let round = 0; round < 20_000; round += 1) {
    const chunks = Array.from({length: 1 + random.below(4)}, () =>
      Array.from({length: random.below(12)}, () => random.pick(pieces)).join(''),
    );
    const out = clean(...chunks);
    expect(out.replace(/\x1b\[[0-9;:]*m/g, ''), JSON.stringify(chunks)).not.toMatch(
      /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]/,
    );
    expect(clean(chunks.join('')), JSON.stringify(chunks)).toBe(out);
  }
});
