import {appendFileSync, mkdirSync} from 'node:fs';
import {join} from 'node:path';
import {expect, onTestFinished, test} from 'vitest';
import {createRedactor} from '../../../src/journal/secrets/redact.ts';
import {createSpool} from '../../../src/journal/spool/spool.ts';
import {openSpoolReader} from '../../../src/journal/spool/spool-reader.ts';
import {patternOf} from '../../../src/text/pattern.ts';
import {seededRandom} from '../../helpers/seeded-random.ts';
import {temporaryDirectory} from '../../helpers/temporary-directory.ts';

const PATTERNS = [/ERROR/, /error|warn/i, /^\d+ WARN .*$/, /7\b/, /nothing such/];

async function growing() {
  const directory = await temporaryDirectory();
  mkdirSync(join(directory, 'spool'));
  const reader = openSpoolReader(directory);
  onTestFinished(() => reader.close());
  const path = join(directory, 'spool', 'error.log');
  return {reader, append: (lines: readonly string[]) => appendFileSync(path, lines.map(line => `${line}\n`).join(''))};
}

test('the count at any line is what counting line by line finds, while the file grows', async () => {
  const {reader, append} = await growing();
  const random = seededRandom(5);
  const lines: string[] = [];
  const more = () =>
    Array.from(
      {length: 9000},
      () => `${random.below(1000)} ${random.pick(['INFO', 'WARN', 'ERROR', 'ERROR 7 7'])} ünd`,
    );
  const add = () => {
    const added = more();
    lines.push(...added);
    append(added);
    reader.refresh();
  };
  add();
  const tallies = PATTERNS.map(given => {
    const pattern = patternOf(given.source, given.flags.includes('i') ? 'i' : '');
    return {given, single: new RegExp(given.source, pattern.flags), tally: reader.tally('error', pattern)};
  });
  for (let round = 0; round < 3; round += 1) {
    for (const {given, single, tally} of tallies) {
      await tally?.advance();
      const at = [...Array.from({length: 20}, () => random.below(lines.length)), 0, lines.length - 1];
      const matching = (to: number) => lines.slice(0, to).filter(line => single.test(line)).length;
      for (const line of at) expect(tally?.upTo(line), `${given} at ${line}`).toBe(matching(line + 1));
      expect(tally?.matches()).toBe(matching(lines.length));
      expect(tally?.share()).toBe(1);
    }
    add();
  }
});

test('what is not counted yet is not guessed, and a stopped count goes no further', async () => {
  const {reader, append} = await growing();
  append(Array.from({length: 400_000}, (_, line) => `${line} ERROR`));
  const tally = reader.tally('error', patternOf('ERROR'));
  const counted = tally?.advance();
  expect(tally?.upTo(399_999)).toBeUndefined();
  tally?.stop();
  await counted;
  expect(tally?.share()).toBeLessThan(1);
});

test('lines that are not kept any more do not count', async () => {
  const directory = await temporaryDirectory();
  mkdirSync(join(directory, 'spool'));
  const spool = createSpool(directory, createRedactor([]), {logBytesMax: 64 * 1024});
  const reader = openSpoolReader(directory);
  onTestFinished(() => {
    reader.close();
    spool.close();
  });
  const print = (from: number, to: number) => {
    for (let line = from; line < to; line += 1) spool.write('error', `${line} ERROR\n`);
    spool.flush();
    reader.refresh();
  };
  print(0, 2000);
  const tally = reader.tally('error', patternOf('ERROR'));
  await tally?.advance();
  expect(tally?.matches()).toBe(2000);
  print(2000, 60_000);
  reader.read('error', 59_999, 1);
  await tally?.advance();
  const gone = spool.statuses().find(({id}) => id === 'error')?.gone ?? 0;
  expect(gone).toBeGreaterThan(2000);
  expect(tally?.matches()).toBe(60_000 - gone);
  expect(tally?.upTo(gone)).toBe(1);
  expect(tally?.upTo(gone - 1)).toBe(0);
});
