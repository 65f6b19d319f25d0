import {spawn} from 'node:child_process';
import {readdir, readFile, writeFile} from 'node:fs/promises';
import {hostname} from 'node:os';
import {join} from 'node:path';
import {expect, onTestFinished, test, vi} from 'vitest';
import {acquireLock, type Holder, type Lock} from '../../src/journal/lock.ts';
import {temporaryDirectory} from '../helpers/temporary-directory.ts';

const KEY = '/srv/checklist.md\n/srv/tminus.yaml';

function holder(runId: string, changes: Partial<Holder> = {}): Holder {
  return {user: 'ana', host: hostname(), pid: process.pid, runId, since: 1_000, ...changes};
}

function release(lock: Lock): Promise<void> {
  if ('held' in lock) throw new Error(`held by ${lock.held.runId}`);
  return lock.release();
}

test('a second run of the same checklist is told who holds the lock', async () => {
  const home = await temporaryDirectory();
  const first = await acquireLock(home, KEY, holder('one'));
  expect(await acquireLock(home, KEY, holder('two'))).toEqual({held: holder('one')});
  await release(first);
  await release(await acquireLock(home, KEY, holder('three')));
});

test('another checklist has a lock of its own', async () => {
  const home = await temporaryDirectory();
  await acquireLock(home, KEY, holder('one'));
  await release(await acquireLock(home, `${KEY} staging`, holder('two')));
});

test('of many that want it at once, one gets it and the others are told its name', async () => {
  const home = await temporaryDirectory();
  const locks = await Promise.all(
    Array.from({length: 20}, (_, index) => acquireLock(home, KEY, holder(`run-${index}`))),
  );
  const winners = locks.flatMap((lock, index) => ('held' in lock ? [] : [index]));
  expect(winners).toHaveLength(1);
  const named = locks.flatMap(lock => ('held' in lock ? [lock.held.runId] : []));
  expect(new Set(named)).toEqual(new Set([`run-${winners[0]}`]));
});

test('the lock of a process that has ended is taken over', async () => {
  const home = await temporaryDirectory();
  const child = spawn('sleep', ['60']);
  const pid = child.pid ?? 0;
  await acquireLock(home, KEY, holder('one', {pid}));
  expect(await acquireLock(home, KEY, holder('two'))).toMatchObject({held: {runId: 'one'}});
  child.kill('SIGKILL');
  await new Promise(resolve => child.once('exit', resolve));
  const taken = await acquireLock(home, KEY, holder('two'));
  expect(taken).toHaveProperty('release');
  expect(await acquireLock(home, KEY, holder('three'))).toMatchObject({held: {runId: 'two'}});
});

test('of many that want to take over a dead lock, one gets it', async () => {
  const home = await temporaryDirectory();
  const child = spawn('sleep', ['60']);
  await acquireLock(home, KEY, holder('dead', {pid: child.pid ?? 0}));
  child.kill('SIGKILL');
  await new Promise(resolve => child.once('exit', resolve));
  const locks = await Promise.all(
    Array.from({length: 20}, (_, index) => acquireLock(home, KEY, holder(`run-${index}`))),
  );
  expect(locks.filter(lock => 'release' in lock)).toHaveLength(1);
});

test('a process that only has the number of the dead one does not hold its lock', async () => {
  const home = await temporaryDirectory();
  const child = spawn('sleep', ['60']);
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  await acquireLock(home, KEY, holder('one', {pid: child.pid ?? 0}));
  await changeClaim(home, claim => ({...claim, identity: {...claim.identity, startedTicks: '1'}}));
  await release(await acquireLock(home, KEY, holder('two')));
});

test('a process that has ended but was not yet buried by its parent holds nothing', async () => {
  const home = await temporaryDirectory();
  // The shell becomes a program that never asks after the child it inherits.
  const parent = spawn('sh', ['-c', 'sleep 0.2 & echo $!; exec sleep 60']);
  onTestFinished(() => {
    parent.kill('SIGKILL');
  });
  const pid = Number(await new Promise(resolve => parent.stdout.once('data', resolve)));
  await acquireLock(home, KEY, holder('one', {pid}));
  await vi.waitFor(async () => expect(await readFile(`/proc/${pid}/stat`, 'utf8')).toContain(') Z '), {
    timeout: 10_000,
  });
  await release(await acquireLock(home, KEY, holder('two')));
});

test('a lock from before the machine was started again is taken over', async () => {
  const home = await temporaryDirectory();
  await acquireLock(home, KEY, holder('one'));
  await changeClaim(home, claim => ({...claim, identity: {...claim.identity, boot: 'before'}}));
  await release(await acquireLock(home, KEY, holder('two')));
});

test('a holder on another host is never judged dead from here', async () => {
  const home = await temporaryDirectory();
  await acquireLock(home, KEY, holder('one', {host: 'elsewhere.example.com', pid: 4_000_000}));
  expect(await acquireLock(home, KEY, holder('two'))).toMatchObject({held: {host: 'elsewhere.example.com'}});
});

test('who was refused leaves nothing that could refuse others', async () => {
  const home = await temporaryDirectory();
  const first = await acquireLock(home, KEY, holder('one'));
  await acquireLock(home, KEY, holder('two'));
  await release(first);
  const [directory = ''] = await readdir(join(home, 'locks'));
  expect(await readdir(join(home, 'locks', directory))).toEqual([]);
});

type StoredClaim = {holder: Holder; identity: {boot: string; startedTicks: string}};

async function changeClaim(home: string, change: (claim: StoredClaim) => StoredClaim): Promise<void> {
  const [directory = ''] = await readdir(join(home, 'locks'));
  const files = await readdir(join(home, 'locks', directory));
  const file = files.find(name => name.endsWith('.claim')) ?? '';
  const path = join(home, 'locks', directory, file);
  await writeFile(path, JSON.stringify(change(JSON.parse(await readFile(path, 'utf8')))));
}
