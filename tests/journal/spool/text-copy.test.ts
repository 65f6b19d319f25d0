/** The newest text of a source, read in pieces where it grows and put together again on a machine that only watches. */
import {mkdirSync, mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {spoolPath, spoolTimesPath} from '../../../src/journal/run-directory.ts';
import {createRedactor} from '../../../src/journal/secrets/redact.ts';
import {openNewestText} from '../../../src/journal/spool/newest-text.ts';
import {createSpool, type Spool} from '../../../src/journal/spool/spool.ts';
import {openSpoolReader, type SpoolReader} from '../../../src/journal/spool/spool-reader.ts';
import {openTextCopy, type TextCopy} from '../../../src/journal/spool/text-copy.ts';

const limits = {pieceBytes: 1000, behindBytes: 5000};
/** 20 bytes with its line feed. */
const line = (number: number) => `line ${String(number).padStart(14, '0')}`;

let directory: string;
let spool: Spool;
let copy: TextCopy;
let reader: SpoolReader;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'tminus-text-copy-'));
  for (const name of ['there', 'here']) mkdirSync(dirname(spoolPath(join(directory, name), 'log')), {recursive: true});
  spool = createSpool(join(directory, 'there'), createRedactor([]), {logBytesMax: 16_000});
  const here = join(directory, 'here');
  copy = openTextCopy(spoolPath(here, 'log'), spoolTimesPath(here, 'log'));
  reader = openSpoolReader(here);
});

afterEach(() => {
  reader.close();
  copy.close();
  spool.close();
  rmSync(directory, {recursive: true, force: true});
});

let written = 0;
beforeEach(() => {
  written = 0;
});
function write(lines: number): void {
  const all = Array.from({length: lines}, (_, index) => `${line(written + index)}\n`);
  spool.write('log', all.join(''));
  written += lines;
}

test('all of it comes in order while it grows no faster than it is read, also over the pieces of a file', () => {
  const text = openNewestText(spoolPath(join(directory, 'there'), 'log'), limits);
  for (let turn = 0; turn < 40; turn += 1) {
    write(100);
    for (let piece = text.next(spool.lines('log')); piece !== undefined; piece = text.next(spool.lines('log'))) {
      expect(piece.content.length).toBeLessThanOrEqual(limits.pieceBytes);
      copy.add({...piece, cameAt: 1000 * turn});
    }
    reader.refresh();
    expect(reader.lines('log')).toBe(written);
  }
  text.close();
  expect(copy.firstLine()).toBe(0);
  expect(reader.read('log', 0, written)).toEqual(Array.from({length: written}, (_, index) => line(index)));
});

test('of what grows faster only the newest comes, under the numbers that it has, and what is missing is said', async () => {
  const text = openNewestText(spoolPath(join(directory, 'there'), 'log'), limits);
  let turns = 0;
  for (const lines of [10, 2000, 3, 500, 4000]) {
    write(lines);
    turns += 1;
    for (let piece = text.next(spool.lines('log')); piece !== undefined; piece = text.next(spool.lines('log')))
      copy.add({...piece, cameAt: 1000 * turns});
    reader.refresh();
    const first = copy.firstLine();
    expect(reader.lines('log')).toBe(written);
    expect(reader.read('log', first, written)).toEqual(
      Array.from({length: written - first}, (_, index) => line(first + index)),
    );
    if (first > 0)
      expect(reader.read('log', first - 1, 1)).toEqual([expect.stringContaining(`lines 1 to ${first} are`)]);
  }
  expect(written - copy.firstLine()).toBeGreaterThanOrEqual(200);
  expect(await reader.lineAt('log', 5000)).toEqual({line: copy.firstLine(), at: 5000});
  text.close();
});

test('what another program has put there does no harm: no signs for the terminal, and lines are counted here', () => {
  copy.add({
    firstLine: 0,
    lines: 2,
    content: Buffer.from('a\u001b]52;c;x\u0007b\u001b[2J\n\u001b[31mred\u001b[m\tx\n'),
    cameAt: 0,
  });
  copy.add({firstLine: 2, lines: 5, content: Buffer.from('one\n'), cameAt: 0});
  copy.add({firstLine: 2, lines: 1, content: Buffer.from('no end'), cameAt: 0});
  expect(reader.read('log', 0, 10)).toEqual(['ab', '\u001b[31mred\u001b[m x']);
});

test('what comes twice is kept once', () => {
  const content = Buffer.from([0, 1, 2, 3].map(number => `${line(number)}\n`).join(''));
  copy.add({firstLine: 0, lines: 4, content, cameAt: 0});
  copy.add({firstLine: 0, lines: 4, content, cameAt: 0});
  copy.add({
    firstLine: 2,
    lines: 4,
    content: Buffer.from([2, 3, 4, 5].map(number => `${line(number)}\n`).join('')),
    cameAt: 0,
  });
  expect(reader.read('log', 0, 10)).toEqual([0, 1, 2, 3, 4, 5].map(line));
});
