/** The file of settings, `~/.config/tminus/config.yaml`: reading it, and changing one line of it. */
import {existsSync, mkdirSync, readFileSync} from 'node:fs';
import {dirname} from 'node:path';
import {type Document, isMap, LineCounter, type Node, parseDocument} from 'yaml';
import {replaceFile} from '../../journal/replace-file.ts';
import {type OwnKeys, ownKeysProblem} from '../../ui/view/keymap.ts';
import {
  isSetting,
  type SettingName,
  type SettingValues,
  STANDARD_SETTINGS,
  settingProblem,
  unknownSetting,
} from '../../ui/view/settings.ts';
import {systemWords} from '../command-error.ts';
import {type Env, LEDGER_VARIABLE, settingsPath} from './settings-path.ts';

export type ReadSettings = {
  values: SettingValues;
  keys: OwnKeys;
  /** What stands in the file, where it could be taken. */
  set: ReadonlySet<string>;
  /** Each with file and line. What they are about is as if it were not there. */
  problems: readonly string[];
};

/** A console opens whatever the file holds: what cannot be taken is said, and left out. */
export function readSettings(env: Env): ReadSettings {
  const path = settingsPath(env);
  const nothing = {values: STANDARD_SETTINGS, keys: {}, set: new Set<string>(), problems: []};
  if (!existsSync(path)) return nothing;
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    return {...nothing, problems: [`${path}: cannot be read: ${systemWords(error)}; settings are as without it`]};
  }
  const lines = new LineCounter();
  const document = parseDocument(text, {lineCounter: lines, prettyErrors: false});
  const [error] = document.errors;
  if (error !== undefined) {
    const {line} = lines.linePos(error.pos[0]);
    const first = error.message.split('\n')[0];
    return {...nothing, problems: [`${path} line ${line}: not valid YAML: ${first}; correct it there`]};
  }
  if (document.contents !== null && !isMap(document.contents))
    return {...nothing, problems: [`${path} line 1: no settings; write each as \`theme: daylight\``]};
  return taken(document.toJS() ?? {}, path, position(document, lines));
}

/** The team's ledger is no matter of the console alone: see `ledgerUrl`. */
const LEDGER = 'ledger';

/** Where the team's ledger is: `TMINUS_LEDGER`, or `ledger:` of the settings; undefined where there is none. */
export function ledgerUrl(env: Env): string | undefined {
  const given = env[LEDGER_VARIABLE];
  if (given !== undefined) return given === '' ? undefined : given;
  const path = settingsPath(env);
  const value: unknown = existsSync(path) ? parseDocument(readFileSync(path, 'utf8')).get(LEDGER) : undefined;
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** The line of a setting, or of a key under `keys`. */
function position(document: Document.Parsed, lines: LineCounter): (...at: readonly string[]) => number {
  return (...at) => {
    const node = document.getIn(at, true) as Node | undefined;
    return lines.linePos(node?.range?.[0] ?? 0).line;
  };
}

function taken(data: object, path: string, lineOf: (...at: readonly string[]) => number): ReadSettings {
  const problems: string[] = [];
  const set = new Set<string>();
  const values: Record<SettingName, string> = {...STANDARD_SETTINGS};
  for (const [name, written] of Object.entries(data)) {
    if (name === 'keys' || name === LEDGER) continue;
    const value = wordOf(written);
    const problem = settingProblem(name, value);
    if (problem !== undefined) problems.push(`${path} line ${lineOf(name)}: ${problem}`);
    else if (isSetting(name)) {
      values[name] = value;
      set.add(name);
    }
  }
  const {keys, wrong} = keysFrom('keys' in data ? data.keys : undefined);
  for (const {action, problem} of wrong) problems.push(`${path} line ${lineOf('keys', ...action)}: ${problem}`);
  for (const action of Object.keys(keys)) set.add(`keys.${action}`);
  return {values, keys, set, problems};
}

/** YAML reads `on` as a text and `true` as none. */
function wordOf(value: unknown): string {
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** `action`: where it stands below `keys`. */
type WrongKeys = {action: readonly string[]; problem: string};

/** Actions with keys that they cannot have keep their own, which may then be in the way of others. */
function keysFrom(written: unknown): {keys: OwnKeys; wrong: readonly WrongKeys[]} {
  if (written === undefined || written === null) return {keys: {}, wrong: []};
  if (typeof written !== 'object' || Array.isArray(written))
    return {
      keys: {},
      wrong: [{action: [], problem: 'keys: write an action and its key below it, as in `pause: ctrl+p`'}],
    };
  const asked = new Map(Object.entries(written).map(([action, keys]) => [action, keyNames(keys)]));
  const wrong: WrongKeys[] = [];
  for (;;) {
    const all = Object.fromEntries(asked) as OwnKeys;
    const bad = [...asked].flatMap(([action, keys]) => {
      const problem = ownKeysProblem(action, keys, all);
      return problem === undefined ? [] : [{action: [action], problem}];
    });
    if (bad.length === 0) return {keys: all, wrong};
    wrong.push(...bad);
    for (const {action} of bad) asked.delete(action[0] ?? '');
  }
}

function keyNames(value: unknown): readonly string[] {
  return (Array.isArray(value) ? value : [value]).map(String);
}

const HEAD = ' Settings of the T-Minus console; `tminus config` says what there is.';

/**
 * Sets one value, `theme` or `keys.pause`, and leaves the rest of the file as it is, comments too. Returns what is wrong
 * with it, in a sentence.
 */
export function writeSetting(env: Env, name: string, words: readonly string[]): string | undefined {
  const [, action] = /^keys\.(.*)$/.exec(name) ?? [];
  const known = readSettings(env);
  const problem =
    action === undefined
      ? name === LEDGER
        ? undefined
        : isSetting(name)
          ? settingProblem(name, words.join(' '))
          : unknownSetting(name)
      : ownKeysProblem(action, words, {...known.keys, ...({[action]: words} as OwnKeys)});
  if (problem !== undefined) return problem;
  const path = settingsPath(env);
  try {
    const document = parseDocument(existsSync(path) ? readFileSync(path, 'utf8') : '');
    const [error] = document.errors;
    if (error !== undefined) return known.problems[0] ?? `${path}: not valid YAML`;
    if (document.contents === null) document.commentBefore ??= HEAD;
    const [first = '', ...more] = words;
    document.setIn(action === undefined ? [name] : ['keys', action], more.length === 0 ? first : [...words]);
    mkdirSync(dirname(path), {recursive: true});
    replaceFile(path, String(document), 0o666 & ~process.umask());
    return undefined;
  } catch (error) {
    return `cannot write ${path}: ${systemWords(error)}`;
  }
}
