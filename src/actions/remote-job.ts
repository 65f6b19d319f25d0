/**
 * Durable jobs. A job runs detached on its host with its output and its record in files there; we only watch.
 * A link that drops is taken up again where it stopped, and the job is never started twice: its directory is the guard.
 */

import {attachText, cancelText} from './job-files.ts';
import {emptyRecord, type JobRecord, readRecordLine} from './job-record.ts';
import {type Job, type JobScript, jobScript} from './job-script.ts';
import {isFinal, LinkError} from './link-error.ts';
import type {Running, Shell} from './shell.ts';
import {runShort} from './short-command.ts';
import {tailBuffer} from './tail-buffer.ts';

export type JobEnd = {
  kind: 'done' | 'cancelled' | 'timed-out' | 'lost';
  detail: string;
  record: JobRecord;
  script: JobScript;
  /** The end of the combined output. */
  output: string;
};

export type JobOptions = {
  signal: AbortSignal;
  /** The whole job is cancelled after this long. */
  timeoutMs?: number;
  /** Without a link for this long, nobody can say any more how it ended. */
  lostAfterMs: number;
  output: (chunk: Buffer) => void;
};

const BACKOFF_MS_MIN = 1000;
const BACKOFF_MS_MAX = 15_000;
const CANCEL_TIMEOUT_MS = 15_000;
const OUTPUT_KEPT_BYTES = 64 * 1024;

/** Throws `LinkError` when the job never began because its host could not be reached. */
export async function runJob(shell: Shell, job: Job, options: JobOptions): Promise<JobEnd> {
  const watch = watchOf(shell, job, options);
  const stop = (why: 'cancelled' | 'timed-out') => () => watch.stop(why);
  const onAbort = stop('cancelled');
  options.signal.addEventListener('abort', onAbort, {once: true});
  const timer = options.timeoutMs === undefined ? undefined : setTimeout(stop('timed-out'), options.timeoutMs);
  if (options.signal.aborted) onAbort();
  try {
    return await watch.toItsEnd();
  } finally {
    clearTimeout(timer);
    options.signal.removeEventListener('abort', onAbort);
  }
}

function watchOf(shell: Shell, job: Job, options: JobOptions) {
  const script = jobScript(job);
  const kept = tailBuffer(OUTPUT_KEPT_BYTES);
  let record = emptyRecord();
  let outputBytes = 0;
  let stopping: 'cancelled' | 'timed-out' | undefined;
  let sent = false;
  let over = false;
  let cancelling = false;
  let complaint = '';

  /** One stay on the host: from its first word to the end of the job or of the link. */
  async function attach(): Promise<'finished' | 'dropped'> {
    let fresh: JobRecord | undefined;
    let finish = () => {};
    const finished = new Promise<'finished'>(resolve => {
      finish = () => resolve('finished');
    });
    const check = () => {
      if (record.gone !== undefined || (record.done !== undefined && outputBytes >= record.done.outputBytes)) finish();
    };
    const lines = lineReader(line => {
      if (!line.startsWith('@ ')) {
        complaint = line;
        return;
      }
      // Each stay reads the record from its start; until it speaks, the one of the stay before stands.
      if (fresh === undefined) {
        fresh = emptyRecord();
        record = fresh;
      }
      readRecordLine(record, line, performance.now());
    });
    const text = attachText(job.id, stopping === undefined || !sent ? script : undefined, outputBytes);
    const running = await shell.start(text, {
      out(chunk) {
        // What a process left behind prints after the end is not the job's.
        const mine = record.done === undefined ? chunk : chunk.subarray(0, record.done.outputBytes - outputBytes);
        outputBytes += mine.length;
        if (mine.length > 0) {
          kept.add(mine);
          options.output(mine);
        }
        check();
      },
      err(chunk) {
        lines(chunk);
        check();
      },
    });
    sent = true;
    if (stopping !== undefined) void cancel();
    return await settle(running, finished);
  }

  async function settle(running: Running, finished: Promise<'finished'>): Promise<'finished' | 'dropped'> {
    const how = await Promise.race([finished, running.ended.then(() => 'dropped' as const)]);
    running.release();
    return how;
  }

  async function cancel(): Promise<void> {
    if (cancelling) return;
    cancelling = true;
    for (let delayMs = BACKOFF_MS_MIN; !over; delayMs = Math.min(delayMs * 2, BACKOFF_MS_MAX)) {
      try {
        await runShort(shell, cancelText(job.id), CANCEL_TIMEOUT_MS);
        return;
      } catch {
        await pause(delayMs);
      }
    }
  }

  function ended(): JobEnd {
    const end = (kind: JobEnd['kind'], detail: string) => ({kind, detail, record, script, output: kept.text()});
    if (record.done !== undefined && (stopping === undefined || record.done.code === 0)) return end('done', '');
    if (stopping !== undefined) return end(stopping, `stopped on ${shell.name}`);
    if (record.gone === 'missing') {
      throw new LinkError(
        'unreachable',
        `${shell.name}: could not start the job${complaint === '' ? '' : `: ${complaint}`}`,
      );
    }
    return end('lost', `the job on ${shell.name} vanished without an exit status`);
  }

  async function toItsEnd(): Promise<JobEnd> {
    let delayMs = BACKOFF_MS_MIN;
    let lastSeenMs = performance.now();
    const lost = (detail: string) => ({kind: 'lost', detail, record, script, output: kept.text()}) as const;
    for (;;) {
      if (stopping !== undefined && !sent) return {...lost('stopped before it began'), kind: stopping};
      let detail = `link to ${shell.name} lost`;
      try {
        const how = await attach();
        if (how === 'finished') return ended();
        lastSeenMs = performance.now();
        delayMs = BACKOFF_MS_MIN;
      } catch (error) {
        if (!(error instanceof LinkError) || !sent) throw error;
        detail = error.message;
        if (isFinal(error)) return lost(detail);
      }
      if (performance.now() - lastSeenMs > options.lostAfterMs) return lost(detail);
      await pause(delayMs);
      delayMs = Math.min(delayMs * 2, BACKOFF_MS_MAX);
    }
  }

  return {
    stop(why: 'cancelled' | 'timed-out') {
      stopping ??= why;
      if (sent) void cancel();
    },
    async toItsEnd() {
      try {
        return await toItsEnd();
      } finally {
        over = true;
      }
    },
  };
}

function lineReader(take: (line: string) => void): (chunk: Buffer) => void {
  let held = '';
  const decoder = new TextDecoder();
  return chunk => {
    const lines = (held + decoder.decode(chunk, {stream: true})).split('\n');
    held = lines.pop() ?? '';
    for (const line of lines) take(line);
  };
}

function pause(delayMs: number): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, delayMs));
}
