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

test('changes that are far apart each have their place, and line ends make no difference', () => {
  const then = lines('one', ...Array.from({length: 20}, (_, index) => `same ${index}`), 'last');
  const now = then.replace('one', 'ONE').replace('last', 'LAST').replaceAll('\n', '\r\n');
  expect(textDifference(then, now, 'a.md').split('\n').slice(2)).toEqual([
    '@@ line 1 @@',
    '-one',
    '+ONE',
    ' same 0',
    '@@ line 21 @@',
    ' same 19',
    '-last',
    '+LAST',
  ]);
});

test('texts of many thousand lines with nothing in common are not compared for long', () => {
  const many = (word: string) => Array.from({length: 30_000}, (_, index) => `${word} ${index}`).join('\n');
  const before = process.threadCpuUsage();
  expect(textDifference(many('old'), many('new'), 'x')).toMatch(/^-old 0$/m);
  const {user, system} = process.threadCpuUsage(before);
  expect((user + system) / 1000).toBeLessThan(5000);
});

test('stays short, and free of what would move a cursor', () => {
  const now = Array.from({length: 5000}, (_, index) => `line ${index} \u001b[2J${'x'.repeat(500)}`).join('\n');
  const shown = textDifference('old', now, 'x');
  expect(shown.split('\n').length).toBeLessThan(50);
  expect(shown).not.toContain('\u001b');
  expect(shown).toMatch(/… \d+ more lines$/);
});
