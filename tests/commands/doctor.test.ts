import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {createServer} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, afterEach, expect, test, vi} from 'vitest';
import {doctorCommand} from '../../src/commands/doctor.ts';
import {rehearseCommand} from '../../src/commands/rehearse.ts';
import {displayWidth} from '../../src/text/width.ts';

const home = mkdtempSync(join(tmpdir(), 'tminus-doctor-'));
const programs = join(home, 'bin');
mkdirSync(programs);
for (const name of ['bash', 'ssh', 'git', 'curl', 'tmux'])
  writeFileSync(join(programs, name), '#!/bin/sh\necho off\n', {mode: 0o755});
afterAll(() => rmSync(home, {recursive: true}));
afterEach(() => vi.unstubAllEnvs());

/** An environment with everything, and what the case changes in it. */
function stub(changes: Record<string, string>): void {
  const whole = {PATH: programs, LANG: 'C.UTF-8', TERM: 'xterm-256color', TMINUS_HOME: join(home, 'state')};
  const none = {LC_ALL: '', LC_CTYPE: '', NO_COLOR: '', COLORTERM: '', TMUX: '', SSH_AUTH_SOCK: ''};
  for (const [name, value] of Object.entries({...whole, ...none, ...changes})) vi.stubEnv(name, value);
}

async function doctor(...args: string[]): Promise<{code: number; text: string}> {
  const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  try {
    const code = await doctorCommand(args);
    return {code, text: write.mock.calls.map(([text]) => String(text)).join('')};
  } finally {
    write.mockRestore();
  }
}

type Finding = {name: string; state: string; found: string; follows?: string};

async function finding(name: string): Promise<Finding | undefined> {
  const {findings} = JSON.parse((await doctor('--json')).text) as {findings: Finding[]};
  return findings.find(each => each.name === name);
}

test.each([
  ['tmux', {PATH: ''}, 'not in PATH', 'Runs go on without a terminal'],
  ['tmux', {TMUX: '/tmp/t,1,0'}, 'set-clipboard off', 'tmux set -s set-clipboard on'],
  ['git', {PATH: ''}, 'not in PATH', 'rehearsal cannot be opened'],
  ['ssh', {PATH: ''}, 'not in PATH', 'certificates'],
  ['locale', {LANG: 'C'}, 'C, which is not UTF-8', 'ASCII'],
  ['locale', {LANG: ''}, 'none is set', 'LANG=C.UTF-8'],
  ['terminal', {TERM: 'dumb'}, 'TERM=dumb', 'one line per event'],
  ['terminal', {NO_COLOR: '1'}, 'NO_COLOR is set', 'signs'],
  ['terminal', {TERM: 'xterm'}, '16 colours', '-256color'],
  ['ssh agent', {}, 'SSH_AUTH_SOCK is not set', 'passphrase'],
  ['ssh agent', {SSH_AUTH_SOCK: join(home, 'nobody')}, 'nobody answers', 'passphrase'],
])('%s with %j is limited, and says what follows', async (name, changes, found, follows) => {
  stub(changes as Record<string, string>);
  expect(await finding(name)).toMatchObject({
    state: 'limited',
    found: expect.stringContaining(found),
    follows: expect.stringContaining(follows),
  });
});

test('what is there has no consequence', async () => {
  const socket = join(home, 'agent');
  const agent = createServer().listen(socket);
  try {
    stub({SSH_AUTH_SOCK: socket});
    for (const name of ['tmux', 'git', 'ssh', 'locale', 'terminal', 'ssh agent', 'state'])
      expect(await finding(name)).toEqual({name, state: 'ok', found: expect.any(String)});
  } finally {
    agent.close();
  }
});

test('without a place for journals no run can be opened: exit code 7', async () => {
  const file = join(home, 'file');
  writeFileSync(file, '');
  stub({TMINUS_HOME: join(file, 'below')});
  const {code, text} = await doctor();
  expect(code).toBe(7);
  expect(text).toContain(`${file} is not a directory`);
  expect(text).toContain('Runs cannot be opened here');
});

test('the page keeps within 80 columns, has no colours in a pipe, and no other signs than ASCII without UTF-8', async () => {
  stub({LANG: 'C', PATH: '', TERM: 'dumb', NO_COLOR: '1'});
  const {code, text} = await doctor();
  expect(code).toBe(0);
  expect(text.split('\n').filter(line => displayWidth(line) > 80 && !line.includes(home))).toEqual([]);
  expect(text).toMatch(/^[\n -~]*$/);
});

test.each(['bash', 'git'])('a rehearsal without %s is refused in one line, before anything is set up', async name => {
  const only = join(home, `without-${name}`);
  mkdirSync(only);
  for (const other of ['bash', 'git'].filter(each => each !== name))
    writeFileSync(join(only, other), '#!/bin/sh\n', {mode: 0o755});
  stub({PATH: only});
  await expect(rehearseCommand(['--plain'])).rejects.toMatchObject({
    exitCode: 7,
    message: `the rehearsal needs ${name}, which is not installed here (Debian: ${name})`,
  });
});
