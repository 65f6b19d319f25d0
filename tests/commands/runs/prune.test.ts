import {existsSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync} from 'node:fs';
import {createServer, type Server} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {limitOf, prunedText, pruneRuns} from '../../../src/commands/runs/prune.ts';
import {socketPath} from '../../../src/journal/run-directory.ts';

const DAY_MS = 24 * 3_600_000;
const now = Date.UTC(2026, 5, 1);
let home: string;
let engine: Server | undefined;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'tminus-prune-'));
});

afterEach(() => {
  engine?.close();
  engine = undefined;
  rmSync(home, {recursive: true, force: true});
});

/** A run with so many bytes of output, last written to so many days ago. */
function makeRun(id: string, days: number, bytes = 1000): string {
  const directory = join(home, 'runs', id);
  mkdirSync(join(directory, 'spool'), {recursive: true});
  writeFileSync(join(directory, 'journal.ndjson'), '');
  writeFileSync(join(directory, 'spool', 'output.log'), 'x'.repeat(bytes));
  const at = new Date(now - days * DAY_MS);
  for (const path of [join(directory, 'journal.ndjson'), directory]) utimesSync(path, at, at);
  return directory;
}

const OLD = '20260101T000000Z-0001';
const MIDDLE = '20260401T000000Z-0002';
const NEW = '20260531T000000Z-0003';

test('runs that are older are deleted, and nothing else', async () => {
  const [old, middle, recent] = [makeRun(OLD, 151), makeRun(MIDDLE, 61), makeRun(NEW, 1)];
  writeFileSync(join(home, 'runs', 'notes.txt'), 'mine');
  expect(await pruneRuns(home, limitOf('90d'), now)).toEqual({ids: [OLD], bytes: 1000, live: []});
  expect([old, middle, recent, join(home, 'runs', 'notes.txt')].map(path => existsSync(path))).toEqual([
    false,
    true,
    true,
    true,
  ]);
});

test('the oldest go until the others take no more than the size', async () => {
  makeRun(OLD, 151, 5000);
  makeRun(MIDDLE, 61, 5000);
  makeRun(NEW, 1, 5000);
  expect((await pruneRuns(home, limitOf('10K'), now)).ids).toEqual([OLD]);
  expect((await pruneRuns(home, limitOf('10K'), now)).ids).toEqual([]);
});

test('a run whose engine answers stays', async () => {
  const directory = makeRun(OLD, 151);
  writeFileSync(join(directory, 'engine.pid'), '1\n');
  engine = createServer(() => {});
  await new Promise<void>(resolve => engine?.listen(socketPath(directory), resolve));
  const at = new Date(now - 151 * DAY_MS);
  utimesSync(directory, at, at);
  const pruned = await pruneRuns(home, limitOf('30d'), now);
  expect(prunedText(pruned)).toBe(`no run to delete; still running, and so kept: ${OLD}`);
  expect(existsSync(directory)).toBe(true);
});

test.each([
  ['30d', {olderThanMs: 30 * DAY_MS}],
  ['2w', {olderThanMs: 14 * DAY_MS}],
  [undefined, {olderThanMs: 90 * DAY_MS}],
  ['500M', {bytesMax: 500_000_000}],
  ['1.5GB', {bytesMax: 1_500_000_000}],
])('%s is understood', (word, limit) => {
  expect(limitOf(word)).toEqual(limit);
});

test.each(['', '30', 'd', '-3d', '30 years', '30m', '1g'])('"%s" is refused with what to write', word => {
  expect(() => limitOf(word)).toThrow(/write 30d, 2w, 500M or 10G/);
});
