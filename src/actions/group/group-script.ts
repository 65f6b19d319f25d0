/** A script on all hosts of a group: started on each by one task of Ansible, and taken up by more of them until all are over. */
import {setTimeout as pause} from 'node:timers/promises';
import {hostLine} from '../../run/host-lines.ts';
import {requestText} from '../../run/operations.ts';
import {type HostOutcome, type Outcome, refused} from '../../run/outcome.ts';
import type {BoundHttp, ScriptRequest} from '../../run/request.ts';
import {compact} from '../../text/compact.ts';
import {curlTextOf} from '../http/curl-there.ts';
import {timeoutOf} from '../http/http.ts';
import {cancelNamedText, takeText} from '../jobs/job-control-text.ts';
import {type JobScript, type JobStage, jobScript} from '../jobs/job-script.ts';
import {LinkError} from '../link-error.ts';
import {elapsedMs} from '../waiting.ts';
import type {WorldOptions} from '../world.ts';
import {agreedOn} from './agreement.ts';
import {type GroupPlace, playOn, type Told} from './ansible-task.ts';
import {HostJob} from './host-job.ts';

export type GroupScript = {
  place: GroupPlace;
  hosts: readonly string[];
  /** All of the inventory: nothing is begun on a host that has been taken out of it since. */
  known: readonly string[];
  lostAfterMs: number;
  /** As of `WorldOptions`. */
  fence?: WorldOptions['fence'] | undefined;
  onHosts?: WorldOptions['onHosts'] | undefined;
  output: (text: string) => void;
  signal: AbortSignal;
};

/** The most output of one host that is taken at a time: all hosts of a group answer at once. */
const TAKE_BYTES_MAX = 256 * 1024;
/** A short step is over within the task that starts it. With many hosts each waits for those before it. */
const FIRST_WAIT_MS = 2000;
const FIRST_WAIT_OF_MANY_MS = 500;
const MANY_HOSTS = 20;
const FIRST_DELAY_MS = 500;
const DELAY_MS_MAX = 10_000;
const STOP_TRIES = 3;
/** A host that does not answer keeps Ansible waiting: while others are at work it is tried in each so many-th round. */
const SELDOM = 4;

/** Throws `LinkError` where Ansible could not even begin. */
export async function performOnHosts(request: ScriptRequest, setting: GroupScript): Promise<Outcome> {
  const startedAt = performance.now();
  const {requests, script} = jobOf(request);
  const {takenUp} = request;
  const width = Math.max(...setting.hosts.map(host => host.length));
  const before = new Map(request.before?.map(one => [one.host, one]));
  const known = new Set(setting.known);
  const isSettled = (host: string) => before.get(host)?.settled !== undefined || !known.has(host);
  const jobs = setting.hosts
    .filter(host => !isSettled(host))
    .map(
      host =>
        new HostJob({
          host,
          // Where nobody heard of it, it may have been begun: under its name it is found, and begun only if it was not.
          jobId: before.get(host)?.jobId ?? `${request.jobId}-${nameInPath(host)}`,
          script,
          request,
          requests,
          mayBegin: takenUp?.seen !== true && takenUp?.unlooked?.includes(host) !== true,
          print: line => setting.output(`${hostLine(host, width, line)}\n`),
        }),
    );
  await new GroupWatch(jobs, script, setting).toItsEnd(request.timeoutMs);
  const results = new Map(jobs.map(job => [job.host, job.result()]));
  const hosts = setting.hosts.map(
    host => results.get(host) ?? before.get(host) ?? takenOut(host, request, setting.place),
  );
  const failuresMax = failuresMaxOf(request, hosts.length, setting.place);
  return {kind: 'on-hosts', hosts, failuresMax, durationMs: elapsedMs(startedAt), ...agreedOn(hosts)};
}

/** A host that failed an earlier step of the batch counts, too. In a rollback every host does. */
function failuresMaxOf({lane, leftOut = 0}: ScriptRequest, hosts: number, {group}: GroupPlace): number {
  if (lane === 'rollback') return 0;
  const {maxFailures: most} = group;
  const all = 'hosts' in most ? most.hosts : Math.floor(((hosts + leftOut) * most.percent) / 100);
  return Math.max(0, all - leftOut);
}

function takenOut(host: string, {jobId, takenUp}: ScriptRequest, {group}: GroupPlace): HostOutcome {
  const why = `it is not in ${group.inventory} any more`;
  const outcome: HostOutcome['outcome'] =
    takenUp === undefined
      ? refused('unreachable', why)
      : {kind: 'lost', detail: `${why}, and nobody saw its end`, durationMs: 0};
  return {host, jobId: `${jobId}-${nameInPath(host)}`, outcome};
}

/**
 * All is one job on each host; requests are sent by curl there. sudo has no helper of ours: whose password it needs is for
 * Ansible to know (`become`), and one that would ask fails at once.
 */
function jobOf({jobId, directory, exports, stages}: ScriptRequest): {
  script: JobScript;
  requests: readonly BoundHttp[];
} {
  const requests: BoundHttp[] = [];
  const own = stages.map((stage): JobStage => {
    if (stage.kind !== 'http') return stage;
    const {request} = stage;
    requests.push(request);
    const text = curlTextOf(request, timeoutOf(request));
    const shown = request.curl?.text ?? requestText(request);
    return {
      kind: 'commands',
      commands: [{line: request.line, text, shown, captures: [], requires: [], optional: false}],
    };
  });
  const script = jobScript(
    compact({id: jobId, directory, exports: {SUDO_ASKPASS: '/bin/false', ...exports}, captured: {}, stages: own}),
  );
  return {script, requests};
}

