import {expect, test} from 'vitest';
import {ANY_SCRIPT, isLatin, LATIN, writtenFor} from '../../../src/plan/words/letters.ts';

const SCRIPTS: readonly (readonly [string, number, number])[] = [
  ['Latin, Greek, Cyrillic and Armenian', 0, 0x590],
  ['punctuation, currencies, arrows, figures and dingbats', 0x2000, 0x2c00],
  ['Japanese', 0x3000, 0x3100],
  ['full width', 0xff00, 0x10000],
  ['emoji', 0x1f300, 0x1fb00],
];

test.each(SCRIPTS)('words begin and end beside %s as they do beside letters and figures', (_, from, to) => {
  const start = new RegExp(writtenFor(ANY_SCRIPT, String.raw`^[^]\<$`), 'iu');
  const end = new RegExp(writtenFor(ANY_SCRIPT, String.raw`^\>[^]$`), 'iu');
  for (const mark of assigned(from, to)) {
    const within = /[\p{L}\p{N}_]/iu.test(mark);
    expect([mark, start.test(mark), end.test(mark)]).toEqual([mark, !within, !within]);
  }
});

test.each(SCRIPTS.filter(([name]) => /Latin|Jap|emoji/.test(name)))('letters are letters in %s', (_, from, to) => {
  const [alone, among] = [String.raw`^\p{L}$`, String.raw`^[-\p{L}]$`].map(
    source => new RegExp(writtenFor(ANY_SCRIPT, source), 'iu'),
  );
  for (const mark of assigned(from, to)) {
    if (/\p{M}|\p{N}/u.test(mark)) continue;
    const isLetter = /\p{L}/iu.test(mark);
    expect([mark, alone?.test(mark), among?.test(mark)]).toEqual([mark, isLetter, isLetter || mark === '-']);
  }
});

test('letters, figures and the borders of words in Latin texts are those of any text', () => {
  const marks = assigned(0, 0x20000).filter(mark => mark === mark.toLowerCase() && isLatin(mark));
  expect(marks.length).toBeGreaterThan(2000);
  for (const source of [
    String.raw`\p{L}`,
    String.raw`[^\p{N}]`,
    String.raw`[_\p{L}\p{N}]`,
    String.raw`\>[^]`,
    String.raw`[^]\<$`,
  ]) {
    const [latin, any] = [LATIN, ANY_SCRIPT].map(script => new RegExp(writtenFor(script, source), 'u'));
    expect(marks.filter(mark => latin?.test(mark) !== any?.test(mark))).toEqual([]);
  }
});

test('an escape is no bracket, and no border of a word', () => {
  expect(writtenFor(LATIN, String.raw`\[\p{N}\]\\<[\]\p{N}]`)).toBe(
    String.raw`\[[0-9\xb2\xb3\xb9\xbc-\xbe]\]\\<[\]0-9\xb2\xb3\xb9\xbc-\xbe]`,
  );
});

function assigned(from: number, to: number): string[] {
  return Array.from({length: to - from}, (_, index) => String.fromCodePoint(from + index)).filter(
    mark => !/\p{Cn}/u.test(mark),
  );
}
