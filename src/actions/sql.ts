/** SQL over one connection per batch, straight or through a host. */
import type {Duplex} from 'node:stream';
import pg from 'pg';
import type {DatabaseBinding} from '../plan/plan.ts';
import type {Outcome, Table} from '../run/outcome.ts';
import {compact} from '../text/compact.ts';
import {readableDatabaseUrl} from './database-url.ts';
import {LinkError, messageOf} from './link-error.ts';
import {textTable} from './sql-result-text.ts';
import {elapsedMs, within} from './waiting.ts';
import type {Unanswered} from './world.ts';

export type SqlStatement = {line: number; text: string};
/** Opens a stream to the database's host and port as its `via` host sees them. */
export type Tunnel = (host: string, port: number) => Promise<Duplex>;

export const ROWS_MAX = 1000;
const CONNECT_TIMEOUT_MS = 10_000;
const GOODBYE_MS = 1000;
const QUERY_CANCELED = '57014';

/** A statement that fails is an exit code; `refused` is kept for a database that cannot be reached. */
export async function performSql(
  database: DatabaseBinding,
  statements: readonly SqlStatement[],
  options: {timeoutMs: number; tunnel?: Tunnel; output: (text: string) => void; signal: AbortSignal},
): Promise<Outcome> {
  const startedAt = performance.now();
  const durationMs = () => elapsedMs(startedAt);
  let client: pg.Client;
  try {
    client = await connect(database, options.timeoutMs, options.tunnel);
  } catch (error) {
    return {kind: 'refused', reason: 'database', detail: explain(error, database), durationMs: durationMs()};
  }
  const cancel = () => void cancelQuery(client, database, options);
  options.signal.addEventListener('abort', cancel, {once: true});
  const tables: Table[] = [];
  try {
    for (const statement of statements) {
      if (options.signal.aborted) return {kind: 'cancelled', detail: 'stopped', durationMs: durationMs()};
      options.output(`${statement.text.trim()}\n`);
      const begunAt = performance.now();
      try {
        const table = await queryTable(client, statement.text);
        tables.push(table);
        options.output(`${textTable(table)}`);
      } catch (error) {
        if (options.signal.aborted) return {kind: 'cancelled', detail: 'stopped', durationMs: durationMs()};
        return failed(error, statement, {database, begunAt, durationMs: durationMs(), ...options});
      }
    }
    return {kind: 'returned', tables, durationMs: durationMs()};
  } finally {
    options.signal.removeEventListener('abort', cancel);
    void leave(client);
  }
}

/**
 * One statement over a connection of its own, for probes: nobody waits for another one's, and a server that hangs keeps
 * nothing of it beyond `timeoutMs`.
 */
export async function querySql(
  database: DatabaseBinding,
  sql: string,
  timeoutMs: number,
  tunnel?: Tunnel,
): Promise<Table | Unanswered> {
  const until = performance.now() + timeoutMs;
  const late = () => new Error(`no answer from ${inWords(database)} within ${timeoutMs / 1000} s`);
  let client: pg.Client | undefined;
  try {
    client = await connect(database, timeoutMs, tunnel);
    return await within(queryTable(client, sql), until - performance.now(), late);
  } catch (error) {
    const {code} = error as {code?: unknown};
    const state = error instanceof pg.DatabaseError && typeof code === 'string' ? {state: code} : {};
    return {error: explain(error, database), ...state};
  } finally {
    if (client !== undefined) void leave(client);
  }
}

/** Says goodbye to a server that may not be there any more. */
async function leave(client: pg.Client): Promise<void> {
  const gone = client.end().catch(() => {});
  await within(gone, GOODBYE_MS, () => new Error('no goodbye')).catch(() => {
    (client as unknown as {connection: {stream: Duplex}}).connection.stream.destroy();
  });
}

async function connect(database: DatabaseBinding, timeoutMs: number, tunnel: Tunnel | undefined): Promise<pg.Client> {
  const {url} = database;
  const stream = tunnel === undefined ? undefined : asSocket(await throughTunnel(database, timeoutMs, tunnel));
  const client = new pg.Client(
    compact({
      connectionString: readableDatabaseUrl(url),
      connectionTimeoutMillis: Math.min(timeoutMs, CONNECT_TIMEOUT_MS),
      statement_timeout: timeoutMs,
      application_name: 'tminus',
      // Every value as the text the server sent: nothing is rounded or shifted into another time zone on the way.
      types: {getTypeParser: () => (value: unknown) => value},
      stream: stream === undefined ? undefined : () => stream as never,
    }),
  );
  // A server that goes away between statements is found out by the next one.
  client.on('error', () => {});
  await client.connect();
  return client;
}

