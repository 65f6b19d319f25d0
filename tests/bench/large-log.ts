/** A log of millions of lines on a real SSH host, and a run whose one step prints it: what three rows measure. */
import {once} from 'node:events';
import {createWriteStream, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {finished} from 'node:stream/promises';
import {endProcessesWith} from '../helpers/proc.ts';
import {newOperator, type Operator} from '../helpers/program.ts';
import {type Sshd, startSshd} from '../helpers/sshd.ts';
import {isFullFrame, openTerminal, type Terminal} from './terminal.ts';

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
export async function takeIn({sshd, directory, file}: LargeLog): Promise<LogRun> {
  const operator = newOperator(directory);
  const checklist = join(mkdtempSync(join(directory, 'run-')), 'large.md');
  writeFileSync(checklist, `# Large\n\n## Preparation\n\n\`\`\`bash {host=vps}\ncat ${file}\n\`\`\`\n`);
  const bindings = join(directory, 'tminus.yaml');
  writeFileSync(bindings, `tminus: 1\nhosts:\n  vps: { destination: box, config: ${sshd.configFile} }\n`);
  const terminal = openTerminal(['run', checklist, '-b', bindings], directory, operator.environment);
  await terminal.when('full frame', isFullFrame);
  const startedAt = performance.now();
  terminal.press('\r');
  const shownAt = await terminal.when('last line', shows(LAST_WORDS), 300_000);
  return {
    terminal,
    operator,
    takenInMs: shownAt - startedAt,
    spool: join(await operator.runDirectory(), 'spool', 'output.log'),
    stop() {
      terminal.close();
      operator.stop();
    },
  };
}

export function shows(text: string): (rows: readonly string[]) => boolean {
  return rows => rows.some(row => row.includes(text));
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
