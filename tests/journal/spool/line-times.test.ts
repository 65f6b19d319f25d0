import {mkdtempSync, readFileSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {createRedactor} from '../../../src/journal/secrets/redact.ts';
import {keepLineTimes, momentAt} from '../../../src/journal/spool/line-times.ts';
import {createSpool} from '../../../src/journal/spool/spool.ts';
import {openSpoolReader} from '../../../src/journal/spool/spool-reader.ts';

const start = 1_700_000_000_000;
const newPath = () => join(mkdtempSync(join(tmpdir(), 'tminus-times-')), 'error.times');

test('keeps the first line of each second in which lines came', async () => {
  const path = newPath();
  let now = start;
  const times = keepLineTimes(path, 0o600, () => now);
  for (const [ms, line] of [
    [0, 0],
    [400, 7],
    [900, 9],
    [1200, 12],
    [9300, 40],
  ] as const) {
    now = start + ms;
    times.note(line);
  }
  times.close();
  expect(readFileSync(path, 'utf8')).toBe('1700000000 0\n1700000001 12\n1700000009 40\n');
  expect(await momentAt(path, start + 1500)).toEqual({line: 12, at: start + 1000});
  expect(await momentAt(path, start + 8999)).toEqual({line: 12, at: start + 1000});
  expect(await momentAt(path, start + 60_000)).toEqual({line: 40, at: start + 9000});
  expect(await momentAt(path, start - 5000)).toEqual({line: 0, at: start});
});

test('a log that never rests takes less and less room for its times', () => {
  const path = newPath();
  let now = start;
  const times = keepLineTimes(path, 0o600, () => now);
  const hours = 24;
  for (let second = 0; second < hours * 3600; second++) {
    now = start + second * 1000;
    times.note(second * 1000);
  }
  times.close();
  const lines = readFileSync(path, 'utf8').trim().split('\n');
  expect(lines.length).toBeLessThan(30_000);
  expect(lines.length).toBeGreaterThan(20_000);
});

test('a run of before, or a damaged file, has no time to tell and is no error', async () => {
  expect(await momentAt(newPath(), start)).toBeUndefined();
  const path = newPath();
  writeFileSync(path, 'rubbish\n17000\n1700000003 5\n17000000');
  expect(await momentAt(path, start + 10_000)).toEqual({line: 5, at: start + 3000});
});

test('a place that cannot be written to costs no line', () => {
  const times = keepLineTimes('/proc/no/such/place', 0o600, () => start);
  expect(() => times.note(0)).not.toThrow();
});

test('a console finds the line that a source had reached at a time', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'tminus-times-'));
  const {mkdirSync} = await import('node:fs');
  mkdirSync(join(directory, 'spool'));
  let now = start;
  const spool = createSpool(directory, createRedactor([]), {now: () => now});
  spool.write('error', 'one\ntwo\n');
  spool.flush();
  now = start + 5000;
  spool.write('error', 'three\n');
  spool.flush();
  const reader = openSpoolReader(directory);
  expect(await reader.lineAt('error', start + 6000)).toEqual({line: 2, at: start + 5000});
  expect(await reader.lineAt('error', start + 2000)).toEqual({line: 0, at: start});
  expect(await reader.lineAt('requests', start)).toBeUndefined();
  reader.close();
  spool.close();
});
