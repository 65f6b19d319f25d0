/** The team's ledger for a command that needs it: what keeps it from being used ends the command in one line. */
import {connectLedger, type Ledger, LedgerError} from '../../ledger/connection.ts';
import {EXIT} from '../../run/exit-codes.ts';
import {CommandError} from '../command-error.ts';
import {ledgerUrl} from '../settings/settings-file.ts';
import {settingsPath} from '../settings/settings-path.ts';

/** Where it is. */
export function requiredLedger(env: NodeJS.ProcessEnv): string {
  const url = ledgerUrl(env);
  if (url !== undefined) return url;
  const how = `write \`ledger: postgres://USER@HOST/DATABASE\` into ${settingsPath(env)}, or set TMINUS_LEDGER`;
  throw new CommandError(EXIT.usage, `no ledger is set: ${how}`);
}

export async function reachLedger<T>(env: NodeJS.ProcessEnv, work: (ledger: Ledger) => Promise<T>): Promise<T> {
  const ledger = await reached(connectLedger(requiredLedger(env)));
  try {
    return await reached(work(ledger));
  } finally {
    ledger.close();
  }
}

export async function reached<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
    const exitCode = error.lasting ? EXIT.refused : EXIT.unreachable;
    throw new CommandError(exitCode, `the ledger: ${error.message}`, {cause: error});
  }
}
