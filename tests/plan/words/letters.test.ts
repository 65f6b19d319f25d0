import {expect, test} from 'vitest';
import {WORD_END, WORD_START, withLetters} from '../../../src/plan/words/letters.ts';

const SCRIPTS: readonly (readonly [string, number, number])[] = [
  ['Latin, Greek, Cyrillic and Armenian', 0, 0x590],
  ['punctuation, currencies, arrows, figures and dingbats', 0x2000, 0x2c00],
  ['Japanese', 0x3000, 0x3100],
  ['full width', 0xff00, 0x10000],
  ['emoji', 0x1f300, 0x1fb00],
];

test.each(SCRIPTS)('words begin and end beside %s as they do beside letters and figures', (_, from, to) => {
  const start = new RegExp(`^[^]${WORD_START}$`, 'iu');
  const end = new RegExp(`^${WORD_END}[^]$`, 'iu');
  for (const mark of assigned(from, to)) {
    const within = /[\p{L}\p{N}_]/iu.test(mark);
    expect([mark, start.test(mark), end.test(mark)]).toEqual([mark, !within, !within]);
  }
});

test.each(SCRIPTS.filter(([name]) => /Latin|Jap|emoji/.test(name)))('letters are letters in %s', (_, from, to) => {
  const [alone, among] = [withLetters(String.raw`^\p{L}$`), withLetters(String.raw`^[\p{L}-]$`)].map(
    source => new RegExp(source, 'iu'),
  );
  for (const mark of assigned(from, to)) {
    if (/\p{M}|\p{N}/u.test(mark)) continue;
    const isLetter = /\p{L}/iu.test(mark);
    expect([mark, alone?.test(mark), among?.test(mark)]).toEqual([mark, isLetter, isLetter || mark === '-']);
  }
});

function assigned(from: number, to: number): string[] {
  return Array.from({length: to - from}, (_, index) => String.fromCodePoint(from + index)).filter(
    mark => !/\p{Cn}/u.test(mark),
  );
}
