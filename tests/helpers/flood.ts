/** A log on a real SSH host into which a service writes without a pause, and what has come of it. */
import {type ChildProcess, spawn} from 'node:child_process';
import {once} from 'node:events';
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {createInterface} from 'node:readline';
import {fileURLToPath} from 'node:url';
import {openSpoolReader, type SpoolReader} from '../../src/journal/spool/spool-reader.ts';
import {eventually} from './eventually.ts';
import {type DistantHost, startDistantHost} from './small-host.ts';

export type Flood = {
  host: DistantHost;
  /** The log gets another name, or is copied and emptied. */
  rotate(how: 'rename' | 'copy'): Promise<void>;
  /** Once its first line has come. */
  begin(): Promise<void>;
  /** Lines of the log that are kept. */
  lines(): Promise<number>;
  /** Resolves to the number of lines that were written. */
  end(): Promise<number>;
  /** The same; throws unless each of them is there once, in its order. */
  inOrder(): Promise<number>;
  stop(): Promise<void>;
};

const FLOODED = 'flood';
/** With its number and its end each line has as many. */
const LINE_BYTES = 32;
const READ_LINES = 50_000;

const writer = fileURLToPath(new URL('../fixtures/flood-writer.mjs', import.meta.url));

const checklist = `# Flood
## Deployment
${Array.from({length: 20}, (_, index) => `- [ ] Item ${index} is in order`).join('\n')}
## Rollback
\`\`\`bash
ssh user@your-vps-ip
cd DIRECTORY
echo back
\`\`\`
`;

export async function startFlood(linesPerSecond: number): Promise<Flood> {
  const host = await startDistantHost({checklist, more: `logs: { ${FLOODED}: { on: vps, tail: flood.log } }\n`});
  host.write('flood.log', `${`${'0'.repeat(9)} flood `.padEnd(LINE_BYTES - 1, '.')}\n`);
  let child: (ChildProcess & {stdin: NodeJS.WritableStream; stdout: NodeJS.ReadableStream}) | undefined;
  let opened: SpoolReader | undefined;
  const reader = async () => {
    opened ??= openSpoolReader(await host.operator.runDirectory());
    opened.refresh();
    return opened;
  };
  const lines = async () => (await reader()).lines(FLOODED);
  const asked = async (word: string, answer: RegExp): Promise<RegExpExecArray> => {
    if (child === undefined) throw new Error('the flood has not begun');
    const said = createInterface({input: child.stdout});
    child.stdin.write(`${word}\n`);
    const [line] = (await once(said, 'line')) as [string];
    said.close();
    const found = answer.exec(line);
    if (found === null) throw new Error(`the writer says: ${line}`);
    return found;
  };
  return {
    host,
    async begin() {
      await eventually('the first line', async () => (await lines()) > 0);
      child = spawn(process.execPath, [writer, join(host.directory, 'flood.log'), String(linesPerSecond)], {
        stdio: ['pipe', 'pipe', 'inherit'],
      });
    },
    rotate: async how => void (await asked(how, /^rotated /)),
    end: async () => Number((await asked('end', /^written (\d+)/))[1]),
    lines,
    inOrder: async () => expectInOrder(await reader()),
    async stop() {
      child?.kill('SIGKILL');
      opened?.close();
      await host.stop();
    },
  };
}

/** Throws where a line is missing, comes twice or out of order. */
function expectInOrder(reader: SpoolReader): number {
  const lines = reader.lines(FLOODED);
  for (let from = 0; from < lines; from += READ_LINES) {
    for (const [index, line] of reader.read(FLOODED, from, Math.min(READ_LINES, lines - from)).entries()) {
      if (Number(line.slice(0, 9)) !== from + index)
        throw new Error(`line ${from + index} should come, and "${line}" came`);
    }
  }
  return lines;
}

/** Of one process. What it maps from files is left out: the kernel may have it anywhere. */
export function ownMemoryMb(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/^RssAnon:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) / 1000;
}
