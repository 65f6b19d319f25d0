/** From the command to what it shows, in a real tmux, beside programs that show something at once. */
import {spawnSync} from 'node:child_process';
import {copyFileSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {newOperator} from '../helpers/program.ts';
import {type Measured, median, notMeasured, type Row, ratio} from './row.ts';
import {isFullFrame, program} from './terminal.ts';
import {startTmux, type Tmux, tmuxMissing} from './tmux.ts';

const RUNS = 7;
const LINES = 2000;
const FULL_FRAME = 'first full frame of a run, tmux 160x45';
const USEFUL = 'something useful painted';
const seed = fileURLToPath(new URL('../../src/rehearsal/production-deployment-checklist.md', import.meta.url));

export const firstFrame: Row = async () => {
  if (tmuxMissing) return [notMeasured(FULL_FRAME, '≤ 2 x lnav', 'tmux is not installed')];
  const directory = mkdtempSync(join(tmpdir(), 'tminus-bench-'));
  const operator = newOperator(directory, {HOME: directory});
  const tmux = await startTmux(directory, operator.environment);
  try {
    return await measure(tmux, directory);
  } finally {
    tmux.stop();
    operator.stop();
    rmSync(directory, {recursive: true, force: true});
  }
};

async function measure(tmux: Tmux, directory: string): Promise<readonly Measured[]> {
  const hasLnav = spawnSync('lnav', ['-V']).status === 0;
  const log = join(directory, 'some.log');
  const lines = Array.from({length: LINES}, (_, index) => `2026-01-05 13:00:00 INFO line ${index} of a log`);
  writeFileSync(log, `${lines.join('\n')}\n`);
  const times = {node: [] as number[], lnav: [] as number[], useful: [] as number[], full: [] as number[]};
  // Side by side, so that a busy moment of the machine slows all of them. The first round fills their caches.
  for (let round = 0; round <= RUNS; round += 1) {
    const node = await tmux.timeUntil(
      `${process.execPath} -e "console.log('hello'); setTimeout(() => {}, 5000)"`,
      shows('hello'),
    );
    const lnav = hasLnav ? await tmux.timeUntil(`lnav ${log}`, shows('13:00:00 INFO line')) : 0;
    const run = await openRun(tmux, directory, round);
    if (round === 0) continue;
    times.node.push(node);
    times.lnav.push(lnav);
    times.useful.push(run.useful);
    times.full.push(run.full);
  }
  const full = hasLnav
    ? ratio(FULL_FRAME, median(times.full), median(times.lnav), 2, 'lnav with 2 000 lines')
    : notMeasured(FULL_FRAME, '≤ 2 x', `lnav is not installed; ${Math.round(median(times.full))} ms`);
  return [full, ratio(USEFUL, median(times.useful), median(times.node), 2.5, 'node -e')];
}

/** Each round has a checklist of its own: the engine of the one before still holds that one's lock. */
async function openRun(tmux: Tmux, directory: string, round: number): Promise<{useful: number; full: number}> {
  const checklist = join(directory, `checklist-${round}.md`);
  copyFileSync(seed, checklist);
  const startedAt = performance.now();
  let useful: number | undefined;
  const full = await tmux.timeUntil(`${process.execPath} ${program} run ${checklist}`, rows => {
    if (rows[0]?.includes('T-MINUS')) useful ??= performance.now() - startedAt;
    return isFullFrame(rows);
  });
  return {useful: useful ?? full, full};
}

function shows(text: string): (rows: readonly string[]) => boolean {
  return rows => rows.some(row => row.includes(text));
}
