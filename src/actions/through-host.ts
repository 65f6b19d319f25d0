/** A request sent through the connection to a host: the host looks names up, connects, and is where `localhost` is. */
import {isIP} from 'node:net';
import type {Duplex} from 'node:stream';
import {connect, type SecureContext} from 'node:tls';
import type {Dial} from './dialled.ts';
import {type Exchange, exchange, type HttpRequest, type Unanswered} from './http.ts';
import type {Lease} from './ssh/connections.ts';

/** `trust`: whom the host trusts; absent = whoever answers will do. */
export type Opened = {lease: Lease; trust?: SecureContext};

/** Undefined where it must be left to curl there: the server forwards nothing, or who answers is not trusted by this. */
export async function askThrough(
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

/** Of the reasons that SSH knows, the one that says what the host itself met with. The others are about the forwarding. */
const CONNECT_FAILED = 2;
const HTTPS_PORT = 443;
const HTTP_PORT = 80;

async function forwarded({client}: Lease, url: URL): Promise<Duplex> {
  const {forward} = await import('./ssh/dial.ts');
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
