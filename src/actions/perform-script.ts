/** Shell text to its outcome: runs of commands become jobs, requests among them are asked from the same place. */
import {commandsIn, requestText} from '../run/operations.ts';
import type {CommandResult, Outcome, OutcomeHere} from '../run/outcome.ts';
import type {ScriptRequest} from '../run/request.ts';
import {compact} from '../text/compact.ts';
import {runAsJob, triesOf} from './http/curl-there.ts';
import {isUnknown, type SentRequests, sendOnce, timeoutOf} from './http/http.ts';
import {showAnswer, showRequest} from './http/http-text.ts';
import {askFrom, type Way} from './http/request-route.ts';
import {codeOf, leftBy} from './jobs/job-end.ts';
import type {JobRecord} from './jobs/job-record.ts';
import type {JobStage} from './jobs/job-script.ts';
import {type JobEnd, type JobOptions, runJob} from './jobs/remote-job.ts';
import {exited, exportsFor, type Progress, signalOf, startOf, takeIn} from './script-progress.ts';
import type {Shell} from './shell.ts';
import type {OnWait} from './until-reached.ts';
import {elapsedMs} from './waiting.ts';

export type ScriptOptions = {
  shell: Shell;
  way: Way;
  lostAfterMs: number;
  output: (chunk: Buffer | string) => void;
  signal: AbortSignal;
  /** Absent: nobody will ever ask. */
  sent?: SentRequests;
  /** Nothing of the script has begun, and it waits for its link. */
  onWait?: OnWait | undefined;
};

/** What curl exits with when nothing answers. */
const NO_ANSWER_CODE = 7;
const TAKEN_UP_MS_MIN = 10_000;

/** Throws `LinkError` when nothing of it could begin. */
export async function performScript(request: ScriptRequest, options: ScriptOptions): Promise<Outcome> {
  const progress = startOf(request);
  for (const [index, part] of partsOf(request).entries()) {
    const ended =
      part.kind === 'http'
        ? await sendPart(part, request, {...options, key: `${request.jobId}.${index + 1}`}, progress)
        : await runPart(part, index, request, options, progress);
    if (ended !== undefined) return {...ended, durationMs: spentMs(request, progress)};
  }
  return {...exited(0, progress), durationMs: spentMs(request, progress)};
}

/** Of one that was taken up the end is seen at once, and its host knows how long its commands took. */
function spentMs({takenUp}: ScriptRequest, {startedAt, commands}: Progress): number {
  const here = elapsedMs(startedAt);
  if (takenUp === undefined) return here;
  return Math.max(here, Math.round(commands.reduce((sum, {durationMs}) => sum + durationMs, 0)));
}

type Part = {kind: 'job'; stages: readonly JobStage[]} | Extract<ScriptRequest['stages'][number], {kind: 'http'}>;

function partsOf({stages}: ScriptRequest): readonly Part[] {
  const parts: Part[] = [];
  let jobStages: JobStage[] = [];
  for (const stage of stages) {
    if (stage.kind === 'http') {
      parts.push(stage);
      jobStages = [];
      continue;
    }
    if (jobStages.length === 0) parts.push({kind: 'job', stages: jobStages});
    jobStages.push(stage);
  }
  return parts;
}

type Ended = OutcomeHere | undefined;

async function runPart(
  part: Extract<Part, {kind: 'job'}>,
  index: number,
  request: ScriptRequest,
  options: ScriptOptions,
  progress: Progress,
): Promise<Ended> {
  const {shell, signal, lostAfterMs, onWait} = options;
  const {timeoutMs} = request;
  const end = await runJob(
    shell,
    compact({
      id: index === 0 ? request.jobId : `${request.jobId}.${index + 1}`,
      exports: exportsFor(request, progress),
      captured: progress.captured,
      stages: part.stages,
      directory: progress.directory,
    }),
    {
      signal,
      lostAfterMs,
      ...takenUpBy(request, index),
      // Before a later part the ones before it have run.
      onWait: index === 0 ? onWait : undefined,
      output(chunk) {
        progress.output.add(chunk);
        options.output(chunk);
      },
      ...compact({timeoutMs: timeoutMs === undefined ? undefined : timeLeft(request, timeoutMs, progress)}),
    },
  );
  takeIn(end, progress);
  return endOf(end, progress, partsOf(request).slice(index + 1));
}

/** One that was taken up has at least the time to say how it has ended. */
function timeLeft({takenUp}: ScriptRequest, timeoutMs: number, {startedAt}: Progress): number {
  const left = timeoutMs - elapsedMs(startedAt);
  return takenUp === undefined ? Math.max(1, left) : Math.max(TAKEN_UP_MS_MIN, left - takenUp.agoMs);
}

