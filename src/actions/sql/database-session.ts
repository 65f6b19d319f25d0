/** A connection to a database: made within a time, asked within a time, and given up when the time is over. */
import type {Duplex} from 'node:stream';
import pg from 'pg';
import type {DatabaseBinding} from '../../plan/plan.ts';
import type {Table} from '../../run/outcome.ts';
import {compact} from '../../text/compact.ts';
import {messageOf} from '../link-error.ts';
import {within} from '../waiting.ts';
import {type Address, addressOf, type Way} from './address.ts';
import {passwordFromFile} from './password-file.ts';
import {readAnswer} from './read-answer.ts';
import {asSqlError, inWords, SqlError} from './sql-error.ts';
import {guarded, NoTls, openStream, type Tunnel} from './stream.ts';

/** One object for each database: what is known of it is kept by it. */
type Place = Pick<DatabaseBinding, 'url'>;

export type Session = {
  /**
   * One text of SQL. When it is too late, or `signal` aborts, the server is told to stop; what it says to that within
   * `graceMs` is still the answer. `timeoutMs`: how long it was to take, for the operator. Rejects with a `SqlError`.
   */
  ask(sql: string, limits: {until: number; timeoutMs: number; graceMs: number; signal?: AbortSignal}): Promise<Table>;
  close(): void;
};

type Wait = {timeoutMs: number; tunnel?: Tunnel | undefined; signal?: AbortSignal | undefined};

const CONNECT_TIMEOUT_MS = 10_000;
const CANCEL_TIMEOUT_MS = 5000;
const GOODBYE_MS = 1000;
const CANCEL_REQUEST_CODE = 80877102;

/** Poolers between us and the server refuse settings they cannot pass on; the client's own clock then stands alone. */
const withoutServerLimit = new WeakSet<Place>();
const SETTING_REFUSED = /^(?:08|0A|22|42)/;
/** Let in on no such way: with or without TLS there may be another. */
const WAY_REFUSED = /^(?:28000|08...)$/;

/** `timeoutMs`: also the most that one statement takes on the server, where it can be told so. */
export async function connect(database: Place, wait: Wait): Promise<Session> {
  const {made, address} = await reach(database, wait);
  return sessionOf(made, address, wait.tunnel);
}

/** The driver itself, for parameters and notifications. `asSqlError` puts into words what its calls reject with. */
export type Driver = {client: pg.Client; asSqlError(error: unknown): SqlError; close(): void};

/** As `connect` does it. */
export async function connectDriver(url: string, wait: Wait): Promise<Driver> {
  const {made, address} = await reach({url}, wait);
  const {client, stream} = made;
  return {client, asSqlError: error => asSqlError(error, address), close: () => void leave(client, stream)};
}

async function reach(database: Place, {timeoutMs, tunnel, signal}: Wait): Promise<{made: Made; address: Address}> {
  const limitMs = Math.min(timeoutMs, CONNECT_TIMEOUT_MS);
  let address: Address;
  try {
    address = addressOf(database.url);
  } catch (error) {
    throw new SqlError(`the URL of the database cannot be used: ${messageOf(error)}`);
  }
  const given = new AbortController();
  const late = () => new SqlError(`no connection to ${inWords(address)} within ${limitMs / 1000} s`, {late: true});
  const making = makeClient(database, address, {timeoutMs, tunnel, signal: given.signal});
  try {
    return {made: await untilStopped(making, performance.now() + limitMs, late, signal), address};
  } catch (error) {
    given.abort(new Error('given up'));
    throw error instanceof Stopped ? error.because : asSqlError(error, address);
  }
}

type Making = {timeoutMs: number; tunnel: Tunnel | undefined; signal: AbortSignal};
type Made = {client: pg.Client; stream: Duplex; way: Way};

async function makeClient(database: Place, address: Address, making: Making): Promise<Made> {
  let failure: unknown;
  for (const way of address.ways) {
    try {
      return await makeOneWay(database, address, way, making);
    } catch (error) {
      if (failure === undefined || error instanceof pg.DatabaseError || failure instanceof NoTls) failure = error;
      const goesOn =
        error instanceof NoTls || (error instanceof pg.DatabaseError && WAY_REFUSED.test(error.code ?? ''));
      if (!goesOn || making.signal.aborted) break;
    }
  }
  throw failure;
}

async function makeOneWay(database: Place, address: Address, way: Way, making: Making): Promise<Made> {
  if (!withoutServerLimit.has(database)) {
    try {
      return await begin(address, way, making, making.timeoutMs);
    } catch (error) {
      if (!(error instanceof pg.DatabaseError) || !SETTING_REFUSED.test(error.code ?? '')) throw error;
    }
  }
  const made = await begin(address, way, making, undefined);
  withoutServerLimit.add(database);
  return made;
}

