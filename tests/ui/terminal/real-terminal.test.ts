import {execFileSync} from 'node:child_process';
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

/** A shell in a tmux of the test's own, with a terminal of its own before it; commands are typed into the shell. */
function openShell(environment: NodeJS.ProcessEnv = {}) {
  const {CI: _, NO_COLOR: __, TMUX: ___, ...inherited} = process.env;
  const env = {...inherited, LC_ALL: 'C.UTF-8', TERM: 'xterm-256color', PS1: 'sh> ', ...environment};
  const tmux = (...words: string[]) =>
    execFileSync('tmux', ['-S', socket, '-f', '/dev/null', ...words], {encoding: 'utf8', env});
  const socket = join(mkdtempSync(join(tmpdir(), 'tmux-')), 's');
  tmux('new-session', '-d', '-x', '160', '-y', '45', '/bin/sh -i');
  tmux('set-option', '-g', 'status', 'off');
  terminal = spawn('tmux', ['-S', socket, 'attach'], {cols: 160, rows: 45, env: env as Record<string, string>});
  const outer = terminal;
  const report = join(mkdtempSync(join(tmpdir(), 'report-')), 'sent');
  const flag = (name: string) => tmux('display-message', '-p', `#{${name}}`).trim();
  const screen = () => tmux('capture-pane', '-p');
  return {
    tmux,
    screen,
    flag,
    type: (...keys: string[]) => tmux('send-keys', ...keys),
    console: async () => {
      tmux('send-keys', `'${process.execPath}' ${program} ${report} ${THEMES} lines`, 'Enter');
      await expect.poll(screen, shown).toContain('1 Checklist');
    },
    /** As a mouse of the outer terminal says it. */
    click: (text: string) => {
      const rows = screen().split('\n');
      const row = rows.findIndex(each => each.includes(text));
      const place = `${(rows[row]?.indexOf(text) ?? 0) + 1};${row + 1}`;
      outer.write(`\u001B[<0;${place}M\u001B[<0;${place}m`);
    },
    sent: () => readIfThere(report),
    stop: () => tmux('kill-server'),
  };
}

test('Ctrl-Z gives the terminal to the shell as it was, and fg shows the console again, with its mouse', async () => {
  const shell = openShell();
  await shell.console();
  await expect.poll(() => shell.flag('pane_title'), shown).toMatch(/^PREPARE 1\/2 · /);
  shell.type('T');
  await expect.poll(() => shell.flag('mouse_any_flag'), shown).toBe('1');
  shell.type('C-z');
  await expect.poll(() => shell.flag('alternate_on'), shown).toBe('0');
  await expect.poll(shell.screen, shown).toContain('Stopped');
  expect(shell.flag('mouse_any_flag')).toBe('0');
  expect(shell.flag('cursor_flag')).toBe('1');
  expect(shell.flag('pane_title')).not.toContain('PREPARE');
  shell.type('stty -a | tr ";" "\\n" | grep -cE "(^| )(icanon|echo)( |$)"; echo seen', 'Enter');
  await expect.poll(shell.screen, shown).toMatch(/\n[12]\nseen\n/);
  shell.type('fg', 'Enter');
  await expect.poll(() => shell.flag('alternate_on'), shown).toBe('1');
  await expect.poll(shell.screen, shown).toContain('1 Checklist');
  await expect.poll(() => shell.flag('mouse_any_flag'), shown).toBe('1');
  expect(shell.flag('pane_title')).toContain('PREPARE');
  shell.type('j');
  await expect.poll(shell.screen, shown).toMatch(/› +○ All CI\/CD checks/);
  shell.type('q');
  await expect.poll(shell.screen, shown).toContain('Leave the console');
  shell.type('d');
  await expect.poll(shell.screen, shown).toContain('left: detached');
  expect(shell.flag('mouse_any_flag')).toBe('0');
  expect(shell.flag('pane_title')).not.toContain('PREPARE');
  shell.stop();
});

test('without a shell behind it Ctrl-Z stops nothing, and says so', async () => {
  const {pty, output, sent} = open();
  await expect.poll(output, shown).toContain('Checklist');
  // Also over a question. That it is shown proves that single keys are taken: before that, Ctrl-Z is the terminal's own.
  pty.write('n');
  await expect.poll(output, shown).toContain('Note for the record');
  pty.write('\u001A');
  await expect.poll(output, shown).toContain('no shell waits behind this console');
  // Each letter may be a picture of its own: what was typed is known when it is sent.
  pty.write('typed on');
  pty.write('\r');
  await expect.poll(sent, shown).toBe('note\n');
});

test('P opens the log in the pager, whose Ctrl-C and q are its own, and the console comes back', async () => {
  const shell = openShell({PAGER: 'less +F'});
  await shell.console();
  shell.type('4', 'P');
  await expect.poll(shell.screen, shown).toMatch(/line 199 of the log\n(?:Waiting for data|.*interrupt)/);
  shell.type('C-c');
  shell.type('g');
  await expect.poll(shell.screen, shown).toMatch(/^line 0 of the log/);
  shell.type('q');
  await expect.poll(shell.screen, shown).toContain('1 Checklist');
  shell.type('z');
  await expect.poll(shell.screen, shown).not.toContain('1 Checklist');
  shell.stop();
});

test('a pager that is not there is named', async () => {
  const shell = openShell({PAGER: 'no-such-pager'});
  await shell.console();
  shell.type('4', 'P');
  await expect.poll(shell.screen, shown).toContain('"no-such-pager" is not installed here; set PAGER');
  shell.stop();
});

test.each(['on', 'off'])('a click reaches the console with the mouse of tmux %s, and starts nothing', async mouse => {
  const shell = openShell();
  shell.tmux('set-option', '-g', 'mouse', mouse);
  await shell.console();
  shell.type('T');
  await expect.poll(() => shell.flag('mouse_any_flag'), shown).toBe('1');
  shell.click('All CI/CD checks');
  await expect.poll(shell.screen, shown).toMatch(/› +○ All CI\/CD checks/);
  expect(shell.sent()).toBe('');
  shell.stop();
});

test('a crash turns the mouse off and puts the title back', async () => {
  const {exit, output} = open('crash');
  expect((await exit).exitCode).not.toBe(0);
  const end = output().lastIndexOf(GIVEN_BACK);
  const last = output().slice(0, end);
  expect(last).toContain('\u001B[?1002l\u001B[?1006l');
  expect(last).toContain('\u001B[23;2t');
});
