/** The visible rows of the document with its margin, and where it is scrolled to. Pure. */
import type {Doubt} from '../../plan/doubt.ts';
import type {Plan} from '../../plan/plan.ts';
import {stepById} from '../../run/plan-index.ts';
import type {RunState} from '../../run/state.ts';
import {plural} from '../../text/figures.ts';
import {cut, displayWidth, fitTo} from '../../text/width.ts';
import {paintSelected, type Theme} from '../terminal/theme.ts';
import type {ReviewView} from '../view/review-view.ts';
import {visibleRows} from '../widgets/scroll-view.ts';
import {plainFor} from '../widgets/themed-text.ts';
import {sectionExtent} from './document-position.ts';
import {rowsOfLine} from './document-text.ts';
import {lineReadings} from './line-reading.ts';
import {marginOf} from './margin.ts';
import {focusedQuestion} from './review-questions.ts';
import type {ReviewStyle} from './section-rows.ts';

const NUMBER_WIDTH_MIN = 3;
/** Cursor, sign, bar, and the spaces around the number. */
const SIGNS_WIDTH = 6;
/** The row that says what the line under the cursor was read as. */
const FOOT_ROWS = 1;
const ROOM_MIN = 10;

export function documentRows(
  plan: Plan,
  state: RunState,
  view: ReviewView,
  style: ReviewStyle,
): Omit<ReturnType<typeof documentWindow>, 'rows'> & {rows: readonly string[]} {
  const {rows, ...window} = documentWindow(plan, view, style);
  const question = focusedQuestion(plan, state, view);
  const extent = sectionExtent(plan, view.section);
  const row = {...style, plan, state, view, asked: linesOf(plan, question), extent};
  const shown = rows.map(({number, part, text}) => documentRow(row, number + 1, part, text));
  while (shown.length < style.height - FOOT_ROWS) shown.push('');
  const {lineTop, most} = tallLine(plan, view, style);
  return {...window, rows: [...shown, footRow(row, most - lineTop)]};
}

/**
 * The line under the cursor may be taller than the pane. `lineTop`: how many of its rows are scrolled away; `most`: how
 * many can be.
 */
export function tallLine(plan: Plan, view: ReviewView, style: ReviewStyle): {lineTop: number; most: number} {
  const {source} = plan;
  const all =
    source[view.line - 1] === undefined
      ? 0
      : rowsOfLine(source, view.line - 1, roomIn(plan, style), style.glyphs).length;
  const most = Math.max(0, all - Math.max(1, style.height - FOOT_ROWS));
  return {lineTop: Math.min(view.lineTop, most), most};
}

function roomIn(plan: Plan, {width}: ReviewStyle): number {
  return Math.max(ROOM_MIN, width - marginWidth(plan));
}

/** `from`, `to`: first and last line shown, 1-based. `top`: index of the first, the place to keep when the cursor moves. */
export function documentWindow(plan: Plan, view: ReviewView, style: ReviewStyle) {
  const {source} = plan;
  const height = Math.max(1, style.height - FOOT_ROWS);
  const room = roomIn(plan, style);
  const top = shownTop(plan, view, style);
  const {lineTop} = tallLine(plan, view, style);
  const rowsOf = (_: string, index: number) =>
    rowsOfLine(source, index, room, style.glyphs).slice(index === view.line - 1 ? lineTop : 0);
  const read = (from: number, count: number) => source.slice(from, from + count);
  const {
    rows,
    top: first,
    below,
  } = visibleRows({from: 0, to: source.length, read}, {follow: false, top}, height, rowsOf);
  return {rows, from: first + 1, to: source.length - below, top: first};
}

function marginWidth({source}: Plan): number {
  return SIGNS_WIDTH + numberWidth(source.length);
}

function numberWidth(lines: number): number {
  return Math.max(NUMBER_WIDTH_MIN, String(lines).length);
}

type RowStyle = ReviewStyle & {
  plan: Plan;
  state: RunState;
  view: ReviewView;
  /** Numbers of the lines that the question is about. */
  asked: ReadonlySet<number>;
  extent: {from: number; to: number};
};

