import {expect, test} from 'vitest';
import {serverWords} from '../../src/actions/link-error.ts';

test.each([
  ['Password: ', 'Password:'],
  ['one\r\n  two\tthree', 'one two three'],
  ['\u001B]0;title\u0007shown', 'shown'],
  ['\u001B]8;;http://evil\u001B\\link\u001B]8;;\u001B\\', 'link'],
  ['\u001B[31mred\u001B[0m \u009B2Jclear', 'red clear'],
  ['\u001BPq1;2\u001B\\sixel', 'sixel'],
  ['\u001B(0line\u001Bc', 'line'],
  ['a\u202Eb\u200Bc\u0007d\u0000', 'abcd'],
  ['cut \u001B[12', 'cut'],
])('of %j leaves %j', (said, shown) => {
  expect(serverWords(said)).toBe(shown);
});

test('has an end, however much a server says', () => {
  const words = serverWords('word '.repeat(10_000));
  expect(words.length).toBeLessThanOrEqual(300);
  expect(words.endsWith('…')).toBe(true);
});
