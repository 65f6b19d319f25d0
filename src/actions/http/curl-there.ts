/** A request sent by curl itself, on its place, and its answer with status, body and times. */
import {onlyLooks, quoteForShell as quote} from '../../plan/script.ts';
import {requestText} from '../../run/operations.ts';
import type {Answer, Timing} from '../../run/outcome.ts';
import type {BoundHttp} from '../../run/request.ts';
import {compact} from '../../text/compact.ts';
import {type JobOptions, runJob} from '../jobs/remote-job.ts';
import {serverWords} from '../link-error.ts';
import type {Shell} from '../shell.ts';
import {directoryWord} from '../short-command.ts';
import type {Exchange, HttpRequest, Unanswered} from './http.ts';
import {effectUnseen, hostOf} from './http-text.ts';

/** What a line of shell is run with, and how it ended. `errors` is empty where both streams are one. */
export type Line = {text: string; shown: string; directory?: string; exports: Readonly<Record<string, string>>};
export type LineEnd =
  | {kind: 'exited'; code: number; output: string; errors: string}
  | {kind: 'cancelled' | 'timed-out' | 'lost' | 'fenced'; detail: string; isBegun: boolean};
export type RunLine = (line: Line, timeoutMs: number, signal: AbortSignal | undefined) => Promise<LineEnd>;

/** In front of what `-w` says; of all that look like it the last one is curl's. */
const MARK = 'tminus-answer';
const WRITE_OUT = [
  'http_code',
  'time_namelookup',
  'time_connect',
  'time_appconnect',
  'time_starttransfer',
  'time_total',
].reduce((text, name) => `${text} %{${name}}`, `\\n${MARK}`);
const ANSWER = new RegExp(`\\n${MARK} (\\d{3})((?: [\\d.]+){5})(?![\\s\\S]*\\n${MARK} \\d)`);

const NOT_FOUND = 127;
/** The answer is an error status and the line says `-f`: the status tells. */
const ERROR_STATUS = 22;

/** Lines of curl among other commands of a job: the text of each, and the answers in what the job printed, in order. */
export function curlTextOf(request: BoundHttp, timeoutMs: number): string {
  const {patienceMs} = request;
  const patience = Math.round((patienceMs ?? 0) / 1000);
  const again =
    patience === 0 ? '' : ` --retry ${patience} --retry-delay 1 --retry-connrefused --retry-max-time ${patience}`;
  return `${curlLine(request, timeoutMs)}${again}`;
}

export function curlAnswersIn(output: string, requests: readonly BoundHttp[]): readonly Answer[] {
  const found = [...output.matchAll(new RegExp(`\\n${MARK} (\\d{3})((?: [\\d.]+){5})`, 'g'))];
  return found.flatMap(({0: whole, 1: status = '', 2: times = '', index}, place): Answer[] => {
    const request = requests[place];
    if (request === undefined || status === '000') return [];
    const before = output.slice((found[place - 1]?.index ?? 0) + (place === 0 ? 0 : whole.length), index);
    const echo = `$ ${request.curl?.text ?? requestText(request)}\n`;
    const at = before.lastIndexOf(echo);
    const body = at === -1 ? before : before.slice(at + echo.length);
    return [{line: request.line, status: Number(status), body, timing: timingOf(times, request)}];
  });
}

/** What curl says behind an answer, for eyes: `HTTP 200`. Undefined for any other line. */
export function curlMarkText(line: string): string | undefined {
  const status = line.startsWith(`${MARK} `) ? line.slice(MARK.length + 1, MARK.length + 4) : undefined;
  return status === undefined ? undefined : status === '000' ? 'no answer' : `HTTP ${status}`;
}

/** The text that has curl send the request. An error status is for us to judge, and its body is wanted. */
function curlLine(request: HttpRequest & Pick<Partial<BoundHttp>, 'curl'>, timeoutMs: number): string {
  const {curl} = request;
  const lead = curl === undefined ? ownLine(request, timeoutMs) : `${curl.text} --no-fail`;
  return `${lead} -sS -w ${quote(`${curl?.writeOut ?? ''}${WRITE_OUT}\\n`)}`;
}

