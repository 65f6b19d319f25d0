import {execFileSync, spawn} from 'node:child_process';
import {type FileHandle, open, readFile, rm, stat, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {expect, onTestFinished, test, vi} from 'vitest';
import {createJournal, reopenJournal} from '../../src/journal/journal.ts';
import {JournalError} from '../../src/journal/journal-error.ts';
import {readJournal, recoverFrom} from '../../src/journal/read-journal.ts';
import type {Event} from '../../src/run/event.ts';
import {temporaryDirectory} from '../helpers/temporary-directory.ts';

const note = (text: string): Event => ({type: 'note-added', text});
const byAna = {at: 1_000, by: 'ana'};

async function threeDecisions(): Promise<{directory: string; file: Buffer}> {
  const directory = await temporaryDirectory();
  const journal = await createJournal(directory);
  await journal.append([note('größe 1'), note('two')], byAna);
  await journal.append([note('three')], {at: 2_000, by: 'engine'});
  await journal.append([note('four'), note('five')], {at: 3_000, by: 'bo'});
  await journal.close();
  return {directory, file: await readFile(join(directory, 'journal.ndjson'))};
}

test('what was appended is read back, numbered in order, one line per decision', async () => {
  const {directory, file} = await threeDecisions();
  const {events, last, problem, tornAt} = await readJournal(directory);
  expect(events.map(({seq, at, by}) => [seq, at, by])).toEqual([
    [1, 1000, 'ana'],
    [2, 1000, 'ana'],
    [3, 2000, 'engine'],
    [4, 3000, 'bo'],
    [5, 3000, 'bo'],
  ]);
  expect(events[0]).toEqual({type: 'note-added', text: 'größe 1', seq: 1, at: 1000, by: 'ana'});
  const lines = file
    .toString()
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line));
  expect(lines.map(({v, seq, events: {length}}) => [v, seq, length])).toEqual([
    [1, 1, 2],
    [1, 3, 1],
    [1, 4, 2],
  ]);
  expect(last).toEqual({seq: 5, sum: lines[2].sum});
  expect({problem, tornAt}).toEqual({});
});

test('append resolves to the events as they stand in the journal', async () => {
  const journal = await createJournal(await temporaryDirectory());
  await journal.append([note('first')], byAna);
  expect(await journal.append([note('second'), note('third')], byAna)).toEqual([
    {type: 'note-added', text: 'second', seq: 2, at: 1000, by: 'ana'},
    {type: 'note-added', text: 'third', seq: 3, at: 1000, by: 'ana'},
  ]);
  await journal.close();
});

test('only this user may read the journal', async () => {
  const {directory} = await threeDecisions();
  expect((await stat(join(directory, 'journal.ndjson'))).mode & 0o777).toBe(0o600);
});

test('a journal is never begun twice', async () => {
  const {directory} = await threeDecisions();
  await expect(createJournal(directory)).rejects.toMatchObject({kind: 'exists'});
});

test('cut at any byte, the journal keeps every finished line and drops the torn one', async () => {
  const {file} = await threeDecisions();
  for (let length = 0; length <= file.length; length += 1) {
    const cut = file.subarray(0, length);
    const whole = cut.lastIndexOf('\n') + 1;
    const finished = cut.toString('latin1').split('\n').length - 1;
    const {events, bytes, tornAt, problem} = recoverFrom(cut);
    expect(events.length, `cut at ${length}`).toBe([0, 2, 3, 5][finished]);
    expect({bytes, tornAt, problem}).toEqual({
      bytes: whole,
      tornAt: whole < length ? whole : undefined,
      problem: undefined,
    });
  }
});

