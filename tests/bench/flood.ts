/** A log that floods in over SSH for minutes: what is kept of it, what it costs, and how long a key takes meanwhile. */
import {setTimeout as sleep} from 'node:timers/promises';
import {eventually} from '../helpers/eventually.ts';
import {ownMemoryMb, startFlood} from '../helpers/flood.ts';
import {sshdMissing} from '../helpers/sshd.ts';
import {atMost, type Measured, notMeasured, type Row} from './row.ts';
import {focusedRow, isFullFrame, openTerminal, type Terminal} from './terminal.ts';

const LINES_PER_SECOND = 50_000;
const SECONDS = 60;
const SECONDS_FULL = 600;
const KEY_EVERY_MS = 500;
const KEY_BUDGET_MS = 50;
const GROWTH_BUDGET_MB = 40;
/** The heap of the console is as large as it gets after this share of the time, at most. */
const GROWING_SHARE = 0.5;
const PATIENCE_MS = 120_000;

export const flood: Row = async ({full}) => {
  const seconds = full ? SECONDS_FULL : SECONDS;
  const what = `a log of ${LINES_PER_SECOND / 1000} 000 lines/s over SSH for ${seconds} s`;
  if (sshdMissing) return [notMeasured(what, 'all lines', 'sshd is not installed')];
  const flooding = await startFlood(LINES_PER_SECOND);
  const {host} = flooding;
  const args = ['run', host.checklist, '-b', host.bindings];
  const terminal = openTerminal(args, host.sshd.directory, host.operator.environment);
  try {
    await terminal.when('full frame', isFullFrame);
    await flooding.begin();
    const engine = await host.operator.enginePid();
    const seen = await watch(terminal, engine, seconds);
    const written = await flooding.end();
    await eventually('the last line', async () => (await flooding.lines()) >= written, {withinMs: PATIENCE_MS});
    const kept = await flooding.inOrder();
    return rowsOf(what, seen, {written, kept});
  } finally {
    terminal.close();
    await flooding.stop();
  }
};

type Seen = {delays: readonly number[]; memory: readonly number[]};

async function watch(terminal: Terminal, engine: number, seconds: number): Promise<Seen> {
  const delays: number[] = [];
  const memory: number[] = [];
  const until = performance.now() + seconds * 1000;
  for (let key = 0; performance.now() < until; key += 1) {
    await sleep(KEY_EVERY_MS);
    const before = focusedRow(terminal.rows());
    const pressedAt = performance.now();
    terminal.press(key % 20 < 10 ? 'j' : 'k');
    delays.push((await terminal.when('change by a key', rows => focusedRow(rows) !== before)) - pressedAt);
    memory.push(ownMemoryMb(engine) + ownMemoryMb(terminal.pid));
  }
  return {delays, memory};
}

function rowsOf(what: string, {delays, memory}: Seen, {written, kept}: {written: number; kept: number}): Measured[] {
  const sorted = delays.toSorted((a, b) => a - b);
  const p99 = sorted[Math.ceil(sorted.length * 0.99) - 1] ?? Number.NaN;
  const settled = memory.slice(Math.floor(memory.length * GROWING_SHARE));
  const growth = Math.max(...settled) - (settled[0] ?? 0);
  const most = `${Math.round(Math.max(...memory))} MB at most, engine and console`;
  return [
    atMost(`${what}: lines lost`, written - kept, 0, {
      unit: '',
      detail: `${kept} of ${written} kept, each once and in order`,
    }),
    atMost(`${what}: growth in its last half`, growth, GROWTH_BUDGET_MB, {unit: 'MB', detail: most}),
    atMost(`${what}: key to changed screen, p99`, p99, KEY_BUDGET_MS, {unit: 'ms', detail: `${delays.length} keys`}),
  ];
}
