/** Millions of lines of one log shown by time with another: a search through both, its count, and the memory it took. */
import {once} from 'node:events';
import {createWriteStream, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {finished} from 'node:stream/promises';
import {newOperator} from '../helpers/program.ts';
import {memoryMb} from './memory.ts';
import {atMost, type Measured, type Row} from './row.ts';
import {isFullFrame, openTerminal, type Terminal} from './terminal.ts';

const LINES = 600_000;
const LINES_FULL = 6_000_000;
const QUIET_LINES = 6000;
const MATCHES_EACH = 1000;
/** Of the other log. */
const MATCHES_MORE = 6;
const LINES_PER_WRITE = 10_000;
const FIRST_HIT_MS = 200;
const MEMORY_MB = 200;
const PATIENCE_MS = 300_000;

export const mergedLogs: Row = async ({full}) => {
  const lines = full ? LINES_FULL : LINES;
  const directory = mkdtempSync(join(tmpdir(), 'tminus-bench-'));
  const operator = newOperator(directory);
  await writeLog(join(directory, 'busy.log'), lines, number => number % MATCHES_EACH === 7, lines);
  await writeLog(join(directory, 'quiet.log'), QUIET_LINES, number => number < MATCHES_MORE, lines);
  const follow = (name: string) => `{ run: "tail -n +1 -f ${join(directory, name)}" }`;
  writeFileSync(
    join(directory, 'tminus.yaml'),
    `tminus: 1\nlogs:\n  busy: ${follow('busy.log')}\n  quiet: ${follow('quiet.log')}\n`,
  );
  writeFileSync(join(directory, 'watch.md'), '# Watch\n\n## Preparation\n\n- [ ] The logs are calm\n');
  const terminal = openTerminal(['run', join(directory, 'watch.md')], directory, operator.environment);
  try {
    await terminal.when('full frame', isFullFrame);
    terminal.press('4z');
    await terminal.when('last line', seen('line of all'), PATIENCE_MS);
    const mergedMs = await merge(terminal);
    const found = await search(terminal, Math.floor(lines / MATCHES_EACH) + MATCHES_MORE);
    const mb = memoryMb(await operator.enginePid(), terminal.pid);
    const detail = `${Math.round(found.countedMs)} ms to count all ${found.matches}, ${Math.round(mergedMs)} ms to merge`;
    const what = `${lines / 1e6} million lines by time with another log`;
    return [
      atMost(`${what}, first hit`, found.firstMs, FIRST_HIT_MS, {unit: 'ms', detail}),
      atMost(`${what}, memory`, mb, MEMORY_MB, {unit: 'MB', detail: 'engine, console, their common program file'}),
    ] satisfies Measured[];
  } finally {
    terminal.close();
    operator.stop();
    rmSync(directory, {recursive: true, force: true});
  }
};

async function merge(terminal: Terminal): Promise<number> {
  const startedAt = performance.now();
  terminal.press('M');
  const isWhole = (rows: readonly string[]) =>
    seen('[all by time]')(rows) && seen('following')(rows) && seen('line of all')(rows);
  return (await terminal.when('all logs by time', isWhole, PATIENCE_MS)) - startedAt;
}

async function search(terminal: Terminal, matches: number) {
  const startedAt = performance.now();
  terminal.press('/Needle\r');
  const firstMs = (await terminal.when('found line', seen('› WARN  Needle'))) - startedAt;
  const shown = String(matches).replace(/\B(?=(?:\d{3})+$)/g, ' ');
  const isCounted = (rows: readonly string[]) => rows.some(row => row.includes(`/${shown}`) && !row.includes('so far'));
  const countedMs = (await terminal.when(`count of ${matches}`, isCounted, PATIENCE_MS)) - startedAt;
  return {firstMs, countedMs, matches};
}

function seen(text: string): (rows: readonly string[]) => boolean {
  return rows => rows.some(row => row.includes(text));
}

/** Both logs take the same time: a thousand lines of `of` a second. */
async function writeLog(file: string, count: number, isMatch: (number: number) => boolean, of: number): Promise<void> {
  const stream = createWriteStream(file);
  const lineOf = (number: number) => {
    const time = new Date(Date.UTC(2026, 0, 5, 13) + Math.floor((number * of) / count)).toISOString();
    const text = isMatch(number) ? 'WARN  Needle in the hay' : `INFO  api.ai.chat request ${number}`;
    return `${time} ${text} POST /api/ai/chat 200, session kept\n`;
  };
  for (let line = 0; line < count; line += LINES_PER_WRITE) {
    const chunk = Array.from({length: Math.min(LINES_PER_WRITE, count - line)}, (_, index) => lineOf(line + index));
    if (!stream.write(chunk.join(''))) await once(stream, 'drain');
  }
  stream.end(`${new Date(Date.UTC(2026, 0, 5, 14) + of).toISOString()} INFO  the last line of all\n`);
  await finished(stream);
}