/** `-m` also ends it where the link is lost. */
function ownLine({method, url, headers, body, insecure}: HttpRequest, timeoutMs: number): string {
  const named = Object.keys(headers).some(name => name.toLowerCase() === 'user-agent');
  return [
    'curl -q -g',
    `-m ${timeoutMs / 1000}`,
    ...(insecure === true ? ['-k'] : []),
    // `-X HEAD` would wait for a body.
    method === 'HEAD' ? '-I -o /dev/null' : `-X ${quote(method)}`,
    ...(named ? [] : ['-A tminus']),
    ...Object.entries(headers).map(([name, value]) => `-H ${quote(`${name}: ${value}`)}`),
    ...(body === undefined ? [] : [`--data-raw ${quote(body)}`]),
    quote(url),
  ].join(' ');
}

/** `where`: the name of the place. */
export async function askByCurl(
  request: HttpRequest & Pick<Partial<BoundHttp>, 'curl'>,
  {where, run, directory, exports}: {where: string; run: RunLine} & Pick<Line, 'directory' | 'exports'>,
  timeoutMs: number,
  signal: AbortSignal | undefined,
): Promise<Exchange | Unanswered> {
  const text = curlLine(request, timeoutMs);
  const shown = request.curl?.text ?? requestText(request);
  const line = compact({text, shown, directory: request.curl?.directory ?? directory, exports});
  const end = await run(line, timeoutMs, signal);
  if (end.kind !== 'exited') {
    const {kind, detail, isBegun} = end;
    const answer = {error: `curl on ${where}: ${detail}`, timedOut: kind === 'timed-out'};
    return kind === 'lost' ? {...answer, unseen: true} : isBegun ? maybeSent(request, answer) : answer;
  }
  if (end.code === NOT_FOUND)
    return {error: `there is no curl on ${where} to ask with`, timedOut: false, unasked: true};
  const found = ANSWER.exec(end.output);
  const [whole = '', status = '', times = ''] = found ?? [];
  const printed =
    end.output.slice(0, found?.index) + end.output.slice((found?.index ?? end.output.length) + whole.length);
  if (found === null || status === '000' || (end.code !== 0 && end.code !== ERROR_STATUS)) {
    const words = serverWords(end.errors || printed) || `exit ${end.code}`;
    const answer = {error: `${words}, asked by curl on ${where}`, timedOut: end.code === TIMED_OUT};
    return isNeverSent(end.code, times) ? answer : maybeSent(request, answer);
  }
  return {status: Number(status), body: printed.replace(/\n$/, ''), timing: timingOf(times, request)};
}

const TIMED_OUT = 28;
/** Statuses of curl for its own line and files, names and connections: where there was none, nothing was sent. */
const BEFORE_CONNECTION: ReadonlySet<number> = new Set([1, 2, 3, 4, 5, 6, 7, 26, 43, 45, 126]);
/** The exit codes of curl when TLS fails, or the server is not the one that was meant. */
const IN_HANDSHAKE: ReadonlySet<number> = new Set([35, 51, 53, 54, 58, 59, 60, 77, 83, 90, 91]);

/** Some of the first also come later: 1 where the answer is not HTTP, 26 where a file that is sent cannot be read on. */
function isNeverSent(code: number, times: string): boolean {
  const [, connect = 0] = times.trim().split(' ').map(Number);
  return IN_HANDSHAKE.has(code) || (BEFORE_CONNECTION.has(code) && !(connect > 0));
}

function maybeSent(request: HttpRequest, {error, timedOut}: Unanswered): Unanswered {
  if (onlyLooks(request)) return {error, timedOut};
  return {error: `${error}; ${effectUnseen(request)}`, timedOut, unseen: true};
}

