/** Reading and checking a checklist of the length of the longest real ones: six times the seed, and some. */
import {execFileSync} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {atMost, median, type Row} from './row.ts';

const LINES = 2600;
const RUNS = 7;
const BUDGET_MS = 150;
const seed = fileURLToPath(new URL('../../src/rehearsal/production-deployment-checklist.md', import.meta.url));
const inOneProcess = fileURLToPath(new URL('parse-once.ts', import.meta.url));

export const parse: Row = async () => {
  const directory = mkdtempSync(join(tmpdir(), 'tminus-bench-'));
  const checklist = join(directory, 'long.md');
  writeFileSync(checklist, longChecklist());
  try {
    const times = Array.from({length: RUNS}, () =>
      Number(execFileSync(process.execPath, [inOneProcess, checklist], {encoding: 'utf8'})),
    );
    const detail = `each in a new process, which has to warm up; fastest ${Math.min(...times).toFixed(0)} ms`;
    return [atMost(`parse and check ${LINES} lines`, median(times), BUDGET_MS, {unit: 'ms', detail})];
  } finally {
    rmSync(directory, {recursive: true, force: true});
  }
};

/** The seed again and again, with headings of its own each time, so that nothing is a duplicate. */
function longChecklist(): string {
  const text = readFileSync(seed, 'utf8').split('\n');
  const lines: string[] = [];
  for (let copy = 1; lines.length < LINES; copy += 1) {
    lines.push(...text.map(line => (/^#+ /.test(line) ? `${line} (part ${copy})` : line)));
  }
  return lines.slice(0, LINES).join('\n');
}
