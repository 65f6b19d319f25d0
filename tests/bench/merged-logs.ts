/** A search through millions of finely interleaved lines of several logs, while all of them are shown by time. */
import {execFileSync} from 'node:child_process';
import {mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {openSpoolReader, type SpoolReader} from '../../src/journal/spool/spool-reader.ts';
import {patternOf} from '../../src/text/pattern.ts';
import {Merge} from '../../src/ui/logs/merge-order.ts';
import {timeOfLine} from '../../src/ui/logs/time-column.ts';
import {seededRandom} from '../helpers/seeded-random.ts';
import {atMost, medianOf, type Row, ratio} from './row.ts';

const LINES = 1_200_000;
const LINES_FULL = 6_000_000;
const LOGS = 8;
/** One line of so many holds what is looked for. */
const EVERY = 999;
const FIRST_HIT_MS = 200;
const WORD = 'NEEDLE';
const RUNS = 3;
const NOW = Date.UTC(2026, 0, 6);

export const mergedLogs: Row = async ({full}) => {
  const directory = mkdtempSync(join(tmpdir(), 'tminus-bench-'));
  try {
    const lines = full ? LINES_FULL : LINES;
    const files = writeLogs(directory, lines);
    const reader = openSpoolReader(directory);
    const ids = Array.from({length: LOGS}, (_, log) => `log-${log}`);
    while (ids.reduce((sum, id) => sum + reader.lines(id), 0) < lines) reader.refresh();
    const sources = ids.map(id => ({id, lines: reader.lines(id)}));
    const pattern = patternOf(WORD);
    let merge = newMerge(reader);
    const firstMs = await medianOf(RUNS, async () => {
      // Nothing is known of the order when the search begins.
      merge = newMerge(reader);
      const startedAt = performance.now();
      merge.advance(sources);
      const hits = await Promise.all(ids.map(id => reader.find(id, pattern, 0, 1)));
      const places = () => hits.map((line, log) => (line === undefined ? lines : merge.indexOf(ids[log] ?? '', line)));
      while (merge.at(Math.min(...places())) === undefined) merge.advance(sources);
      return performance.now() - startedAt;
    });
    const countAt = performance.now();
    const tallies = ids.flatMap(id => reader.tally(id, pattern) ?? []);
    for (const tally of tallies) await tally.advance();
    const countMs = performance.now() - countAt;
    const found = tallies.reduce((sum, tally) => sum + tally.matches(), 0);
    const orderAt = performance.now();
    while (merge.advance(sources));
    const orderMs = performance.now() - orderAt;
    const grepAt = performance.now();
    const expected = Number(execFileSync('sh', ['-c', `cat ${files.join(' ')} | grep -c ${WORD}`]));
    const grepMs = performance.now() - grepAt;
    if (found !== expected || merge.lines() !== lines) throw new Error(`${found} of ${expected} found`);
    reader.close();
    const what = `${lines / 1e6} million lines of ${LOGS} logs as one`;
    const detail = `${found} hits; all put in order after ${Math.round(orderMs)} ms`;
    return [
      atMost(`first hit in ${what}`, firstMs, FIRST_HIT_MS, {unit: 'ms', detail}),
      ratio(`all hits in ${what}`, countMs, grepMs, 2.5, '`cat | grep -c`'),
    ];
  } finally {
    rmSync(directory, {recursive: true, force: true});
  }
};

function newMerge(reader: SpoolReader): Merge {
  return new Merge({read: reader.read, timeOf: (_, __, raw) => timeOfLine(raw, {now: NOW, zoneMs: 0})?.at});
}

/** Each line goes to a log by chance, so that hardly any two neighbours are of one log. */
function writeLogs(directory: string, lines: number): string[] {
  const spool = join(directory, 'spool');
  mkdirSync(spool);
  const random = seededRandom(1);
  let logs: string[][] = Array.from({length: LOGS}, () => []);
  for (let line = 0; line < lines; line += 1) {
    const time = new Date(Date.UTC(2026, 0, 5, 10) + line).toISOString().replace('Z', '');
    const word = line % EVERY === EVERY - 1 ? WORD : '200';
    logs[random.below(LOGS)]?.push(`${time} INFO  api.ai.chat request ${line} POST /api/ai/chat ${word} in 512 ms\n`);
    if (line % 200_000 !== 199_999 && line !== lines - 1) continue;
    for (const [log, texts] of logs.entries())
      writeFileSync(join(spool, `log-${log}.log`), texts.join(''), {flag: 'a'});
    logs = Array.from({length: LOGS}, () => []);
  }
  return readdirSync(spool).map(name => join(spool, name));
}
