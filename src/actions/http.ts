/** HTTP requests, measured; of those that change something, none is sent twice. */
import type {Socket} from 'node:net';
import {setTimeout as sleep} from 'node:timers/promises';
import type {buildConnector} from 'undici';
import type {Answer, Outcome, Timing} from '../run/outcome.ts';
import type {BoundHttp} from '../run/request.ts';
import {messageOf} from './link-error.ts';
import {elapsedMs} from './waiting.ts';

export type Exchange = Omit<Answer, 'line'>;
export type HttpRequest = Pick<BoundHttp, 'method' | 'url' | 'headers'> & Partial<Pick<BoundHttp, 'body' | 'insecure'>>;

const BODY_BYTES_MAX = 1024 * 1024;
const SHOWN_CHARS_MAX = 8192;
const PATIENCE_STEP_MS = 1000;
/** What is done at once when a run has opened is done by then, and no rollback has come to verifying itself. */
const PREPARE_AFTER_MS = 200;

/** Loads what the first request would wait for. */
export function prepareHttp(): void {
  setTimeout(() => void import('undici'), PREPARE_AFTER_MS).unref();
}

/** Requests one after the other; the first that nothing answers ends it. */
export async function performHttp(
  requests: readonly BoundHttp[],
  timeoutMs: number,
  output: (text: string) => void,
  signal: AbortSignal,
): Promise<Outcome> {
  const startedAt = performance.now();
  const answers: Answer[] = [];
  const durationMs = () => elapsedMs(startedAt);
  for (const request of requests) {
    if (signal.aborted) return {kind: 'cancelled', detail: 'stopped', durationMs: durationMs()};
    output(showRequest(request));
    const answer = await exchangeWithPatience(request, timeoutMs, signal);
    if ('error' in answer) {
      output(`${answer.error}\n`);
      if (signal.aborted) return {kind: 'cancelled', detail: 'stopped', durationMs: durationMs()};
      if (answer.timedOut) return {kind: 'timed-out', detail: answer.error, durationMs: durationMs()};
      return {kind: 'refused', reason: 'unreachable', detail: answer.error, durationMs: durationMs()};
    }
    output(showAnswer(answer));
    answers.push({line: request.line, ...answer});
  }
  return {kind: 'answered', answers, durationMs: durationMs()};
}

/** One request; redirects are answers, not followed. Never throws: `error` says in words why there is no answer. */
export async function exchange(
  request: HttpRequest,
  timeoutMs: number,
  signal?: AbortSignal,
): Promise<Exchange | {error: string; timedOut: boolean}> {
  const late = AbortSignal.timeout(timeoutMs);
  const stop = signal === undefined ? late : AbortSignal.any([late, signal]);
  try {
    return await send(request, timeoutMs, stop);
  } catch (error) {
    return {
      error: late.aborted
        ? `no answer from ${hostOf(request.url)} within ${timeoutMs / 1000} s`
        : inWords(error, request.url),
      timedOut: late.aborted,
    };
  }
}

/**
 * Remembers beyond the end of the engine which requests were sent: one that changes something must not be sent twice.
 * Both throw when it cannot be written down.
 */
export type SentRequests = {
  /** `unanswered`: it was sent, and whether anything came of it nobody saw. */
  find(key: string): {answer: Exchange} | 'unanswered' | undefined;
  /** Before it is sent; and when its answer is there. */
  note(key: string, answer?: Exchange): void;
};

/** `sent` is absent where nobody will ever ask. `key`: names this request of this attempt; safe in a path. */
type SendOptions = {sent?: SentRequests | undefined; key: string; timeoutMs: number; signal: AbortSignal};

/** Asking is harmless; what may change something is noted first, and never sent again. */
export async function sendOnce(request: BoundHttp, {sent, key, timeoutMs, signal}: SendOptions) {
  if (sent === undefined || onlyAsks(request.method)) {
    return await exchangeWithPatience(request, timeoutMs, signal);
  }
  const before = sent.find(key);
  if (before !== undefined) return before === 'unanswered' ? before : before.answer;
  try {
    sent.note(key);
  } catch (error) {
    return {error: `not sent, because that could not be noted: ${messageOf(error)}`, timedOut: false};
  }
  const answer = await exchangeWithPatience(request, timeoutMs, signal);
  try {
    if (!('error' in answer)) sent.note(key, answer);
  } catch {
    // It stands there as sent, which is true; that its answer came is known as long as this engine lives.
  }
  return answer;
}

