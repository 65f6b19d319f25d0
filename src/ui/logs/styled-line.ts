/** Log text in the console's colours: levels, times, commands, search matches. */
import {asciiOnly} from '../../text/ascii.ts';
import type {Pattern} from '../../text/pattern.ts';
import type {Glyphs} from '../terminal/glyphs.ts';
import type {Theme} from '../terminal/theme.ts';
import type {RowsOf} from '../widgets/scroll-view.ts';
import {timeIn} from './line-time.ts';
import {cleanLine, fitLine, highlight, type Paint, plainText, withoutText, wrapLine} from './log-line.ts';
import {levelOf} from './log-patterns.ts';

export type Look = {
  theme: Theme;
  glyphs: Glyphs;
  width: number;
  wrap: boolean;
  /** The time is taken out of the line: it stands in a column of its own. */
  withoutTime?: boolean;
  /** Columns scrolled to the right; 0 where lines are wrapped. */
  column: number;
  search?: Pattern | undefined;
  /** The search as it was typed; '' is none. */
  typed: string;
  /** Absolute number of the line the search jumped to. */
  current?: number | undefined;
};

const ROWS_REMEMBERED_MAX = 2000;
const TIME =
  /^\[?(?:\d{4}-\d\d-\d\d[T ])?\d\d:\d\d:\d\d(?:[.,]\d+)?(?:Z|[+-]\d\d:?\d\d)?\]?|^[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d/;

/** Turns raw lines into finished rows of exactly `look.width` columns, and remembers them while the look is the same. */
export function rowMaker(look: Look): RowsOf {
  const plain = remembering(raw => makeRows(raw, false, look));
  const current = remembering(raw => makeRows(raw, true, look));
  return (raw, number) => (number === look.current ? current : plain)(raw);
}

/** The same for lines that already have their colours. */
export function rowFitter(look: Look): (styled: string) => readonly string[] {
  return remembering(styled => fitRows(styled, look));
}

function remembering(make: (line: string) => readonly string[]): (line: string) => readonly string[] {
  const remembered = new Map<string, readonly string[]>();
  return line => {
    const known = remembered.get(line);
    if (known !== undefined) return known;
    if (remembered.size >= ROWS_REMEMBERED_MAX) remembered.clear();
    const rows = make(line);
    remembered.set(line, rows);
    return rows;
  };
}

/** Rows for a line that already has its colours. */
function fitRows(styled: string, {width, wrap, column, glyphs, theme}: Look): string[] {
  if (!wrap) return [fitLine(styled, width, {from: column, ellipsis: theme.paint('muted', glyphs.ellipsis)})];
  return wrapLine(styled, width).map(row => fitLine(row, width));
}

function makeRows(raw: string, isCurrent: boolean, look: Look): readonly string[] {
  const {theme, glyphs, search} = look;
  const text = readable(raw, look);
  const coloured = text.includes('\x1b') ? text : inLevelColours(text, theme);
  if (search === undefined) return isCurrent ? markedRows(text, look) : fitRows(coloured, look);
  const paint: Paint = match => theme.paint(isCurrent ? 'search.current' : 'search.match', match);
  const marked = highlight(coloured, search, paint);
  // Without colours a sign before the line marks a match.
  const matches = marked !== coloured || search.test(plainText(coloured));
  const sign = isCurrent ? theme.paint('key', glyphs.cursor) : matches ? theme.paint('muted', glyphs.separator) : ' ';
  const rows = fitRows(marked, {...look, width: Math.max(0, look.width - 2)});
  return rows.map((row, part) => fitLine(`${part === 0 ? sign : ' '} ${row}`, look.width));
}

/** A line that was jumped to without a search is marked as a whole. */
function markedRows(text: string, look: Look): string[] {
  const {theme, glyphs} = look;
  const line = `${glyphs.cursor} ${plainText(text)}`;
  return fitRows(line, look).map(row => theme.paint('search.current', row));
}

function readable(raw: string, {theme, glyphs, withoutTime}: Look): string {
  const clean = withoutTime === true ? cutTime(cleanLine(raw)) : cleanLine(raw);
  const shown = theme.depth === 'none' ? plainText(clean) : clean;
  return glyphs.ascii ? asciiOnly(shown) : shown;
}

function cutTime(clean: string): string {
  const time = timeIn(plainText(clean), NO_DATE);
  return time === undefined ? clean : withoutText(clean, time.from, time.to);
}

const NO_DATE = {year: 1970, day: 0};

function inLevelColours(text: string, theme: Theme): string {
  if (text.startsWith('$ ')) return theme.paint('command', text);
  const level = levelOf(text);
  if (level !== undefined) return theme.paint(level === 'error' ? 'log.error' : 'log.warn', text);
  const time = TIME.exec(text)?.[0];
  return time === undefined ? text : theme.paint('log.time', time) + text.slice(time.length);
}
