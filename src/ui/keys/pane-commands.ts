/** Keys for panes of text: scroll, search, next error, next source. Positions are absolute line numbers. */
import {shownLookup} from '../../run/requests/lookups.ts';
import {passingLines} from '../logs/filtered-lines.ts';
import {firstShown, logSources, shownHeight} from '../logs/logs-panel.tsx';
import {sourceOf} from '../logs/use-lines.ts';
import {ownLines} from '../output/output-lines.ts';
import {centreShows, lacks, printedRange, subjectOf} from '../output/output-subject.ts';
import {signalsLines} from '../signals/signals-text.ts';
import {glyphsFor} from '../terminal/glyphs.ts';
import {boxOf, ENDS, SIDES} from '../view/layout.ts';
import {OUTPUT_SOURCE, type PanelName, SIGNALS_SOURCE, scrollOf} from '../view/view-state.ts';
import {COLOURLESS, type TextWriter, textWriter} from '../widgets/themed-text.ts';
import {type ConsoleContext, currentLayout, dispatch, say} from './console-context.ts';

const COLUMNS_PER_STEP = 8;

/** The source of the focused pane; the log source when neither pane is focused. */
export function focusedSource(
  context: ConsoleContext,
  focus: PanelName = context.view.getState().focus,
): string | undefined {
  if (focus !== 'output') return logSource(context);
  const {plan, run} = context.session;
  return centreShows(plan, run.getState(), context.view.getState()) === 'signals' ? SIGNALS_SOURCE : OUTPUT_SOURCE;
}

/** The source of the panel; when it is split, that of the half with the focus. */
export function logSource({session, view}: ConsoleContext): string | undefined {
  const logs = logSources(session.spool);
  const {source, split} = view.getState();
  const chosen = split?.isFocused ? split.source : source;
  return logs.find(({id}) => id === chosen)?.id ?? logs[0]?.id;
}

export type ScrollBy = number | 'page-down' | 'page-up' | 'top' | 'bottom';

/** `panel`: another than the focused one, for the wheel. */
export function scrollPane(context: ConsoleContext, by: ScrollBy, panel = context.view.getState().focus): void {
  const source = focusedSource(context, panel);
  if (source === undefined) return say(context, 'no log source is open', 'warn');
  if (source === SIGNALS_SOURCE) return scrollSignals(context, by);
  if (by === 'bottom') return dispatch(context, {type: 'scroll', source, to: {follow: true, top: 0}});
  const height = paneHeight(context, panel);
  const {from: first, end} = scrollExtentOf(context, source);
  if (by === 'top') return dispatch(context, {type: 'scroll', source, to: {follow: false, top: first}});
  const distance = distanceOf(context, by, panel);
  const scroll = scrollOf(context.view.getState(), source);
  if (scroll.follow && distance > 0) return;
  const from = scroll.follow ? moveBy(context, source, end, -height) : scroll.top;
  const top = moveBy(context, source, from, distance);
  // The end is reached, so the pane follows from now on, as after G.
  const atEnd = distance > 0 && top >= moveBy(context, source, end, -height);
  dispatch(context, {type: 'scroll', source, to: atEnd ? {follow: true, top: 0} : {follow: false, top}});
}

/** In lines; the ends are further away than any line. */
export function distanceOf(context: ConsoleContext, by: ScrollBy, panel?: PanelName): number {
  if (typeof by === 'number') return by;
  if (by === 'top' || by === 'bottom') return by === 'top' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  return (paneHeight(context, panel) - 1) * (by === 'page-down' ? 1 : -1);
}

/** The signals view does not grow at its end, so it never follows. */
function scrollSignals(context: ConsoleContext, by: ScrollBy): void {
  const height = paneHeight(context);
  const last = Math.max(0, scrollExtentOf(context, SIGNALS_SOURCE).end - height);
  const {follow, top} = scrollOf(context.view.getState(), SIGNALS_SOURCE);
  const distances = {'page-down': height - 1, 'page-up': 1 - height, top: -last, bottom: last};
  const from = follow ? 0 : Math.min(top, last);
  const next = from + (typeof by === 'number' ? by : distances[by]);
  dispatch(context, {
    type: 'scroll',
    source: SIGNALS_SOURCE,
    to: {follow: false, top: Math.max(0, Math.min(last, next))},
  });
}

