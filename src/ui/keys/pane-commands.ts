/** Keys that move over text: scrolling, searching, errors, sources. Positions are absolute line numbers. */

import {plainText} from '../logs/log-line.ts';
import {compilePattern, ERROR_PATTERN} from '../logs/patterns.ts';
import {centreShows} from '../output/centre.ts';
import {boxOf} from '../view/layout.ts';
import {OUTPUT_SOURCE, SIGNALS_SOURCE, scrollOf, type ViewState} from '../view/view-state.ts';
import {currentLayout, type Desk, dispatch, say} from './console-context.ts';
import {type Extent, extentOf} from './scroll-extent.ts';

const BORDER_ROWS = 2;
const COLUMNS_PER_STEP = 8;
/** Lines looked at for the next one that passes a filter, in one key press. */
const SCAN_MAX = 50_000;
const SCAN_PIECE = 500;

/** What the focused pane reads; the logs when neither pane is focused. */
export function focusedSource(desk: Desk): string | undefined {
  const {focus} = desk.view.getState();
  if (focus !== 'output') return logSource(desk);
  const {plan, run} = desk.session;
  return centreShows(plan, run.getState(), desk.view.getState()) === 'signals' ? SIGNALS_SOURCE : OUTPUT_SOURCE;
}

export function logSource({session, view}: Desk): string | undefined {
  const logs = session.spool.sources().filter(({id}) => id !== OUTPUT_SOURCE);
  return logs.find(({id}) => id === view.getState().source)?.id ?? logs[0]?.id;
}

export function scrollPane(desk: Desk, by: number | 'page-down' | 'page-up' | 'top' | 'bottom'): void {
  const source = focusedSource(desk);
  if (source === undefined) return say(desk, 'no log source is open', 'warn');
  if (source === SIGNALS_SOURCE) return scrollSignals(desk, by);
  if (by === 'bottom') return dispatch(desk, {type: 'scroll', source, to: {follow: true, top: 0}});
  const height = paneHeight(desk);
  const {from: first, end} = extentOf(desk, source);
  if (by === 'top') return dispatch(desk, {type: 'scroll', source, to: {follow: false, top: first}});
  const distance = by === 'page-down' ? height - 1 : by === 'page-up' ? 1 - height : by;
  const scroll = scrollOf(desk.view.getState(), source);
  if (scroll.follow && distance > 0) return;
  const from = scroll.follow ? move(desk, source, end, -height) : scroll.top;
  const top = move(desk, source, from, distance);
  // The end was reached by hand: from here on it follows, as pressing G would.
  const atEnd = distance > 0 && top >= move(desk, source, end, -height);
  dispatch(desk, {type: 'scroll', source, to: atEnd ? {follow: true, top: 0} : {follow: false, top}});
}

/** It has no end that grows: it stands still at whatever is looked at. */
function scrollSignals(desk: Desk, by: Parameters<typeof scrollPane>[1]): void {
  const height = paneHeight(desk);
  const last = Math.max(0, extentOf(desk, SIGNALS_SOURCE).end - height);
  const {follow, top} = scrollOf(desk.view.getState(), SIGNALS_SOURCE);
  const distances = {'page-down': height - 1, 'page-up': 1 - height, top: -last, bottom: last};
  const from = follow ? 0 : Math.min(top, last);
  const next = from + (typeof by === 'number' ? by : distances[by]);
  dispatch(desk, {type: 'scroll', source: SIGNALS_SOURCE, to: {follow: false, top: Math.max(0, Math.min(last, next))}});
}

export function scrollSideways(desk: Desk, direction: 1 | -1): void {
  const source = focusedSource(desk);
  if (source === undefined) return;
  const {column} = scrollOf(desk.view.getState(), source);
  const next = Math.max(0, column + direction * COLUMNS_PER_STEP);
  dispatch(desk, {type: 'scroll', source, to: {column: next}});
}

export function toggleFollow(desk: Desk): void {
  const source = focusedSource(desk);
  if (source === undefined) return say(desk, 'no log source is open', 'warn');
  if (source === SIGNALS_SOURCE) return say(desk, 'this shows the newest readings at any time', 'plain');
  const {follow} = scrollOf(desk.view.getState(), source);
  const top = move(desk, source, extentOf(desk, source).end, -paneHeight(desk));
  dispatch(desk, {type: 'scroll', source, to: follow ? {follow: false, top} : {follow: true, top: 0}});
}

