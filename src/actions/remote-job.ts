/**
 * Durable jobs. A job runs detached on its host with its output and its record in files there; we only watch.
 * A link that drops is taken up again where it stopped, and the job is never started twice: its directory is the guard.
 */

import type {TakenUp} from '../run/request.ts';
import {attachText, cancelText, type JobPlace, type JobStart} from './job-files.ts';
import {emptyRecord, type JobRecord, readRecordLine} from './job-record.ts';
import {type Job, type JobScript, jobScript} from './job-script.ts';
import {isFinal, LinkError} from './link-error.ts';
import type {Shell} from './shell.ts';
import {runShort} from './short-command.ts';
import {SudoWatch} from './sudo.ts';
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
  /** An engine that has ended may have begun it. */
  takenUp?: TakenUp;
};

const BACKOFF_MS_MIN = 1000;
const BACKOFF_MS_MAX = 15_000;
const CANCEL_TIMEOUT_MS = 15_000;
const OUTPUT_KEPT_BYTES = 64 * 1024;

/** Throws `LinkError` when the job never began because its host could not be reached. */
export async function runJob(shell: Shell, job: Job, options: JobOptions): Promise<JobEnd> {
  const watch = new JobWatch(shell, job, options);
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

/** Where watching one job stands. */
class JobWatch {
  readonly #shell: Shell;
  readonly #place: JobPlace;
  readonly #script: JobScript;
  readonly #options: JobOptions;
  readonly #kept = tailBuffer(OUTPUT_KEPT_BYTES);
  #record = emptyRecord();
  readonly #begunAt: number;
  #outputBytes = 0;
  #stopping: 'cancelled' | 'timed-out' | undefined;
  /** Whether a host may have begun it. */
  #sent: boolean;
  #over = false;
  #cancelling = false;
  #complaint = '';
  readonly #unwanted = new AbortController();
  readonly #sudo: SudoWatch;

  constructor(shell: Shell, job: Job, options: JobOptions) {
    const {jobsDirectory} = shell;
    this.#shell = shell;
    this.#place = {id: job.id, ...(jobsDirectory === undefined ? {} : {directory: jobsDirectory})};
    this.#script = jobScript(job);
    this.#options = options;
    this.#sudo = new SudoWatch(shell, this.#place, text => options.output(Buffer.from(text)));
    this.#sent = options.takenUp !== undefined;
    this.#begunAt = performance.now() - (options.takenUp?.agoMs ?? 0);
  }

  stop(why: 'cancelled' | 'timed-out'): void {
    this.#stopping ??= why;
    if (this.#sent) void this.#cancel();
    // Whoever connects for it may be waiting for a person.
    else this.#unwanted.abort();
  }

  async toItsEnd(): Promise<JobEnd> {
    try {
      return await this.#stayUntilEnded();
    } finally {
      this.#over = true;
      this.#sudo.end();
    }
  }

  async #stayUntilEnded(): Promise<JobEnd> {
    let delayMs = BACKOFF_MS_MIN;
    let lastSeenMs = performance.now();
    for (;;) {
      if (this.#stopping !== undefined && !this.#sent) return this.#end(this.#stopping, 'stopped before it began');
      let detail = `link to ${this.#shell.name} lost`;
      try {
        if ((await this.#stay()) === 'finished') return this.#finished();
        lastSeenMs = performance.now();
        delayMs = BACKOFF_MS_MIN;
      } catch (error) {
        if (this.#stopping !== undefined && !this.#sent) continue;
        if (!(error instanceof LinkError) || !this.#sent) throw error;
        detail = error.message;
        // Who is needed to let us in may still come.
        if (isFinal(error) && !error.wantsPerson) return this.#end('lost', detail);
      }
      if (performance.now() - lastSeenMs > this.#options.lostAfterMs) return this.#end('lost', detail);
      await pause(delayMs);
      delayMs = Math.min(delayMs * 2, BACKOFF_MS_MAX);
    }
  }

  /** One stay on the host: from its first word to the end of the job or of the link. */
  async #stay(): Promise<'finished' | 'dropped'> {
    const {promise: finished, resolve: finish} = Promise.withResolvers<'finished'>();
    const check = () => {
      const {gone, done} = this.#record;
      if (gone !== undefined || (done !== undefined && this.#outputBytes >= done.outputBytes)) finish('finished');
    };
    const lines = this.#recordReader();
    const text = attachText(this.#place, this.#start(), this.#outputBytes);
    const listen = {
      out: (chunk: Buffer) => {
        this.#takeOutput(chunk);
        check();
      },
      err: (chunk: Buffer) => {
        lines(chunk);
        check();
      },
    };
    const running = await this.#shell.start(text, listen, this.#unwanted.signal);
    this.#sent = true;
    if (this.#stopping !== undefined) void this.#cancel();
    const how = await Promise.race([finished, running.ended.then(() => 'dropped' as const)]);
    running.release();
    return how;
  }

  /** What was never on its way is begun; what may have been there is begun only where it cannot have vanished. */
  #start(): JobStart | undefined {
    const script = this.#script;
    if (!this.#sent) return {script};
    if (this.#stopping !== undefined || this.#options.takenUp?.seen === true) return undefined;
    return {script, begunMsAgo: performance.now() - this.#begunAt};
  }

  /** What a process left behind prints after the end is not the job's. */
  #takeOutput(chunk: Buffer): void {
    const {done} = this.#record;
    const mine = done === undefined ? chunk : chunk.subarray(0, done.outputBytes - this.#outputBytes);
    if (mine.length === 0) return;
    this.#outputBytes += mine.length;
    this.#kept.add(mine);
    this.#options.output(mine);
  }

  /** Each stay reads the record from its start; until it speaks, the one of the stay before stands. */
  #recordReader(): (chunk: Buffer) => void {
    let isFresh = false;
    return lineReader(line => {
      if (!line.startsWith('@ ')) {
        this.#complaint = line;
        return;
      }
      if (!isFresh) this.#record = emptyRecord();
      isFresh = true;
      readRecordLine(this.#record, line, performance.now());
      this.#sudo.hear(line);
    });
  }

  async #cancel(): Promise<void> {
    if (this.#cancelling) return;
    this.#cancelling = true;
    for (let delayMs = BACKOFF_MS_MIN; !this.#over; delayMs = Math.min(delayMs * 2, BACKOFF_MS_MAX)) {
      try {
        await runShort(this.#shell, cancelText(this.#place), CANCEL_TIMEOUT_MS);
        return;
      } catch {
        await pause(delayMs);
      }
    }
  }

  #finished(): JobEnd {
    const {done, gone, forgotten} = this.#record;
    const {name} = this.#shell;
    if (forgotten === true) return this.#end('lost', forgottenText(name, this.#record));
    // What had ended well before the wish to stop it arrived has ended well.
    if (done !== undefined && (this.#stopping === undefined || done.code === 0)) return this.#end('done', '');
    if (this.#stopping !== undefined) return this.#end(this.#stopping, `stopped on ${name}`);
    if (gone === 'missing' && (this.#record.restarted === true || this.#options.takenUp?.seen === true)) {
      return this.#end('lost', `${name} has no trace of it, and has been restarted or cleared since it began`);
    }
    if (gone === 'missing') {
      const why = this.#complaint === '' ? '' : `: ${this.#complaint}`;
      throw new LinkError('unreachable', `${name}: could not start the job${why}`);
    }
    const how = gone === 'rebooted' ? `${name} was restarted while it ran` : `the job on ${name} vanished`;
    return this.#end('lost', `${how}, without an exit status; ${this.#lastSeen()}`);
  }

  #lastSeen(): string {
    const [index, seen] = [...this.#record.commands].at(-1) ?? [];
    const command = index === undefined ? undefined : this.#script.commands[index]?.command;
    if (command === undefined || seen === undefined) return 'no command had begun';
    const how = seen.code === undefined ? 'had begun and not ended' : `had ended with ${seen.code}`;
    return `the command of line ${command.line} ${how}`;
  }

  #end(kind: JobEnd['kind'], detail: string): JobEnd {
    return {kind, detail, record: this.#record, script: this.#script, output: this.#kept.text()};
  }
}

function forgottenText(name: string, {done}: JobRecord): string {
  const how = done === undefined ? 'its end is not known' : `it ended with ${done.code}`;
  return `it was run on ${name} before: ${how}, and what it printed is no longer there`;
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
