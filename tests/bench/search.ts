/** Searches through one large log, by patterns of each kind: the first line that matches, and the count of all. */
import {execFileSync} from 'node:child_process';
import {closeSync, mkdirSync, mkdtempSync, openSync, rmSync, writeSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {spoolPath} from '../../src/journal/run-directory.ts';
import {openSpoolReader, type SpoolReader} from '../../src/journal/spool/spool-reader.ts';
import {type Pattern, patternOf} from '../../src/text/pattern.ts';
import {atMost, type Measured, median, type Row, ratio} from './row.ts';

const LINES = 920_000;
const LINES_FULL = 6_000_000;
const LINES_PER_WRITE = 10_000;
/** One line of so many holds what is looked for. */
const EVERY = 999;
const RUNS = 5;
const SOURCE = 'large';
const FIRST_HIT_MS = 200;

const PATTERNS = {
  literal: patternOf('NEEDLE'),
  alternation: patternOf('NEEDLE|haystack'),
  class: patternOf('[MN]EED[A-Z]+ in [0-9]+ ms'),
  'any case': patternOf('needle', 'i'),
};

export const search: Row = async ({full}) => {
  const directory = mkdtempSync(join(tmpdir(), 'tminus-bench-'));
  try {
    const lines = full ? LINES_FULL : LINES;
    const file = writeLog(directory, lines);
    const reader = openSpoolReader(directory);
    while (reader.lines(SOURCE) < lines) reader.refresh();
    const rows: Measured[] = [];
    for (const [kind, pattern] of Object.entries(PATTERNS)) {
      rows.push(...(await measure(reader, pattern, {kind, file, size: `${Math.round(lines / 9400)} MB`})));
    }
    reader.close();
    return rows;
  } finally {
    rmSync(directory, {recursive: true, force: true});
  }
};

async function measure(
  reader: SpoolReader,
  pattern: Pattern,
  {kind, file, size}: {kind: string; file: string; size: string},
): Promise<readonly Measured[]> {
  const times = {first: [] as number[], all: [] as number[], grep: [] as number[]};
  for (let run = 0; run < RUNS; run += 1) {
    const firstAt = performance.now();
    await reader.find(SOURCE, pattern, 0, 1);
    const allAt = performance.now();
    const tally = reader.tally(SOURCE, pattern);
    await tally?.advance();
    const grepAt = performance.now();
    const counted = execFileSync('grep', [`-cE${pattern.flags}`, pattern.source, file], {encoding: 'utf8'});
    times.first.push(allAt - firstAt);
    times.all.push(grepAt - allAt);
    times.grep.push(performance.now() - grepAt);
    if (Number(counted) !== tally?.matches()) throw new Error(`${tally?.matches()} of ${counted} found`);
  }
  const of = `${kind}, in ${size}`;
  return [
    atMost(`first hit, ${of}`, median(times.first), FIRST_HIT_MS, {unit: 'ms', detail: `\`${pattern.source}\``}),
    ratio(`all hits, ${of}`, median(times.all), median(times.grep), 2.5, `\`grep -cE${pattern.flags}\``),
  ];
}

function writeLog(directory: string, lines: number): string {
  mkdirSync(join(directory, 'spool'));
  const file = spoolPath(directory, SOURCE);
  const descriptor = openSync(file, 'w');
  for (let from = 0; from < lines; from += LINES_PER_WRITE) {
    writeSync(descriptor, Array.from({length: LINES_PER_WRITE}, (_, index) => lineOf(from + index)).join(''));
  }
  closeSync(descriptor);
  return file;
}

function lineOf(number: number): string {
  const time = new Date(Date.UTC(2026, 0, 5, 10) + number).toISOString().replace('Z', '');
  const word = number % EVERY === EVERY - 1 ? 'NEEDLE' : '200 ok';
  return `${time} INFO  api.ai.chat request ${String(number).padStart(8, '0')} POST /api/ai/chat ${word} in 512 ms, kept\n`;
}
