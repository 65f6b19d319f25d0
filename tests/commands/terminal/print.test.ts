import {globSync, readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import {safeJson} from '../../../src/commands/terminal/print.ts';

/** Both draw on a terminal with sequences of their own. */
const OWN = ['src/commands/terminal/print.ts', 'src/commands/terminal/progress-line.ts'];

test('no command writes past the one place that cleans what it prints', () => {
  const files = [...globSync('src/commands/**/*.ts'), 'src/cli.tsx'].filter(file => !OWN.includes(file));
  const writes = /(?:stdout|stderr)\.write\(|console\.\w+\(/;
  expect(files.filter(file => writes.test(readFileSync(file, 'utf8')))).toEqual([]);
});

test('JSON comes out as it went in, and holds nothing that acts on a terminal', () => {
  const value = {text: '\u001B[2J\u007F\u009B\u202E\u2028\uFEFF\r\n\té"\\'};
  const text = safeJson(value, 2);
  expect(text).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e\u2028\ufeff]/);
  expect(JSON.parse(text)).toEqual(value);
});
