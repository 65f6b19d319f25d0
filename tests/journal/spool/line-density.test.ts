import {appendFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {createDensity} from '../../../src/journal/spool/line-density.ts';
import {openLineFile} from '../../../src/journal/spool/line-file.ts';
import {patternOf} from '../../../src/text/pattern.ts';
import {temporaryDirectory} from '../../helpers/temporary-directory.ts';

test('lines that match are counted by where they stand, however many come, also what comes later', async () => {
  const path = join(await temporaryDirectory(), 'error.log');
  const line = (number: number) => (number % 1000 === 7 ? 'ERROR é' : number % 500 === 3 ? 'WARN' : 'fine');
  const lines = (from: number, to: number) =>
    Array.from({length: to - from}, (_, offset) => `${line(from + offset)}\n`).join('');
  writeFileSync(path, lines(0, 10_000));
  const file = openLineFile(path);
  if (file === undefined) throw new Error('there is no file');
  file.refresh();
  const density = createDensity(file, [patternOf('ERROR'), patternOf('WARN')]);
  expect(density.between(0, 10_000)).toEqual([0, 0]);
  await density.advance();
  expect(density.between(0, 10_000)).toEqual([10, 20]);
  expect(density.between(0, 64)).toEqual([1, 1]);
  expect(density.between(64, 480)).toEqual([0, 0]);
  // Many more, so that each number stands for more lines.
  for (let from = 10_000; from < 400_000; from += 10_000) appendFileSync(path, lines(from, from + 10_000));
  file.refresh();
  await density.advance();
  expect(density.between(0, 400_000)).toEqual([400, 800]);
  const half = density.between(0, 200_000)[0] ?? 0;
  expect(Math.abs(half - 200)).toBeLessThan(1);
  file.close();
});
