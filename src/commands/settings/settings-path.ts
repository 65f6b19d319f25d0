/** Where settings are kept, and the mark that a console was used before. */
import {existsSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {homedir} from 'node:os';
import {join} from 'node:path';
import {stateHome} from '../../journal/run-directory.ts';

export type Env = Readonly<Record<string, string | undefined>>;

export function settingsPath(env: Env): string {
  const config = env['XDG_CONFIG_HOME']?.startsWith('/')
    ? env['XDG_CONFIG_HOME']
    : join(env['HOME'] || homedir(), '.config');
  return join(config, 'tminus', 'config.yaml');
}

/** The environment variable that says where the team's ledger is; it may hold a password. */
export const LEDGER_VARIABLE = 'TMINUS_LEDGER';

/** Whether one may be set: without it nothing of a ledger is loaded, nor the reader of the settings. */
export function mayHaveLedger(env: Env): boolean {
  if (env[LEDGER_VARIABLE] !== undefined) return env[LEDGER_VARIABLE] !== '';
  try {
    return readFileSync(settingsPath(env), 'utf8').includes('ledger');
  } catch {
    return false;
  }
}

/** The mark that a console of this account was used before. */
function usedMark(env: Env): string {
  return join(stateHome(env), 'console-used');
}

export function isFirstConsole(env: Env): boolean {
  return !existsSync(usedMark(env));
}

/** Where it cannot be written, the next console says it again. */
export function noteConsoleUsed(env: Env): void {
  try {
    mkdirSync(stateHome(env), {recursive: true});
    writeFileSync(usedMark(env), '');
  } catch {
    // It is only a hint.
  }
}
