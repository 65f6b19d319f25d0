/** Where settings are kept, and the mark that a console was used before. */
import {existsSync, mkdirSync, writeFileSync} from 'node:fs';
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
