/** Keys for several logs at once, and for lines that are marked. */

import {setTimeout as sleep} from 'node:timers/promises';
import {eachMark, ownPlace} from '../logs/line-marks.ts';
import {logSources, shownHeight} from '../logs/logs-panel.tsx';
import {MERGED_SOURCE, mergedLogs} from '../logs/merged-log.ts';
import {boxOf} from '../view/layout.ts';
import {SIGNALS_SOURCE, scrollOf} from '../view/view-state.ts';
import {type ConsoleContext, currentLayout, dispatch, say} from './console-context.ts';
import {showLine} from './find-commands.ts';
import {focusedSource, logSource, paneHeight, scrollExtentOf} from './pane-commands.ts';

/** All logs as one, or from there the log alone that the line comes from; the place stays. */
export async function toggleMerged(context: ConsoleContext): Promise<void> {
  const {spool} = context.session;
  dispatch(context, {type: 'focus', panel: 'logs'});
  const merged = mergedLogs(spool);
  const source = logSource(context);
  if (merged === undefined || source === undefined || !logSources(spool).some(({id}) => id === MERGED_SOURCE))
    return say(context, 'there is no second log to show with it', 'warn');
  const {follow, top} = scrollOf(context.view.getState(), source);
  if (source === MERGED_SOURCE) {
    const own = merged.at(currentLine(context, source));
    const next = own?.source ?? logSources(spool)[0]?.id ?? '';
    dispatch(context, {type: 'source', source: next});
    if (!follow && own !== undefined)
      dispatch(context, {type: 'scroll', source: next, to: {follow: false, top: own.line}});
    return;
  }
  dispatch(context, {type: 'source', source: MERGED_SOURCE});
  dispatch(context, {type: 'scroll', source: MERGED_SOURCE, to: {follow: true, top: 0}});
  if (follow) return;
  // Where the line stands among all is known when all are in order.
  while (merged.advance(context.now())) {
    await sleep(LOOK_AGAIN_MS);
    if (logSource(context) !== MERGED_SOURCE) return;
  }
  dispatch(context, {type: 'scroll', source: MERGED_SOURCE, to: {follow, top: merged.indexOf(source, top)}});
}

const LOOK_AGAIN_MS = 10;

/** A second log below the first, the next one; again: one log. */
export function toggleSplit(context: ConsoleContext): void {
  const {split} = context.view.getState();
  dispatch(context, {type: 'focus', panel: 'logs'});
  if (split !== null) return dispatch(context, {type: 'split', split: null});
  const logs = logSources(context.session.spool);
  const at = logs.findIndex(({id}) => id === logSource(context));
  const next = logs[(at + 1) % logs.length];
  if (next === undefined || logs.length < 2) return say(context, 'there is no second log to show below', 'warn');
  dispatch(context, {type: 'split', split: {source: next.id, isFocused: true}});
  const {height} = boxOf(currentLayout(context), 'logs');
  if (shownHeight({source: next.id, isFocused: true}, height) === height)
    say(context, 'the second log is shown when there is room; z makes room', 'warn');
}

export function toggleBookmark(context: ConsoleContext): void {
  const source = focusedSource(context);
  if (source === undefined || source === SIGNALS_SOURCE) return say(context, 'no log line is here to mark', 'warn');
  const {from, to} = scrollExtentOf(context, source);
  if (to <= from) return say(context, 'no line has come yet', 'warn');
  const line = currentLine(context, source);
  const place = ownPlace(context.session.spool, {source, line});
  dispatch(context, {type: 'bookmark', place});
  const isSet = context.view
    .getState()
    .bookmarks.some(each => each.source === place.source && each.line === place.line);
  say(context, isSet ? `line ${place.line + 1} is marked` : `line ${place.line + 1} is no longer marked`, 'plain');
}

/** The line that was jumped to while it is on the screen, else the first one there; the last one of a pane that follows. */
function currentLine(context: ConsoleContext, source: string): number {
  const view = context.view.getState();
  const {match} = view.search;
  const {follow, top} = scrollOf(view, source);
  const {from, to} = scrollExtentOf(context, source);
  if (follow) return to - 1;
  const isSeen = match?.source === source && match.line >= top && match.line < top + paneHeight(context);
  return isSeen ? match.line : Math.max(from, Math.min(top, to - 1));
}

export async function nextMark(context: ConsoleContext, direction: 1 | -1): Promise<void> {
  const source = focusedSource(context);
  if (source === undefined || source === SIGNALS_SOURCE) return say(context, 'marks are for logs and output', 'warn');
  const {spool, run} = context.session;
  const marks = await eachMark(spool, source, run.getState(), context.view.getState().bookmarks);
  if (marks.length === 0) return say(context, 'nothing is marked here; m marks a line', 'warn');
  const here = currentLine(context, source);
  const further = direction === 1 ? marks.find(({line}) => line > here) : marks.findLast(({line}) => line < here);
  const mark = further ?? (direction === 1 ? marks[0] : marks.at(-1));
  if (mark === undefined) return;
  showLine(context, source, mark.line);
  const wraps = further === undefined ? `wrapped to the ${direction === 1 ? 'first' : 'last'} mark: ` : '';
  say(context, `${wraps}${mark.text}`, further === undefined ? 'warn' : 'plain');
}
