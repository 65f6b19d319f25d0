/** The stream to a database's server: TLS as the address asks, and nothing that comes over it can end this process. */
import {connect as connectSocket, isIP} from 'node:net';
import type {Duplex} from 'node:stream';
import {connect as connectTls} from 'node:tls';
import type {Address, Way} from './address.ts';
import {TooLong, wholeMessages} from './server-messages.ts';

/** Opens a stream to the database's host and port as its `via` host sees them. */
export type Tunnel = (host: string, port: number) => Promise<Duplex>;

/** The server does not do TLS, or TLS did not come about: without it there may be a way. */
export class NoTls extends Error {}

const SSL_REQUEST = Buffer.from([0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f]);

/** An abort of `signal` destroys what has been opened. */
export async function openStream(
  address: Address,
  way: Way,
  {tunnel, signal}: {tunnel: Tunnel | undefined; signal: AbortSignal},
): Promise<Duplex> {
  const raw = tunnel === undefined ? await dial(address, signal) : await tunnel(address.host, address.port);
  raw.on('error', () => {});
  destroyOn(signal, raw);
  return way === 'plain' ? raw : await secured(raw, address, signal);
}

async function dial({host, port}: Address, signal: AbortSignal): Promise<Duplex> {
  signal.throwIfAborted();
  const socket = connectSocket(host.startsWith('/') ? {path: `${host}/.s.PGSQL.${port}`} : {host, port});
  destroyOn(signal, socket);
  await happens(socket, 'connect');
  socket.setNoDelay(true);
  return socket;
}

async function secured(raw: Duplex, address: Address, signal: AbortSignal): Promise<Duplex> {
  if (!address.direct) {
    raw.write(SSL_REQUEST);
    const answer = await happens<Buffer>(raw, 'data');
    raw.pause();
    // Anything behind that one letter was put there by somebody on the way.
    const said = answer.length === 1 ? answer.toString('latin1') : '';
    if (said === 'N' && address.ways.at(-1) === 'plain') return raw.resume();
    if (said !== 'S') {
      raw.destroy();
      throw new NoTls('the server does not speak TLS');
    }
  }
  const secure = connectTls({
    ...address.tls(),
    socket: raw,
    ...(isIP(address.host) === 0 ? {servername: address.host} : {}),
    ...(address.direct ? {ALPNProtocols: ['postgresql']} : {}),
  });
  raw.on('error', error => secure.destroy(error));
  destroyOn(signal, secure);
  try {
    await happens(secure, 'secureConnect');
  } catch (error) {
    raw.destroy();
    throw new NoTls(`TLS: ${(error as Error).message}`, {cause: error});
  }
  return secure;
}

function destroyOn(signal: AbortSignal, stream: Duplex): void {
  const destroy = () => void stream.destroy(signal.reason as Error);
  if (signal.aborted) return destroy();
  signal.addEventListener('abort', destroy, {once: true});
  stream.once('close', () => signal.removeEventListener('abort', destroy));
}

/** The first of that event; a stream that breaks before rejects. */
async function happens<T>(stream: Duplex, event: string): Promise<T> {
  const {promise, resolve, reject} = Promise.withResolvers<T>();
  const closed = () => reject(new Error('the server closed the connection'));
  stream.once(event, resolve).once('close', closed);
  stream.on('error', reject);
  try {
    return await promise;
  } finally {
    stream.off(event, resolve).off('close', closed);
  }
}

/**
 * The driver reads inside the stream's own events, and a server that answers nonsense makes it loop for ever or throw
 * there, where nobody could catch it. It gets whole messages only, and the first exception ends the connection instead of
 * the process.
 */
export function guarded(stream: Duplex): Duplex {
  const emit = stream.emit.bind(stream) as (event: string | symbol, ...parts: unknown[]) => boolean;
  const take = wholeMessages();
  const watched = (event: string | symbol, ...parts: unknown[]): boolean => {
    try {
      if (event !== 'data') return emit(event, ...parts);
      const whole = take(parts[0] as Buffer);
      return whole.length === 0 || emit(event, whole);
    } catch (error) {
      stream.destroy(error instanceof TooLong ? error : new NotSpoken(error));
      return true;
    }
  };
  return Object.assign(stream, {emit: watched});
}

class NotSpoken extends Error {
  constructor(cause: unknown) {
    super('what the server answers is not the PostgreSQL protocol', {cause});
  }
}
