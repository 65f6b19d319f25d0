import {execFileSync, spawn} from 'node:child_process';
import {appendFileSync, copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync} from 'node:fs';
import {join, resolve} from 'node:path';
import {setImmediate as nextTurn} from 'node:timers/promises';
import {describe, expect, onTestFinished, test} from 'vitest';
import {spoolPath} from '../../../src/journal/run-directory.ts';
import {createRedactor} from '../../../src/journal/secrets/redact.ts';
import {createSpool, type Spool} from '../../../src/journal/spool/spool.ts';
import {openSpoolReader, type SpoolReader} from '../../../src/journal/spool/spool-reader.ts';
import {patternOf} from '../../../src/text/pattern.ts';
import {seededRandom} from '../../helpers/seeded-random.ts';
import {temporaryDirectory} from '../../helpers/temporary-directory.ts';

const LOG_BYTES_MAX = 64_000;
/** What one write brings. */
const LINES_A_WRITE = 50;
const GONE = /^\[tminus\] lines 1 to \d+ are not kept any more/;

function textOf(line: number): string {
  return `line ${line} ${'x'.repeat(line % 40)}`;
}

function spoolIn(directory: string): Spool {
  const spool = createSpool(directory, createRedactor([]), {logBytesMax: LOG_BYTES_MAX});
  onTestFinished(() => spool.close());
  return spool;
}

async function place(): Promise<string> {
  const directory = await temporaryDirectory();
  mkdirSync(join(directory, 'spool'));
  return directory;
}

function readerIn(directory: string): SpoolReader {
  const reader = openSpoolReader(directory);
  onTestFinished(() => reader.close());
  return reader;
}

/** Lines `from … to-1`, by their numbers. */
function flood(spool: Spool, from: number, to: number, source = 'error'): void {
  for (let line = from; line < to; line += 1) {
    spool.write(source, `${textOf(line)}\n`);
    if (line % LINES_A_WRITE === 0) spool.flush();
  }
  spool.flush();
}

function gone(spool: Spool): number {
  return spool.statuses().find(({id}) => id === 'error')?.gone ?? 0;
}

function bytesOn(directory: string): number {
  const names = readdirSync(join(directory, 'spool')).filter(name => name.startsWith('error.log'));
  return names.reduce((sum, name) => sum + statSync(join(directory, 'spool', name)).size, 0);
}

function expectNewestOnly(reader: SpoolReader, first: number, total: number): void {
  reader.refresh();
  expect(reader.lines('error')).toBe(total);
  const random = seededRandom(7);
  for (let round = 0; round < 200; round += 1) {
    const from = random.below(total);
    const read = reader.read('error', from, random.below(300));
    for (const [index, text] of read.entries()) {
      const line = from + index;
      if (line < first) expect(text).toMatch(GONE);
      else expect(text).toBe(textOf(line));
    }
  }
  expect(reader.read('error', first - 1, 2)).toEqual([expect.stringMatching(GONE), textOf(first)]);
  expect(reader.read('error', total - 1, 5)).toEqual([textOf(total - 1)]);
}

describe('of a log the newest lines are kept', () => {
  test('about as many bytes as are allowed, under the numbers that they always had', async () => {
    const directory = await place();
    const spool = spoolIn(directory);
    const early = readerIn(directory);
    flood(spool, 0, 100);
    expect(early.read('error', 0, 100)).toEqual(Array.from({length: 100}, (_, line) => textOf(line)));
    flood(spool, 100, 20_000);
    expect(spool.lines('error')).toBe(20_000);
    expect(gone(spool)).toBeGreaterThan(15_000);
    expect(spool.trouble('error')).toBeUndefined();
    expect(bytesOn(directory)).toBeGreaterThanOrEqual(LOG_BYTES_MAX);
    expect(bytesOn(directory)).toBeLessThan(LOG_BYTES_MAX * 1.2);
    expectNewestOnly(early, gone(spool), 20_000);
    expectNewestOnly(readerIn(directory), gone(spool), 20_000);
    expect(spool.linesSince('error', 19_998)).toEqual([textOf(19_998), textOf(19_999)]);
    // The contract names this file; it has the end of the log.
    expect(execFileSync('tail', ['-n', '1', spoolPath(directory, 'error')], {encoding: 'utf8'})).toBe(
      `${textOf(19_999)}\n`,
    );
  });

  test('a search finds what is kept and passes over what is gone, from any line', async () => {
    const directory = await place();
    const spool = spoolIn(directory);
    const reader = readerIn(directory);
    flood(spool, 0, 1000);
    expect(await reader.find('error', patternOf('^line 12 '), 0, 1)).toBe(12);
    flood(spool, 1000, 20_000);
    const first = gone(spool);
    expect(await reader.find('error', patternOf('^line 12 '), 0, 1)).toBeUndefined();
    expect(await reader.find('error', patternOf('not kept'), 19_999, -1)).toBeUndefined();
    expect(await reader.find('error', patternOf('^line'), 5, 1)).toBe(first);
    expect(await reader.find('error', patternOf('^line'), 5, -1)).toBeUndefined();
    expect(await reader.find('error', patternOf(`^line ${first} `), 19_999, -1)).toBe(first);
    expect(await reader.find('error', patternOf('^line 19990 '), first, 1)).toBe(19_990);
    expect(await spool.countMatching('error', patternOf('^line'), first - 10)).toMatchObject({
      matches: 20_000 - first,
      lines: 20_000 - first,
      gone: 10,
    });
  });

  test('what commands print is kept whole', async () => {
    const directory = await place();
    const spool = spoolIn(directory);
    flood(spool, 0, 20_000, 'output');
    expect(spool.statuses()).toMatchObject([{id: 'output', lines: 20_000}]);
    expect(spool.linesSince('output', 0)[0]).toBe(textOf(0));
    expect(readdirSync(join(directory, 'spool')).filter(name => name.startsWith('output.log'))).toEqual(['output.log']);
  });
});

