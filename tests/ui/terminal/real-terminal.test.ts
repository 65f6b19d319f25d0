import {mkdtempSync, readFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {type IPty, spawn} from '@lydell/node-pty';
import {build} from 'esbuild';
import {afterEach, beforeAll, expect, test} from 'vitest';
import {PATIENT} from '../../helpers/eventually.ts';
import {THEMES} from '../../helpers/screen.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const directory = mkdtempSync(join(tmpdir(), 'console-'));
const program = join(directory, 'console.mjs');
const GIVEN_BACK = '\u001B[?1049l';

let terminal: IPty | undefined;

beforeAll(async () => {
  await build({
    entryPoints: [join(root, 'tests/fixtures/console-on-fake-session.ts')],
    outfile: program,
    bundle: true,
    platform: 'node',
    format: 'esm',
    jsx: 'automatic',
    alias: {'react-devtools-core': join(root, '.tools/empty.mjs')},
    banner: {js: "import {createRequire} from 'node:module'; const require = createRequire(import.meta.url);"},
    define: {'process.env.NODE_ENV': '"production"'},
  });
});

afterEach(() => {
  terminal?.resume();
  terminal?.kill('SIGKILL');
  terminal = undefined;
});

function open(mode = '') {
  const report = join(mkdtempSync(join(tmpdir(), 'report-')), 'sent');
  const {CI: _, NO_COLOR: __, ...env} = process.env;
  const pty = spawn(process.execPath, [program, report, THEMES, mode], {
    cols: 300,
    rows: 100,
    env: {...env, TERM: 'xterm-256color'} as Record<string, string>,
  });
  terminal = pty;
  let output = '';
  pty.onData(data => {
    output += data;
  });
  const exit = new Promise<{exitCode: number}>(resolve => pty.onExit(resolve));
  return {pty, exit, output: () => output, sent: () => readIfThere(report)};
}

function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

const shown = PATIENT;

test('leaving gives the terminal back before anything else is printed', async () => {
  const {pty, exit, output} = open();
  await expect.poll(output, shown).toContain('Checklist');
  pty.write('q');
  await expect.poll(output, shown).toContain('Leave the console');
  pty.write('d');
  expect((await exit).exitCode).toBe(0);
  expect(output().indexOf('left: detached')).toBeGreaterThan(output().lastIndexOf(GIVEN_BACK));
  expect(output().split(GIVEN_BACK)).toHaveLength(2);
});

test('a termination signal gives the terminal back', async () => {
  const {pty, exit, output} = open();
  await expect.poll(output, shown).toContain('Checklist');
  process.kill(pty.pid, 'SIGTERM');
  expect((await exit).exitCode).toBe(143);
  expect(output()).toMatch(/\u001B\[\?1049l[^╭]*$/);
});

test('a crash gives the terminal back before the error is printed', async () => {
  const {exit, output} = open('crash');
  expect((await exit).exitCode).not.toBe(0);
  expect(output().indexOf('a bug')).toBeGreaterThan(output().indexOf(GIVEN_BACK));
  expect(output()).toContain(GIVEN_BACK);
});

test('R is heard while output floods in and nobody reads the terminal', async () => {
  const {pty, output, sent} = open('flood');
  await expect.poll(output, shown).toContain('Checklist');
  pty.pause();
  await new Promise(resolve => setTimeout(resolve, 4000));
  pty.write('R');
  await expect.poll(sent, shown).toContain('roll-back');
});
