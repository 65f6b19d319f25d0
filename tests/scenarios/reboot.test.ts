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
/** While this file is there, cron refuses with the words in it. */
let refusing: string;

/** A crontab of its own, and no systemd of this account: what a container or a small server is like. */
beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'tminus-reboot-'));
  table = join(directory, 'table');
  refusing = join(directory, 'refusing');
  const bin = join(directory, 'bin');
  mkdirSync(bin);
  const programs = {
    systemctl: 'exit 1',
    crontab: `if [ -e ${refusing} ]; then cat ${refusing} >&2; exit 1
      elif [ "$1" != -l ]; then cat >${table}
      elif [ -e ${table} ]; then cat ${table}
      else echo no crontab for ana >&2; exit 1; fi`,
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

function scriptOf(line: string): string {
  return line.replace(/^@reboot \/bin\/sh (\S+) #.*$/, '$1');
}

/** What a reboot leaves: a run without an engine. */
async function powerLoss(): Promise<void> {
  process.kill(await operator.enginePid(), 'SIGKILL');
  await operator.idle();
}

test('a watch goes on after a reboot, waits where only a person knows a secret, and is forgotten when it is over', async () => {
  const shown = await operator.run('resume', '--install');
  expect(shown.code).toBe(0);
  expect(shown.out).toMatch(/^@reboot .*^exec .* resume '?\d{8}T\d{6}Z-\w{4}'? --boot/ms);
  expect(shown.said).toContain('environment variable HOOK is not set');
  expect(shown.said).toContain('nothing was changed');
  expect(existsSync(table)).toBe(false);
  writeFileSync(table, '0 5 * * * backup\n');
  expect((await operator.run('resume', '--install', '--yes')).code).toBe(0);
  const [other = '', line = ''] = readFileSync(table, 'utf8').split('\n');
  expect(other).toBe('0 5 * * * backup');
  expect(shown.out.split('\n')[0]).toBe(line);
  expect(shown.out).toContain(readFileSync(scriptOf(line), 'utf8'));
  expect(shown.out).not.toContain('very-secret');
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
  expect(existsSync(scriptOf(line))).toBe(false);
});

test('where cron refuses, its words are said, and what stands in a crontab that cannot be read is left alone', async () => {
  writeFileSync(table, '0 5 * * * backup\n');
  writeFileSync(refusing, 'You (ana) are not allowed to use this program (crontab)\n');
  const {code, said} = await operator.run('resume', '--install', '--yes');
  expect(code).toBe(7);
  expect(said).toMatch(
    /crontab refused: You \(ana\) are not allowed .*; have this done at a boot: \/bin\/sh \S+\.sh$/m,
  );
  expect(readFileSync(table, 'utf8')).toBe('0 5 * * * backup\n');
  expect((await operator.run('resume', '--uninstall')).said).toContain('nothing keeps run');
});

test('what was installed is removed when somebody says so, and a run that is over is not installed', async () => {
  await operator.run('resume', '--install', '--yes');
  writeFileSync(table, `${readFileSync(table, 'utf8')}0 5 * * * backup\n`);
  expect((await operator.run('resume', '--uninstall')).said).toContain('removed from the crontab');
  expect(readFileSync(table, 'utf8')).toBe('0 5 * * * backup\n');
  expect((await operator.run('resume', '--uninstall')).said).toContain('nothing keeps run');
});
