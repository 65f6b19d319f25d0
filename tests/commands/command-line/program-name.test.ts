import {expect, test} from 'vitest';
import {programName} from '../../../src/commands/command-line/program-name.ts';

const path = '/usr/local/bin:/usr/bin';

test('a program that the shell finds is called by its name', () => {
  expect(programName({script: '/usr/local/bin/tminus', directory: '/home/ana', path})).toBe('tminus');
});

test('one that it does not find is called as a file, from where one stands', () => {
  expect(programName({script: '/srv/t/dist/tminus.js', directory: '/srv/t', path})).toBe('node dist/tminus.js');
  expect(programName({script: '/srv/t/bin/tminus', directory: '/srv/t', path})).toBe('node bin/tminus');
  expect(programName({script: '/srv/t/dist/tminus.js', directory: '/home/ana', path})).toBe(
    'node /srv/t/dist/tminus.js',
  );
});

test('a file whose name a shell would take apart is quoted', () => {
  expect(programName({script: '/srv/my tools/tminus.js', directory: '/home/ana', path})).toBe(
    "node '/srv/my tools/tminus.js'",
  );
});
