import {chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, expect, test} from 'vitest';
import {programNameFor} from '../../src/commands/program-name.ts';

const root = mkdtempSync(join(tmpdir(), 'tminus-name-'));
const program = join(root, 'dist', 'tminus.js');
mkdirSync(join(root, 'dist'));
mkdirSync(join(root, 'bin'));
writeFileSync(program, '');
symlinkSync(program, join(root, 'bin', 'tminus'));
afterAll(() => rmSync(root, {recursive: true}));

test('what the search path finds is called by its name', () => {
  expect(programNameFor(join(root, 'bin', 'tminus'), root, `/nowhere:${join(root, 'bin')}`)).toBe('tminus');
  expect(programNameFor(program, root, join(root, 'bin'))).toBe('tminus');
});

test('a file is named from where the reader stands, with node where it cannot be started itself', () => {
  expect(programNameFor(program, root, '/nowhere')).toBe('node dist/tminus.js');
  expect(programNameFor(program, join(root, 'dist'), '/nowhere')).toBe('node ./tminus.js');
  chmodSync(program, 0o755);
  expect(programNameFor(program, root, '/nowhere')).toBe('dist/tminus.js');
  expect(programNameFor(program, '/', '/nowhere')).toMatch(/tminus\.js$/);
});
