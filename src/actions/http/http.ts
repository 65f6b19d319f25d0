/** HTTP requests, measured; of those that change something, none is sent twice. */
import type {Socket} from 'node:net';
import {setTimeout as sleep} from 'node:timers/promises';
import type {buildConnector} from 'undici';
import {onlyLooks} from '../../plan/script.ts';
import type {Answer, CommandResult, Outcome, Timing} from '../../run/outcome.ts';
import type {BoundHttp, HttpStep} from '../../run/request.ts';
import {messageOf} from '../link-error.ts';
import {elapsedMs} from '../waiting.ts';
import {basicAuth} from './basic-auth.ts';
import {type Dial, dialled} from './connection-agent.ts';
import {effectUnseen, hostOf, inWords, showAnswer, showRequest} from './http-text.ts';

export type Exchange = Omit<Answer, 'line'>;
export type HttpRequest = Pick<BoundHttp, 'method' | 'url' | 'headers'> & Partial<Pick<BoundHttp, 'body' | 'insecure'>>;
/** `unseen`: nobody can say what came of it. `unasked`: it cannot be asked from there. */
export type Unanswered = {error: string; timedOut: boolean; unseen?: true; unasked?: true};
/** How one request is asked, from any place. */
export type Ask = (
  request: HttpRequest & Pick<Partial<BoundHttp>, 'curl'>,
  timeoutMs: number,
  signal?: AbortSignal,
) => Promise<Exchange | Unanswered>;

const BODY_BYTES_MAX = 1024 * 1024;
const PATIENCE_STEP_MS = 1000;
const TIMEOUT_MS = 30_000;
/** A file that is sent takes its time. */
const SENDING_TIMEOUT_MS = 10 * 60_000;
/** What is done at once when a run has opened is done by then, and no rollback has come to verifying itself. */
const PREPARE_AFTER_MS = 200;

/** Loads what the first request would wait for. */
export function prepareHttp(): void {
  setTimeout(() => void import('undici'), PREPARE_AFTER_MS).unref();
}

/** Requests one after the other; the first that nothing answers ends it. */
export async function performHttp(
  {requests, timeoutMs, from}: HttpStep,
  ask: (index: number) => Ask,
  output: (text: string) => void,
  signal: AbortSignal,
): Promise<Outcome> {
  const startedAt = performance.now();
  const answers: Answer[] = [];
  const durationMs = () => elapsedMs(startedAt);
  for (const [index, request] of requests.entries()) {
    if (signal.aborted) return {kind: 'cancelled', detail: 'stopped', durationMs: durationMs()};
    output(showRequest(request, from?.place));
    const answer = await exchangeWithPatience(request, timeoutMs ?? timeoutOf(request), signal, ask(index));
    if ('error' in answer) {
      output(`${answer.error}\n`);
      const commands = resultsOf(requests.slice(0, answers.length + 1), answers);
      if (isUnknown(answer)) return {kind: 'lost', detail: answer.error, durationMs: durationMs(), commands};
      if (signal.aborted) return {kind: 'cancelled', detail: 'stopped', durationMs: durationMs()};
      const changed = requests.slice(0, answers.length).some(one => !onlyLooks(one));
      const ended = {detail: answer.error, durationMs: durationMs(), commands, ...(changed ? {changed} : {})};
      return answer.timedOut ? {kind: 'timed-out', ...ended} : {kind: 'refused', reason: 'unreachable', ...ended};
    }
    output(showAnswer(answer));
    answers.push({line: request.line, ...answer});
  }
  return {kind: 'answered', answers, durationMs: durationMs()};
}

/** The last of the requests is the one without an answer. */
function resultsOf(requests: readonly BoundHttp[], answers: readonly Answer[]): readonly CommandResult[] {
  return requests.map(({line, method, url}, index) => {
    const answer = answers[index];
    const result = {line, text: `${method} ${url}`, durationMs: Math.round(answer?.timing.totalMs ?? 0)};
    return answer === undefined ? result : {...result, code: 0};
  });
}

/** One request; redirects are answers, not followed. Never throws: `error` says in words why there is no answer. */
export async function exchange(
  request: HttpRequest,
  timeoutMs: number,
  signal?: AbortSignal,
  dial?: Dial,
): Promise<Exchange | Unanswered> {
  const late = AbortSignal.timeout(timeoutMs);
  const stop = signal === undefined ? late : AbortSignal.any([late, signal]);
  let connected = false;
  try {
    return await send(request, {timeoutMs, signal: stop, dial, onConnected: () => (connected = true)});
  } catch (error) {
    const {url} = request;
    const why = late.aborted ? `no answer from ${hostOf(url)} within ${timeoutMs / 1000} s` : inWords(error, url);
    // Behind a connection any part of it may have arrived.
    if (!connected || onlyLooks(request)) return {error: why, timedOut: late.aborted};
    return {error: `${why}; ${effectUnseen(request)}`, timedOut: late.aborted, unseen: true};
  }
}

/**
 * Remembers beyond the end of the engine which requests were sent: one that changes something must not be sent twice.
 * Both throw when it cannot be written down.
 */
