import fc from 'fast-check';
import {expect, test} from 'vitest';
import {ReplyFilter} from '../../../src/ui/terminal/replies.ts';

const latin = (text: string) => Buffer.from(text, 'latin1');
const utf8 = (text: string) => Buffer.from(text, 'utf8');

const REPORTS: readonly [name: string, bytes: Buffer][] = [
  ['mouse of the oldest form: column 50, row 50', latin('\u001B[M RR')],
  ['mouse of the oldest form: no UTF-8', latin('\u001B[M \u00E4\u00F0')],
  ['mouse of the oldest form: a wheel', latin('\u001B[M`!!')],
  ['mouse 1005: column 150', utf8('\u001B[M \u00B6R')],
  ['mouse 1005: column and row beyond 95', utf8('\u001B[M \u0182\u00A0')],
  ['mouse 1015', latin('\u001B[32;50;50M')],
  ['mouse 1006', latin('\u001B[<0;50;50M')],
  ['mouse 1006, release', latin('\u001B[<0;50;50m')],
  ['mouse of a highlight, end', latin('\u001B[tRR')],
  ['mouse of a highlight, whole', latin('\u001B[TRRRRRR')],
  ['DEC locator', latin('\u001B[2;4;50;50;1&w')],
  ['focus in', latin('\u001B[I')],
  ['focus out', latin('\u001B[O')],
  ['primary attributes', latin('\u001B[?62;1;2;22c')],
  ['secondary attributes', latin('\u001B[>41;354;0c')],
  ['tertiary attributes', latin('\u001BP!|00000000\u001B\\')],
  ['status', latin('\u001B[0n')],
  ['cursor', latin('\u001B[50;50R')],
  ['cursor, DEC', latin('\u001B[?50;50;1R')],
  ['mode', latin('\u001B[?2026;2$y')],
  ['mode, ANSI', latin('\u001B[4;2$y')],
  ['kitty flags', latin('\u001B[?1u')],
  ['size', latin('\u001B[8;45;160t')],
  ['graphics', latin('\u001B[?1;0;256S')],
  ['colour scheme', latin('\u001B[?997;1n')],
  ['parameters', latin('\u001B[2;1;1;128;128;1;0x')],
  ['background, ended by BEL', latin('\u001B]11;rgb:1111/2222/3333\u0007')],
  ['background, ended by ST', latin('\u001B]11;rgb:1111/2222/3333\u001B\\')],
  ['title with a sign whose last byte is ST', utf8('\u001B]l\u2702\u271C R\u001B\\')],
  ['clipboard of 50 kB', latin(`\u001B]52;c;${'UiBS'.repeat(12_500)}\u001B\\`)],
  ['name', latin('\u001BP>|tmux 3.4\u001B\\')],
  ['terminfo', latin('\u001BP1+r524742=38\u001B\\')],
  ['graphics, kitty', latin('\u001B_Gi=31;OK\u001B\\')],
  ['introducers of one byte', latin('\u009B?62;22c\u009D11;rgb:1/2/3\u009C\u0090>|x\u009C')],
  ['introducers of one character', utf8('\u009B?62;22c\u009D11;rgb:1/2/3\u009C')],
];

const KEYS = ['R', ' ', 'j', 'é', '漢', '👩', '\r', '\t', '\u007F', '\u0003', '\u001Bx', '\u001Bé', '\u001B\r'];
const SEQUENCES = [
  '[A',
  '[1;5C',
  '[H',
  '[3~',
  '[15~',
  '[Z',
  'OP',
  'OM',
  '[[A',
  '[2$',
  '[7^',
  '[a',
  '[97;5u',
  '[27;5;97~',
];
const TYPED = [...KEYS, ...SEQUENCES.map(rest => `\u001B${rest}`), '\u001B[200~R q\u001B[201~'];

function read(...chunks: Uint8Array[]): string {
  const filter = new ReplyFilter();
  return chunks.map(chunk => filter.take(chunk)).join('');
}

test.for(REPORTS)('%s is nobody’s key, wherever it is cut in two', ([, bytes]) => {
  for (let at = 1; at <= Math.min(bytes.length, 100); at += 1) {
    expect(read(utf8('a'), bytes.subarray(0, at), bytes.subarray(at), utf8('\u001B[Az'))).toBe('a\u001B[Az');
  }
});

test.for(TYPED)('%j is typed, wherever it is cut in two', keys => {
  const bytes = utf8(keys);
  for (let at = 1; at <= bytes.length; at += 1) expect(read(bytes.subarray(0, at), bytes.subarray(at))).toBe(keys);
});

test('of reports and keys in any order, cut anywhere, exactly the keys are typed', () => {
  // Of the oldest form nobody can tell where it ends when its bytes look like a character, or begin one: see the test below.
  const exact = REPORTS.filter(([name]) => !/beyond 95|no UTF-8/.test(name));
  const piece = fc.oneof(
    fc.constantFrom(...exact.filter(([, {length}]) => length < 100)).map(([, bytes]) => ({bytes, typed: ''})),
    fc.constantFrom(...TYPED).map(typed => ({bytes: utf8(typed), typed})),
  );
  const cuts = fc.array(fc.nat(200), {maxLength: 20});
  fc.assert(
    fc.property(fc.array(piece, {maxLength: 12}), cuts, (pieces, at) => {
      const bytes = Buffer.concat(pieces.map(each => each.bytes));
      const ends = [...new Set(at.filter(end => end < bytes.length)), 0, bytes.length].sort((a, b) => a - b);
      const chunks = ends.slice(1).map((end, index) => bytes.subarray(ends[index], end));
      expect(read(...chunks)).toBe(pieces.map(({typed}) => typed).join(''));
    }),
  );
});

test('two bytes of the oldest form that look like a character cost at most one key', () => {
  const ambiguous = latin('\u001B[M \u00C3\u00A5');
  expect(read(ambiguous, utf8('Rj'))).toBe('j');
  expect(read(ambiguous, ambiguous, utf8('\u001B[Aj'))).toBe('\u001B[Aj');
});

test('whatever bytes came, what is typed after the wait is typed', () => {
  fc.assert(
    fc.property(fc.uint8Array(), bytes => {
      const filter = new ReplyFilter();
      filter.take(bytes);
      expect(filter.giveUp().length).toBeLessThanOrEqual(2);
      expect(filter.pending()).toBeUndefined();
      expect(filter.take(utf8(' j'))).toBe(' j');
    }),
  );
});
