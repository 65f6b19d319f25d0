import {chmod, mkdir, readFile, stat, symlink, writeFile} from 'node:fs/promises';
import {createServer} from 'node:net';
import {join, resolve} from 'node:path';
import {expect, test} from 'vitest';
import {
  createRunDirectory,
  findRun,
  listRuns,
  newRunId,
  socketPath,
  stateHome,
} from '../../src/journal/run-directory.ts';
import {temporaryDirectory} from '../helpers/temporary-directory.ts';

const CHECKLIST = Buffer.from('# Deploy\n\xff', 'latin1');

test('the state home follows TMINUS_HOME, then XDG, then the home directory', () => {
  expect(stateHome({TMINUS_HOME: '/t', XDG_STATE_HOME: '/x', HOME: '/h'})).toBe('/t');
  expect(stateHome({TMINUS_HOME: 't'})).toBe(resolve('t'));
  expect(stateHome({XDG_STATE_HOME: '/x', HOME: '/h'})).toBe('/x/tminus');
  expect(stateHome({XDG_STATE_HOME: 'relative', HOME: '/h'})).toBe('/h/.local/state/tminus');
});

test('run ids sort by time and two of one second differ', () => {
  const now = new Date('2026-01-02T03:04:05.678Z');
  expect(newRunId(now)).toMatch(/^20260102T030405Z-[0-9a-f]{4}$/);
  expect(newRunId(now) < newRunId(new Date('2026-01-02T03:04:06Z'))).toBe(true);
  expect(newRunId(now) < newRunId(new Date('2026-01-02T03:04:05.999Z'))).toBe(true);
  expect(new Set(Array.from({length: 20}, () => newRunId(now))).size).toBeGreaterThan(1);
});

test('a run directory holds checklist and bindings byte for byte, for this user alone', async () => {
  const home = await temporaryDirectory();
  const directory = await createRunDirectory(home, newRunId(new Date()), {
    checklist: CHECKLIST,
    bindings: 'tminus: 1\n',
  });
  expect(await readFile(join(directory, 'checklist.md'))).toEqual(CHECKLIST);
  expect(await readFile(join(directory, 'bindings.yaml'), 'utf8')).toBe('tminus: 1\n');
  const modes = await Promise.all(
    ['.', 'spool', 'checklist.md', 'bindings.yaml'].map(name => stat(join(directory, name))),
  );
  expect(modes.map(({mode}) => mode & 0o777)).toEqual([0o700, 0o700, 0o600, 0o600]);
});

test('the newest run is the newest that began: a refused one left nothing to attach to or to roll back', async () => {
  const home = await temporaryDirectory();
  const began = await createRunDirectory(home, '20260102T030405Z-4f2a', {checklist: CHECKLIST});
  await writeFile(join(began, 'journal.ndjson'), '');
  await createRunDirectory(home, '20260102T040405Z-4f2b', {checklist: CHECKLIST});
  expect((await findRun(home, undefined))?.directory).toBe(began);
  expect((await findRun(home, '4f2b'))?.id).toBe('20260102T040405Z-4f2b');
});

test('a place where no directory can be made is refused, not tried for ever', async () => {
  const files = {checklist: CHECKLIST};
  await expect(createRunDirectory('/proc/tminus', newRunId(new Date()), files)).rejects.toThrow(
    /ENOENT|EACCES|ENOTDIR|EROFS/,
  );
  await expect(createRunDirectory('/dev/null', newRunId(new Date()), files)).rejects.toThrow(/ENOTDIR/);
});

test('an id that is taken is not used again', async () => {
  const home = await temporaryDirectory();
  await createRunDirectory(home, '20260102T030405Z-4f2a', {checklist: CHECKLIST});
  await expect(createRunDirectory(home, '20260102T030405Z-4f2a', {checklist: CHECKLIST})).rejects.toThrow(/EEXIST/);
});

test('runs that others could write to, or a link to elsewhere, are not used', async () => {
  const home = await temporaryDirectory();
  await mkdir(join(home, 'runs'));
  await chmod(join(home, 'runs'), 0o777);
  await expect(createRunDirectory(home, newRunId(new Date()), {checklist: CHECKLIST})).rejects.toThrow(
    /written by others/,
  );
  const linked = await temporaryDirectory();
  await symlink(home, join(linked, 'runs'));
  await expect(createRunDirectory(linked, newRunId(new Date()), {checklist: CHECKLIST})).rejects.toThrow(
    /not a directory/,
  );
});

test('runs are listed oldest first and found by id, by a piece of it, or as the newest', async () => {
  const home = await temporaryDirectory();
  expect(await listRuns(home)).toEqual([]);
  expect(await findRun(home, undefined)).toBeUndefined();
  const ids = ['20260102T030405Z-4f2a', '20260103T030405Z-0000', '20250102T030405Z-ffff'];
  for (const id of ids) {
    await writeFile(join(await createRunDirectory(home, id, {checklist: CHECKLIST}), 'journal.ndjson'), '');
  }
  await writeFile(join(home, 'runs', 'notes.txt'), '');
  expect((await listRuns(home)).map(({id}) => id)).toEqual(ids.toSorted());
  expect(await findRun(home, undefined)).toEqual({id: ids[1], directory: join(home, 'runs', ids[1] ?? '')});
  expect((await findRun(home, ids[2]))?.id).toBe(ids[2]);
  expect((await findRun(home, '4f2a'))?.id).toBe(ids[0]);
  expect((await findRun(home, '20260102'))?.id).toBe(ids[0]);
  expect(await findRun(home, '2026')).toBeUndefined();
  expect(await findRun(home, '../runs')).toBeUndefined();
});

test('the socket stands in the run directory where its path is short enough', () => {
  expect(socketPath('/home/ana/.local/state/tminus/runs/20260102T030405Z-4f2a')).toBe(
    '/home/ana/.local/state/tminus/runs/20260102T030405Z-4f2a/engine.sock',
  );
});

test('where that path is too long, a short one stands for it that can be listened on', async () => {
  const runtime = await temporaryDirectory();
  const deep = join('/', 'very-long-directory-name-for-state'.repeat(4), 'runs', '20260102T030405Z-4f2a');
  const path = socketPath(deep, {XDG_RUNTIME_DIR: runtime});
  expect(path.startsWith(runtime)).toBe(true);
  expect(socketPath(deep, {XDG_RUNTIME_DIR: runtime})).toBe(path);
  expect(socketPath(`${deep}x`, {XDG_RUNTIME_DIR: runtime})).not.toBe(path);
  expect((await stat(join(path, '..'))).mode & 0o777).toBe(0o700);
  const server = createServer();
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(path, resolve));
  await new Promise(resolve => server.close(resolve));
});

test('a socket directory that somebody else prepared is not used', async () => {
  const runtime = await temporaryDirectory();
  const name = `tminus-${process.getuid?.()}`;
  await mkdir(join(runtime, name));
  await chmod(join(runtime, name), 0o777);
  const deep = join('/', 'very-long-directory-name-for-state'.repeat(4), 'runs', '20260102T030405Z-4f2a');
  expect(() => socketPath(deep, {XDG_RUNTIME_DIR: runtime})).toThrow(/written by others/);
});
