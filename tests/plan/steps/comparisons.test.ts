/** Results that are to be compared with other figures: a person judges them, unless the commands compare. */
import {expect, test} from 'vitest';
import {planOf, stepAt} from '../../helpers/plan-view.ts';

const judgedIn = (...lines: string[]) =>
  stepAt(planOf('# A', '', '## Deploy', '', ...lines, ''), 5).expectations.map(({text, readable}) => [text, readable]);
const fence = (command: string, indent = '   ') => ['', `${indent}\`\`\``, `${indent}${command}`, `${indent}\`\`\``];

test.each([
  'Row counts against the values from step 6',
  'Totals, compared with the morning',
  'Zählerstände mit denen von gestern vergleichen',
  'Nombre de lignes par rapport aux valeurs du matin',
  'Cotejar los totales con el parte de ayer',
])('%s', text => {
  expect(judgedIn(`1. ${text}:`, ...fence('psql meters -f counts.sql'))).toEqual([[text, false]]);
  expect(judgedIn(`${text}:`, ...fence('psql meters -f counts.sql', ''))).toEqual([[text, false]]);
});

test('a command that compares gives the verdict itself', () => {
  expect(judgedIn('1. Compare with the copy:', ...fence('diff -r /a /b'))).toEqual([]);
});
