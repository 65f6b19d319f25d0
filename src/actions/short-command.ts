import {LinkError} from './link-error.ts';
import type {Running, Shell} from './shell.ts';
import {quote} from './shell-quote.ts';

export type ShortResult = {code: number; output: string; errors: string};

/** Of each stream; what probes and proofs print is small. */
const OUTPUT_BYTES_MAX = 4 * 1024 * 1024;

/** Runs sh text to its end and returns what it printed. Throws `LinkError` when there is no connection or no end in time. */
export async function runShort(shell: Shell, text: string, timeoutMs: number): Promise<ShortResult> {
  const output = collector();
  const errors = collector();
  let running: Running | undefined;
  const run = async () => {
    running = await shell.start(`{ ${text}\n} </dev/null`, {out: output.add, err: errors.add});
    running.release();
    return await running.ended;
  };
  const ending = await within(run(), timeoutMs, `no answer from ${shell.name} within ${timeoutMs / 1000} s`).catch(
    error => {
      running?.abandon();
      throw error;
    },
  );
  if (ending.kind === 'dropped') throw new LinkError('unreachable', `${shell.name}: ${ending.detail}`);
  return {code: ending.code, output: output.text(), errors: errors.text()};
}

/** Changes directory when there is one to change to; fails the text when it cannot. */
export function inDirectory(directory: string | undefined, text: string): string {
  return directory === undefined ? text : `cd ${directoryWord(directory)} && {\n${text}\n}`;
}

/** A directory as a shell word: quoted, but `~/` means the login directory. */
export function directoryWord(directory: string): string {
  if (directory === '~') return '"$HOME"';
  if (directory.startsWith('~/')) return `"$HOME"/${quote(directory.slice(2))}`;
  return quote(directory.startsWith('-') ? `./${directory}` : directory);
}

async function within<T>(work: Promise<T>, timeoutMs: number, words: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new LinkError('unreachable', words)), timeoutMs);
  });
  // Whoever loses the race must not end as an unhandled rejection.
  work.catch(() => {});
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

function collector() {
  const chunks: Buffer[] = [];
  let bytes = 0;
  return {
    add(chunk: Buffer) {
      if (bytes >= OUTPUT_BYTES_MAX) return;
      chunks.push(chunk);
      bytes += chunk.length;
    },
    text: () => Buffer.concat(chunks).toString('utf8'),
  };
}
