/** Makes the schema of the ledger, or brings it up to date, and gives its roles their rights: for its owner. */
import {existsSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {connectDriver, type Driver} from '../actions/sql/database-session.ts';
import {LedgerError, ledgerError, ledgerOf, NOT_ALLOWED, schemaVersion} from './connection.ts';

const TIMEOUT_MS = 60_000;

/** Returns the names of the migrations that were applied now. Rejects with a `LedgerError`. */
export async function setUpLedger(url: string): Promise<{applied: readonly string[]; version: string | undefined}> {
  const driver = await connectDriver(url, {timeoutMs: TIMEOUT_MS}).catch(error => {
    throw ledgerError(error);
  });
  try {
    const {runner} = await import('node-pg-migrate');
    const directory = schemaDirectory();
    const done = await runner({
      dbClient: driver.client,
      dir: join(directory, '*_*.sql'),
      useGlob: true,
      direction: 'up',
      migrationsTable: 'migrations',
      migrationsSchema: 'tminus',
      createMigrationsSchema: true,
      // Everything or nothing.
      singleTransaction: true,
      log: () => {},
    });
    await driver.client.query(readFileSync(join(directory, 'rights.sql'), 'utf8'));
    return {applied: done.map(({name}) => name), version: await schemaVersion(ledgerOf(driver, TIMEOUT_MS))};
  } catch (error) {
    throw refusal(driver, error) ?? ledgerError(error, driver);
  } finally {
    driver.close();
  }
}

/** Of a role that may not make what there has to be. */
function refusal({client, asSqlError}: Driver, error: unknown): LedgerError | undefined {
  const {state, message} = asSqlError(error);
  if (state !== NOT_ALLOWED) return undefined;
  const who = `this is for the owner of the database, who may make roles: \`alter role ${client.user} createrole\``;
  return new LedgerError(`${message}: ${who}`, {lasting: true, cause: error});
}

/** Beside this file in the sources, and beside the chunks in a bundle. */
function schemaDirectory(): string {
  const places = ['schema', '../ledger/schema', 'ledger/schema'];
  const found = places.map(place => fileURLToPath(new URL(place, import.meta.url))).find(place => existsSync(place));
  if (found === undefined) throw new Error('the schema of the ledger is not part of this installation');
  return found;
}