/** curl counts every figure from the beginning, in seconds. */
function timingOf(text: string, {url}: HttpRequest): Timing {
  const [name = 0, connect = 0, tls = 0, firstByte = 0, total = 0] = text
    .trim()
    .split(' ')
    .map(figure => Number(figure) * 1000);
  const isAddress = /^(?:\[|[\d.]+(?::|$))/.test(hostOf(url));
  return compact({
    dnsMs: isAddress ? undefined : round(name),
    connectMs: round(connect - (isAddress ? 0 : name)),
    tlsMs: tls > 0 ? round(tls - connect) : undefined,
    firstByteMs: round(firstByte),
    totalMs: round(total),
  });
}

function round(ms: number): number {
  return Math.max(0, Math.round(ms * 10) / 10);
}

/** For what only asks, again and again: over the waiting shell of the place, and nothing is kept there. */
export function runInShell(shell: Shell): RunLine {
  return async ({text, directory, exports}, timeoutMs, signal) => {
    const late = AbortSignal.timeout(timeoutMs);
    const stop = signal === undefined ? late : AbortSignal.any([late, signal]);
    const [output, errors] = [bothEnds(), bothEnds()];
    const values = Object.entries(exports).map(([name, value]) => `export ${name}=${quote(value)}`);
    const enter = directory === undefined ? [] : [`cd ${directoryWord(directory)} || exit`];
    const whole = `{ ${[...values, ...enter, text].join('\n')}\n} </dev/null`;
    const running = await shell.start(whole, {out: output.add, err: errors.add}, stop);
    running.release();
    const ending = await Promise.race([running.ended, aborted(stop)]);
    if (ending === 'aborted') {
      running.abandon();
      const detail = late.aborted ? `no answer within ${timeoutMs / 1000} s` : 'stopped';
      return {kind: late.aborted ? 'timed-out' : 'cancelled', detail, isBegun: true};
    }
    if (ending.kind === 'dropped') return {kind: 'lost', detail: ending.detail, isBegun: true};
    return {kind: 'exited', code: ending.code, output: output.text(), errors: errors.text()};
  };
}

/** As a job of the step, whose end is seen also when the link is lost meanwhile. `nextId`: each is another job. */
export function runAsJob(shell: Shell, nextId: () => string, lostAfterMs: JobOptions['lostAfterMs']): RunLine {
  return async ({text, shown, directory, exports}, timeoutMs, signal) => {
    const output = bothEnds();
    const command = {line: 0, text, shown, captures: [], requires: [], optional: false};
    const stages = [{kind: 'commands' as const, commands: [command]}];
    const job = compact({id: nextId(), directory, exports, captured: {}, stages});
    const never = new AbortController().signal;
    const end = await runJob(shell, job, {signal: signal ?? never, timeoutMs, lostAfterMs, output: output.add});
    if (end.kind !== 'done') return {kind: end.kind, detail: end.detail, isBegun: end.record.commands.size > 0};
    const printed = output.text();
    const echo = `$ ${shown}\n`;
    const rest = printed.startsWith(echo) ? printed.slice(echo.length) : printed;
    return {kind: 'exited', code: end.record.done?.code ?? 0, output: rest, errors: ''};
  };
}

/** Names for a job and those that try it again. */
export function triesOf(id: string): () => string {
  let tries = 0;
  return () => {
    tries += 1;
    return tries === 1 ? id : `${id}-again${tries - 1}`;
  };
}

async function aborted(signal: AbortSignal): Promise<'aborted'> {
  const {promise, resolve} = Promise.withResolvers<'aborted'>();
  if (signal.aborted) resolve('aborted');
  signal.addEventListener('abort', () => resolve('aborted'), {once: true});
  return await promise;
}

const BEGINNING_BYTES = 1024 * 1024;
const END_BYTES = 8192;

/** An answer may be endless, and what curl says of it stands behind it. */
function bothEnds(): {add(chunk: Buffer): void; text(): string} {
  const beginning: Buffer[] = [];
  let room = BEGINNING_BYTES;
  let end = Buffer.alloc(0);
  return {
    add(chunk) {
      const taken = chunk.subarray(0, room);
      if (taken.length > 0) beginning.push(taken);
      room -= taken.length;
      const rest = chunk.subarray(taken.length);
      if (rest.length > 0) end = Buffer.concat([end, rest]).subarray(-END_BYTES);
    },
    text: () => Buffer.concat([...beginning, end]).toString('utf8'),
  };
}
