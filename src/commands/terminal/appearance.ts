/** How the console may look here: what the locale can show, and where themes are. */
import {existsSync} from 'node:fs';
import {homedir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';

/** Whether the locale says that more than ASCII can be shown. */
export function speaksUtf8(env: NodeJS.ProcessEnv): boolean {
  const locale = env['LC_ALL'] || env['LC_CTYPE'] || env['LANG'] || '';
  return /utf-?8/i.test(locale);
}

/** Where themes are; those of the user come first. */
export function themeDirectories(env: Readonly<Record<string, string | undefined>>): readonly string[] {
  return [userThemesDirectory(env), themesDirectory()];
}

/** The themes that ship: beside the bundle, or at the top of the repository. */
export function themesDirectory(): string {
  const candidates = ['./themes', '../themes', '../../../themes'].map(path =>
    fileURLToPath(new URL(path, import.meta.url)),
  );
  return candidates.find(path => existsSync(path)) ?? '';
}

/** `$XDG_CONFIG_HOME/tminus/themes`. */
export function userThemesDirectory(env: Readonly<Record<string, string | undefined>>): string {
  const config = env['XDG_CONFIG_HOME']?.startsWith('/') ? env['XDG_CONFIG_HOME'] : join(homedir(), '.config');
  return join(config, 'tminus', 'themes');
}
