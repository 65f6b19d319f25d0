import {expect, test} from 'vitest';
import {textDifference} from '../../src/text/difference.ts';

const lines = (...all: readonly string[]) => all.join('\n');

test('shows what went and what came, with a line around it', () => {
  const then = lines('# A', 'one', 'two', 'three', 'four', 'five');
  const now = lines('# A', 'one', 'TWO', 'three', 'four and a half', 'five');
  expect(textDifference(then, now, 'a.md').split('\n')).toEqual([
    '--- a.md (when the run was opened)',
    '+++ a.md (now)',
    '@@ line 2 @@',
    ' one',
    '-two',
    '+TWO',
    ' three',
    '-four',
    '+four and a half',
    ' five',
  ]);
});

test('shows lines that were added at the end, and an empty text', () => {
  expect(textDifference('a\nb', 'a\nb\nc', 'x')).toContain(' b\n+c');
  expect(textDifference('', 'a', 'x')).toContain('-\n+a');
});

test('stays short, and free of what would move a cursor', () => {
  const now = Array.from({length: 5000}, (_, index) => `line ${index} \u001b[2J${'x'.repeat(500)}`).join('\n');
  const shown = textDifference('old', now, 'x');
  expect(shown.split('\n').length).toBeLessThan(50);
  expect(shown).not.toContain('\u001b');
  expect(shown).toMatch(/… \d+ more lines$/);
});