test('changed at any byte, the journal never gives an event that was not written', async () => {
  const {file} = await threeDecisions();
  const written = recoverFrom(file).events;
  for (let at = 0; at < file.length; at += 1) {
    const changed = Buffer.from(file);
    changed[at] = (changed[at] ?? 0) ^ 0x01;
    const {events, problem, tornAt} = recoverFrom(changed);
    expect(events, `byte ${at}`).toEqual(written.slice(0, events.length));
    expect(events.length).toBeLessThan(written.length);
    expect(problem ?? tornAt).toBeDefined();
  }
});

test('a line that was taken out or put elsewhere is named', async () => {
  const {file} = await threeDecisions();
  const [first, second, third] = file.toString().split('\n');
  expect(recoverFrom(Buffer.from(`${first}\n${third}\n`)).problem).toMatch(/^line 2: .*checksum/);
  expect(recoverFrom(Buffer.from(`${first}\n${third}\n${second}\n`)).events).toHaveLength(2);
  expect(recoverFrom(Buffer.from(`${second}\n`)).problem).toMatch(/^line 1: /);
});

test('decisions made in one turn are lines of their own and share one sync', async () => {
  const directory = await temporaryDirectory();
  const journal = await createJournal(directory);
  const syncs = await countingSyncs(directory);
  const appended = await Promise.all(Array.from({length: 50}, (_, index) => journal.append([note(`${index}`)], byAna)));
  await journal.close();
  expect(syncs()).toBe(1);
  expect(appended.map(([event]) => event?.seq)).toEqual(Array.from({length: 50}, (_, index) => index + 1));
  const {events} = await readJournal(directory);
  expect(events.map(event => event.type === 'note-added' && event.text)).toEqual(
    appended.map((_, index) => `${index}`),
  );
  expect((await readFile(join(directory, 'journal.ndjson'), 'utf8')).split('\n')).toHaveLength(51);
});

test('nothing is acknowledged before it was synced', async () => {
  const directory = await temporaryDirectory();
  const journal = await createJournal(directory);
  const syncs = await countingSyncs(directory);
  await journal.append([note('one')], byAna);
  expect(syncs()).toBe(1);
  await journal.append([note('two')], byAna);
  expect(syncs()).toBe(2);
  await journal.close();
});

test('closing waits for what was begun and refuses what comes later', async () => {
  const directory = await temporaryDirectory();
  const journal = await createJournal(directory);
  const begun = journal.append([note('begun')], byAna);
  await journal.close();
  expect(await begun).toHaveLength(1);
  await expect(journal.append([note('late')], byAna)).rejects.toMatchObject({kind: 'closed'});
  expect((await readJournal(directory)).events).toHaveLength(1);
});

test('a reopened journal goes on where it stopped, without the torn line', async () => {
  const {directory, file} = await threeDecisions();
  await writeFile(join(directory, 'journal.ndjson'), file.subarray(0, -7));
  const {last} = await readJournal(directory);
  const journal = await reopenJournal(directory, last);
  await journal.append([note('resumed')], byAna);
  await journal.close();
  const {events, problem, tornAt} = await readJournal(directory);
  expect(events.map(event => event.type === 'note-added' && event.text)).toEqual([
    'größe 1',
    'two',
    'three',
    'resumed',
  ]);
  expect({problem, tornAt}).toEqual({});
});

test('what follows a broken line is set aside, not thrown away', async () => {
  const {directory, file} = await threeDecisions();
  const [first, second, third] = file.toString().split('\n');
  const broken = `${second?.replace('three', 'THREE')}\n${third}\n`;
  await writeFile(join(directory, 'journal.ndjson'), `${first}\n${broken}`);
  const journal = await reopenJournal(directory, (await readJournal(directory)).last);
  await journal.append([note('resumed')], byAna);
  await journal.close();
  expect((await readJournal(directory)).problem).toBeUndefined();
  expect(await readFile(join(directory, 'journal.ndjson.broken-at-3'), 'utf8')).toBe(broken);
});

