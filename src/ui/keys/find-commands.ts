/** Keys that jump to a line of a pane: what was searched for, the next error. Positions are absolute line numbers. */
import type {Pattern} from '../../text/pattern.ts';
import {compilePattern, ERROR_PATTERN} from '../logs/patterns.ts';
import {bindingOf, keyLabel} from '../view/keymap.ts';
import {SIGNALS_SOURCE, scrollOf} from '../view/view-state.ts';
import {type ConsoleContext, dispatch, say} from './console-context.ts';
import {focusedSource, lineCount, paneHeight, scrollExtentOf} from './pane-commands.ts';

/** `keys`: which go on in either direction. */
type Wanted = {pattern: Pattern; what: string; keys: Readonly<Record<1 | -1, string>>};

/** A search that was just typed: of a pane that follows, the match nearest to its end. */
export async function firstMatch(context: ConsoleContext): Promise<void> {
  const source = focusedSource(context);
  const isAtEnd = source !== undefined && scrollOf(context.view.getState(), source).follow;
  const wanted = searchedFor(context);
  if (wanted === undefined) return;
  if (!(await jump(context, wanted, isAtEnd ? -1 : 1))) await jump(context, wanted, isAtEnd ? -1 : 1);
}

/** `direction` 1: towards the end. */
export async function nextMatch(context: ConsoleContext, direction: 1 | -1): Promise<void> {
  const wanted = searchedFor(context);
  if (wanted === undefined) return say(context, 'nothing to search for; / asks', 'warn');
  await jump(context, wanted, direction);
}

export async function nextError(context: ConsoleContext, direction: 1 | -1): Promise<void> {
  const keys = {1: keyOf('error-next'), [-1]: keyOf('error-previous')} as const;
  await jump(context, {pattern: ERROR_PATTERN, what: 'an error', keys}, direction);
}

function searchedFor(context: ConsoleContext): Wanted | undefined {
  const {search} = context.view.getState();
  const pattern = compilePattern(search.pattern);
  const keys = {1: keyOf('match-next'), [-1]: keyOf('match-previous')} as const;
  return pattern && {pattern, what: `"${search.pattern}"`, keys};
}

function keyOf(id: 'match-next' | 'match-previous' | 'error-next' | 'error-previous'): string {
  return keyLabel(bindingOf(id).keys[0] ?? '');
}

/**
 * Goes to the nearest wanted line. At the last one it stays and says so; the same key once more goes on at the other
 * end. Resolves to whether there is nothing more to do.
 */
async function jump(context: ConsoleContext, wanted: Wanted, direction: 1 | -1): Promise<boolean> {
  const source = focusedSource(context);
  if (source === undefined) return done(say(context, 'no log source is open', 'warn'));
  if (source === SIGNALS_SOURCE)
    return done(say(context, 'the search is for logs and output; v brings the output back', 'warn'));
  const {pattern, what} = wanted;
  const {end} = context.view.getState().search;
  const line = await lineFrom(context, source, pattern, startOf(context, source, direction), direction);
  if (line !== undefined) return done(showLine(context, source, line));
  const extent = scrollExtentOf(context, source);
  const other = await lineFrom(context, source, pattern, direction === 1 ? extent.from : extent.to - 1, direction);
  if (other === undefined) {
    const where = extent.to - extent.from < lineCount(context, source) ? ' in what this step printed' : '';
    return done(say(context, `no line with ${what}${where}`, 'warn'));
  }
  if (end?.source === source && end.what === what && end.direction === direction) {
    showLine(context, source, other);
    const place = direction === 1 ? 'first' : 'last';
    return done(say(context, `wrapped: the ${place} line with ${what}`, 'warn'));
  }
  dispatch(context, {type: 'jump-end', end: {source, what, direction}});
  const [further, back] = direction === 1 ? (['later', 'first'] as const) : (['earlier', 'last'] as const);
  const [on, to] = [wanted.keys[direction], wanted.keys[direction === 1 ? -1 : 1]];
  say(context, `no ${further} line with ${what}; ${to} goes back, ${on} again goes to the ${back}`, 'warn');
  return false;
}

function done(_: void): true {
  return true;
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
  const line = await context.session.spool.find(source, pattern, from, direction);
  return line === undefined || line < extent.from || line >= extent.to ? undefined : line;
}

/** Marks the line, and brings it to the middle of the pane that is focused. */
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