export function changeSource(desk: Desk, direction: 1 | -1): void {
  const logs = desk.session.spool.sources().filter(({id}) => id !== OUTPUT_SOURCE);
  if (logs.length === 0) return say(desk, 'no log source is open yet', 'warn');
  const at = logs.findIndex(({id}) => id === logSource(desk));
  const next = logs[(at + direction + logs.length) % logs.length];
  if (next) dispatch(desk, {type: 'source', source: next.id});
}

/** `direction` as the search goes: 1 = towards the end. */
export async function nextMatch(desk: Desk, direction: 1 | -1): Promise<void> {
  const {search} = desk.view.getState();
  const pattern = compilePattern(search.pattern);
  if (!pattern) return say(desk, 'nothing to search for; / asks', 'warn');
  await jump(desk, pattern, direction, `"${search.pattern}"`);
}

export async function nextError(desk: Desk, direction: 1 | -1): Promise<void> {
  await jump(desk, ERROR_PATTERN, direction, 'an error line');
}

async function jump(desk: Desk, pattern: RegExp, direction: 1 | -1, what: string): Promise<void> {
  const source = focusedSource(desk);
  if (source === undefined) return say(desk, 'no log source is open', 'warn');
  if (source === SIGNALS_SOURCE)
    return say(desk, 'the search is for logs and output; v brings the output back', 'warn');
  const extent = extentOf(desk, source);
  const from = startOf(desk.view.getState(), source, extent, direction);
  const line = await desk.session.spool.find(source, pattern, from, direction);
  if (line === undefined || line < extent.from || line >= extent.to) {
    const where = extent.to - extent.from < lineCount(desk, source) ? ' in what this step printed' : '';
    return say(desk, `no ${direction === 1 ? 'later' : 'earlier'} line with ${what}${where}`, 'warn');
  }
  dispatch(desk, {type: 'matched', source, line});
  const top = Math.max(0, line - Math.floor(paneHeight(desk) / 2));
  dispatch(desk, {type: 'scroll', source, to: {follow: false, top, column: 0}});
}

/** Goes on from the last match; a pane that follows is searched from its end. */
function startOf(view: ViewState, source: string, {from, to}: Extent, direction: 1 | -1): number {
  const {match} = view.search;
  const {follow, top} = scrollOf(view, source);
  if (match?.source === source && !follow) return match.line + direction;
  return follow ? (direction === 1 ? from : to - 1) : Math.max(from, Math.min(to - 1, top));
}

/** The line that many shown lines further; hidden lines do not count. */
function move(desk: Desk, source: string, from: number, distance: number): number {
  const {keep, hide} = desk.view.getState().filters;
  const {from: first, end} = extentOf(desk, source);
  const target = Math.max(first, Math.min(end, from + distance));
  if (source === OUTPUT_SOURCE || (keep === undefined && hide === undefined)) return target;
  const [keeps, hides] = [compilePattern(keep), compilePattern(hide)];
  const passes = (text: string) => (keeps?.test(text) ?? true) && !(hides?.test(text) ?? false);
  return nthPassing(desk, source, from, distance, passes);
}

function nthPassing(
  {session}: Desk,
  source: string,
  from: number,
  distance: number,
  passes: (text: string) => boolean,
): number {
  const step = Math.sign(distance);
  let left = Math.abs(distance);
  let found = from;
  for (let looked = 0, line = from + step; looked < SCAN_MAX && left > 0; looked += SCAN_PIECE) {
    const first = step > 0 ? line : Math.max(0, line - SCAN_PIECE + 1);
    const piece = session.spool.read(source, first, step > 0 ? SCAN_PIECE : line - first + 1);
    if (piece.length === 0 || line < 0) break;
    const order = step > 0 ? piece.keys() : [...piece.keys()].reverse();
    for (const index of order) {
      if (left === 0 || !passes(plainText(piece[index] ?? ''))) continue;
      found = first + index;
      left--;
    }
    line += step * piece.length;
  }
  return found;
}

function lineCount({session}: Desk, source: string): number {
  return session.spool.sources().find(({id}) => id === source)?.lines ?? 0;
}

function paneHeight(desk: Desk): number {
  const {focus} = desk.view.getState();
  const panel = focus === 'output' ? 'output' : 'logs';
  return Math.max(1, boxOf(currentLayout(desk), panel).height - BORDER_ROWS);
}
