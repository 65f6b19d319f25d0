/** Reading and checking a checklist of the length of the longest real ones, and how the time grows with the length. */
import {execFileSync} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {corpusPath} from '../helpers/documents.ts';
import {atMost, type Measured, median, type Row} from './row.ts';

const PROCESSES = 3;
const WARM_RUNS = 20;
const GROWTH_RUNS = 3;
const BUDGET_MS = 130;
/** Per byte, of the longer text against the shorter. */
const GROWTH_MAX = 1.5;
const long = corpusPath('data-centre-move.md');
const inOneProcess = fileURLToPath(new URL('parse-once.ts', import.meta.url));

export const parse: Row = async ({full}) => {
  const directory = mkdtempSync(join(tmpdir(), 'tminus-bench-'));
  try {
    return [lengthOfReal(), growth(directory, full ? [1, 10] : [0.5, 2])];
  } finally {
    rmSync(directory, {recursive: true, force: true});
  }
};

function lengthOfReal(): Measured {
  const lines = readFileSync(long, 'utf8').split('\n').length;
  const runs = Array.from({length: PROCESSES}, () => read(long, WARM_RUNS));
  const cold = median(runs.map(run => run.cold));
  const detail = `warm; the first time in a new process ${Math.round(cold)} ms`;
  return atMost(`parse and check ${lines} lines`, median(runs.map(run => run.warm)), BUDGET_MS, {unit: 'ms', detail});
}

function growth(directory: string, [less, more]: readonly [number, number]): Measured {
  const [small, large] = [repeated(directory, less), repeated(directory, more)];
  const times = {small: read(small, GROWTH_RUNS).warm, large: read(large, GROWTH_RUNS).warm};
  const perByte = times.large / statSync(large).size / (times.small / statSync(small).size);
  const detail = `warm; ${less} MB ${Math.round(times.small)} ms, ${more} MB ${Math.round(times.large)} ms`;
  return atMost(`parse and check ${more} MB: time per byte against ${less} MB`, perByte, GROWTH_MAX, {
    unit: 'x',
    detail,
  });
}

function read(file: string, times: number): {cold: number; warm: number} {
  return JSON.parse(execFileSync(process.execPath, [inOneProcess, file, String(times)], {encoding: 'utf8'}));
}

/** The same again and again, with headings of its own each time, so that nothing is a duplicate. */
function repeated(directory: string, megabytes: number): string {
  const text = readFileSync(long, 'utf8').split('\n');
  const parts: string[] = [];
  for (let bytes = 0; bytes < megabytes * 1e6; bytes += Buffer.byteLength(parts.at(-1) ?? '')) {
    const part = parts.length + 1;
    parts.push(text.map(line => (/^#+ /.test(line) ? `${line} (part ${part})` : line)).join('\n'));
  }
  const file = join(directory, `${megabytes}-mb.md`);
  writeFileSync(file, parts.join('\n'));
  return file;
}
