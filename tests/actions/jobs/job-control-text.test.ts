import {spawn, spawnSync} from 'node:child_process';
import {chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {cancelText} from '../../../src/actions/jobs/job-control-text.ts';
import {eventually} from '../../helpers/eventually.ts';

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'tminus-jobs-'));
  mkdirSync(join(directory, 'job'));
});

afterEach(() => rmSync(directory, {recursive: true, force: true}));

const at = (name: string) => join(directory, name);

/** A `sleep` that notes what it was asked for, and takes a second for a tenth: as on a host under load. */
function writeSlowSleep(): void {
  mkdirSync(at('bin'));
  const real = spawnSync('sh', ['-c', 'command -v sleep'], {encoding: 'utf8'}).stdout.trim();
  writeFileSync(
    at('bin/sleep'),
    `#!/bin/sh\necho "$1" >>${at('asked')}\n[ "$1" != 0.1 ] || set -- 1\nexec ${real} "$1"\n`,
  );
  chmodSync(at('bin/sleep'), 0o755);
}

test('what does not end when told to is killed when the time is up, however long each look takes', async () => {
  writeSlowSleep();
  spawnSync('mkfifo', [at('never')]);
  const job = spawn('sh', ['-c', `trap '' TERM; : >${at('deaf')}; while :; do read -r _ <${at('never')}; done`], {
    detached: true,
    stdio: 'ignore',
  });
  await eventually('the job not to listen any more', () => existsSync(at('deaf')));
  const ended = new Promise(resolve => job.once('exit', (_code, signal) => resolve(signal)));
  writeFileSync(at('job/record'), `@ pid ${job.pid} - -\n`);
  const text = cancelText({id: 'job', directory});
  const cancel = spawn('sh', ['-c', text], {env: {...process.env, PATH: `${at('bin')}:${process.env['PATH']}`}});
  await new Promise(resolve => cancel.once('close', resolve));
  expect(await ended).toBe('SIGKILL');
  const asked = readFileSync(at('asked'), 'utf8').trim().split('\n');
  expect(asked).toContain('5');
  // Each took a second at least.
  expect(asked.filter(seconds => seconds === '0.1').length).toBeLessThan(10);
  expect(readFileSync(at('job/record'), 'utf8')).toMatch(/^@ killed$/m);
});

test('what has not begun yet is not taken for stopped', () => {
  const stop = () => spawnSync('sh', ['-c', cancelText({id: 'job', directory})], {encoding: 'utf8'}).status;
  writeFileSync(at('job/record'), '');
  expect(stop()).toBe(3);
  rmSync(at('job'), {recursive: true});
  expect(stop()).toBe(3);
});
