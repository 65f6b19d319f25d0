/** Keys of bookmarks: setting one, taking it away, and going to the next mark in a log or in the output. */
import {eachMark, ownPlace} from '../logs/line-marks.ts';
import {SIGNALS_SOURCE} from '../view/view-state.ts';
import {type ConsoleContext, dispatch, say} from './console-context.ts';
import {showLine} from './find-commands.ts';
import {focusedSource, lineInView, scrollExtentOf} from './pane-commands.ts';

export function toggleBookmark(context: ConsoleContext): void {
  const source = focusedSource(context);
  if (source === undefined || source === SIGNALS_SOURCE) return say(context, 'no log line is here to mark', 'warn');
  const {from, to} = scrollExtentOf(context, source);
  if (to <= from) return say(context, 'no line has come yet', 'warn');
  const line = lineInView(context, source);
  const place = ownPlace(context.session.spool, {source, line});
  dispatch(context, {type: 'bookmark', place});
  const isSet = context.view
    .getState()
    .bookmarks.some(each => each.source === place.source && each.line === place.line);
  say(context, isSet ? `line ${place.line + 1} is marked` : `line ${place.line + 1} is no longer marked`, 'plain');
}

export async function nextMark(context: ConsoleContext, direction: 1 | -1): Promise<void> {
  const source = focusedSource(context);
  if (source === undefined || source === SIGNALS_SOURCE) return say(context, 'marks are for logs and output', 'warn');
  const {spool, run} = context.session;
  const marks = await eachMark(spool, source, run.getState(), context.view.getState().bookmarks);
  if (marks.length === 0) return say(context, 'nothing is marked here; m marks a line', 'warn');
  const here = lineInView(context, source);
  const further = direction === 1 ? marks.find(({line}) => line > here) : marks.findLast(({line}) => line < here);
  const mark = further ?? (direction === 1 ? marks[0] : marks.at(-1));
  if (mark === undefined) return;
  showLine(context, source, mark.line);
  const wraps = further === undefined ? `wrapped to the ${direction === 1 ? 'first' : 'last'} mark: ` : '';
  say(context, `${wraps}${mark.text}`, further === undefined ? 'warn' : 'plain');
}
