import {expect, test} from 'vitest';
import {forgetAll, memoize} from '../../src/text/memoize.ts';

function counted() {
  const asked: string[] = [];
  const read = memoize(text => {
    asked.push(text);
    return text === '' ? undefined : text.length;
  });
  return {asked, read};
}

test('a text is read once, also when nothing stands in it', () => {
  const {asked, read} = counted();
  expect([read('ab'), read(''), read('ab'), read('')]).toEqual([2, undefined, 2, undefined]);
  expect(asked).toEqual(['ab', '']);
});

test('what was read is forgotten when all is', () => {
  const {asked, read} = counted();
  read('ab');
  forgetAll();
  expect(read('ab')).toBe(2);
  expect(asked).toEqual(['ab', 'ab']);
});

test('very long texts are kept nowhere, and many texts not for ever', () => {
  const {asked, read} = counted();
  const long = 'x'.repeat(5000);
  expect([read(long), read(long)]).toEqual([5000, 5000]);
  expect(asked).toHaveLength(2);
  for (let index = 0; index < 10_000; index += 1) expect(read(`text ${index}`)).toBe(`text ${index}`.length);
  read('text 0');
  expect(asked.filter(text => text === 'text 0')).toHaveLength(2);
});