/** Two names that differ only in what no path may hold stay two. */
function nameInPath(host: string): string {
  const safe = host.replace(/[^A-Za-z0-9._-]/g, sign => `~${sign.codePointAt(0)?.toString(16) ?? ''}`);
  return safe.startsWith('.') ? `~${safe}` : safe;
}

class GroupWatch {
  readonly #jobs: readonly HostJob[];
  readonly #script: JobScript;
  readonly #setting: GroupScript;
  /** Aborted by who stops the step: ends the task that is under way. */
  readonly #underWay = new AbortController();
  #stopping: 'cancelled' | 'timed-out' | undefined;
  readonly #told = new Set<HostJob>();

  constructor(jobs: readonly HostJob[], script: JobScript, setting: GroupScript) {
    this.#jobs = jobs;
    this.#script = script;
    this.#setting = setting;
  }

  async toItsEnd(timeoutMs: number | undefined): Promise<void> {
    const {signal} = this.#setting;
    const onAbort = () => this.#stop('cancelled');
    signal.addEventListener('abort', onAbort, {once: true});
    const timer = timeoutMs === undefined ? undefined : setTimeout(() => this.#stop('timed-out'), timeoutMs);
    if (signal.aborted) onAbort();
    try {
      await this.#untilOver();
      if (this.#stopping !== undefined) await this.#stopOnHosts();
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
    }
  }

  #stop(why: 'cancelled' | 'timed-out'): void {
    this.#stopping ??= why;
    for (const job of this.#jobs) job.stop(this.#stopping);
    this.#underWay.abort();
  }

  #open(): readonly HostJob[] {
    return this.#jobs.filter(job => !job.isOver);
  }

  async #untilOver(): Promise<void> {
    let delayMs = FIRST_DELAY_MS;
    const firstWaitMs = this.#jobs.length > MANY_HOSTS ? FIRST_WAIT_OF_MANY_MS : FIRST_WAIT_MS;
    for (let round = 0; this.#open().length > 0 && this.#stopping === undefined; round += 1) {
      const startedAt = performance.now();
      await this.#startOrRead(round === 0 ? firstWaitMs : 0, round < 2 || round % SELDOM === 0);
      if (!this.#open().some(job => job.isSeen)) for (const job of this.#open()) job.waitNoLonger();
      this.#tellEnded();
      if (this.#open().some(job => job.hasMore)) continue;
      if (this.#open().length === 0 || this.#stopping !== undefined) return;
      // Ansible has half of the time at most: the machine has other work.
      await this.#pause(Math.max(delayMs, Math.min(elapsedMs(startedAt), DELAY_MS_MAX)));
      delayMs = Math.min(delayMs * 1.5, DELAY_MS_MAX);
    }
  }

  /** When the last one ends the step itself does. */
  #tellEnded(): void {
    const ended = this.#jobs.filter(job => job.isOver && !this.#told.has(job));
    if (ended.length === 0 || this.#open().length === 0) return;
    for (const job of ended) this.#told.add(job);
    this.#setting.onHosts?.(ended.map(job => job.result()));
  }

  async #pause(ms: number): Promise<void> {
    await pause(ms, undefined, {signal: this.#underWay.signal}).catch(() => {});
  }

  /** A job that has been seen is never started again, whatever has become of its directory; nor is one that may not begin. */
  async #startOrRead(waitMs: number, triesSilent: boolean): Promise<void> {
    const open = this.#open();
    const limits = {waitMs, bytesMax: TAKE_BYTES_MAX};
    const isTried = triesSilent || !open.some(job => job.isSeen);
    const tried = open.filter(job => job.isSeen || isTried);
    const parts = [
      [tried.filter(job => !job.mayBegin), takeText(undefined, limits, undefined)],
      [tried.filter(job => job.mayBegin), takeText(this.#script, limits, this.#setting.fence?.())],
    ] as const;
    const {lostAfterMs} = this.#setting;
    for (const [jobs, text] of parts) {
      if (this.#stopping !== undefined) return;
      const take = (job: HostJob, told: Told) => job.take(told, {lostAfterMs, bytesMax: TAKE_BYTES_MAX});
      await this.#play(jobs, text, take, this.#underWay.signal);
    }
  }

  async #stopOnHosts(): Promise<void> {
    for (let tries = STOP_TRIES; tries > 0 && this.#open().length > 0; tries -= 1) {
      await this.#play(this.#open(), cancelNamedText(this.#setting.fence?.()), (job, told) => job.stopped(told));
      const limits = {waitMs: 0, bytesMax: TAKE_BYTES_MAX};
      const take = (job: HostJob, told: Told) => job.take(told, {lostAfterMs: 0, bytesMax: TAKE_BYTES_MAX});
      const told = this.#open().filter(job => job.isToldToStop);
      await this.#play(told, takeText(undefined, limits, undefined), take);
    }
    for (const job of this.#open()) job.giveUp('it was to be stopped, and could not be told so');
  }

  async #play(
    jobs: readonly HostJob[],
    text: string,
    tell: (job: HostJob, told: Told) => void,
    signal?: AbortSignal,
  ): Promise<void> {
    if (jobs.length === 0) return;
    const byHost = new Map(jobs.map(job => [job.host, job]));
    const listen = (told: Told) => {
      const job = byHost.get(told.host);
      if (job !== undefined) tell(job, told);
    };
    try {
      const hosts = jobs.map(job => job.told());
      await playOn(this.#setting.place, compact({text, hosts, tell: listen, signal}));
    } catch (error) {
      // It has begun somewhere: what Ansible says now is trouble of the moment.
      if (!(error instanceof LinkError) || !this.#jobs.some(job => job.isSeen)) throw error;
      for (const job of jobs) listen({how: 'unreachable', host: job.host, detail: error.message});
    }
  }
}
