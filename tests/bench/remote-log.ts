/** A large remote log until it is spooled, indexed and visible; then a search through it, and the memory it took. */
import {execFileSync} from 'node:child_process';
import {join} from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import {sshdMissing} from '../helpers/sshd.ts';
import {LAST_WORDS, type LargeLog, type LogRun, makeLargeLog, takeIn} from './large-log.ts';
import {type BenchOptions, type Measured, median, notMeasured, type Row, ratio} from './row.ts';
import {shows} from './terminal.ts';

const LINES = 920_000;
const LINES_FULL = 6_000_000;
const RUNS = 3;
const SEARCHES = 5;
const ESCAPE = '\u001B';
/** By then nobody waits for the rest of a sequence. */
const ESCAPE_MS = 300;
const TAKE_IN = 'remote log to spooled, indexed, visible';

export const remoteLog: Row = async options => {
  if (sshdMissing) return [notMeasured(TAKE_IN, '≤ 1.3 x', 'sshd is not installed')];
  const log = await makeLargeLog(options.full ? LINES_FULL : LINES);
  try {
    return await measure(log, options);
  } finally {
    await log.stop();
  }
};

async function measure(log: LargeLog, {full}: BenchOptions): Promise<readonly Measured[]> {
  const times = {ours: [] as number[], cat: [] as number[]};
  let run: LogRun | undefined;
  for (let round = 0; round < (full ? 1 : RUNS); round += 1) {
    run?.stop();
    times.cat.push(catOverSsh(log));
    run = await takeIn(log);
    times.ours.push(run.takenInMs);
  }
  if (run === undefined) return [];
  try {
    const size = `${Math.round(log.bytes / 1e6)} MB`;
    return [
      ratio(`${TAKE_IN} (${size})`, median(times.ours), median(times.cat), 1.3, '`ssh host cat > file`'),
      await searchIn(run, size),
    ];
  } finally {
    run.stop();
  }
}

function catOverSsh({sshd, file, directory}: LargeLog): number {
  const startedAt = performance.now();
  execFileSync('sh', ['-c', `ssh -F ${sshd.configFile} box cat ${file} > ${join(directory, 'copy.log')}`]);
  return performance.now() - startedAt;
}

/** The last line, looked for from the first: the whole file is gone through. */
async function searchIn({terminal, spool}: LogRun, size: string): Promise<Measured> {
  const ours: number[] = [];
  const grep: number[] = [];
  terminal.press('2');
  for (let round = 0; round < SEARCHES; round += 1) {
    // The search before is given up: the next one begins at what is seen.
    terminal.press(ESCAPE);
    await sleep(ESCAPE_MS);
    terminal.press('g');
    await terminal.when('first lines', shows('request 00000003'));
    const startedAt = performance.now();
    terminal.press(`/`);
    terminal.press(`${LAST_WORDS}\r`);
    ours.push(
      (await terminal.when(
        'found line',
        rows => shows(LAST_WORDS)(rows.slice(1, 40)) && !shows('request 00000003')(rows),
      )) - startedAt,
    );
    const grepAt = performance.now();
    execFileSync('grep', ['-c', LAST_WORDS, spool]);
    grep.push(performance.now() - grepAt);
  }
  return ratio(`search through it (${size})`, median(ours), median(grep), 3, '`grep -c`');
}
