/** A log of millions of lines on a real SSH host, and a run whose one step prints it: what three rows measure. */
import {once} from 'node:events';
import {createReadStream, createWriteStream, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {createInterface} from 'node:readline';
import {finished} from 'node:stream/promises';
import {endProcessesWith} from '../helpers/proc.ts';
import {newOperator, type Operator} from '../helpers/program.ts';
import {type Sshd, startSshd} from '../helpers/sshd.ts';
import {isFullFrame, openTerminal, shows, type Terminal} from './terminal.ts';

export type LargeLog = {
  sshd: Sshd;
  directory: string;
  /** On the host. */
  file: string;
  lines: number;
  bytes: number;
  stop(): Promise<void>;
};

export type LogRun = {
  terminal: Terminal;
  operator: Operator;
  /** From the key that starts the step until its last line is on the screen. */
  takenInMs: number;
  spool: string;
  stop(): void;
};

/** Stands in the last line and nowhere else; with a capital, so that a search looks for exactly these letters, as grep does. */
export const LAST_WORDS = 'The last line of all';
const LINES_PER_WRITE = 10_000;

export async function makeLargeLog(lines: number): Promise<LargeLog> {
  const sshd = await startSshd();
  const directory = mkdtempSync(join(tmpdir(), 'tminus-bench-'));
  const file = join(directory, 'large.log');
  const bytes = await writeLog(file, lines);
  return {
    sshd,
    directory,
    file,
    lines,
    bytes,
    async stop() {
      endProcessesWith(sshd.directory);
      await sshd.stop();
      rmSync(directory, {recursive: true, force: true});
    },
  };
}

/** Takes the whole log in by the program itself. */
export async function takeIn({sshd, directory, file, lines, bytes}: LargeLog): Promise<LogRun> {
  const operator = newOperator(directory);
  const checklist = join(mkdtempSync(join(directory, 'run-')), 'large.md');
  writeFileSync(checklist, `# Large\n\n## Preparation\n\n\`\`\`bash {host=vps}\ncat ${file}\n\`\`\`\n`);
  const bindings = join(directory, 'tminus.yaml');
  writeFileSync(bindings, `tminus: 1\nhosts:\n  vps: { destination: box, config: ${sshd.configFile} }\n`);
  const terminal = openTerminal(['run', checklist, '-b', bindings], directory, operator.environment);
  await terminal.when('full frame', isFullFrame);
  // The step pays for its connection, as `ssh host cat` does.
  if ((await operator.journal()).some(({type}) => type === 'link-restored')) throw new Error('the host is connected');
  const startedAt = performance.now();
  terminal.press('\r');
  const shownAt = await terminal.when('last line', shows(LAST_WORDS), 300_000);
  const spool = join(await operator.runDirectory(), 'spool', 'output.log');
  await expectWhole(spool, {lines, bytes});
  return {
    terminal,
    operator,
    takenInMs: shownAt - startedAt,
    spool,
    stop() {
      terminal.close();
      operator.stop();
    },
  };
}

/** Every line of the log once, and nothing else but the heading of the step, whose lines do not begin with a date. */
async function expectWhole(spool: string, {lines, bytes}: Pick<LargeLog, 'lines' | 'bytes'>): Promise<void> {
  const found = {lines: 0, bytes: 0};
  for await (const line of createInterface({input: createReadStream(spool)})) {
    if (!line.startsWith('2026-01-05 1')) continue;
    found.lines += 1;
    found.bytes += line.length + 1;
  }
  if (found.lines !== lines + 1 || found.bytes !== bytes) {
    throw new Error(`${found.lines} lines and ${found.bytes} bytes of ${lines + 1} and ${bytes} were kept`);
  }
}

async function writeLog(file: string, lines: number): Promise<number> {
  const stream = createWriteStream(file);
  for (let line = 0; line < lines; line += LINES_PER_WRITE) {
    const count = Math.min(LINES_PER_WRITE, lines - line);
    const chunk = Array.from({length: count}, (_, index) => lineOf(line + index)).join('');
    if (!stream.write(chunk)) await once(stream, 'drain');
  }
  stream.end(`2026-01-05 14:00:00,000 INFO  ${LAST_WORDS}\n`);
  await finished(stream);
  return stream.bytesWritten;
}

/** 108 bytes, as a web service's log has them. */
function lineOf(number: number): string {
  const seconds = String(number % 60).padStart(2, '0');
  const id = String(number).padStart(8, '0');
  return `2026-01-05 13:00:${seconds},000 INFO  api.ai.chat request ${id} POST /api/ai/chat 200 in ${500 + (number % 400)} ms, session kept\n`;
}
