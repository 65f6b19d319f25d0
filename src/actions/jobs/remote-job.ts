/** Durable jobs: each runs detached on its host with its output and its record in files there, and we only watch. */
import {setTimeout as pause} from 'node:timers/promises';
import type {TakenUp} from '../../run/request.ts';
import {compact} from '../../text/compact.ts';
import {isFinal, LinkError} from '../link-error.ts';
import type {Shell} from '../shell.ts';
import {runShort, STOP_TIMEOUT_MS, stopOnHost} from '../short-command.ts';
import {type OnWait, untilReached} from '../until-reached.ts';
import {FIRST_DELAY_MS, nextDelay} from '../waiting.ts';
import {cancelHeldText, runHeld} from './held-job.ts';
import {attachText, cancelText, type JobPlace, type JobStart} from './job-control-text.ts';
import {type HowItEnded, howItEnded} from './job-end.ts';
import {JobOutput} from './job-output.ts';
import {emptyRecord, isRefused, type JobRecord, readRecordLine, recordLines} from './job-record.ts';
import {type Job, type JobScript, jobScript} from './job-script.ts';
import {SudoWatch} from './sudo.ts';

export type JobEnd = HowItEnded & {record: JobRecord; script: JobScript; bytesMissing: number};

export type JobOptions = {
  signal: AbortSignal;
  /** The whole job is cancelled after this long. */
  timeoutMs?: number;
  /** Without a link for this long, nobody can say any more how it ended. */
  lostAfterMs: number;
  output: (chunk: Buffer) => void;
  /** An engine that has ended may have begun it. */
  takenUp?: TakenUp;
  onWait?: OnWait | undefined;
};

const NOT_BEGUN = 'stopped before it began';
/** More than a round trip round the world, and not so much that a person who stops something would notice. */
const ANSWER_WITHIN_MS = 400;

/**
 * A link that drops is taken up again where it stopped, and the job is never started twice: its directory is the guard.
 * Throws `LinkError` when the job never began because its host could not be reached.
 */
export async function runJob(shell: Shell, job: Job, options: JobOptions): Promise<JobEnd> {
  const watch = new JobWatch(shell, job, options);
  const onAbort = () => watch.stop('cancelled');
  const onTimeout = () => watch.stop('timed-out');
  options.signal.addEventListener('abort', onAbort, {once: true});
  const timer = options.timeoutMs === undefined ? undefined : setTimeout(onTimeout, options.timeoutMs);
  if (options.signal.aborted) onAbort();
  try {
    return await watch.toItsEnd();
  } finally {
    clearTimeout(timer);
    options.signal.removeEventListener('abort', onAbort);
  }
}

class JobWatch {
  #shell: Shell;
  /** Settled when the place is reached by another way from now on. */
  #moved = Promise.withResolvers<'moved'>();
  readonly #place: JobPlace;
  readonly #script: JobScript;
  readonly #options: JobOptions;
  #record = emptyRecord();
  readonly #begunAt: number;
  readonly #output: JobOutput;
  #stopping: 'cancelled' | 'timed-out' | undefined;
  /** Whether a host may have begun it. */
  #sent: boolean;
  #over = false;
  /** It runs on the connection, and its directory guards nothing. */
  #held = false;
  #cancelled: Promise<void> | undefined;
  #complaint = '';
  readonly #unwanted = new AbortController();
  readonly #sudo: SudoWatch;

  constructor(shell: Shell, job: Job, options: JobOptions) {
    this.#shell = shell;
    this.#place = compact({id: job.id, directory: shell.jobsDirectory, fence: shell.fence?.()});
    this.#script = jobScript(job);
    this.#options = options;
    this.#output = new JobOutput(options.output);
    this.#sudo = new SudoWatch(shell, this.#place, text => options.output(Buffer.from(text)));
    this.#sent = options.takenUp !== undefined;
    this.#begunAt = performance.now() - (options.takenUp?.agoMs ?? 0);
  }

