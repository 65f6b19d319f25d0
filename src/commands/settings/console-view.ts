/** How the console looks and behaves here: flags before the environment, that before the file of settings. */
import {existsSync} from 'node:fs';
import {EXIT} from '../../run/exit-codes.ts';
import type {OwnSettings} from '../../ui/open-console.tsx';
import {loadTheme, type Theme, ThemeProblem, themeNames} from '../../ui/terminal/theme.ts';
import {STANDARD_SETTINGS} from '../../ui/view/settings.ts';
import {CommandError} from '../command-error.ts';
import {speaksUtf8, themeDirectories, themesDirectory, userThemesDirectory} from '../terminal/appearance.ts';
import {type Env, isFirstConsole, noteConsoleUsed, settingsPath} from './settings-path.ts';

type Flags = {
  theme?: string | undefined;
  ascii?: boolean | undefined;
  'no-sync'?: boolean | undefined;
  /** The wall screen. */
  incident?: boolean | undefined;
};

export type ConsoleView = {
  kind: 'console';
  theme: Theme;
  ascii: boolean;
  sync: boolean;
  wall: boolean;
  settings: OwnSettings;
};

export async function consoleView(flags: Flags): Promise<ConsoleView> {
  const {env} = process;
  const {values, keys, problems: found} = await settingsHere(env);
  const problems = [...found];
  const asked = flags.theme ?? env['TMINUS_THEME'];
  let theme = themeHere(asked ?? values.theme);
  if (typeof theme === 'string') {
    // What was typed for this console is refused; what stands in a file must not keep it from opening.
    if (asked !== undefined) throw new CommandError(EXIT.usage, theme);
    problems.push(`${settingsPath(env)}: ${theme}`);
    theme = loadTheme(STANDARD_SETTINGS.theme, sources());
  }
  const [first, ...more] = problems;
  const settings: OwnSettings = {
    values,
    keys,
    themes: themeNames(themeDirectories(env)),
    isFirstTime: isFirstConsole(env),
    theme: themeHere,
    async keep(name, value) {
      const {writeSetting} = await import('./settings-file.ts');
      const problem = writeSetting(env, name, [value]);
      return {kept: settingsPath(env), ...(problem === undefined ? {} : {problem})};
    },
    known: () => noteConsoleUsed(env),
    ...(first === undefined
      ? {}
      : {problem: more.length === 0 ? first : `${first} (and ${more.length} more: \`tminus config\` lists them)`}),
  };
  const ascii = flags.ascii === true || values.ascii === 'on' || !speaksUtf8(env);
  return {kind: 'console', theme, ascii, sync: flags['no-sync'] !== true, wall: flags.incident === true, settings};
}

/** Without a file nothing is loaded to read one. */
async function settingsHere(env: Env): Promise<Pick<OwnSettings, 'values' | 'keys'> & {problems: readonly string[]}> {
  if (!existsSync(settingsPath(env))) return {values: STANDARD_SETTINGS, keys: {}, problems: []};
  const {readSettings} = await import('./settings-file.ts');
  return readSettings(env);
}

function sources() {
  const {env} = process;
  return {env, themesDirectory: themesDirectory(), userDirectory: userThemesDirectory(env)};
}

function themeHere(name: string): Theme | string {
  try {
    return loadTheme(name, sources());
  } catch (error) {
    if (error instanceof ThemeProblem) return error.message;
    throw error;
  }
}
