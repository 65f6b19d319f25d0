import {type ChildProcess, spawn} from 'node:child_process';
import {randomUUID} from 'node:crypto';
import {existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir, userInfo} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {fenceKey, readRaised} from '../../../src/actions/jobs/fence.ts';
import {attachText, cancelText, forgetText, heldText, raiseText} from '../../../src/actions/jobs/job-control-text.ts';
import {jobScript} from '../../../src/actions/jobs/job-script.ts';
import {runJob} from '../../../src/actions/jobs/remote-job.ts';
import {localShell} from '../../../src/actions/shell.ts';
import {runShort} from '../../../src/actions/short-command.ts';

// No other run of this file has this one: what it left in a place that all share is not looked at.
const key = fenceKey(`shop/deploy.md ${randomUUID()}`);
let home: string;
let jobs: string;
let log: string;
const begun: ChildProcess[] = [];

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'tminus-fence-'));
  jobs = join(home, 'jobs');
  log = join(home, 'log');
  writeFileSync(log, '');
});

afterEach(() => {
  for (const child of begun.splice(0)) child.kill('SIGKILL');
  rmSync(home, {recursive: true, force: true, maxRetries: 5});
});

const put = (text: string) => ({line: 1, text, captures: [], requires: [], optional: false});
const script = (text: string) =>
  jobScript({id: 'x', exports: {}, captured: {}, stages: [{kind: 'commands', commands: [put(text)]}]});

/** Runs it under this number until it has said how it ended; resolves to its record. */
async function start(shell: string, id: string, number: number | undefined): Promise<string> {
  const fence = number === undefined ? {} : {fence: {key, number}};
  return await said(shell, attachText({id, directory: jobs, ...fence}, {script: script(`echo ${id} >>${log}`)}, 0));
}

/** What a text says on standard error; one that waits for a line is told to go when this has come. */
async function said(shell: string, text: string, enough = /@ (done|fenced|gone|missing)/): Promise<string> {
  // As `sh` it would read no such file either.
  const child = spawn(shell, shell === 'bash' ? ['--norc', '--posix'] : [], {
    cwd: home,
    stdio: ['pipe', 'ignore', 'pipe'],
  });
  begun.push(child);
  child.stdin.write(`{\n${text}\n}\n`);
  let words = '';
  for await (const chunk of child.stderr) {
    words += chunk;
    if (enough.test(words) && child.stdin.writable) child.stdin.end('\n');
  }
  return words;
}

async function done(shell: string, text: string): Promise<void> {
  const words = said(shell, text);
  begun.at(-1)?.stdin?.end();
  await words;
}

const ran = () => readFileSync(log, 'utf8').trim().split('\n').filter(Boolean);
const numbers = () => readdirSync(join(home, 'fences', key)).sort();

