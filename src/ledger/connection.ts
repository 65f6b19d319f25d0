/** A connection to the team's ledger in PostgreSQL, and what can be wrong with it, in an operator's words. */
import {connectDriver, type Driver} from '../actions/sql/database-session.ts';
import {SqlError} from '../actions/sql/sql-error.ts';

/** Of the migrations in `schema/`: a ledger of another one is not written. */
const SCHEMA_VERSION = '0006_renewals';

/** `lasting`: trying again does not help; a person must do something. */
export class LedgerError extends Error {
  readonly lasting: boolean;

  constructor(message: string, {lasting = false, cause}: {lasting?: boolean; cause?: unknown} = {}) {
    super(message, {cause});
    this.lasting = lasting;
  }
}

type Row = Readonly<Record<string, unknown>>;

export type Ledger = {
  /** Where it is, in words: `team at db.example.org:5432`. */
  place: string;
  /** A server that does not answer in time is given up, and the connection with it. Rejects with a `LedgerError`. */
  ask(sql: string, values?: readonly unknown[]): Promise<readonly Row[]>;
  /** Told of each notice on the channel from then on. Rejects with a `LedgerError`. */
  listen(channel: string, told: (payload: string) => void): Promise<void>;
  close(): void;
};

const CONNECT_MS = 10_000;
const ANSWER_MS = 10_000;

type Wait = {signal?: AbortSignal | undefined; answerMs?: number | undefined};

/** Rejects with a `LedgerError`, also when its schema is not the one that this program needs. */
export async function connectLedger(url: string, {signal, answerMs = ANSWER_MS}: Wait = {}): Promise<Ledger> {
  if (!/^postgres(?:ql)?:\/\//.test(url))
    throw new LedgerError('it is a PostgreSQL database: write postgres://USER@HOST/DATABASE', {lasting: true});
  const driver = await connectDriver(url, {timeoutMs: CONNECT_MS, signal}).catch(error => {
    throw ledgerError(error);
  });
  const ledger = ledgerOf(driver, answerMs);
  try {
    const version = await schemaVersion(ledger);
    if (version === SCHEMA_VERSION) return ledger;
    const found = version === undefined ? 'no schema of T-Minus is there' : `its schema is ${version}`;
    const needs = `${found}, and this program needs ${SCHEMA_VERSION}: its owner runs \`tminus ledger setup\``;
    throw new LedgerError(needs, {lasting: true});
  } catch (error) {
    ledger.close();
    throw error;
  }
}

export function ledgerOf(driver: Driver, answerMs: number): Ledger {
  const {client} = driver;
  const ledger: Ledger = {
    place: `${client.database} at ${client.host}:${client.port}`,
    async listen(channel, told) {
      client.on('notification', notice => {
        if (notice.channel === channel) told(notice.payload ?? '');
      });
      await ledger.ask(`listen ${channel}`);
    },
    async ask(sql, values = []) {
      const words = new LedgerError(`no answer from ${client.host}:${client.port} within ${answerMs / 1000} s`);
      let isLate = false;
      const late = setTimeout(() => {
        isLate = true;
        // What waits for an answer is rejected then.
        client.end().catch(() => {});
      }, answerMs);
      try {
        return (await client.query<Record<string, unknown>>(sql, [...values])).rows;
      } catch (error) {
        throw isLate ? words : ledgerError(error, driver);
      } finally {
        clearTimeout(late);
      }
    },
    close: driver.close,
  };
  return ledger;
}

/** The newest migration that was applied; undefined where there is none. */
export async function schemaVersion({ask}: Ledger): Promise<string | undefined> {
  const [there] = await ask(`select to_regclass('tminus.migrations')::text as name`);
  if (there?.['name'] === null) return undefined;
  const [newest] = await ask('select name from tminus.migrations order by id desc limit 1');
  return newest === undefined ? undefined : String(newest['name']);
}

/** What PostgreSQL says to a role that may not do what it asks. */
export const NOT_ALLOWED = '42501';
/** What the ledger's own functions raise: see schema/. */
const OWN_REFUSAL = /^TM/;

/** Puts into words what a call of the driver rejected with. */
export function ledgerError(error: unknown, driver?: Driver): LedgerError {
  if (error instanceof LedgerError) return error;
  const {state = '', message} = error instanceof SqlError ? error : wordsOf(error, driver);
  if (state === NOT_ALLOWED)
    return new LedgerError(`${message}: your role needs tminus_operator`, {lasting: true, cause: error});
  return new LedgerError(message, {lasting: OWN_REFUSAL.test(state), cause: error});
}

function wordsOf(error: unknown, driver: Driver | undefined): SqlError {
  return driver?.asSqlError(error) ?? new SqlError(error instanceof Error ? error.message : String(error));
}
