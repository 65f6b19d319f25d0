/** The job of a step on one host of a group: what is known of it so far, and what came of it in the end. */
import {nameInLine} from '../../run/host-lines.ts';
import type {HostOutcome, OutcomeHere} from '../../run/outcome.ts';
import type {BoundHttp, ScriptRequest} from '../../run/request.ts';
import {curlAnswersIn, curlMarkText} from '../http/curl-there.ts';
import {howItEnded} from '../jobs/job-end.ts';
import {JobOutput} from '../jobs/job-output.ts';
import {emptyRecord, isRefused, readRecordLine} from '../jobs/job-record.ts';
import type {JobScript} from '../jobs/job-script.ts';
import {LinkError, serverWords} from '../link-error.ts';
import {outcomeOfJob} from '../perform-script.ts';
import {startOf} from '../script-progress.ts';
import {elapsedMs} from '../waiting.ts';
import type {Told} from './ansible-task.ts';

/** `print`: whole lines of its output. `mayBegin`: otherwise it is only looked for. */
export type HostJobParts = {
  host: string;
  jobId: string;
  script: JobScript;
  request: ScriptRequest;
  requests: readonly BoundHttp[];
  mayBegin: boolean;
  print(line: string): void;
};

/** A host that has never answered is not waited for longer than the others, but it is tried again. */
const TRIES_MIN = 2;

export class HostJob {
  readonly #parts: HostJobParts;
  readonly #output: JobOutput;
  readonly #progress: ReturnType<typeof startOf>;
  readonly #lines: ReturnType<typeof wholeLines>;
  #record = emptyRecord();
  #outcome: OutcomeHere | undefined;
  /** It may have been begun since. */
  #sentAt: number | undefined;
  /** Its own record has come. */
  #isSeen = false;
  #tries = 0;
  #trouble = '';
  #isUnreached = false;
  #lastSeenAt = performance.now();
  #hasMore = false;
  #stopping: 'cancelled' | 'timed-out' | undefined;
  #isToldToStop = false;

