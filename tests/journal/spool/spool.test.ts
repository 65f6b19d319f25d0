import {execFileSync} from 'node:child_process';
import {appendFile, mkdir, readFile, stat, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {expect, onTestFinished, test, vi} from 'vitest';
import {spoolPath} from '../../../src/journal/run-directory.ts';
import {createRedactor} from '../../../src/journal/secrets/redact.ts';
import {createSpool, type Spool} from '../../../src/journal/spool/spool.ts';
import {patternOf} from '../../../src/text/pattern.ts';
import {PATIENT} from '../../helpers/eventually.ts';
import {temporaryDirectory} from '../../helpers/temporary-directory.ts';

const NO_SECRETS = createRedactor([]);

async function openSpool(options?: {logBytesMax: number}, redactor = NO_SECRETS) {
  const directory = await temporaryDirectory();
  await mkdir(join(directory, 'spool'));
  const spool = createSpool(directory, redactor, options);
  onTestFinished(() => spool.close());
  return {directory, spool};
}

function stored(directory: string, source: string): Promise<string> {
  return readFile(spoolPath(directory, source), 'utf8');
}

test('output is kept as lines in a file that only this user may read', async () => {
  const {directory, spool} = await openSpool();
  spool.write('output', Buffer.from('\x1b[2Jone\ntw'));
  spool.write('output', 'o\r\nthree');
  expect(spool.lines('output')).toBe(2);
  expect(spool.settle('output')).toBe(3);
  expect(await stored(directory, 'output')).toBe('one\ntwo\nthree\n');
  expect((await stat(join(directory, 'spool', 'output.log'))).mode & 0o777).toBe(0o600);
});

test('a character split over two chunks is whole, and bytes that are no text are replaced', async () => {
  const {directory, spool} = await openSpool();
  const euro = Buffer.from('€');
  spool.write('output', euro.subarray(0, 1));
  spool.write('output', Buffer.concat([euro.subarray(1), Buffer.from([0xff, 0x0a])]));
  spool.flush();
  expect(await stored(directory, 'output')).toBe('€\ufffd\n');
});

test('no secret reaches the file, split over chunks or by an escape sequence', async () => {
  const {directory, spool} = await openSpool(undefined, createRedactor(['hunter2-hunter2']));
  spool.write('output', 'password: hunter2');
  spool.write('output', '-hun\x1b[Kter2 ok\nhunter2-');
  spool.settle('output');
  expect(await stored(directory, 'output')).toBe('password: [redacted] ok\nhunter2-\n');
});

test('output comes first, then sources in the order they were opened', async () => {
  const {spool} = await openSpool();
  spool.open('error', 'error.log on vps');
  spool.open('access', 'access.log');
  spool.write('unannounced', 'x\n');
  spool.open('error', 'error.log · vps');
  spool.mark('error', {up: false, detail: 'link lost'});
  expect(spool.statuses()).toEqual([
    {id: 'output', title: 'output', lines: 0, linesPerSecond: 0, up: true, detail: ''},
    {id: 'error', title: 'error.log · vps', lines: 0, linesPerSecond: 0, up: false, detail: 'link lost'},
    {id: 'access', title: 'access.log', lines: 0, linesPerSecond: 0, up: true, detail: ''},
    {id: 'unannounced', title: 'unannounced', lines: 1, linesPerSecond: 0, up: true, detail: ''},
  ]);
});

test('many lines make few writes', async () => {
  const {spool} = await openSpool();
  const before = writesSoFar();
  for (let line = 0; line < 10_000; line += 1) spool.write('output', `line ${line}\n`);
  expect(spool.lines('output')).toBe(10_000);
  expect(writesSoFar() - before).toBeLessThan(100);
});

test('lines reach the file by themselves, without anybody asking', async () => {
  const {directory, spool} = await openSpool();
  spool.write('output', 'soon\n');
  await vi.waitFor(async () => expect(await stored(directory, 'output')).toBe('soon\n'), PATIENT);
});

test('who watches the spool is told once of many lines, and of what sources are said to be', async () => {
  const {spool} = await openSpool();
  const told: number[] = [];
  spool.onChange(() => told.push(spool.lines('output')));
  for (let line = 0; line < 1000; line += 1) spool.write('output', `line ${line}\n`);
  await vi.waitFor(() => expect(told).toEqual([1000]), PATIENT);
  spool.mark('output', {up: false, detail: 'link lost'});
  spool.open('error', 'error.log');
  expect(told).toEqual([1000, 1000, 1000]);
  spool.settle('output');
  // Soon, not at once: who tells of the step that has ended tells of this, too.
  expect(told).toHaveLength(3);
  await vi.waitFor(() => expect(told).toHaveLength(4), PATIENT);
});

test('what came of a source since a line can be read back while it grows', async () => {
  const {spool} = await openSpool();
  for (let line = 0; line < 1000; line += 1) spool.write('error', `line ${line}\n`);
  expect(spool.linesSince('error', 998)).toEqual(['line 998', 'line 999']);
  spool.write('error', 'later\n');
  expect(spool.linesSince('error', 1000)).toEqual(['later']);
  expect(spool.linesSince('error', 0)).toHaveLength(1001);
  expect(spool.linesSince('nothing', 0)).toEqual([]);
});

test('matching lines are counted from a line on, with a few of them as evidence', async () => {
  const {spool} = await openSpool();
  for (let line = 0; line < 30; line += 1) spool.write('error', line % 3 === 0 ? `ERROR ${line}\n` : `fine ${line}\n`);
  expect(await spool.countMatching('error', patternOf(/ERROR|Traceback/.source), 10)).toEqual({
    matches: 6,
    lines: 20,
    sample: ['ERROR 12', 'ERROR 15', 'ERROR 18', 'ERROR 21', 'ERROR 24'],
    gone: 0,
  });
  expect(await spool.countMatching('error', patternOf(/nowhere/.source), 0)).toEqual({
    matches: 0,
    lines: 30,
    sample: [],
    gone: 0,
  });
  const nothing = {matches: 0, lines: 0, sample: [], gone: 0};
  expect(await spool.countMatching('nothing', patternOf(/x/.source), 0)).toEqual(nothing);
});

test('a full disk loses lines honestly: counted while it lasts, said in the file afterwards', async ({skip}) => {
  const directory = await temporaryDirectory();
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', directory], {stdio: 'ignore'});
  } catch {
    return skip('only root can mount a small file system');
  }
  await mkdir(join(directory, 'spool'));
  const spool = createSpool(directory, NO_SECRETS);
  onTestFinished(() => {
    spool.close();
    execFileSync('umount', [directory]);
  });
  spool.write('error', 'before\n');
  expect(spool.lines('error')).toBe(1);
  spool.write('error', `${'x'.repeat(100)}\n`.repeat(2000));
  expect(spool.lines('error')).toBe(1);
  expect(statusOf(spool, 'error')?.detail).toBe('the disk is full; 2000 lines not kept');
  execFileSync('mount', ['-o', 'remount,size=1m', directory]);
  spool.write('error', 'after\n');
  expect(spool.lines('error')).toBe(3);
  expect(await stored(directory, 'error')).toBe(
    'before\n[tminus] 2000 lines are missing here: the disk is full\nafter\n',
  );
});