async function begin(address: Address, way: Way, making: Making, statementMs: number | undefined): Promise<Made> {
  const stream = guarded(await openStream(address, way, making));
  const client = new pg.Client(
    compact({
      connectionString: address.url,
      ssl: false,
      statement_timeout: statementMs,
      application_name: 'tminus',
      stream: () => opened(stream) as never,
    }),
  );
  // Called when the server asks for one. The driver would read that file itself, and write about it into the console.
  if (address.password === undefined) Object.assign(client, {password: () => keptPassword(client)});
  // A server that goes away between statements is found out by the next one.
  client.on('error', () => {});
  try {
    await client.connect();
    return {client, stream, way};
  } catch (error) {
    stream.destroy();
    throw error;
  }
}

function keptPassword({host, port, database = '', user = ''}: pg.Client): string {
  const password = passwordFromFile({host, port, database, user});
  if (password !== undefined) return password;
  const line = `${host}:${port}:${database}:${user}:…`;
  throw new SqlError(
    `it wants a password of ${user}: write it into ~/.pgpass (\`${line}\`, chmod 600), or into the URL`,
  );
}

/** A stream that is open already, with what the driver expects of a socket it opens itself. */
function opened(stream: Duplex): Duplex {
  const socket = {
    connect: () => setImmediate(() => stream.emit('connect')),
    setNoDelay: () => stream,
    setKeepAlive: () => stream,
    ref: () => stream,
    unref: () => stream,
  };
  return Object.assign(stream, socket);
}

function sessionOf({client, stream, way}: Made, address: Address, tunnel: Tunnel | undefined): Session {
  return {
    async ask(sql, {until, timeoutMs, graceMs, signal}) {
      const answer = readAnswer(client, sql);
      const late = () => new SqlError(`no answer from ${inWords(address)} within ${timeoutMs / 1000} s`, {late: true});
      try {
        return await untilStopped(answer, until, late, signal);
      } catch (error) {
        if (!(error instanceof Stopped)) throw asSqlError(error, address);
        void cancel(client, address, way, tunnel);
        try {
          return await within(answer, graceMs, () => error.because);
        } catch (last) {
          throw asSqlError(last, address);
        }
      }
    },
    close: () => void leave(client, stream),
  };
}

/** It is too late, or nobody wants it any more. */
class Stopped extends Error {
  readonly because: Error;
  constructor(because: Error) {
    super(because.message);
    this.because = because;
  }
}

async function untilStopped<T>(work: Promise<T>, until: number, late: () => Error, signal?: AbortSignal): Promise<T> {
  const {promise, reject} = Promise.withResolvers<never>();
  const onAbort = () => reject(new Stopped(new SqlError('stopped before there was an answer')));
  if (signal?.aborted === true) onAbort();
  signal?.addEventListener('abort', onAbort, {once: true});
  promise.catch(() => {});
  try {
    return await within(Promise.race([work, promise]), until - performance.now(), () => new Stopped(late()));
  } finally {
    signal?.removeEventListener('abort', onAbort);
  }
}

/** The protocol wants a connection of its own for it; a pooler passes it on to the server that runs the statement. */
async function cancel(client: pg.Client, address: Address, way: Way, tunnel: Tunnel | undefined): Promise<void> {
  const {processID, secretKey} = client as unknown as {processID: number | null; secretKey: number | null};
  if (processID === null || secretKey === null) return;
  const request = Buffer.alloc(16);
  request.writeInt32BE(request.length, 0);
  request.writeInt32BE(CANCEL_REQUEST_CODE, 4);
  request.writeInt32BE(processID, 8);
  request.writeInt32BE(secretKey, 12);
  const signal = AbortSignal.timeout(CANCEL_TIMEOUT_MS);
  try {
    const stream = await openStream(address, way, {tunnel, signal});
    stream.on('error', () => {});
    // It is the server that closes: a pooler drops what comes from a client that has gone.
    stream.resume().write(request);
  } catch {
    // The server is not reached: what became of the statement stays unseen, which is what is said of it.
  }
}

/** Says goodbye to a server that may not be there any more. */
async function leave(client: pg.Client, stream: Duplex): Promise<void> {
  const gone = client.end().catch(() => {});
  await within(gone, GOODBYE_MS, () => new Error('no goodbye')).catch(() => {});
  stream.destroy();
}