test('a journal that somebody else wrote to since it was read is not reopened', async () => {
  const {directory} = await threeDecisions();
  await expect(reopenJournal(directory, {seq: 3, sum: 'other'})).rejects.toMatchObject({kind: 'changed'});
  await expect(reopenJournal(join(directory, 'none'), {seq: 0, sum: ''})).rejects.toMatchObject({kind: 'missing'});
});

test('at the file size limit append is refused whole, and works again when the limit is lifted', async () => {
  const directory = await temporaryDirectory();
  const said = await runFullDiskChild(directory, ['-c', 'ulimit -S -f 4 && exec "$0" "$@"'], 'prlimit');
  expect(said.refusal).toBe('full');
  await expectOnlyAcknowledged(directory, said.acknowledged);
});

test('on a full disk append is refused whole, and works again when there is room', async ({skip}) => {
  const directory = await temporaryDirectory();
  if (!mountSmall(directory)) return skip('only root can mount a small file system');
  const said = await runFullDiskChild(directory, ['-c', 'exec "$0" "$@"'], 'remount');
  expect(said.refusal).toBe('full');
  await expectOnlyAcknowledged(directory, said.acknowledged);
});

test('what a failed append could not take back is gone before the next one is written', async () => {
  const directory = await temporaryDirectory();
  const journal = await createJournal(directory);
  await journal.append([note('first')], byAna);
  const handles = await fileHandles(directory);
  const datasync = vi.spyOn(handles, 'datasync').mockRejectedValueOnce(Object.assign(new Error('io'), {code: 'EIO'}));
  const truncate = vi.spyOn(handles, 'truncate').mockRejectedValueOnce(Object.assign(new Error('io'), {code: 'EIO'}));
  await expect(journal.append([note('refused '.repeat(100))], byAna)).rejects.toMatchObject({kind: 'io'});
  expect([datasync, truncate].map(spy => spy.mock.calls.length)).toEqual([1, 1]);
  await journal.append([note('second')], byAna);
  for (const spy of [datasync, truncate]) spy.mockRestore();
  await journal.close();
  const {events, problem, tornAt} = await readJournal(directory);
  expect(events.map(event => event.type === 'note-added' && event.text)).toEqual(['first', 'second']);
  expect({problem, tornAt}).toEqual({});
});

async function expectOnlyAcknowledged(directory: string, acknowledged: readonly number[]): Promise<void> {
  const {events, problem, tornAt} = await readJournal(directory);
  expect(events.map(({seq}) => seq)).toEqual(acknowledged);
  expect({problem, tornAt}).toEqual({});
  expect(events.at(-1)).toMatchObject({text: 'room again'});
  expect(events.length).toBeGreaterThan(2);
}

function mountSmall(directory: string): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=16k', 'tmpfs', directory], {stdio: 'ignore'});
  } catch {
    return false;
  }
  onTestFinished(() => {
    execFileSync('umount', [directory]);
  });
  return true;
}

async function runFullDiskChild(
  directory: string,
  shellArguments: readonly string[],
  lift: 'prlimit' | 'remount',
): Promise<{refusal: string; acknowledged: number[]}> {
  const script = fileURLToPath(new URL('fill-journal.ts', import.meta.url));
  const child = spawn('bash', [...shellArguments, process.execPath, script, directory, lift]);
  let output = '';
  let errors = '';
  child.stdout.on('data', chunk => {
    output += chunk;
  });
  child.stderr.on('data', chunk => {
    errors += chunk;
  });
  const code = await new Promise(resolve => child.once('close', resolve));
  expect(code, errors).toBe(0);
  return JSON.parse(output);
}

/** Counts calls of `datasync` on any file opened like the journal. */
async function countingSyncs(directory: string): Promise<() => number> {
  const spy = vi.spyOn(await fileHandles(directory), 'datasync');
  onTestFinished(() => spy.mockRestore());
  return () => spy.mock.calls.length;
}