/** A host that is reached but does not go on never says so. */
async function throughTunnel(database: DatabaseBinding, timeoutMs: number, tunnel: Tunnel): Promise<Duplex> {
  const {host, port} = new pg.Client({connectionString: readableDatabaseUrl(database.url)});
  const opening = tunnel(host, port);
  const limitMs = Math.min(timeoutMs, CONNECT_TIMEOUT_MS);
  const late = () => new Error(`no way through to ${inWords(database)} within ${limitMs / 1000} s`);
  try {
    return await within(opening, limitMs, late);
  } catch (error) {
    opening.then(
      stream => stream.destroy(),
      () => {},
    );
    throw error;
  }
}

/** A stream that is open already, with what the client expects of a socket it opens itself. */
function asSocket(stream: Duplex): Duplex {
  const socket = {
    connect: () => setImmediate(() => stream.emit('connect')),
    setNoDelay: () => stream,
    setKeepAlive: () => stream,
    ref: () => stream,
    unref: () => stream,
  };
  return Object.assign(stream, socket);
}

/** Rows beyond the cap are counted, not kept. Text of several statements returns the last one's rows. */
async function queryTable(client: pg.Client, text: string): Promise<Table> {
  let rows: (string | null)[][] = [];
  let rowCount = 0;
  let columns: string[] = [];
  let current: unknown;
  return await new Promise((resolve, reject) => {
    const query = new pg.Query({text, rowMode: 'array'} as pg.QueryConfig);
    query.on('row', (row: unknown, result?: pg.ResultBuilder) => {
      if (current !== undefined && result !== current) {
        rows = [];
        rowCount = 0;
      }
      current = result;
      rowCount += 1;
      if (rows.length < ROWS_MAX) rows.push(row as (string | null)[]);
    });
    query.on('error', reject);
    query.on('end', (result: pg.ResultBuilder | pg.ResultBuilder[] | undefined) => {
      const last = Array.isArray(result) ? result.at(-1) : result;
      if (current !== last) rows = [];
      columns = last?.fields?.map(({name}) => name) ?? columns;
      resolve({columns, rows, rowCount: current === last ? rowCount : (last?.rowCount ?? 0)});
    });
    client.query(query);
  });
}

/** Closing the connection would leave the statement running on the server. */
async function cancelQuery(
  client: pg.Client,
  database: DatabaseBinding,
  {timeoutMs, tunnel}: {timeoutMs: number; tunnel?: Tunnel},
): Promise<void> {
  const {processID} = client as pg.Client & {processID?: number | null};
  if (processID === undefined || processID === null) return;
  await querySql(database, `select pg_cancel_backend(${processID})`, timeoutMs, tunnel);
}

type Failure = {
  database: DatabaseBinding;
  begunAt: number;
  durationMs: number;
  timeoutMs: number;
  output: (text: string) => void;
};

function failed(error: unknown, statement: SqlStatement, failure: Failure): Outcome {
  const {durationMs} = failure;
  const message = explain(error, failure.database);
  if ((error as {code?: string}).code === QUERY_CANCELED) {
    return {kind: 'timed-out', detail: `statement took longer than ${failure.timeoutMs / 1000} s`, durationMs};
  }
  const words = `ERROR: ${message}\n`;
  failure.output(words);
  const took = elapsedMs(failure.begunAt);
  const command = {line: statement.line, text: statement.text, code: 1, durationMs: took};
  return {kind: 'exited', code: 1, durationMs, commands: [command], output: words};
}

/** Short, and never with the password in it. */
function explain(error: unknown, {url}: Pick<DatabaseBinding, 'url'>): string {
  const {password} = safeTarget(url);
  const {code} = error as {code?: string};
  const message = code === 'ECONNREFUSED' ? `connection refused by ${inWords({url})}` : firstMessage(error);
  return typeof password === 'string' && password !== '' ? message.replaceAll(password, '[redacted]') : message;
}

function inWords({url}: Pick<DatabaseBinding, 'url'>): string {
  const {host, port} = safeTarget(url);
  return `${host}:${port}`;
}

function safeTarget(url: string): {host: string; port: number; password?: unknown} {
  try {
    const {host, port, password} = new pg.Client({connectionString: readableDatabaseUrl(url)});
    return {host, port, password};
  } catch {
    return {host: 'the database', port: 0};
  }
}

/** When every address of a name failed, the first failure speaks for all. */
function firstMessage(error: unknown): string {
  if (error instanceof LinkError) return error.message;
  if (error instanceof AggregateError && error.errors.length > 0) return messageOf(error.errors[0]);
  return messageOf(error);
}