describe.each(['dash', 'bash'])('%s', shell => {
  test('starts under the same number and a higher one, and nothing under a lower one', async () => {
    expect(await start(shell, 'one', 7)).toContain('@ done 0');
    expect(await start(shell, 'two', 7)).toContain('@ done 0');
    expect(await start(shell, 'old', 6)).toContain('@ fenced 7');
    expect(await start(shell, 'new', 10)).toContain('@ done 0');
    expect(await start(shell, 'later', 9)).toContain('@ fenced 10');
    expect(ran()).toEqual(['one', 'two', 'new']);
    // What was refused has left nothing behind, and of the numbers only the highest counts.
    expect(readdirSync(jobs).sort()).toEqual(['new', 'one', 'two']);
    expect(numbers()).toEqual(['10']);
  });

  test('of many that start at once none runs that who looks behind the new fence does not find', async () => {
    const old = Array.from({length: 24}, (_, index) => `old${index}`);
    const starts = old.map(id => start(shell, id, 1));
    // As a new engine does: first its number, then a look at the jobs.
    const look = `mkdir -p '${home}/fences/${key}/2'\nls '${jobs}' 2>/dev/null >'${home}/seen'`;
    const raised = done(shell, look);
    const records = await Promise.all(starts);
    await raised;
    const seen = readFileSync(join(home, 'seen'), 'utf8').split('\n');
    expect(ran().filter(id => !seen.includes(id))).toEqual([]);
    const refused = old.filter((_, index) => /@ fenced 2/.test(records[index] ?? ''));
    expect([...refused, ...ran()].sort()).toEqual([...old].sort());
  });

  test('of many with different numbers the highest runs, and none runs behind a higher one', async () => {
    const order = [5, 3, 8, 1, 7, 2, 6, 4];
    await Promise.all(order.flatMap(n => [start(shell, `n${n}a`, n), start(shell, `n${n}b`, n)]));
    expect(ran()).toEqual(expect.arrayContaining(['n8a', 'n8b']));
    expect(numbers()).toContain('8');
    // A number that was taken down while it was made is not put up in another place.
    expect(existsSync(`/tmp/tminus-${process.getuid?.()}/fences/${key}`)).toBe(false);
    const before = ran().length;
    for (const n of order.filter(n => n < 8)) expect(await start(shell, `late${n}`, n)).toContain('@ fenced 8');
    expect(ran()).toHaveLength(before);
  });

  test('a job is not held on the connection either', async () => {
    await start(shell, 'one', 7);
    const held = (number: number) =>
      heldText(script(`echo held${number} >>${log}`), 'mark', {id: 'held', directory: jobs, fence: {key, number}});
    expect(await said(shell, held(6))).toContain('@ fenced 7');
    expect(await said(shell, held(7))).toContain('@ done 0');
    expect(ran()).toEqual(['one', 'held7']);
  });

  test('an old engine neither stops nor forgets what a newer one watches', async () => {
    await start(shell, 'run-one', 7);
    await start(shell, 'other', 8);
    const record = () => readFileSync(join(jobs, 'run-one', 'record'), 'utf8');
    const before = record();
    const old = {directory: jobs, fence: {key, number: 7}};
    await done(shell, cancelText({id: 'run-one', ...old}));
    await done(shell, forgetText({id: 'run-', ...old}));
    expect(record()).toBe(before);
    expect(existsSync(join(jobs, 'run-one', 'out'))).toBe(true);
    await done(shell, forgetText({id: 'run-', directory: jobs, fence: {key, number: 8}}));
    expect(existsSync(join(jobs, 'run-one', 'out'))).toBe(false);
  });
});

test('an engine that takes a run over sees whether it was there, and then puts its number up', async () => {
  const shell = localShell({directory: home, jobsDirectory: jobs});
  const look = async (number: number, raise: boolean, prefix = 'run-') => {
    const raising = {fence: {key, number}, prefix, first: 7, raise};
    return readRaised('vps', (await runShort(shell, raiseText(raising, jobs), 10_000)).output);
  };
  const account = userInfo().username;
  // Another run of the checklist was here before, under a lower number.
  await start('sh', 'other-one', 6);
  expect(await look(9, false)).toEqual({host: 'vps', how: 'looked', account, seen: false});
  await start('sh', 'run-one', 7);
  expect(await look(9, false)).toEqual({host: 'vps', how: 'looked', account, seen: true});
  expect(numbers()).toEqual(['7']);
  expect(await look(9, true)).toEqual({host: 'vps', how: 'raised', account, seen: true});
  expect(numbers()).toEqual(['9']);
  expect(await start('sh', 'run-two', 7)).toContain('@ fenced 9');
  expect(await look(8, true)).toEqual({host: 'vps', how: 'higher', account, seen: true, number: 9});
  // By the number alone, where the jobs are gone.
  expect(await look(9, false, 'gone-')).toMatchObject({seen: true});
});

test('without a number nothing is looked at and nothing is kept', async () => {
  await start('sh', 'one', undefined);
  expect(existsSync(join(home, 'fences'))).toBe(false);
  await start('sh', 'two', 9);
  expect(await start('sh', 'three', undefined)).toContain('@ done 0');
  const text = attachText({id: 'x', directory: jobs}, {script: script(':')}, 0);
  expect(text).not.toContain('_tm_look_at_fence()');
});

test('a script that is refused so was never begun', async () => {
  await start('sh', 'one', 7);
  const shell = {...localShell({directory: home, jobsDirectory: jobs}), fence: () => ({key, number: 5})};
  const job = {id: 'late', exports: {}, captured: {}, stages: [{kind: 'commands' as const, commands: [put('false')]}]};
  const options = {signal: new AbortController().signal, lostAfterMs: 1000, output() {}};
  const end = await runJob(shell, job, options);
  expect(end).toMatchObject({kind: 'fenced', detail: expect.stringContaining('with number 7')});
  expect(existsSync(join(jobs, 'late'))).toBe(false);
});
