/** From the command to what it shows, in a real tmux, beside programs that show something at once. */
import {spawnSync} from 'node:child_process';
import {existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import {seedPath} from '../helpers/documents.ts';
import {eventually} from '../helpers/eventually.ts';
import {newOperator, type Operator} from '../helpers/program.ts';
import {type Measured, median, notMeasured, type Row, ratio} from './row.ts';
import {isFullFrame, nodeFlags, program, shows} from './terminal.ts';
import {startTmux, type Tmux, tmuxMissing} from './tmux.ts';

const RUNS = 7;
const LINES = 2000;
const NEW = 'first full frame, new document';
const SEEN = 'first full frame, document seen before';
const COLD = 'first full frame, new document, first start of the program';
const USEFUL = 'something useful painted';
const COLUMNS = 'tmux 160x45';
/** By then an engine has kept what Node compiled for it. */
const COMPILED_MS = 7000;

type Times = {node: number[]; lnav: number[]; useful: number[]; new: number[]; seen: number[]; cold: number[]};

export const firstFrame: Row = async () => {
  if (tmuxMissing) return [notMeasured(NEW, '≤ 3 x lnav', 'tmux is not installed')];
  const directory = mkdtempSync(join(tmpdir(), 'tminus-bench-'));
  const operator = newOperator(directory, {HOME: directory});
  const tmux = await startTmux(directory, operator.environment);
  try {
    return rowsOf(await measure({tmux, directory, operator}));
  } finally {
    tmux.stop();
    operator.stop();
    rmSync(directory, {recursive: true, force: true});
  }
};

const hasLnav = spawnSync('lnav', ['-V']).status === 0;

function rowsOf(times: Times): readonly Measured[] {
  const against = (what: string, ours: readonly number[], limit: number) =>
    hasLnav
      ? ratio(what, median(ours), median(times.lnav), limit, `lnav with 2 000 lines, ${COLUMNS}`)
      : notMeasured(what, `≤ ${limit} x`, `lnav is not installed (--install-peers); ${Math.round(median(ours))} ms`);
  const cold = hasLnav ? `${(median(times.cold) / median(times.lnav)).toFixed(2)} x` : '—';
  return [
    against(NEW, times.new, 3),
    against(SEEN, times.seen, 2),
    {what: COLD, measured: cold, budget: '—', detail: `${Math.round(median(times.cold))} ms, nothing compiled yet`},
    ratio(USEFUL, median(times.useful), median(times.node), 2.5, 'node -e'),
  ];
}

type Frames = {useful: number; full: number};

type Bench = {tmux: Tmux; directory: string; operator: Operator};

async function measure(bench: Bench): Promise<Times> {
  const {tmux, directory, operator} = bench;
  const log = join(directory, 'some.log');
  const lines = Array.from({length: LINES}, (_, index) => `2026-01-05 13:00:00 INFO line ${index} of a log`);
  writeFileSync(log, `${lines.join('\n')}\n`);
  const times: Times = {node: [], lnav: [], useful: [], new: [], seen: [], cold: []};
  // Side by side, so that a busy moment of the machine slows all of them. The first round fills their caches.
  for (let round = 0; round <= RUNS; round += 1) {
    const node = await tmux.timeUntil(
      `${process.execPath} -e "console.log('hello'); setTimeout(() => {}, 5000)"`,
      shows('hello'),
    );
    const lnav = hasLnav ? await tmux.timeUntil(`lnav ${log}`, shows('13:00:00 INFO line')) : 0;
    const checklist = newDocument(directory, `${round}`);
    const first = await openNewRun(bench, checklist, round === 0 ? COMPILED_MS : 0);
    operator.endEngines();
    const again = await openRun(bench, checklist);
    if (round === 0) await sleep(COMPILED_MS);
    operator.endEngines();
    const cold = await openRun(bench, newDocument(directory, `${round}-cold`), join(directory, `compiled-${round}`));
    operator.endEngines();
    if (round === 0) continue;
    times.node.push(node);
    times.lnav.push(lnav);
    times.useful.push(first.useful);
    times.new.push(first.full);
    times.seen.push(again.full);
    times.cold.push(cold.full);
  }
  return times;
}

/** Nobody has read it: what is kept of a document is found by its text. */
function newDocument(directory: string, name: string): string {
  const checklist = join(directory, `checklist-${name}.md`);
  writeFileSync(checklist, `${readFileSync(seedPath, 'utf8')}\n<!-- ${name} -->\n`);
  return checklist;
}

/** `compiled`: where Node keeps what it has compiled; its usual place unless said otherwise. */
async function openRun({tmux}: Bench, checklist: string, compiled?: string): Promise<Frames> {
  const env = compiled === undefined ? '' : `env NODE_COMPILE_CACHE=${compiled} `;
  const startedAt = performance.now();
  let useful: number | undefined;
  const node = [process.execPath, ...nodeFlags].join(' ');
  const full = await tmux.timeUntil(`${env}${node} ${program} run ${checklist}`, rows => {
    if (rows[0]?.includes('T-MINUS')) useful ??= performance.now() - startedAt;
    return isFullFrame(rows);
  });
  return {useful: useful ?? full, full};
}

/** What is compiled and what was read is kept a while after the first frame. */
async function openNewRun(bench: Bench, checklist: string, keepMs: number): Promise<Frames> {
  const before = plansKept(bench.operator);
  const frames = await openRun(bench, checklist);
  await eventually('the plan to be kept', () => plansKept(bench.operator) > before);
  await sleep(keepMs);
  return frames;
}

function plansKept({home}: Operator): number {
  const directory = join(home, 'cache', 'plans');
  return existsSync(directory) ? readdirSync(directory).length : 0;
}
