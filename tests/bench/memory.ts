/** Resident memory of the engine and one console while millions of lines are taken in. */
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {newOperator} from '../helpers/program.ts';
import {atMost, type Row} from './row.ts';
import {isFullFrame, openTerminal} from './terminal.ts';

const LINES = 1_000_000;
const LINES_FULL = 10_000_000;
const LINE_BYTES = 100;
const LINES_PER_WRITE = 1000;
const BUDGET_MB = 200;
const LAST_WORDS = 'the last line of all';

export const memory: Row = async ({full}) => {
  const lines = full ? LINES_FULL : LINES;
  const directory = mkdtempSync(join(tmpdir(), 'tminus-bench-'));
  const operator = newOperator(directory);
  writeFileSync(join(directory, 'print.mjs'), printer(lines));
  writeFileSync(join(directory, 'print.md'), '# Print\n\n## Preparation\n\n```bash\nnode print.mjs\n```\n');
  const terminal = openTerminal(['run', join(directory, 'print.md')], directory, operator.environment);
  try {
    await terminal.when('full frame', isFullFrame);
    terminal.press('\r');
    await terminal.when('last line', rows => rows.some(row => row.includes(LAST_WORDS)), 300_000);
    const engine = memoryOf(await operator.enginePid());
    const console = memoryOf(terminal.pid);
    // Both map the same program file: its pages are there once.
    const mb = engine.ownMb + console.ownMb + Math.max(engine.sharedMb, console.sharedMb);
    const plain = engine.ownMb + engine.sharedMb + console.ownMb + console.sharedMb;
    const detail = `engine ${engine.ownMb.toFixed(0)} + console ${console.ownMb.toFixed(0)} + their common program file; ${plain.toFixed(0)} with that counted twice`;
    const what = `resident memory, ${lines / 1e6} million lines taken in`;
    return [atMost(what, mb, BUDGET_MB, {unit: 'MB', detail})];
  } finally {
    terminal.close();
    operator.stop();
    rmSync(directory, {recursive: true, force: true});
  }
};

function memoryOf(pid: number): {ownMb: number; sharedMb: number} {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const mb = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? 0) / 1000;
  return {ownMb: mb('RssAnon') + mb('RssShmem'), sharedMb: mb('RssFile')};
}

function printer(lines: number): string {
  return `import {once} from 'node:events';
const line = 'a line of a long log '.padEnd(${LINE_BYTES - 1}, 'x') + '\\n';
for (let written = 0; written < ${lines}; written += ${LINES_PER_WRITE}) {
  if (!process.stdout.write(line.repeat(${LINES_PER_WRITE}))) await once(process.stdout, 'drain');
}
console.log('${LAST_WORDS}');
`;
}
