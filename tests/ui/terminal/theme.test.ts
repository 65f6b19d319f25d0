import {mkdtempSync, readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {colourDepth, loadTheme, paintSelected, THEME_TOKENS, ThemeProblem} from '../../../src/ui/terminal/theme.ts';
import {THEMES} from '../../helpers/screen.ts';

const load = (name: string, env: Record<string, string>) => loadTheme(name, {env, themesDirectory: THEMES});

test.each([
  [{TERM: 'xterm-256color'}, '256'],
  [{TERM: 'tmux-256color', COLORTERM: 'truecolor'}, 'truecolor'],
  [{TERM: 'linux'}, '16'],
  [{TERM: 'xterm-kitty'}, 'truecolor'],
  [{TERM: 'xterm-256color', NO_COLOR: '1'}, 'none'],
  [{TERM: 'xterm-256color', NO_COLOR: ''}, '256'],
  [{TERM: 'dumb'}, 'none'],
  [{}, 'none'],
])('%j has depth %s', (env, depth) => {
  expect(colourDepth(env)).toBe(depth);
});

test('a token is painted as deep as the terminal can show it', () => {
  const failed = (env: Record<string, string>) => load('midnight', env).paint('status.failed', 'x');
  expect(failed({TERM: 'xterm', COLORTERM: 'truecolor'})).toMatch(/^\u001B\[1;38;2;\d+;\d+;\d+mx\u001B\[22;39m$/);
  expect(failed({TERM: 'xterm-256color'})).toMatch(/^\u001B\[1;38;5;\d+mx\u001B\[22;39m$/);
  expect(failed({TERM: 'linux'})).toBe('\u001B[1;91mx\u001B[22;39m');
  expect(failed({TERM: 'xterm', NO_COLOR: '1'})).toBe('x');
});

test('of sixteen colours the row under the cursor has one, of more it keeps its own', () => {
  const row = (env: Record<string, string>) => {
    const theme = load('midnight', env);
    return paintSelected(theme, `${theme.paint('muted', 'x')} y`);
  };
  expect(row({TERM: 'linux'})).toBe('\u001B[97;44mx y\u001B[39;49m');
  expect(row({TERM: 'xterm', COLORTERM: 'truecolor'})).toContain(
    load('midnight', {TERM: 'xterm', COLORTERM: 'truecolor'}).paint('muted', 'x'),
  );
});

test.each(readdirSync(THEMES))('%s names every token', file => {
  const {tokens} = JSON.parse(readFileSync(join(THEMES, file), 'utf8'));
  expect(Object.keys(tokens).sort()).toEqual([...THEME_TOKENS].sort());
});

test('all themes of the specification are there', () => {
  const names = readdirSync(THEMES).map(file => file.replace('.json', ''));
  expect(names.sort()).toEqual(['colour-blind', 'daylight', 'high-contrast', 'midnight', 'mono']);
});

test('mono uses no colour', () => {
  const theme = load('mono', {TERM: 'xterm', COLORTERM: 'truecolor'});
  for (const token of THEME_TOKENS) expect(theme.paint(token, 'x')).not.toMatch(/[34][0-8];/);
});

test('a theme of the user wins over a built-in one', () => {
  const userDirectory = mkdtempSync(join(tmpdir(), 'themes-'));
  writeFileSync(join(userDirectory, 'midnight.json'), '{"tokens": {"good": {"color": "#010203"}}}');
  const theme = loadTheme('midnight', {
    env: {TERM: 'xterm', COLORTERM: 'truecolor'},
    themesDirectory: THEMES,
    userDirectory,
  });
  expect(theme.paint('good', 'x')).toContain('38;2;1;2;3');
});

test('a wrong name or file is said in one sentence', () => {
  const userDirectory = mkdtempSync(join(tmpdir(), 'themes-'));
  writeFileSync(join(userDirectory, 'bad.json'), '{"tokens": {"good": {"color": "greenish"}}}');
  const sources = {env: {TERM: 'xterm'}, themesDirectory: THEMES, userDirectory};
  expect(() => loadTheme('nope', sources)).toThrow(/"nope" is not known; there are: .*midnight/);
  expect(() => loadTheme('../x', sources)).toThrow(ThemeProblem);
  expect(() => loadTheme('bad', sources)).toThrow(/"good": "greenish" is not a colour/);
});

const COLOURED = ['midnight', 'daylight', 'high-contrast', 'colour-blind'];
/** What WCAG asks of text, and of the parts of a picture. */
const TEXT_CONTRAST = 4.5;
const LINE_CONTRAST = 2.9;

const IN_LISTS = ['text', 'muted', 'title', 'accent', 'key', 'command', 'good', 'warn', 'bad', 'log.time'];

test.each(COLOURED)('%s can be read, on its page and on the row under the cursor', name => {
  const {page, tokens} = JSON.parse(readFileSync(join(THEMES, `${name}.json`), 'utf8'));
  const isDecoration = (token: string) => token.startsWith('border') || token === 'chart.grid';
  const faint = Object.entries<{color?: string; on?: string}>(tokens).flatMap(([token, {color, on}]) => {
    if (color === undefined || isDecoration(token)) return [];
    const least = token.startsWith('chart.') ? LINE_CONTRAST : TEXT_CONTRAST;
    // Rows of the checklist, of menus and of lists of samples stand under the cursor.
    const inList = token.startsWith('status.') || IN_LISTS.includes(token);
    const grounds = [on ?? page.on, ...(inList ? [tokens.selection.on] : [])];
    return grounds.filter(ground => contrast(color, ground) < least).map(ground => `${token} on ${ground}`);
  });
  expect(faint).toEqual([]);
});

/** The sixteen colours as a PC's own screen and as xterm have them, in the order of their codes. */
const SIXTEEN: Readonly<Record<string, readonly string[]>> = {
  pc: '#000000 #aa0000 #00aa00 #aa5500 #0000aa #aa00aa #00aaaa #aaaaaa #555555 #ff5555 #55ff55 #ffff55 #5555ff #ff55ff #55ffff #ffffff'.split(
    ' ',
  ),
  xterm:
    '#000000 #cd0000 #00cd00 #cdcd00 #0000ee #cd00cd #00cdcd #e5e5e5 #7f7f7f #ff0000 #00ff00 #ffff00 #5c5cff #ff00ff #00ffff #ffffff'.split(
      ' ',
    ),
};
const NAMED = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'];
/** Few of sixteen colours reach more beside a light page. */
const SIXTEEN_CONTRAST = 3.5;

test.each(COLOURED)('%s can be read where a terminal has sixteen colours', name => {
  const {page, tokens} = JSON.parse(readFileSync(join(THEMES, `${name}.json`), 'utf8'));
  const isDecoration = (token: string) => /^(?:border|chart\.grid|chart\.baseline)/.test(token);
  const faint = Object.entries<{ansi?: string; onAnsi?: string}>(tokens).flatMap(([token, style]) => {
    const {ansi = page.ansi, onAnsi = page.onAnsi} = style;
    if (isDecoration(token)) return [];
    return Object.entries(SIXTEEN).flatMap(([palette, colours]) => {
      const rgbOf = (colour: string) =>
        colours[NAMED.indexOf(colour.replace('bright-', '')) + (colour.startsWith('bright-') ? 8 : 0)] ?? '';
      const reached = contrast(rgbOf(ansi), rgbOf(onAnsi));
      return reached < SIXTEEN_CONTRAST ? [`${token}: ${ansi} on ${onAnsi}, ${palette}: ${reached.toFixed(1)}`] : [];
    });
  });
  expect(faint).toEqual([]);
});

test.each(COLOURED)('%s tells the panel with the focus and one in danger by their border', name => {
  const {page, tokens} = JSON.parse(readFileSync(join(THEMES, `${name}.json`), 'utf8'));
  for (const token of ['border.focused', 'border.danger'])
    expect(contrast(tokens[token].color, page.on), token).toBeGreaterThanOrEqual(3);
});

function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map(at => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
    .map(share => (share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