export type SentRequests = {
  /** `unanswered`: it was sent, and nobody saw whether it took effect. */
  find(key: string): {answer: Exchange} | 'unanswered' | undefined;
  /** Before it is sent; and when its answer is there. */
  note(key: string, answer?: Exchange): void;
};

/** `sent` is absent where nobody will ever ask. `key`: names this request of this attempt; safe in a path. */
type SendOptions = {sent?: SentRequests | undefined; key: string; timeoutMs: number; signal: AbortSignal; ask: Ask};

/** Asking is harmless; what may change something is noted first, and never sent again. */
export async function sendOnce(request: BoundHttp, {sent, key, timeoutMs, signal, ask}: SendOptions) {
  if (sent === undefined || onlyLooks(request)) {
    return await exchangeWithPatience(request, timeoutMs, signal, ask);
  }
  const before = sent.find(key);
  if (before !== undefined) return before === 'unanswered' ? before : before.answer;
  try {
    sent.note(key);
  } catch (error) {
    return {error: `not sent, because that could not be noted: ${messageOf(error)}`, timedOut: false};
  }
  const answer = await exchangeWithPatience(request, timeoutMs, signal, ask);
  try {
    if (!('error' in answer)) sent.note(key, answer);
  } catch {
    // It stands there as sent, which is true; that its answer came is known as long as this engine lives.
  }
  return answer;
}

/** To ask again would not tell, or might do it twice. */
export function isUnknown({unseen, unasked}: Unanswered): boolean {
  return unseen === true || unasked === true;
}

/** Where neither the line nor the bindings say so. */
export function timeoutOf(request: BoundHttp): number {
  return request.curl !== undefined && !onlyLooks(request) ? SENDING_TIMEOUT_MS : TIMEOUT_MS;
}

/** Asked again while nothing answers or the answer is a 5xx, as long as the request allows. */
async function exchangeWithPatience(request: BoundHttp, timeoutMs: number, signal: AbortSignal, ask: Ask) {
  const until = performance.now() + (request.patienceMs ?? 0);
  for (;;) {
    const answer = await ask(request, timeoutMs, signal);
    const settled = 'error' in answer ? isUnknown(answer) : answer.status < 500;
    if (settled || signal.aborted || performance.now() + PATIENCE_STEP_MS > until) return answer;
    await sleep(PATIENCE_STEP_MS);
  }
}

type Sending = {timeoutMs: number; signal: AbortSignal; dial: Dial | undefined; onConnected(): void};

/**
 * A fresh connection each time, with no TLS session to take up again: a visitor's first request is judged, and a reading
 * says the same whether the one before it was a second or an hour ago.
 */
async function send(request: HttpRequest, {timeoutMs, signal, dial, onConnected}: Sending): Promise<Exchange> {
  // Loaded when it is first needed, and before anything is timed: the first frame of a run does not wait for it.
  // The default export: a bundle has no other of a CommonJS package that is loaded late.
  const {buildConnector, Client} = (await import('undici')).default;
  const url = new URL(request.url);
  const startedAt = performance.now();
  const since = () => round(performance.now() - startedAt);
  const seen: Partial<Timing> = {};
  const client = new Client(url.origin, {
    connect:
      dial === undefined
        ? timed(
            buildConnector({rejectUnauthorized: request.insecure !== true, timeout: timeoutMs, allowH2: false}),
            since,
            seen,
          )
        : dialled(dial, url, since, seen),
    // The signal alone says when it is too late: of two clocks now the one would be first, now the other.
    headersTimeout: 0,
    bodyTimeout: 0,
  });
  client.once('connect', onConnected);
  try {
    const response = await client.request({
      method: request.method.toUpperCase() as 'GET',
      path: `${url.pathname}${url.search}`,
      headers: {'user-agent': 'tminus', accept: '*/*', ...basicAuth(url), ...lowerCased(request.headers)},
      body: request.body ?? null,
      signal,
    });
    const firstByteMs = since();
    const body = await readBody(response.body);
    return {status: response.statusCode, body, timing: {...seen, firstByteMs, totalMs: since()}};
  } finally {
    client.destroy().catch(() => {});
  }
}

/** Watches the socket come up. Each time is that of one part alone: name, connection, TLS. */
function timed(connector: buildConnector.connector, since: () => number, seen: Partial<Timing>) {
  return (options: buildConnector.Options, callback: buildConnector.Callback) => {
    // The declared type says nothing of it, but the socket is handed out at once; it is the one that connects.
    const socket = connector(options, callback) as unknown as Socket | undefined;
    socket?.once('lookup', () => {
      seen.dnsMs = since();
    });
    socket?.once('connect', () => {
      seen.connectMs = round(since() - (seen.dnsMs ?? 0));
    });
    socket?.once('secureConnect', () => {
      seen.tlsMs = round(since() - (seen.dnsMs ?? 0) - (seen.connectMs ?? 0));
    });
    return socket;
  };
}

async function readBody(body: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes >= BODY_BYTES_MAX) break;
  }
  return Buffer.concat(chunks).subarray(0, BODY_BYTES_MAX).toString('utf8');
}

function lowerCased(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

function round(ms: number): number {
  return Math.round(ms * 10) / 10;
}
