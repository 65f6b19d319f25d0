/** Colours by meaning. A theme file names a colour per token; the terminal decides how much of it survives. */
import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {type ColourDepth, colourParameters, isColour} from './colour.ts';

export const THEME_TOKENS = [
  'text',
  'muted',
  'title',
  'accent',
  'key',
  'command',
  'good',
  'warn',
  'bad',
  'badge',
  'badge.good',
  'badge.warn',
  'badge.bad',
  'badge.rehearsal',
  'badge.muted',
  'border',
  'border.focused',
  'border.danger',
  'selection',
  'cursor',
  'status.passed',
  'status.failed',
  'status.running',
  'status.waiting',
  'status.pending',
  'status.skipped',
  'status.unknown',
  'standing.ok',
  'standing.grey',
  'standing.breached',
  'standing.tripped',
  'standing.warming',
  'standing.blind',
  'chart.line',
  'chart.baseline',
  'chart.threshold',
  'chart.target',
  'chart.past',
  'chart.deploy',
  'chart.grid',
  'chart.axis',
  'log.error',
  'log.warn',
  'log.time',
  'log.source.1',
  'log.source.2',
  'log.source.3',
  'log.source.4',
  'log.source.5',
  'search.match',
  'search.current',
] as const;

export type ThemeToken = (typeof THEME_TOKENS)[number];

export type Theme = {
  name: string;
  depth: ColourDepth;
  /** Wraps text in the token's SGR codes; returns it untouched when colours are off. Flat: do not nest two foregrounds. */
  paint(token: ThemeToken, text: string): string;
  /** SGR parameters of the page itself (its text and background), or '' to leave the terminal's own. */
  page: string;
};

/** `color` and `on` are #rrggbb; `ansi` and `onAnsi` are the names of the sixteen colours, chosen by hand. */
type Style = {
  color?: string;
  on?: string;
  ansi?: string;
  onAnsi?: string;
  bold?: boolean;
  dim?: boolean;
  underline?: boolean;
  inverse?: boolean;
};

type ThemeFile = {page?: Style; tokens: Partial<Record<ThemeToken, Style>>};

export type ThemeSources = {
  env: Readonly<Record<string, string | undefined>>;
  /** The themes that come with the program. */
  themesDirectory: string;
  /** The user's own; they win over built-in ones of the same name. */
  userDirectory?: string;
};

/** The name or the file of a theme was wrong: a usage error, its message is for the user. */
export class ThemeProblem extends Error {}

export function loadTheme(name: string, sources: ThemeSources): Theme {
  const depth = colourDepth(sources.env);
  const file = readThemeFile(name, sources);
  return buildTheme(name, depth, file);
}

/** NO_COLOR wins over everything; then what the terminal says of itself. */
export function colourDepth(env: Readonly<Record<string, string | undefined>>): ColourDepth {
  const term = env['TERM'] ?? '';
  if (env['NO_COLOR'] || term === 'dumb' || term === '') return 'none';
  if (/truecolor|24bit/i.test(env['COLORTERM'] ?? '')) return 'truecolor';
  if (/direct|kitty|ghostty|alacritty|wezterm|foot/.test(term)) return 'truecolor';
  return term.includes('256') ? '256' : '16';
}

const SGR = /\u001B\[[\d;:]*m/g;

/** The row under the cursor. With sixteen colours few can be read on its background, so there it has one colour. */
export function paintSelected(theme: Theme, row: string): string {
  return theme.paint('selection', theme.depth === '16' ? row.replace(SGR, '') : row);
}

/** A few words on a ground of their own. Without colours they have brackets, in as many columns. */
export function paintBadge(theme: Theme, token: ThemeToken, text: string): string {
  return theme.paint(token, theme.depth === 'none' ? text.replace(/^ (.*) $/, '[$1]') : text);
}

function buildTheme(name: string, depth: ColourDepth, file: ThemeFile): Theme {
  if (depth === 'none') return {name, depth, paint: (_, text) => text, page: ''};
  const codes = new Map<ThemeToken, {open: string; close: string}>();
  for (const token of THEME_TOKENS) {
    const style = file.tokens[token];
    if (style) codes.set(token, styleCodes(style, depth));
  }
  return {
    name,
    depth,
    page: file.page ? styleParameters(file.page, depth).open.join(';') : '',
    paint(token, text) {
      const code = codes.get(token);
      return code && text !== '' ? code.open + text + code.close : text;
    },
  };
}

function styleCodes(style: Style, depth: ColourDepth): {open: string; close: string} {
  const {open, close} = styleParameters(style, depth);
  if (open.length === 0) return {open: '', close: ''};
  return {open: `\u001B[${open.join(';')}m`, close: `\u001B[${close.join(';')}m`};
}

function styleParameters(style: Style, depth: ColourDepth): {open: string[]; close: string[]} {
  const open: string[] = [];
  const close: string[] = [];
  const add = (code: string | undefined, end: string) => {
    if (code === undefined) return;
    open.push(code);
    if (!close.includes(end)) close.push(end);
  };
  if (style.bold) add('1', '22');
  if (style.dim) add('2', '22');
  if (style.underline) add('4', '24');
  if (style.inverse) add('7', '27');
  add(colourParameters(style.color, style.ansi, depth, 'text'), '39');
  add(colourParameters(style.on, style.onAnsi, depth, 'background'), '49');
  return {open, close};
}

function readThemeFile(name: string, {themesDirectory, userDirectory}: ThemeSources): ThemeFile {
  if (!/^[\w-]+$/.test(name)) throw new ThemeProblem(`theme "${name}" is not a name`);
  const directories = userDirectory ? [userDirectory, themesDirectory] : [themesDirectory];
  for (const directory of directories) {
    const path = join(directory, `${name}.json`);
    const text = readIfThere(path);
    if (text !== undefined) return parseThemeFile(text, path);
  }
  throw new ThemeProblem(`theme "${name}" is not known; there are: ${themeNames(directories).join(', ')}`);
}

function parseThemeFile(text: string, path: string): ThemeFile {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    throw new ThemeProblem(`${path}: not JSON: ${(error as Error).message}`);
  }
  const file = parsed as Partial<ThemeFile> | null;
  if (!file || typeof file.tokens !== 'object') throw new ThemeProblem(`${path}: has no "tokens"`);
  for (const [token, style] of Object.entries({page: file.page, ...file.tokens})) {
    for (const colour of [style?.color, style?.on]) {
      if (colour !== undefined && !isColour(colour)) {
        throw new ThemeProblem(`${path}: "${token}": "${colour}" is not a colour; write #rrggbb`);
      }
    }
  }
  return file as ThemeFile;
}

export function themeNames(directories: readonly string[]): readonly string[] {
  return [...new Set(directories.flatMap(namesIn))].sort();
}

function namesIn(directory: string): string[] {
  try {
    return readdirSync(directory)
      .filter(file => file.endsWith('.json'))
      .map(file => file.slice(0, -'.json'.length));
  } catch {
    return [];
  }
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
