import {appendFileSync, mkdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, onTestFinished, test} from 'vitest';
import {LINES_PER_ENTRY} from '../../../src/journal/spool/line-index.ts';
import {openSpoolReader} from '../../../src/journal/spool/spool-reader.ts';
import {patternOf} from '../../../src/text/pattern.ts';
import {seededRandom} from '../../helpers/seeded-random.ts';
import {temporaryDirectory} from '../../helpers/temporary-directory.ts';

async function spoolWith(text: string) {
  const directory = await temporaryDirectory();
  mkdirSync(join(directory, 'spool'));
  const path = join(directory, 'spool', 'error.log');
  writeFileSync(path, text);
  const reader = openSpoolReader(directory);
  onTestFinished(() => reader.close());
  return {path, reader};
}

function randomLines(count: number, seed: number): string[] {
  const random = seededRandom(seed);
  return Array.from({length: count}, (_, index) => {
    const filler = random.pick(['', 'short', 'größer — 日本語', 'x'.repeat(random.below(400))]);
    return `${index} ${random.pick(['INFO', 'INFO', 'INFO', 'WARN', 'ERROR'])} ${filler}`;
  });
}

test('a window anywhere in the file holds the lines that a naive reader finds there', async () => {
  const lines = randomLines(20_000, 1);
  const {reader} = await spoolWith(`${lines.join('\n')}\n`);
  expect(reader.lines('error')).toBe(lines.length);
  const random = seededRandom(2);
  for (let round = 0; round < 500; round += 1) {
    const from = random.below(lines.length + 50) - 20;
    const count = random.below(200);
    expect(reader.read('error', from, count), `${from}+${count}`).toEqual(
      lines.slice(Math.max(0, from), Math.max(0, from + count)),
    );
  }
  for (const from of [0, LINES_PER_ENTRY - 1, LINES_PER_ENTRY, LINES_PER_ENTRY + 1, lines.length - 1]) {
    expect(reader.read('error', from, 3)).toEqual(lines.slice(from, from + 3));
  }
});

test('lines that are longer than a window are read whole', async () => {
  const lines = ['a', 'b'.repeat(300_000), 'c', 'd'.repeat(70_000), 'e'];
  const {reader} = await spoolWith(`${lines.join('\n')}\n`);
  expect(reader.read('error', 0, 5)).toEqual(lines);
  expect(reader.read('error', 4, 1)).toEqual(['e']);
  expect(await reader.find('error', patternOf(/e/.source), 0, 1)).toBe(4);
  expect(await reader.find('error', patternOf(/^a$/.source), 4, -1)).toBe(0);
});

test('lines appear as the file grows, a half one only when it is finished', async () => {
  const {path, reader} = await spoolWith('one\ntw');
  expect(reader.read('error', 0, 10)).toEqual(['one']);
  appendFileSync(path, 'o\nthree\n');
  reader.refresh();
  expect(reader.lines('error')).toBe(3);
  expect(reader.read('error', 0, 10)).toEqual(['one', 'two', 'three']);
  appendFileSync(path, 'four\n');
  expect(reader.read('error', 3, 1)).toEqual(['four']);
});

test('a source without a file is empty until it has one', async () => {
  const {path, reader} = await spoolWith('x\n');
  expect(reader.lines('later')).toBe(0);
  expect(reader.read('later', 0, 5)).toEqual([]);
  expect(await reader.find('later', patternOf(/x/.source), 0, 1)).toBeUndefined();
  writeFileSync(path.replace('error', 'later'), 'now\n');
  expect(reader.read('later', 0, 5)).toEqual(['now']);
});

test('searching finds what testing line by line finds, from any line, in both directions', async () => {
  const lines = randomLines(6000, 3);
  const {reader} = await spoolWith(`${lines.join('\n')}\n`);
  const patterns = [
    /ERROR/,
    /^5\d+ ERROR/,
    /größer.*語$/,
    /error/i,
    /WARN \S*$/,
    /^\d+ INFO $/,
    /nowhere/,
    /O\s+x{390}/,
    /INFO(?!\s)/,
    /^12 .*$/gs,
    /[^x]5/y,
    /OR|größer|nowhere/,
    /(?:ERROR|WARN) s/,
    /error SHORT/i,
    /GRÖßER/i,
    /größER.*本/i,
    /[EW][A-Z]+ x{3,}$/,
    /\d+ ERROR \S/,
    /INFO.*本語$/,
    /x{390}|WARN short/,
    /5 ERR(?!x)/,
    /(\w+ ?)+語$/,
    /^\d+\b WARN|short$/i,
    /本|—/,
    /x*/,
    /O\n/,
    /[0-9]{2}5{2} ERROR/,
    /[^x ]5 [^IW]/,
    /[E]RR[O]R x/,
    /\d5 INFO [a-z]*short/,
    /[^ -~]/,
    /.5 WARN .*r/,
  ];
  const random = seededRandom(4);
  for (const given of patterns) {
    const pattern = patternOf(given.source, given.flags.includes('i') ? 'i' : '');
    const single = new RegExp(pattern.source, pattern.flags);
    for (let round = 0; round < 8; round += 1) {
      const from = random.below(lines.length);
      const after = lines.findIndex((line, index) => index >= from && single.test(line));
      const before = lines.findLastIndex((line, index) => index <= from && single.test(line));
      expect(await reader.find('error', pattern, from, 1), `${given} after ${from}`).toBe(
        after === -1 ? undefined : after,
      );
      expect(await reader.find('error', pattern, from, -1), `${given} before ${from}`).toBe(
        before === -1 ? undefined : before,
      );
    }
  }
});

test('what looks around only sees its own line', async () => {
  const {reader} = await spoolWith('foo\nbar\nfoo x\n');
  expect(await reader.find('error', patternOf(/foo(?!\s)/.source), 0, 1)).toBe(0);
  expect(await reader.find('error', patternOf(/foo\sbar/.source), 0, 1)).toBeUndefined();
  expect(await reader.find('error', patternOf(/(?<!o\n)bar/.source), 0, 1)).toBe(1);
  expect(await reader.find('error', patternOf(/o$/.source), 2, -1)).toBe(0);
});

test('a search that is under way when the reader closes ends without a find', async () => {
  const {reader} = await spoolWith(`${'plain text\n'.repeat(2_000_000)}needle\n`);
  const found = reader.find('error', patternOf(/needle/.source), 0, 1);
  reader.close();
  expect(await found).toBeUndefined();
});