function documentRow(style: RowStyle, line: number, part: number, text: string): string {
  const {plan, state, view, asked, extent, width, glyphs, theme} = style;
  const {sign, token, text: words} = marginOf(plan, state, line, glyphs);
  const isUnderCursor = line === view.line;
  const isInside = line >= extent.from && line <= extent.to;
  const digits = numberWidth(plan.source.length);
  const figure = part === 0 ? String(line).padStart(digits) : ' '.repeat(digits);
  const read = lineReadings(plan, state).get(line);
  const place = part === 0 && read?.as === 'login' ? plainFor(`  → ${read.place}`, glyphs) : '';
  const isRoom = displayWidth(text + place) <= width - marginWidth(plan);
  const row = [
    theme.paint('accent', isUnderCursor && part === 0 ? glyphs.cursor : ' '),
    theme.paint(token, part === 0 ? sign : ' '),
    ' ',
    theme.paint(isUnderCursor || asked.has(line) ? 'key' : 'muted', figure),
    ' ',
    theme.paint(isInside ? 'accent' : 'border', glyphs.vertical),
    ' ',
    marked(text, view.search, isInside ? words : 'muted', theme),
    isRoom ? theme.paint('muted', place) : '',
  ].join('');
  const fitted = fitTo(row, width, glyphs.ellipsis);
  return isUnderCursor ? paintSelected(theme, fitted) : fitted;
}

/** The lines of the document that a question is about: its own, and those of the steps that wait for it. */
function linesOf(plan: Plan, question: Doubt | undefined): ReadonlySet<number> {
  if (question === undefined) return new Set();
  return new Set([question.line, ...question.steps.flatMap(id => stepById(plan, id)?.line ?? [])]);
}

/** What was searched is marked where it stands. */
function marked(text: string, search: string, token: Parameters<Theme['paint']>[0], theme: Theme): string {
  const parts = partsOf(text, search);
  return parts.map((part, index) => theme.paint(index % 2 === 0 ? token : 'search.match', part)).join('');
}

/** The text split at the matches: those stand at the odd indexes. */
function partsOf(text: string, search: string): string[] {
  if (search === '') return [text];
  const held = searchable(text, search);
  const parts: string[] = [];
  let at = 0;
  for (let next = held.indexOf(search, at); next !== -1; next = held.indexOf(search, at)) {
    parts.push(text.slice(at, next), text.slice(next, next + search.length));
    at = next + search.length;
  }
  return [...parts, text.slice(at)];
}

/** The text as the search looks at it: a search without capitals finds both. */
export function searchable(text: string, search: string): string {
  return search === search.toLowerCase() ? text.toLowerCase() : text;
}

/** `line 129 · command: runs on vps, and asks`. */
function footRow({plan, state, view, width, glyphs, theme}: RowStyle, below: number): string {
  const {words, token} = marginOf(plan, state, view.line, glyphs);
  const lead = theme.paint('border', glyphs.horizontal.repeat(2));
  const shown = words === '' ? '' : ` ${glyphs.separator} ${plainFor(words, glyphs)}`;
  const told = theme.paint('key', ` line ${view.line}`) + theme.paint(token === 'muted' ? 'text' : token, shown);
  const more = below > 0 ? theme.paint('key', `  ${plural(below, 'row')} more (j) `) : '';
  return cut(`${lead}${told}`, width - displayWidth(more), glyphs.ellipsis) + more;
}

/** Rows that stay visible above and below the cursor. */
const AROUND_MAX = 3;

/** Index of the first line shown: as it was, moved no further than the line under the cursor needs. */
function shownTop(plan: Plan, {line, documentTop}: ReviewView, style: ReviewStyle): number {
  const {height, glyphs} = style;
  const {source} = plan;
  const room = roomIn(plan, style);
  const rows = Math.max(1, height - FOOT_ROWS);
  const around = Math.min(AROUND_MAX, Math.floor((rows - 1) / 3));
  const at = Math.max(0, Math.min(line, source.length) - 1);
  const countOf = (index: number) => (source[index] === undefined ? 0 : rowsOfLine(source, index, room, glyphs).length);
  const below = Array.from({length: around}, (_, ahead) => countOf(at + 1 + ahead)).reduce((sum, one) => sum + one, 0);
  let used = countOf(at) + Math.min(below, around);
  let least = at;
  while (least > 0 && used + countOf(least - 1) <= rows) {
    least -= 1;
    used += countOf(least);
  }
  const most = Math.max(0, at - around);
  return Math.max(least, Math.min(documentTop, Math.max(least, most)));
}
