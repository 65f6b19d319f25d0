import {expect, test} from 'vitest';
import {programName, versionLine} from '../../../src/commands/command-line/program-name.ts';

const path = '/usr/local/bin:/usr/bin';

test('a program that the shell finds is called by its name', () => {
  expect(programName({script: '/usr/local/bin/tminus', directory: '/home/ana', path})).toBe('tminus');
});

test('one that it does not find is called as a file, from where one stands', () => {
  expect(programName({script: '/srv/t/dist/tminus.js', directory: '/srv/t', path})).toBe('node dist/tminus.js');
  expect(programName({script: '/srv/t/bin/tminus', directory: '/srv/t', path})).toBe('bin/tminus');
  expect(programName({script: '/srv/t/bin/tminus', directory: '/srv/t/bin', path})).toBe('./tminus');
  expect(programName({script: '/srv/t/dist/tminus.js', directory: '/home/ana', path})).toBe(
    'node /srv/t/dist/tminus.js',
  );
});

test('a file whose name a shell would take apart is quoted', () => {
  expect(programName({script: '/srv/my tools/tminus.js', directory: '/home/ana', path})).toBe(
    "node '/srv/my tools/tminus.js'",
  );
});

test('the version names its commit, and the Node that runs it', () => {
  expect(versionLine({version: '1.2.3', commit: '6a003f7', node: '24.21.0'})).toBe(
    'tminus 1.2.3, commit 6a003f7, Node 24.21.0',
  );
  expect(versionLine()).toMatch(/^tminus \d+\.\d+\.\d+, from its sources, Node \d/);
});