  stop(why: 'cancelled' | 'timed-out'): void {
    this.#stopping ??= why;
    if (this.#sent) this.#cancel();
    // Nothing was sent yet: the link for it may be waiting for a person.
    else this.#unwanted.abort();
  }

  async toItsEnd(): Promise<JobEnd> {
    try {
      const end = await this.#stayUntilEnded();
      // Its shell ends at the first word; what that ran may need the last one, and is at work until then.
      if (end.kind === 'cancelled' || end.kind === 'timed-out')
        await Promise.race([this.#cancelled, pause(STOP_TIMEOUT_MS)]);
      return end;
    } finally {
      this.#over = true;
      this.#sudo.end();
    }
  }

  async #stayUntilEnded(): Promise<JobEnd> {
    let delayMs = FIRST_DELAY_MS;
    let lastSeenMs = performance.now();
    for (;;) {
      if (this.#stopping !== undefined && !this.#sent) return this.#end({kind: this.#stopping, detail: NOT_BEGUN});
      let detail = `link to ${this.#shell.name} lost`;
      try {
        const {how, heard} = await this.#stay();
        if (how === 'finished') return await this.#finished();
        if (how === 'moved') continue;
        // A place that only ever hangs up, or says that it can start nothing, has not been seen.
        if (heard) {
          lastSeenMs = performance.now();
          delayMs = FIRST_DELAY_MS;
        }
      } catch (error) {
        if (this.#stopping !== undefined && !this.#sent) continue;
        if (!(error instanceof LinkError) || !this.#sent) throw error;
        detail = error.message;
        // Who is needed to let us in may still come.
        if (isFinal(error) && !error.wantsPerson) return this.#end({kind: 'lost', detail});
      }
      if (performance.now() - lastSeenMs > this.#options.lostAfterMs) return this.#end({kind: 'lost', detail});
      await Promise.race([pause(delayMs), this.#moved.promise]);
      delayMs = nextDelay(delayMs);
    }
  }

  /** One stay on the host: from its first word to the end of the job or of the link. */
  async #stay(): Promise<{how: 'finished' | 'dropped' | 'moved'; heard: boolean}> {
    const shell = this.#shell;
    const moved = this.#moved.promise;
    const {promise: finished, resolve: finish} = Promise.withResolvers<'finished'>();
    let heard = false;
    this.#held = false;
    const lines = this.#recordReader(() => (heard = true));
    const text = attachText(this.#place, this.#start(), this.#output.bytes);
    const taken = (take: (chunk: Buffer) => void) => (chunk: Buffer) => {
      if (shell !== this.#shell) return;
      take(chunk);
      if (isRefused(this.#record) || this.#output.isWhole(this.#record)) finish('finished');
    };
    const listen = {out: taken(chunk => this.#output.take(chunk, this.#record)), err: taken(lines)};
    const start = () => shell.start(text, listen, this.#unwanted.signal);
    const starting = this.#sent ? start() : untilReached(start, shell, this.#unwanted.signal, this.#options.onWait);
    const running = await Promise.race([starting, moved]);
    if (running === 'moved') {
      starting.then(late => late.release()).catch(() => {});
      return {how: running, heard};
    }
    this.#sent = true;
    if (this.#stopping !== undefined) this.#cancel();
    const how = await Promise.race([finished, moved, running.ended.then(() => 'dropped' as const)]);
    running.release();
    return {how, heard};
  }

  /**
   * Its place can keep nothing: it is run on the connection. Only what was certainly never begun may be: of what an engine
   * before this one had sent nobody knows.
   */
  async #hold(why: string): Promise<JobEnd> {
    const {name} = this.#shell;
    if (this.#stopping !== undefined) return this.#end({kind: this.#stopping, detail: NOT_BEGUN});
    if (this.#options.takenUp !== undefined) {
      return this.#end({kind: 'lost', detail: `${name} has no trace of it and can keep none: ${why}`});
    }
    this.#record = emptyRecord();
    this.#held = true;
    const job = {script: this.#script, place: this.#place, why};
    const how = await runHeld(this.#shell, job, {
      seen: () => this.#record,
      take: this.#recordReader(),
      output: chunk => this.#output.take(chunk, this.#record),
    });
    if (this.#stopping !== undefined) this.#record.stopped = true;
    if (how === 'finished') return await this.#finished();
    const detail = `link to ${name} lost, and it was held on that, for nothing can be kept there: ${why}`;
    return this.#end({kind: 'lost', detail});
  }

  /** What was never on its way is begun; what may have been there is begun only where it cannot have vanished. */
  #start(): JobStart | undefined {
    const script = this.#script;
    if (!this.#sent) return {script};
    if (this.#stopping !== undefined || this.#options.takenUp?.seen === true) return undefined;
    return {script, begunMsAgo: performance.now() - this.#begunAt};
  }

  /** Each stay reads the record from its start; until it speaks, the one of the stay before stands. */
  #recordReader(hear = () => {}): (chunk: Buffer) => void {
    let isFresh = false;
    return recordLines(line => {
      if (!line.startsWith('@ ')) {
        this.#complaint = line;
        return;
      }
      hear();
      if (!isFresh) this.#record = emptyRecord();
      isFresh = true;
      readRecordLine(this.#record, line, performance.now());
      this.#sudo.hear(line);
    });
  }

  #cancel(): void {
    this.#cancelled ??= this.#cancelOnHost();
  }

  async #cancelOnHost(): Promise<void> {
    await this.#leaveWhatHangs();
    await stopOnHost({
      shell: () => this.#shell,
      text: () => (this.#held ? cancelHeldText(this.#record) : cancelText(this.#place)),
      isOver: () => this.#over || this.#record.gone === 'missing',
    });
  }

  /** The connection may be what hangs, and another one be open: to stop a job is not to wait for the former. */
  async #leaveWhatHangs(): Promise<void> {
    const standby = this.#shell.standby?.();
    if (standby === undefined) return;
    try {
      await runShort(this.#shell, ':', ANSWER_WITHIN_MS);
    } catch {
      const {resolve} = this.#moved;
      this.#moved = Promise.withResolvers();
      this.#shell = standby;
      resolve('moved');
    }
  }

  async #finished(): Promise<JobEnd> {
    const {name} = this.#shell;
    if (this.#record.unkept !== undefined) return await this.#hold(this.#record.unkept);
    const wasSeen = this.#options.takenUp?.seen === true;
    const ended = {name, script: this.#script, stopping: this.#stopping, wasSeen, complaint: this.#complaint};
    return this.#end(howItEnded(this.#record, ended));
  }

  #end(how: HowItEnded): JobEnd {
    return {...how, record: this.#record, script: this.#script, bytesMissing: this.#output.bytesMissing(this.#record)};
  }
}