/** Whether requests of this method change nothing, however often they are sent. */
export function onlyAsks(method: string): boolean {
  return /^(GET|HEAD|OPTIONS)$/i.test(method);
}

/** Asked again while nothing answers or the answer is a 5xx, as long as the request allows. */
async function exchangeWithPatience(request: BoundHttp, timeoutMs: number, signal: AbortSignal) {
  const until = performance.now() + (request.patienceMs ?? 0);
  for (;;) {
    const answer = await exchange(request, timeoutMs, signal);
    const settled = !('error' in answer) && answer.status < 500;
    if (settled || signal.aborted || performance.now() + PATIENCE_STEP_MS > until) return answer;
    await sleep(PATIENCE_STEP_MS);
  }
}

export function showRequest({method, url}: HttpRequest): string {
  return `> ${method} ${url}\n`;
}

export function showAnswer({status, body, timing}: Exchange): string {
  const shown = pretty(body);
  const cut =
    shown.length > SHOWN_CHARS_MAX
      ? `${shown.slice(0, SHOWN_CHARS_MAX)}\n… ${shown.length - SHOWN_CHARS_MAX} more characters`
      : shown;
  return `< ${status} · ${Math.round(timing.totalMs)} ms\n${cut}${cut === '' || cut.endsWith('\n') ? '' : '\n'}`;
}

/**
 * A fresh connection each time, with no TLS session to take up again: a visitor's first request is judged, and a reading
 * says the same whether the one before it was a second or an hour ago.
 */
async function send(request: HttpRequest, timeoutMs: number, signal: AbortSignal): Promise<Exchange> {
  // Loaded when it is first needed, and before anything is timed: the first frame of a run does not wait for it.
  // The default export: a bundle has no other of a CommonJS package that is loaded late.
  const {buildConnector, Client} = (await import('undici')).default;
  const url = new URL(request.url);
  const startedAt = performance.now();
  const since = () => round(performance.now() - startedAt);
  const seen: Partial<Timing> = {};
  const client = new Client(url.origin, {
    connect: timed(
      buildConnector({rejectUnauthorized: request.insecure !== true, timeout: timeoutMs, allowH2: false}),
      since,
      seen,
    ),
    // The signal alone says when it is too late: of two clocks now the one would be first, now the other.
    headersTimeout: 0,
    bodyTimeout: 0,
  });
  try {
    const response = await client.request({
      method: request.method.toUpperCase() as 'GET',
      path: `${url.pathname}${url.search}`,
      headers: {'user-agent': 'tminus', accept: '*/*', ...lowerCased(request.headers)},
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

/** Watches the socket come up. Each figure is a stretch of its own: name, connection, TLS. */
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

function pretty(body: string): string {
  if (!/^\s*[[{]/.test(body)) return body;
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}

function inWords(error: unknown, url: string): string {
  const host = hostOf(url);
  const {code, message} = error as {code?: string; message?: string};
  switch (code) {
    case 'ECONNREFUSED':
      return `connection refused by ${host}`;
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `no such host: ${host}`;
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return `no route to ${host}`;
    case 'ECONNRESET':
    case 'UND_ERR_SOCKET':
      return `${host} closed the connection without an answer`;
    case 'UND_ERR_CONNECT_TIMEOUT':
    case 'ETIMEDOUT':
      return `no connection to ${host} in time`;
    case 'ERR_INVALID_URL':
      return `not a URL: ${url}`;
    default:
      return `${host}: ${message ?? code ?? 'no answer'}`;
  }
}

function hostOf(url: string): string {
  if (!URL.canParse(url)) return url;
  const {hostname, port, protocol} = new URL(url);
  return `${hostname}:${port === '' ? (protocol === 'https:' ? 443 : 80) : port}`;
}

function round(ms: number): number {
  return Math.round(ms * 10) / 10;
}