/** What was seen of the job was its first part; any of its parts may have been begun. */
function takenUpBy({takenUp}: ScriptRequest, index: number): Pick<JobOptions, 'takenUp'> {
  return takenUp === undefined ? {} : {takenUp: {...takenUp, seen: takenUp.seen && index === 0}};
}

/** What a script that is one job has come to. */
export function outcomeOfJob(end: JobEnd, progress: Progress): OutcomeHere {
  takeIn(end, progress);
  return {...(endOf(end, progress, []) ?? exited(0, progress)), durationMs: elapsedMs(progress.startedAt)};
}

/** `next`: the parts that run only if this one ran to its end. */
function endOf(end: JobEnd, progress: Progress, next: readonly Part[]): Ended {
  const {commands} = progress;
  if (end.kind === 'fenced') return fencedOutcome(end.detail, commands);
  if (end.kind !== 'done') return {kind: end.kind, detail: end.detail, durationMs: 0, commands};
  const code = codeOf(end.record);
  if (code === 0) {
    const left = leftBy(end.record, end.script);
    if (left === undefined) return undefined;
    return {...exited(0, progress), left: {...left, notRun: [...left.notRun, ...next.flatMap(linesOf)]}};
  }
  if (end.record.refused) return unprovedOutcome(end.record, commands);
  const signal = signalOf(code);
  if (signal === undefined) return exited(code, progress);
  return {kind: 'signalled', signal, durationMs: 0, commands, output: progress.output.text()};
}

function linesOf(part: Part): readonly {line: number; text: string}[] {
  if (part.kind === 'http') return [{line: part.request.line, text: requestText(part.request)}];
  return commandsIn(part.stages).map(({line, text, shown = text}) => ({line, text: shown}));
}

/** The first jobs of a script with several may have run. */
function fencedOutcome(detail: string, commands: readonly CommandResult[]): OutcomeHere {
  const nothing = {kind: 'refused', reason: 'fenced', detail, durationMs: 0} as const;
  return commands.length === 0 ? nothing : {...nothing, changed: true, commands};
}

function unprovedOutcome({unproved}: JobRecord, commands: readonly CommandResult[]): OutcomeHere {
  const before = commands.length === 0 ? '' : ` (already run: line ${commands.map(({line}) => line).join(', ')})`;
  return {kind: 'refused', reason: 'not-proved', detail: `${unproved.join('; ')}${before}`, durationMs: 0, commands};
}

async function sendPart(
  part: Extract<Part, {kind: 'http'}>,
  scriptRequest: ScriptRequest,
  options: ScriptOptions & {key: string},
  progress: Progress,
): Promise<Ended> {
  const print = (text: string) => {
    progress.output.add(Buffer.from(text));
    options.output(text);
  };
  const {request} = part;
  const {place, timeoutMs} = scriptRequest;
  if (options.signal.aborted) return {kind: 'cancelled', detail: 'stopped', durationMs: 0, commands: progress.commands};
  print(showRequest(request, place));
  const sentAt = performance.now();
  const {way, key, lostAfterMs} = options;
  const ask = askFrom({
    way,
    run: runAsJob(way.shell, triesOf(key), lostAfterMs),
    directory: progress.directory,
    exports: exportsFor(scriptRequest, progress),
  });
  const answer = await sendOnce(request, {...options, ask, timeoutMs: timeoutMs ?? timeoutOf(request)});
  if (answer === 'unanswered') {
    const detail = `${request.method} ${request.url} was sent, and its answer was not seen; it is not sent again`;
    return {kind: 'lost', detail, durationMs: 0, commands: progress.commands};
  }
  const durationMs = elapsedMs(sentAt);
  const result = {line: request.line, text: `${request.method} ${request.url}`, durationMs};
  if ('error' in answer) {
    if (options.signal.aborted && answer.unseen !== true)
      return {kind: 'cancelled', detail: 'stopped', durationMs: 0, commands: progress.commands};
    print(`${answer.error}\n`);
    if (isUnknown(answer))
      return {kind: 'lost', detail: answer.error, durationMs: 0, commands: [...progress.commands, result]};
    progress.commands.push({...result, code: NO_ANSWER_CODE});
    return exited(NO_ANSWER_CODE, progress);
  }
  print(showAnswer(answer));
  progress.answers.push({line: request.line, ...answer});
  progress.commands.push({...result, code: 0});
  return undefined;
}
