/** How long a key takes to change the screen while a step prints as fast as the budget says, and on a slow terminal. */
import {mkdtempSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import {newOperator, type Operator} from '../helpers/program.ts';
import {atMost, type Measured, type Row} from './row.ts';
import {focusedRow, isFullFrame, openTerminal, type Terminal} from './terminal.ts';

const LINES_PER_SECOND = 50_000;
const LINE_BYTES = 100;
const KEYS = 100;
const KEY_EVERY_MS = 97;
const BUDGET_MS = 50;
/** What the flood may fall short of before the row no longer says what it is meant to say. */
const FLOOD_SHARE_MIN = 0.9;

const SLOW_BYTES_PER_SECOND = 20_000;
const SLOW = 'a terminal of 20 kB/s';
const BEHIND_BUDGET_MS = 1000;
const LOOKS = 100;

export const keysInFlood: Row = async () => [
  await inRun({}, floodRow),
  ...(await inRun({bytesPerSecond: SLOW_BYTES_PER_SECOND}, async (terminal, operator) => [
    await slowRow(terminal),
    await behindRow(terminal, operator),
  ])),
];

type Speed = {bytesPerSecond?: number};

async function inRun<T>(speed: Speed, measure: (terminal: Terminal, operator: Operator) => Promise<T>): Promise<T> {
  const directory = mkdtempSync(join(tmpdir(), 'tminus-bench-'));
  const operator = newOperator(directory);
  writeFileSync(join(directory, 'flood.mjs'), flood);
  writeFileSync(join(directory, 'flood.md'), checklist);
  const terminal = openTerminal(['run', join(directory, 'flood.md')], directory, operator.environment, speed);
  try {
    await terminal.when('full frame', isFullFrame);
    return await measure(terminal, operator);
  } finally {
    terminal.close();
    operator.stop();
    rmSync(directory, {recursive: true, force: true});
  }
}

async function floodRow(terminal: Terminal, operator: Operator): Promise<Measured> {
  await startFlood(terminal);
  const spool = join(await operator.runDirectory(), 'spool', 'output.log');
  const from = {bytes: statSync(spool).size, atMs: performance.now()};
  const delays = await delaysOf(terminal);
  const seconds = (performance.now() - from.atMs) / 1000;
  const linesPerSecond = (statSync(spool).size - from.bytes) / LINE_BYTES / seconds;
  const detail = `p50 ${part(delays, 0.5).toFixed(0)} ms, ${Math.round(linesPerSecond)} lines/s taken in`;
  const row = atMost('key to changed screen, p99, in a flood', part(delays, 0.99), BUDGET_MS, {unit: 'ms', detail});
  return {...row, isOver: row.isOver || linesPerSecond < LINES_PER_SECOND * FLOOD_SHARE_MIN};
}

async function slowRow(terminal: Terminal): Promise<Measured> {
  const delays = await delaysOf(terminal);
  const detail = `p50 ${part(delays, 0.5).toFixed(0)} ms`;
  return atMost(`key to changed screen, p99, ${SLOW}`, part(delays, 0.99), BUDGET_MS, {unit: 'ms', detail});
}

/** How old the newest line on the screen is, at its worst. */
async function behindRow(terminal: Terminal, operator: Operator): Promise<Measured> {
  await startFlood(terminal);
  const behind: number[] = [];
  for (let look = 0; look < LOOKS; look += 1) {
    await sleep(KEY_EVERY_MS);
    const shown = terminal.rows().flatMap(row => [...row.matchAll(/flood line (\d{13})/g)].map(([, at]) => Number(at)));
    behind.push(Date.now() - Math.max(...shown));
  }
  const spool = join(await operator.runDirectory(), 'spool', 'output.log');
  const detail = `p50 ${part(behind, 0.5).toFixed(0)} ms, ${Math.round(statSync(spool).size / 1e6)} MB printed`;
  return atMost(`screen behind in a flood, ${SLOW}`, Math.max(...behind), BEHIND_BUDGET_MS, {unit: 'ms', detail});
}

async function startFlood(terminal: Terminal): Promise<void> {
  terminal.press('\r');
  await terminal.when('flood', rows => rows.some(row => row.includes('flood line')));
  await sleep(1000);
}

async function delaysOf(terminal: Terminal): Promise<readonly number[]> {
  const delays: number[] = [];
  for (let key = 0; key < KEYS; key += 1) {
    await sleep(KEY_EVERY_MS);
    delays.push(await delayOf(terminal, key % 20 < 10 ? 'j' : 'k'));
  }
  return delays;
}

function part(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.ceil(sorted.length * share) - 1] ?? Number.NaN;
}

async function delayOf(terminal: Terminal, key: string): Promise<number> {
  const before = focusedRow(terminal.rows());
  const pressedAt = performance.now();
  terminal.press(key);
  return (await terminal.when(`change by ${key}`, rows => focusedRow(rows) !== before)) - pressedAt;
}

const checklist = `# Flood

## Preparation

\`\`\`bash
node flood.mjs
\`\`\`

${Array.from({length: 20}, (_, index) => `- [ ] Item ${index} is in order`).join('\n')}
`;

const flood = `const startedAt = performance.now();
let written = 0;
setInterval(() => {
  const due = Math.floor(((performance.now() - startedAt) / 1000) * ${LINES_PER_SECOND});
  const line = ('flood line ' + Date.now() + ' ').padEnd(${LINE_BYTES - 1}, 'x') + '\\n';
  process.stdout.write(line.repeat(due - written));
  written = due;
}, 10);
`;
