import {spawnSync} from 'node:child_process';
import {chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {newOperator, type Operator} from '../helpers/program.ts';

const clock = fileURLToPath(new URL('../helpers/leaping-clock.mjs', import.meta.url));

const checklist = `# Release
## Deployment
### Step 1: Restart
\`\`\`bash
true
\`\`\`
## Monitoring (First 2 Hours)
### Queue (every hour)
\`\`\`bash
echo 42
\`\`\`
`;

let directory: string;
let operator: Operator;
let table: string;

/** A crontab of its own, and no systemd of this account: what a container or a small server is like. */
beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'tminus-reboot-'));
  table = join(directory, 'table');
  const bin = join(directory, 'bin');
  mkdirSync(bin);
  const programs = {
    systemctl: 'exit 1',
    crontab: `if [ "$1" = -l ]; then cat ${table} 2>/dev/null; else cat >${table}; fi`,
  };
  for (const [name, body] of Object.entries(programs)) {
    writeFileSync(join(bin, name), `#!/bin/sh\n${body}\n`);
    chmodSync(join(bin, name), 0o755);
  }
  writeFileSync(join(directory, 'release.md'), checklist);
  writeFileSync(join(directory, 'tminus.yaml'), 'notify: [{webhook: "${HOOK}", on: [trigger]}]\n');
  operator = newOperator(directory, {
    PATH: `${bin}:${process.env['PATH']}`,
    XDG_CONFIG_HOME: directory,
    HOOK: 'http://127.0.0.1:1/very-secret',
  });
  const {child, ended} = operator.start('run', 'release.md', '--auto', '--yes', 'all', '--watch', 'all', '--plain');
  await operator.recorded('phase-changed', ({phase}) => phase === 'watching');
  child.kill('SIGTERM');
  await ended;
});
afterEach(() => {
  operator?.stop();
  rmSync(directory, {recursive: true, force: true});
});

/** As cron does it, with nothing in the environment but what it says. */
function boot(...environment: readonly string[]): number | null {
  const command = readFileSync(table, 'utf8').trim().replace('@reboot ', '').replaceAll('\\%', '%');
  return spawnSync('/usr/bin/env', ['-i', ...environment, 'sh', '-c', command], {cwd: '/'}).status;
}

/** What a reboot leaves: a run without an engine. */
async function powerLoss(): Promise<void> {
  process.kill(await operator.enginePid(), 'SIGKILL');
  await operator.idle();
}

test('a watch goes on after a reboot, waits where only a person knows a secret, and is forgotten when it is over', async () => {
  const shown = await operator.run('resume', '--install');
  expect(shown.code).toBe(0);
  expect(shown.out).toMatch(/^@reboot .* resume '?\d{8}T\d{6}Z-\w{4}'? --boot/);
  expect(shown.said).toContain('environment variable HOOK is not set');
  expect(shown.said).toContain('nothing was changed');
  expect(existsSync(table)).toBe(false);
  writeFileSync(table, '0 5 * * * backup\n');
  expect((await operator.run('resume', '--install', '--yes')).code).toBe(0);
  const [other = '', line = ''] = readFileSync(table, 'utf8').split('\n');
  expect(other).toBe('0 5 * * * backup');
  expect(`${line}\n`).toBe(shown.out);
  expect(line).not.toContain('very-secret');
  writeFileSync(table, line);

  await powerLoss();
  const said = () => readFileSync(join(runDirectory, 'boot.log'), 'utf8').trimEnd().split('\n').at(-1);
  const runDirectory = await operator.runDirectory();
  expect(boot()).toBe(7);
  expect(said()).toMatch(/HOOK is not set.*resume \S+` takes it up$/);
  expect((await operator.journal()).filter(({type}) => type === 'note-added')).toEqual([]);

  const hook = 'HOOK=http://127.0.0.1:1/x';
  expect(boot(hook)).toBe(8);
  await operator.recorded('note-added', ({text}) => text.startsWith('taken up by a new engine'));
  // It goes on already: nothing is started twice.
  expect(boot(hook)).toBe(8);

  await powerLoss();
  expect(boot(hook, `NODE_OPTIONS=--import=${clock}`)).toBe(8);
  const {exitCode} = await operator.recorded('run-closed');
  expect(exitCode).toBe(0);
  await operator.idle();
  expect(boot(hook)).toBe(0);
  expect(said()).toMatch(/it is closed \(succeeded\); removed from the crontab$/);
  expect(readFileSync(table, 'utf8')).toBe('');
});

test('what was installed is removed when somebody says so, and a run that is over is not installed', async () => {
  await operator.run('resume', '--install', '--yes');
  writeFileSync(table, `${readFileSync(table, 'utf8')}0 5 * * * backup\n`);
  expect((await operator.run('resume', '--uninstall')).said).toContain('removed from the crontab');
  expect(readFileSync(table, 'utf8')).toBe('0 5 * * * backup\n');
  expect((await operator.run('resume', '--uninstall')).said).toContain('nothing keeps run');
});