test('a spool that is opened again continues the files, without the half line a crash left', async () => {
  const {directory, spool} = await openSpool();
  spool.write('output', 'one\ntwo\n');
  spool.close();
  await appendFile(spoolPath(directory, 'output'), 'half a li');
  const resumed = createSpool(directory, NO_SECRETS);
  expect(resumed.lines('output')).toBe(2);
  resumed.write('output', 'three\n');
  resumed.close();
  expect(await stored(directory, 'output')).toBe('one\ntwo\nthree\n');
});

test('writing to a directory that is gone is said, not thrown', async () => {
  const spool = createSpool('/nonexistent/run', NO_SECRETS);
  spool.write('output', 'lost\n');
  expect(spool.lines('output')).toBe(0);
  expect(statusOf(spool, 'output')?.detail).toMatch(/ENOENT.*; 1 lines not kept/);
  spool.close();
});

test('a file put in the place of a source as a link is not written to', async () => {
  const directory = await temporaryDirectory();
  await mkdir(join(directory, 'spool'));
  await writeFile(join(directory, 'victim'), 'precious\n');
  execFileSync('ln', ['-s', join(directory, 'victim'), join(directory, 'spool', 'output.log')]);
  const spool = createSpool(directory, NO_SECRETS);
  spool.write('output', 'overwritten\n');
  spool.close();
  expect(await readFile(join(directory, 'victim'), 'utf8')).toBe('precious\n');
});

test('any name of a source makes a file of its own inside the spool', () => {
  const names = [
    'error',
    '../error',
    'a/b',
    'a%2Fb',
    '',
    '.',
    '..',
    'x'.repeat(300),
    `${'x'.repeat(300)}y`,
    'ü',
    '\ud800',
  ];
  const paths = names.map(name => spoolPath('/run', name));
  expect(new Set(paths).size).toBe(names.length);
  for (const path of paths) expect(path).toMatch(/^\/run\/spool\/[^/.][^/]{0,110}\.log$/);
});

function statusOf(spool: Spool, source: string) {
  return spool.statuses().find(({id}) => id === source);
}

function writesSoFar(): number {
  return Number(/syscw: (\d+)/.exec(execFileSync('cat', [`/proc/${process.pid}/io`], {encoding: 'utf8'}))?.[1]);
}

test('output that comes again after a crash goes on where it stopped: no line twice, none missing', async () => {
  const directory = await temporaryDirectory();
  await mkdir(join(directory, 'spool'));
  const all = Array.from({length: 50}, (_, index) => `line ${index}`);
  const first = createSpool(directory, createRedactor([]));
  first.write('output', 'before\n');
  const from = first.settle('output');
  first.write('output', `${all.slice(0, 20).join('\n')}\nline 2`);
  first.flush();
  const next = createSpool(directory, createRedactor([]));
  next.repeat('output', from);
  for (const chunk of `${all.join('\n')}\n`.match(/[\s\S]{1,7}/g) ?? []) next.write('output', chunk);
  next.settle('output');
  next.write('output', 'after\n');
  expect(next.linesSince('output', 0)).toEqual(['before', ...all, 'after']);
  next.close();
});
