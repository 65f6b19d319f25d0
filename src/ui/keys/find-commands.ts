/** Keys that jump to a line of a pane: what was searched for, the next error. Positions are absolute line numbers. */
import {ERROR_PATTERN} from '../../text/error-words.ts';
import type {Pattern} from '../../text/pattern.ts';
import {errorKinds} from '../logs/errors-by-kind.ts';
import {passingLines} from '../logs/filtered-lines.ts';
import {plainText} from '../logs/log-line.ts';
import {compilePattern} from '../logs/log-patterns.ts';
import {eventAround} from '../logs/multi-line-events.ts';
import {sourceOf} from '../logs/use-lines.ts';
import {keyOf} from '../view/keymap.ts';
import {OUTPUT_SOURCE, SIGNALS_SOURCE, scrollOf} from '../view/view-state.ts';
import {grouped} from '../widgets/pane-words.ts';
import {type ConsoleContext, dispatch, say} from './console-context.ts';
import {focusedSource, lineCount, paneHeight, scrollExtentOf} from './pane-commands.ts';
import {openMenu} from './step-commands.ts';

/** `keys`: which go on in either direction. */
type Wanted = {pattern: Pattern; what: string; keys: Readonly<Record<1 | -1, string>>};

/** A search that was just typed: of a pane that follows, the match nearest to its end. */
export async function firstMatch(context: ConsoleContext): Promise<void> {
  const source = focusedSource(context);
  const isAtEnd = source !== undefined && scrollOf(context.view.getState(), source).follow;
  const wanted = searchedFor(context);
  if (wanted === undefined) return;
  if (await jump(context, wanted, isAtEnd ? -1 : 1)) await jump(context, wanted, isAtEnd ? -1 : 1);
}

/** `direction` 1: towards the end. */
export async function nextMatch(context: ConsoleContext, direction: 1 | -1): Promise<void> {
  const wanted = searchedFor(context);
  if (wanted === undefined) return say(context, `nothing to search for; ${keyOf('search')} asks`, 'warn');
  await jump(context, wanted, direction);
}

export async function nextError(context: ConsoleContext, direction: 1 | -1): Promise<void> {
  const keys = {1: keyOf('error-next'), [-1]: keyOf('error-previous')} as const;
  await jump(context, {pattern: ERROR_PATTERN, what: 'an error', keys}, direction);
}

/** Copies the event of the line that was jumped to, or else of the first line on the screen, with all its lines. */
export async function copyEvent(context: ConsoleContext): Promise<void> {
  const source = focusedSource(context);
  if (source === undefined || source === SIGNALS_SOURCE) return say(context, 'no log line is here to copy', 'warn');
  const view = context.view.getState();
  const {match} = view.search;
  const {follow, top} = scrollOf(view, source);
  const extent = scrollExtentOf(context, source);
  if (extent.to <= extent.from) return say(context, 'no line has come yet', 'warn');
  const shown = follow ? extent.to - 1 : Math.min(top, extent.to - 1);
  const line = match?.source === source && !follow ? match.line : shown;
  const read = (from: number, count: number) => context.session.spool.read(source, from, count);
  const {from, to} = eventAround(read, line);
  say(
    context,
    await context.copy(
      read(from, to - from)
        .map(plainText)
        .join('\n'),
    ),
    'good',
  );
}

const LISTED_MAX = 15;

/** The kinds of errors in the logs as a menu, new ones first. */
export function listErrors(context: ConsoleContext): void {
  const {spool} = context.session;
  const known = errorKinds(spool);
  const kinds = known.list();
  if (kinds.length === 0) return say(context, 'no error in the logs so far', 'plain');
  const unknown = known.unknownBefore().map(id => sourceOf(spool, id)?.title ?? id);
  const lines = [
    ...(kinds.length > LISTED_MAX ? [`${kinds.length - LISTED_MAX} more kinds are not listed`] : []),
    ...unknown.map(title => `${title} has no line from before the deploy to compare with`),
  ];
  const items = kinds.slice(0, LISTED_MAX).map(({text, count, first, source, isNew}) => ({
    label: `${isNew ? 'NEW' : 'known'}  ${grouped(count)}x  ${text}`,
    act: {do: 'show-line' as const, source, line: first},
  }));
  openMenu(context, {title: 'Errors by kind, new since the deploy first', lines, items});
}

/** Shows the line in the log panel, whichever panel has the focus. */
export function showLogLine(context: ConsoleContext, source: string, line: number): void {
  dispatch(context, {type: 'focus', panel: 'logs'});
  dispatch(context, {type: 'source', source});
  showLine(context, source, line);
}