/** What all file handles have in common: the one place where a disk can be made to fail at will. */
async function fileHandles(directory: string): Promise<FileHandle> {
  const probe = await open(join(directory, 'probe'), 'w');
  await probe.close();
  return Object.getPrototypeOf(probe);
}

test('a journal error says its kind and keeps what caused it', () => {
  const error = new JournalError('full', 'no room', {cause: 'ENOSPC'});
  expect(error).toMatchObject({name: 'JournalError', kind: 'full', message: 'no room', cause: 'ENOSPC'});
});

test('what goes on although the disk refuses is kept in order, and written before what comes later', async ({skip}) => {
  const directory = await temporaryDirectory();
  if (!mountSmall(directory)) return skip('only root can mount a small file system');
  const journal = await createJournal(directory);
  const urgent = {...byAna, goOn: true};
  const long = note('x'.repeat(700));
  while (journal.trouble() === undefined) await journal.append([long], byAna).catch(() => {});
  const [first] = await journal.append([long], urgent);
  await expect(journal.append([long], byAna)).rejects.toMatchObject({kind: 'full'});
  const [second] = await journal.append([long], urgent);
  expect(second?.seq).toBe((first?.seq ?? 0) + 1);
  expect((await readJournal(directory)).last.seq).toBe((first?.seq ?? 0) - 1);
  execFileSync('mount', ['-o', 'remount,size=64k', directory]);
  await journal.append([note('room again')], byAna);
  expect(journal.trouble()).toBeUndefined();
  await journal.close();
  const {events, problem} = await readJournal(directory);
  expect(problem).toBeUndefined();
  expect(events.slice(-3).map(({seq}) => seq)).toEqual([first?.seq, second?.seq, (second?.seq ?? 0) + 1]);
});

test('a journal whose end is missing is told from one that was never longer', async () => {
  const {directory, file} = await threeDecisions();
  expect((await readJournal(directory)).problem).toBeUndefined();
  const secondEnd = file.lastIndexOf('\n', file.length - 2) + 1;
  await writeFile(join(directory, 'journal.ndjson'), file.subarray(0, secondEnd));
  const {problem, events} = await readJournal(directory);
  expect(problem).toBe('line 3: the end is missing: 2 more events had been written');
  expect(events).toHaveLength(3);
});

test.each([
  ['taken away', undefined, 'is missing'],
  ['emptied', '', 'says nothing'],
  ['cut short', '000000000000', 'says nothing'],
])('a journal whose head was %s is not trusted to be whole, until it is gone on with', async (_, text, how) => {
  const {directory} = await threeDecisions();
  const head = join(directory, 'journal.head');
  if (text === undefined) await rm(head);
  else await writeFile(head, text);
  const {events, last, problem} = await readJournal(directory);
  expect(events).toHaveLength(5);
  expect(problem).toBe(`journal.head beside it ${how}: nothing shows whether its last lines are there`);
  const journal = await reopenJournal(directory, last);
  await journal.close();
  expect((await readJournal(directory)).problem).toBeUndefined();
});

test('a journal that was made anew from the same events is not the one that was written', async () => {
  const {directory} = await threeDecisions();
  const {events} = await readJournal(directory);
  const elsewhere = await temporaryDirectory();
  const forged = await createJournal(elsewhere);
  for (const event of events) await forged.append([{...note('forged'), ...event} as Event], {at: event.at, by: 'eve'});
  await forged.close();
  await writeFile(join(directory, 'journal.ndjson'), await readFile(join(elsewhere, 'journal.ndjson')));
  expect((await readJournal(directory)).problem).toMatch(/^line 5: it is not the line that was written here/);
});

test('a line of another format version is named as that', () => {
  const line = Buffer.from('{"v":2,"seq":1,"at":1,"by":"ana","events":[],"sum":"x"}\n');
  expect(recoverFrom(line).problem).toBe(
    'line 1: format version 2, of which this tminus knows nothing: it reads version 1',
  );
});