describe('an engine that takes up a log of which lines are gone', () => {
  async function ended(): Promise<{directory: string; log: string; first: number}> {
    const directory = await place();
    const spool = spoolIn(directory);
    flood(spool, 0, 20_000);
    const first = gone(spool);
    spool.close();
    return {directory, log: spoolPath(directory, 'error'), first};
  }

  function goesOn(directory: string, total = 20_000): void {
    const spool = spoolIn(directory);
    spool.open('error', 'error.log');
    expect(spool.lines('error')).toBe(total);
    flood(spool, total, 30_000);
    expectNewestOnly(readerIn(directory), gone(spool), 30_000);
    expect(bytesOn(directory)).toBeLessThan(LOG_BYTES_MAX * 1.2);
  }

  test('goes on with its numbers', async () => goesOn((await ended()).directory));

  test('goes on behind the half line of a crash', async () => {
    const {directory, log} = await ended();
    appendFileSync(log, 'half a li');
    goesOn(directory);
  });

  test('goes on where the last one died between two files', async () => {
    const {directory, log} = await ended();
    const pieces = readdirSync(join(directory, 'spool')).filter(name => name.startsWith('error.log.'));
    const [end = '', to = ''] = newestEnd(pieces);
    const own = execFileSync('cat', [log], {encoding: 'utf8'});
    const lines = own.split('\n').length - 1;
    renameSync(log, `${log}.${end}-${Number(end) + lines}.${to}-${Number(to) + own.length}`);
    const reader = readerIn(directory);
    reader.refresh();
    expect(reader.read('error', 19_999, 1)).toEqual([textOf(19_999)]);
    goesOn(directory);
  });

  test('goes on where the last one died before it had dropped what it wanted to', async () => {
    const {directory, log, first} = await ended();
    const old = `${log}.${first - 1}-${first}.0-1`;
    const [piece = ''] = readdirSync(join(directory, 'spool')).filter(name => name.startsWith(`error.log.${first}-`));
    const from = Number(/\.(\d+)-\d+$/.exec(piece)?.[1]);
    copyFileSync(join(directory, 'spool', piece), `${log}.0-${first}.0-${from}`);
    expect(existsSync(old)).toBe(false);
    goesOn(directory);
  });

  test('counts as gone what lies behind a piece that is missing', async () => {
    const {directory} = await ended();
    const pieces = readdirSync(join(directory, 'spool')).filter(name => name.startsWith('error.log.'));
    const middle = pieces.toSorted((a, b) => startOf(a) - startOf(b))[8] ?? '';
    rmSync(join(directory, 'spool', middle));
    goesOn(directory);
  });

  function startOf(name: string): number {
    return Number(/log\.(\d+)-/.exec(name)?.[1]);
  }

  function newestEnd(pieces: readonly string[]): string[] {
    const newest = pieces.toSorted((a, b) => startOf(a) - startOf(b)).at(-1) ?? '';
    return /-(\d+)\.\d+-(\d+)$/.exec(newest)?.slice(1) ?? [];
  }
});

test('whoever reads while another process writes and drops sees each line under its number', async () => {
  const directory = await place();
  const writer = `
    import {createSpool} from '${resolve('src/journal/spool/spool.ts')}';
    import {createRedactor} from '${resolve('src/journal/secrets/redact.ts')}';
    const spool = createSpool('${directory}', createRedactor([]), {logBytesMax: ${LOG_BYTES_MAX}});
    for (let line = 0; line < 50_000; line += 1) {
      spool.write('error', \`line \${line} \${'x'.repeat(line % 40)}\\n\`);
      if (line % ${LINES_A_WRITE} === 0) spool.flush();
    }
    spool.close();
  `;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', writer], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const over = new Promise(done => child.once('exit', done));
  let isOver = false;
  void over.then(() => (isOver = true));
  const reader = readerIn(directory);
  const random = seededRandom(11);
  let seen = 0;
  while (!isOver) {
    reader.refresh();
    const total = reader.lines('error');
    const from = Math.max(0, total - random.below(6000));
    for (const [index, text] of reader.read('error', from, 200).entries()) {
      if (GONE.test(text)) continue;
      expect(text).toBe(textOf(from + index));
      seen += 1;
    }
    const found = await reader.find('error', patternOf('7 x+$'), from, 1);
    if (found !== undefined) expect(textOf(found)).toMatch(/7 x+$/);
    await nextTurn();
  }
  expect(await over).toBe(0);
  expect(seen).toBeGreaterThan(0);
  reader.refresh();
  expect(reader.lines('error')).toBe(50_000);
  expect(reader.read('error', 49_999, 1)).toEqual([textOf(49_999)]);
});