function searchedFor(context: ConsoleContext): Wanted | undefined {
  const {search} = context.view.getState();
  const pattern = compilePattern(search.pattern);
  const keys = {1: keyOf('match-next'), [-1]: keyOf('match-previous')} as const;
  return pattern && {pattern, what: `"${search.pattern}"`, keys};
}

/**
 * Goes to the nearest wanted line. At the last one it stays and says so; the same key once more goes on at the other
 * end. Resolves to whether it stayed at the last one.
 */
async function jump(context: ConsoleContext, wanted: Wanted, direction: 1 | -1): Promise<boolean> {
  const source = focusedSource(context);
  if (source === undefined || source === SIGNALS_SOURCE) {
    const why =
      source === undefined
        ? 'no log source is open'
        : `the search is for logs and output; ${keyOf('signals')} brings the output back`;
    say(context, why, 'warn');
    return false;
  }
  const {pattern, what} = wanted;
  const {end} = context.view.getState().search;
  const extent = scrollExtentOf(context, source);
  const line = await lineFrom(context, source, pattern, startOf(context, source, direction), direction);
  const start = direction === 1 ? extent.from : extent.to - 1;
  const other = line ?? (await lineFrom(context, source, pattern, start, direction));
  if (other === undefined) {
    const where = extent.to - extent.from < lineCount(context, source) ? ' in what this step printed' : '';
    say(context, `no line with ${what}${where}`, 'warn');
    return false;
  }
  const wraps = end?.source === source && end.what === what && end.direction === direction;
  if (line === undefined && !wraps) {
    dispatch(context, {type: 'jump-end', end: {source, what, direction}});
    say(context, endWords(wanted, direction), 'warn');
    return true;
  }
  showLine(context, source, other);
  if (line === undefined) say(context, `wrapped: the ${direction === 1 ? 'first' : 'last'} line with ${what}`, 'warn');
  return false;
}

function endWords({what, keys}: Wanted, direction: 1 | -1): string {
  const [further, other] = direction === 1 ? ['later', 'first'] : ['earlier', 'last'];
  const back = keys[direction === 1 ? -1 : 1];
  return `no ${further} line with ${what}; ${back} goes back, ${keys[direction]} again goes to the ${other}`;
}

/** The nearest such line among those that the pane shows. */
async function lineFrom(
  context: ConsoleContext,
  source: string,
  pattern: Pattern,
  from: number,
  direction: 1 | -1,
): Promise<number | undefined> {
  const extent = scrollExtentOf(context, source);
  if (from < extent.from || from >= extent.to) return undefined;
  const line = await nearest(context, {source, pattern, direction}, from, extent);
  return line === undefined || line < extent.from || line >= extent.to ? undefined : line;
}

/** Lines that a filter hides are passed over. */
async function nearest(
  {session: {spool}, view}: ConsoleContext,
  {source, pattern, direction}: {source: string; pattern: Pattern; direction: 1 | -1},
  from: number,
  extent: {from: number; to: number},
): Promise<number | undefined> {
  const passing = source === OUTPUT_SOURCE ? undefined : passingLines(spool, source, view.getState().filters, pattern);
  if (passing === undefined) return await spool.find(source, pattern, from, direction);
  await pattern.ready;
  for (;;) {
    const isLeft = passing.advance(extent.to, extent.from);
    const {to, numberOf} = passing.lines();
    const index = passing.indexFrom(direction === 1 ? from : from + 1) - (direction === 1 ? 0 : 1);
    // The newest lines are looked through first, so that the last one is known before the first.
    if (index >= 0 && index < to && (!isLeft || direction === -1)) return numberOf?.(index);
    if (!isLeft) return undefined;
    await nextTurn();
  }
}

/** LineSelection the line, and brings it to the middle of the pane that is focused. */
export function showLine(context: ConsoleContext, source: string, line: number): void {
  dispatch(context, {type: 'matched', source, line});
  const top = Math.max(0, line - Math.floor(paneHeight(context) / 2));
  dispatch(context, {type: 'scroll', source, to: {follow: false, top, column: 0}});
}

/** The line where a jump starts: next to the last one while it is on the screen, else at the edge of the screen. */
function startOf(context: ConsoleContext, source: string, direction: 1 | -1): number {
  const view = context.view.getState();
  const {match} = view.search;
  const {follow, top} = scrollOf(view, source);
  const {from, to} = scrollExtentOf(context, source);
  if (follow) return direction === 1 ? to : to - 1;
  const height = paneHeight(context);
  if (match?.source === source && match.line >= top && match.line < top + height) return match.line + direction;
  return Math.max(from, Math.min(to - 1, direction === 1 ? top : top + height - 1));
}

/** Keys that were pressed meanwhile are answered. */
function nextTurn(): Promise<void> {
  return new Promise(resolve => setImmediate(resolve));
}
