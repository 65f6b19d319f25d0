import {describe, expect, test} from 'vitest';
import {patternOf} from '../../../src/text/pattern.ts';
import {displayWidth} from '../../../src/text/width.ts';
import {cleanLine, fitLine, highlight, LINE_LENGTH_MAX, plainText, wrapLine} from '../../../src/ui/logs/log-line.ts';

const onlyColours = /^(?:[^\x00-\x1f\x7f-\x9f]|\x1b\[[0-9;:]*m)*$/;

describe('cleanLine', () => {
  test.each([
    ['a clipboard write', 'a\x1b]52;c;aGk=\x07b', 'ab'],
    ['a window title ended by ST', 'a\x1b]0;title\x1b\\b', 'ab'],
    ['a hyperlink', '\x1b]8;;http://evil\x07text\x1b]8;;\x07', 'text'],
    ['a title that never ends', 'a\x1b]0;title and more', 'a'],
    ['cursor movement and erasing', 'a\x1b[2J\x1b[1;1Hb\x1b[?1049h', 'ab'],
    ['a one-byte control sequence introducer', 'a\x9b2Jb', 'ab'],
    ['a device control string', 'a\x1bP+q544e\x1b\\b', 'ab'],
    ['a private sequence that ends like a colour', 'a\x1b[>4mb\x1b[?1mc', 'abc'],
    ['a terminal reset', 'a\x1bcb', 'ab'],
    ['a lone escape at the end', 'a\x1b', 'a'],
    ['bells and backspaces', 'a\x07\x08b\x00', 'ab'],
    ['reversed reading direction', 'exe.\u202etxt', 'exe.txt'],
    ['blinking', '\x1b[5mnow\x1b[0m', 'now\x1b[0m'],
    ['hidden text among colours', '\x1b[31;8mx\x1b[0m', '\x1b[31mx\x1b[0m'],
  ])('drops %s', (_, raw, clean) => {
    expect(cleanLine(raw)).toBe(clean);
  });

  test('keeps colours, also those whose parameters look like blinking', () => {
    const raw = '\x1b[38;5;208mwarm\x1b[0m \x1b[48;2;5;6;8mdeep\x1b[m';
    expect(cleanLine(raw)).toBe(raw);
  });

  test('keeps what a progress line showed last', () => {
    expect(cleanLine('10 %\r50 %\r100 %\r\n')).toBe('100 %');
  });

  test('turns tabs into columns', () => {
    expect(cleanLine('a\tb\t日\tc')).toBe('a       b       日      c');
  });

  test('cuts an endless line without looking at all of it', () => {
    expect(displayWidth(cleanLine('x'.repeat(90_000)))).toBe(LINE_LENGTH_MAX);
    expect(displayWidth(cleanLine('日'.repeat(90_000)))).toBeLessThanOrEqual(LINE_LENGTH_MAX);
  });

  test('lets nothing but printable text and colours through, whatever bytes come', () => {
    let seed = 11;
    const random = (below: number) => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      return seed % below;
    };
    const pieces = [
      '\x1b',
      '[',
      ']',
      '31m',
      'm',
      ';',
      '?',
      '\x07',
      '\x9b',
      '\x9d',
      'P',
      '\\',
      '\x1b[1m',
      'é',
      '日',
      '\t',
      '\x00',
      '8',
      '5',
    ];
    for (let round = 0; round < 2000; round++) {
      const raw = Array.from({length: random(12)}, () => pieces[random(pieces.length)]).join('');
      expect(cleanLine(raw), JSON.stringify(raw)).toMatch(onlyColours);
    }
  });
});

describe('fitLine', () => {
  test('pads a short line and marks one that goes on', () => {
    expect(fitLine('abc', 5)).toBe('abc  ');
    expect(fitLine('abcdef', 5, {ellipsis: '…'})).toBe('abcd…');
    expect(fitLine('abcde', 5, {ellipsis: '…'})).toBe('abcde');
  });

  test('scrolls sideways', () => {
    expect(fitLine('abcdefghij', 4, {from: 3, ellipsis: '…'})).toBe('def…');
    expect(fitLine('abcdefghij', 4, {from: 6, ellipsis: '…'})).toBe('ghij');
    expect(fitLine('abc', 4, {from: 10})).toBe('    ');
  });

  test('never shows half of a wide character', () => {
    expect(fitLine('日本語', 5)).toBe('日本 ');
    expect(fitLine('日本語', 4, {from: 1})).toHaveLength(3);
    expect(displayWidth(fitLine('日本語', 4, {from: 1}))).toBe(4);
  });

  test('closes colours that the line leaves open', () => {
    expect(fitLine('\x1b[31mred and more', 3)).toBe('\x1b[31mred\x1b[39m');
  });

  test('is exactly as wide as asked for every kind of text', () => {
    const texts = [
      '',
      'plain',
      '\x1b[1mbold\x1b[22m text',
      '日本語テキスト',
      '👩‍👩‍👧 family 👍🏽',
      'e\u0301a\u0300',
      '🇩🇪🇫🇷',
      '\x1b[31m日本\x1b[0m語',
    ];
    for (const text of texts) {
      for (let width = 0; width < 20; width++) {
        for (const from of [0, 1, 3]) {
          expect(displayWidth(fitLine(cleanLine(text), width, {from, ellipsis: '…'})), `${text} ${width}`).toBe(width);
        }
      }
    }
  });
});

test('a wrapped line loses nothing and keeps its colours on every row', () => {
  const rows = wrapLine('\x1b[31mabcdefgh\x1b[39m', 3);
  expect(rows.map(plainText)).toEqual(['abc', 'def', 'gh']);
  expect(rows.every(row => row.startsWith('\x1b[31m'))).toBe(true);
  expect(wrapLine('日本語', 3).map(plainText)).toEqual(['日', '本', '語']);
  expect(wrapLine('', 3)).toEqual(['']);
});

describe('highlight', () => {
  const mark = (text: string) => `\x1b[7m${text}\x1b[27m`;

  test('paints every match and goes on in the colours of the line', () => {
    expect(highlight('\x1b[31mone two one\x1b[39m', patternOf(/one/.source), mark)).toBe(
      '\x1b[31m\x1b[7mone\x1b[27m\x1b[31m two \x1b[7mone\x1b[27m\x1b[31m\x1b[39m',
    );
  });

  test('finds a match that colours interrupt', () => {
    expect(plainText(highlight('time\x1b[31mout', patternOf(/timeout/.source), text => `<${text}>`))).toBe(
      '<time><out>',
    );
  });

  test('does not hang on a pattern that matches nothing at all', () => {
    expect(highlight('abc', patternOf(/x*/.source), mark)).toBe('abc');
  });
});
