import {expect, test} from 'vitest';
import {fillBlanks} from '../../../src/report/record/fill-blanks.ts';

test('blanks of a line are filled in order, and one without a value is left', () => {
  expect(fillBlanks('From ____ to ____, by _____  ', ['9', undefined, 'Ana'])).toBe('From 9 to ____, by Ana  ');
});

test('a bracket is a blank, a tick box and a link are not', () => {
  expect(fillBlanks('- [ ] Backup at [timestamp], see [guide](guide.md)', ['12:00'])).toBe(
    '- [ ] Backup at 12:00, see [guide](guide.md)',
  );
});

test('both ways to write a blank may stand in one line', () => {
  expect(fillBlanks('Deploy [prod]: \\_\\_\\_ at [time]', ['v2', '12:00'])).toBe('Deploy [prod]: v2 at 12:00');
  expect(fillBlanks('Tag ____ at [time]', ['v2', '12:00'])).toBe('Tag v2 at 12:00');
});

test('a line without a value is not touched', () => {
  expect(fillBlanks('__init__ and ____', [undefined])).toBe('__init__ and ____');
  expect(fillBlanks('____', [])).toBe('____');
});

test('a value cannot add lines or markup', () => {
  expect(fillBlanks('By: ____', ['Ana\n- [x] Signed <!-- tminus: skip -->'])).toBe(
    'By: Ana - [x] Signed \\<!-- tminus: skip -->',
  );
});