  constructor(parts: HostJobParts) {
    this.#parts = parts;
    this.#progress = startOf(parts.request);
    const {takenUp} = parts.request;
    if (takenUp !== undefined) this.#sentAt = performance.now() - takenUp.agoMs;
    const linesKept = takenUp?.linesKept?.[nameInLine(parts.host)] ?? 0;
    let line = 0;
    this.#lines = wholeLines(text => {
      line += 1;
      if (line > linesKept) parts.print(curlMarkText(text) ?? text);
    });
    this.#output = new JobOutput(chunk => {
      this.#progress.output.add(chunk);
      this.#lines.add(chunk);
    });
  }

  get host(): string {
    return this.#parts.host;
  }

  get isOver(): boolean {
    return this.#outcome !== undefined;
  }

  get isSeen(): boolean {
    return this.#isSeen;
  }

  get mayBegin(): boolean {
    return this.#parts.mayBegin && !this.#isSeen;
  }

  /** Until then a host that has no trace of the job may still begin it: its start may be on its way. */
  get isToldToStop(): boolean {
    return this.#isToldToStop;
  }

  /** There is output on the host that did not fit into the last answer. */
  get hasMore(): boolean {
    return this.#hasMore && !this.isOver;
  }

  /** What its text is told: `begun` is how many seconds ago it may have been begun. */
  told(): {host: string; job: string; from: number; begun: string} {
    const begun = this.#sentAt === undefined ? '' : String(Math.ceil(elapsedMs(this.#sentAt) / 1000));
    this.#sentAt ??= performance.now();
    return {host: this.host, job: this.#parts.jobId, from: this.#output.bytes, begun};
  }

  result(): HostOutcome {
    const {host, jobId} = this.#parts;
    const unseen: OutcomeHere = {kind: 'lost', detail: 'nobody saw its end', durationMs: this.#spentMs()};
    const unreached = this.#isUnreached ? {unreached: true as const} : {};
    return {host, jobId, outcome: this.#outcome ?? unseen, ...unreached};
  }

  /** An answer to the text that starts it or takes up what there is. */
  take(told: Told, limits: {lostAfterMs: number; bytesMax: number}): void {
    if (this.isOver) return;
    if (told.how === 'ran' && told.err.includes('@ ')) return this.#takeIn(told, limits.bytesMax);
    const why =
      told.how === 'ran' ? `it could run nothing there: ${serverWords(told.err) || `exit ${told.code}`}` : told.detail;
    // Somebody who is to stop it has broken off what was under way.
    if (this.#stopping !== undefined) return;
    if (this.#isSeen) {
      if (elapsedMs(this.#lastSeenAt) > limits.lostAfterMs) this.#end({kind: 'lost', detail: `link lost: ${why}`});
      return;
    }
    if (told.how === 'failed') return this.#end({kind: 'refused', reason: 'unsupported', detail: why});
    this.#tries += 1;
    this.#trouble = why;
  }

  /** The others are over. */
  waitNoLonger(): void {
    if (this.isOver || this.#isSeen || this.#tries < TRIES_MIN) return;
    this.giveUp(`unreachable: ${this.#trouble}`);
    this.#isUnreached = true;
  }

  stop(why: 'cancelled' | 'timed-out'): void {
    this.#stopping ??= why;
    if (this.#sentAt === undefined) this.#end({kind: this.#stopping, detail: 'stopped before it began'});
  }

  /** An answer to the text that stops it. */
  stopped(told: Told): void {
    if (this.isOver || told.how !== 'ran') return;
    this.#isToldToStop = true;
    if (/^@ missing/m.test(told.err))
      this.#end({kind: this.#stopping ?? 'cancelled', detail: 'stopped before it began'});
  }

  /** Nobody can be told there to stop. */
  giveUp(detail: string): void {
    if (!this.isOver) this.#end({kind: 'lost', detail});
  }

  #takeIn({out, err}: Extract<Told, {how: 'ran'}>, bytesMax: number): void {
    this.#lastSeenAt = performance.now();
    let complaint = '';
    const record = emptyRecord();
    for (const line of err.split('\n')) {
      if (line.startsWith('@ ')) readRecordLine(record, line, performance.now());
      else if (line !== '') complaint = line;
    }
    this.#record = record;
    this.#isSeen = record.gone !== 'missing' && !isRefused(record);
    this.#output.take(out, record);
    const isWhole = this.#output.isWhole(record);
    this.#hasMore = out.length >= bytesMax || (record.done !== undefined && !isWhole);
    if (record.unkept !== undefined) {
      return this.#end({kind: 'refused', reason: 'unreachable', detail: `nothing can be kept there: ${record.unkept}`});
    }
    if (isWhole || record.fenced !== undefined) this.#finish(complaint);
  }

  #finish(complaint: string): void {
    const {host: name, script, requests, mayBegin} = this.#parts;
    const wasSeen = !mayBegin;
    try {
      const how = howItEnded(this.#record, {name, script, stopping: this.#stopping, wasSeen, complaint});
      const bytesMissing = this.#output.bytesMissing(this.#record);
      const end = {...how, record: this.#record, script, bytesMissing};
      this.#progress.answers.push(...curlAnswersIn(this.#progress.output.text(), requests));
      this.#end(outcomeOfJob(end, this.#progress));
    } catch (error) {
      if (!(error instanceof LinkError)) throw error;
      this.#end({kind: 'refused', reason: error.reason, detail: error.message});
    }
  }

  #end(outcome: DistributiveOmit<OutcomeHere, 'durationMs'>): void {
    this.#lines.end();
    this.#outcome = {...outcome, durationMs: this.#spentMs()} as OutcomeHere;
  }

  #spentMs(): number {
    return elapsedMs(this.#progress.startedAt);
  }
}

function wholeLines(print: (line: string) => void): {add(chunk: Buffer): void; end(): void} {
  const decoder = new TextDecoder();
  let held = '';
  const pass = (text: string) => {
    const lines = (held + text).split('\n');
    held = lines.pop() ?? '';
    for (const line of lines) print(line);
  };
  return {
    add: chunk => pass(decoder.decode(chunk, {stream: true})),
    end() {
      pass(decoder.decode());
      if (held !== '') print(held);
      held = '';
    },
  };
}

type DistributiveOmit<T, Key extends PropertyKey> = T extends unknown ? Omit<T, Key> : never;