export function scrollSideways(context: ConsoleContext, direction: 1 | -1): void {
  const source = focusedSource(context);
  if (source === undefined) return;
  const {column} = scrollOf(context.view.getState(), source);
  const next = Math.max(0, column + direction * COLUMNS_PER_STEP);
  dispatch(context, {type: 'scroll', source, to: {column: next}});
}

export function toggleFollow(context: ConsoleContext): void {
  const source = focusedSource(context);
  if (source === undefined) return say(context, 'no log source is open', 'warn');
  if (source === SIGNALS_SOURCE) return say(context, 'this shows the newest readings at any time', 'plain');
  const {follow} = scrollOf(context.view.getState(), source);
  const top = moveBy(context, source, scrollExtentOf(context, source).end, -paneHeight(context));
  dispatch(context, {type: 'scroll', source, to: follow ? {follow: false, top} : {follow: true, top: 0}});
}

export function changeSource(context: ConsoleContext, direction: 1 | -1): void {
  const logs = logSources(context.session.spool);
  if (logs.length === 0) return say(context, 'no log source is open yet', 'warn');
  const at = logs.findIndex(({id}) => id === logSource(context));
  const next = logs[(at + direction + logs.length) % logs.length];
  if (next) dispatch(context, {type: 'source', source: next.id});
}

/** Lines `from … to-1` of the source. `end` also counts the console's own rows after them. */
type ScrollExtent = {from: number; to: number; end: number};

/** The lines that the pane shows, which are also the ones that its keys move over. */
export function scrollExtentOf(context: ConsoleContext, source: string): ScrollExtent {
  const {plan, run, spool, elsewhere} = context.session;
  const state = run.getState();
  if (source === SIGNALS_SOURCE) {
    const lostAt = context.view.getState().lost?.at;
    const {length} = signalsLines({plan, state, now: context.now(), writer: countingWriter(context), lostAt});
    return {from: 0, to: length, end: length};
  }
  const total = lineCount(context, source);
  if (source !== OUTPUT_SOURCE) return {from: firstShown(sourceOf(spool, source)), to: total, end: total};
  const subject = subjectOf(plan, state, context.view.getState().cursor);
  const {from, to} = printedRange(subject, total, sourceOf(spool, source)?.gone);
  const facts = {plan, state, lookup: shownLookup(plan, state), writer: countingWriter(context), elsewhere};
  const isMissing = elsewhere !== undefined && lacks(subject, total);
  const own = ownLines(subject, facts, {hasPrinted: total > 0, isMissing});
  return {from, to, end: to + own.length};
}

/** For rows that are counted and not shown. */
function countingWriter(context: ConsoleContext): TextWriter {
  return textWriter(COLOURLESS, glyphsFor(false), boxOf(currentLayout(context), 'output').width - SIDES);
}

/** The line that is `distance` shown lines away; lines that a filter hides do not count. */
export function moveBy(context: ConsoleContext, source: string, from: number, distance: number): number {
  const {from: first, end} = scrollExtentOf(context, source);
  const {filters} = context.view.getState();
  const passing = source === OUTPUT_SOURCE ? undefined : passingLines(context.session.spool, source, filters);
  if (passing === undefined) return Math.max(first, Math.min(end, from + distance));
  const {to, numberOf} = passing.lines();
  const index = Math.max(0, Math.min(to - 1, passing.indexFrom(from) + distance));
  return numberOf?.(index) ?? first;
}

export function lineCount({session}: ConsoleContext, source: string): number {
  return sourceOf(session.spool, source)?.lines ?? 0;
}

export function paneHeight(context: ConsoleContext, focus: PanelName = context.view.getState().focus): number {
  const {split} = context.view.getState();
  const panel = focus === 'output' ? 'output' : 'logs';
  const {height} = boxOf(currentLayout(context), panel);
  return Math.max(1, (panel === 'logs' ? shownHeight(split, height) : height) - ENDS);
}

/** The line that was jumped to while it is on the screen, else the first one there; the last one of a pane that follows. */
export function lineInView(context: ConsoleContext, source: string): number {
  const view = context.view.getState();
  const {match} = view.search;
  const {follow, top} = scrollOf(view, source);
  const {from, to} = scrollExtentOf(context, source);
  if (follow) return to - 1;
  const isSeen = match?.source === source && match.line >= top && match.line < top + paneHeight(context);
  return isSeen ? match.line : Math.max(from, Math.min(top, to - 1));
}
