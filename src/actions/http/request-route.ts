/** From where a request is asked: here, through the connection to a host, or by curl on its place. */

import {isIP} from 'node:net';
import type {Duplex} from 'node:stream';
import {connect, type SecureContext} from 'node:tls';
import {compact} from '../../text/compact.ts';
import {LinkError} from '../link-error.ts';
import type {Shell} from '../shell.ts';
import type {Lease} from '../ssh/lease.ts';
import {elapsedMs, within} from '../waiting.ts';
import type {Dial} from './connection-agent.ts';
import {type CurlSetting, changesWhatCurlGoesBy} from './curl-setting.ts';
import {askByCurl, type RunLine} from './curl-there.ts';
import {type Ask, type Exchange, exchange, type HttpRequest, type Unanswered} from './http.ts';

/** What leads to what a place can reach. `lease` is absent here. */
export type Way = {shell: Shell; setting: CurlSetting; lease?: () => Promise<Lease>};

/** `directory` and `exports`: what holds in the shell there. */
type Asking = {
  way: Way;
  run: RunLine;
  directory?: string | undefined;
  exports?: Readonly<Record<string, string>>;
};

/** What only curl does goes to curl, on the place; the rest is our own client's, as long as it sees what curl would. */
export function askFrom({way, run, directory, exports = {}}: Asking): Ask {
  return async (request, timeoutMs, signal) => {
    const startedAt = performance.now();
    const byCurl = () => {
      const where = compact({where: way.shell.name, run, directory, exports});
      return askByCurl(request, where, Math.max(1, timeoutMs - elapsedMs(startedAt)), signal);
    };
    try {
      if (request.curl !== undefined || changesWhatCurlGoesBy(exports)) return await byCurl();
      const opened = await soon(open(way, request), way.shell.name, timeoutMs, signal);
      if (opened === 'for curl') return await byCurl();
      if (opened === 'from here') return await exchange(request, timeoutMs, signal);
      const answer = await askThrough(opened, request, timeoutMs, signal);
      if (answer === undefined) return await byCurl();
      return 'error' in answer ? {...answer, error: `${answer.error}, asked from ${way.shell.name}`} : answer;
    } catch (error) {
      if (error instanceof LinkError) return {error: error.message, timedOut: false};
      throw error;
    }
  };
}

/** What a request waits for before its time counts: the connection to its place, and what curl would go by there. */
async function open({setting, lease}: Way, request: HttpRequest): Promise<Opened | 'for curl' | 'from here'> {
  if (!URL.canParse(request.url)) return 'from here';
  const url = new URL(request.url);
  if (await setting.isProxied(url)) return 'for curl';
  if (lease === undefined) return 'from here';
  const trusts = url.protocol === 'https:' && request.insecure !== true;
  const trust = trusts ? await setting.trust() : undefined;
  if (trusts && trust === undefined) return 'for curl';
  return compact({lease: await lease(), trust});
}

/** A connection that comes too late is not needed any more. */
async function soon(
  opening: ReturnType<typeof open>,
  name: string,
  timeoutMs: number,
  signal: AbortSignal | undefined,
): ReturnType<typeof open> {
  const {promise: stopped, reject} = Promise.withResolvers<never>();
  const stop = () => reject(new LinkError('unreachable', 'stopped'));
  if (signal?.aborted === true) stop();
  signal?.addEventListener('abort', stop, {once: true});
  const late = () => new LinkError('unreachable', `no answer from ${name} within ${timeoutMs / 1000} s`);
  try {
    return await within(Promise.race([opening, stopped]), timeoutMs, late);
  } catch (error) {
    opening.then(
      opened => typeof opened === 'string' || opened.lease.release(),
      () => {},
    );
    throw error;
  } finally {
    signal?.removeEventListener('abort', stop);
  }
}

/** `trust`: the authorities that the host trusts; absent = any server will do. */
type Opened = {lease: Lease; trust?: SecureContext};

/** Undefined where it must be left to curl there: the server forwards nothing, or who answers is not trusted by this. */
async function askThrough(
  {lease, trust}: Opened,
  request: HttpRequest,
  timeoutMs: number,
  signal: AbortSignal | undefined,
): Promise<Exchange | Unanswered | undefined> {
  let isOver = false;
  let isLeft = false;
  const streams: Duplex[] = [];
  const dial: Dial = async (url, seen) => {
    const stream = await forwarded(lease, url).catch(error => {
      isLeft ||= error instanceof NotForwarded;
      throw error;
    });
    streams.push(stream);
    if (isOver) stream.destroy();
    seen('connectMs');
    if (url.protocol !== 'https:') return stream;
    const secured = await secure(stream, url, trust).catch(error => {
      isLeft ||= error instanceof NotTrusted;
      throw error;
    });
    seen('tlsMs');
    return secured;
  };
  try {
    const answer = await exchange(request, timeoutMs, signal, dial);
    return isLeft ? undefined : answer;
  } finally {
    isOver = true;
    for (const stream of streams) stream.destroy();
    lease.release();
  }
}

class NotForwarded extends Error {}
class NotTrusted extends Error {}

/** The only reason of SSH that says what the host itself met with. The others are about the forwarding. */
const CONNECT_FAILED = 2;
const HTTPS_PORT = 443;
const HTTP_PORT = 80;

async function forwarded({client}: Lease, url: URL): Promise<Duplex> {
  const {forward} = await import('../ssh/dial.ts');
  const isSecure = url.protocol === 'https:';
  const port = url.port === '' ? (isSecure ? HTTPS_PORT : HTTP_PORT) : Number(url.port);
  try {
    const stream = await forward(client, nameOf(url), port);
    stream.on('error', () => {});
    return stream;
  } catch (error) {
    const cause = (error as Error).cause as {reason?: unknown; message?: string} | undefined;
    if (typeof cause?.reason !== 'number') throw error;
    if (cause.reason !== CONNECT_FAILED) throw new NotForwarded((error as Error).message, {cause: error});
    throw Object.assign(new Error((error as Error).message, {cause: error}), {code: codeOf(cause.message ?? '')});
  }
}

/** As if the socket were one of ours. A server that does not say why has met a closed port, more often than not. */
function codeOf(words: string): string {
  if (/name|resolve|address associated|not known/i.test(words)) return 'ENOTFOUND';
  if (/unreachable|no route/i.test(words)) return 'EHOSTUNREACH';
  return /timed? ?out/i.test(words) ? 'ETIMEDOUT' : 'ECONNREFUSED';
}

function nameOf({hostname}: URL): string {
  return hostname.replace(/^\[|\]$/g, '');
}

/** No session to take up again, as with every request. */
async function secure(stream: Duplex, url: URL, trust: SecureContext | undefined): Promise<Duplex> {
  const host = nameOf(url);
  const {promise, resolve, reject} = Promise.withResolvers<Duplex>();
  const socket = connect({
    socket: stream,
    host,
    // An address is no name that a server could be asked for.
    ...(isIP(host) === 0 ? {servername: host} : {}),
    ...(trust === undefined ? {} : {secureContext: trust}),
    ALPNProtocols: ['http/1.1'],
    rejectUnauthorized: false,
  });
  socket.on('error', reject);
  socket.once('close', () => reject(Object.assign(new Error('closed in the handshake'), {code: 'ECONNRESET'})));
  socket.once('secureConnect', () => {
    if (trust !== undefined && !socket.authorized) reject(new NotTrusted(String(socket.authorizationError)));
    else resolve(socket);
  });
  return await promise;
}
