/** Marking lines of a log or of the output, and what is done with them: copy, save, open in a pager. */

import {filterFor} from '../logs/filtered-lines.ts';
import {plainText} from '../logs/log-line.ts';
import {eventAround} from '../logs/multi-line-events.ts';
import {selectedRange} from '../logs/selected-rows.ts';
import {sourceOf} from '../logs/use-lines.ts';
import {keyOf} from '../view/keymap.ts';
import type {LineRange, LineSelection, LogFilter} from '../view/log-view.ts';
import type {Prompt} from '../view/prompt-types.ts';
import {OUTPUT_SOURCE, SIGNALS_SOURCE, scrollOf} from '../view/view-state.ts';
import {grouped} from '../widgets/pane-words.ts';
import {shownLines} from '../widgets/shown-rows.ts';
import {type ConsoleContext, dispatch, say} from './console-context.ts';
import {distanceOf, focusedSource, moveBy, paneHeight, type ScrollBy, scrollExtentOf} from './pane-commands.ts';
import {openPrompt} from './step-commands.ts';

/** The selected lines of the focused pane. */
export function selectionHere(context: ConsoleContext): LineSelection | null {
  const {selection} = context.view.getState();
  return selection !== null && selection.source === focusedSource(context) ? selection : null;
}

/** Begins at the line that was jumped to, at the end of a pane that follows it, else at the first row; again: at the cursor. */
export function selectLines(context: ConsoleContext): void {
  const selection = selectionHere(context);
  if (selection !== null)
    return dispatch(context, {type: 'select-lines', selection: {...selection, anchor: selection.cursor}});
  const {focus, search} = context.view.getState();
  const source = focusedSource(context);
  const extent = source === undefined ? undefined : scrollExtentOf(context, source);
  if (source === undefined || source === SIGNALS_SOURCE || extent === undefined || extent.to <= extent.from)
    return say(context, 'no line is here to select', 'warn');
  const lines = shownLines(context.view, focus).flatMap(row => (row?.source === source ? row.line : []));
  const {follow, top} = scrollOf(context.view.getState(), source);
  // A pane that was not drawn yet shows its end, or what it was scrolled to.
  const first = lines[0] ?? (follow ? moveBy(context, source, extent.to, -paneHeight(context)) : top);
  const last = lines.at(-1) ?? extent.to - 1;
  const jumped = lines.find(line => search.match?.source === source && search.match.line === line);
  startSelection(context, source, jumped ?? (follow ? last : first), first);
}

/** The pane stands still, so that the lines stay where they are. `top`: its first line now. */
export function startSelection(context: ConsoleContext, source: string, line: number, top: number): void {
  dispatch(context, {type: 'scroll', source, to: {follow: false, top}});
  dispatch(context, {type: 'select-lines', selection: {source, anchor: line, cursor: line}});
}

/** The moves of a pane move the cursor while lines are selected. */
export function moveSelection(context: ConsoleContext, selection: LineSelection, by: ScrollBy): void {
  const {source} = selection;
  const {from, to} = scrollExtentOf(context, source);
  const cursor =
    by === 'top'
      ? from
      : by === 'bottom'
        ? to - 1
        : Math.min(to - 1, moveBy(context, source, selection.cursor, distanceOf(context, by)));
  selectTo(context, selection, cursor);
}

export function selectTo(context: ConsoleContext, selection: LineSelection, cursor: number): void {
  const {source} = selection;
  dispatch(context, {type: 'select-lines', selection: {...selection, cursor}});
  const {focus} = context.view.getState();
  const lines = shownLines(context.view, focus).flatMap(row => row?.line ?? []);
  const [first = cursor] = lines;
  if (cursor < first) dispatch(context, {type: 'scroll', source, to: {follow: false, top: cursor}});
  // The last of the rows may be a part of a line.
  if (cursor > (lines.at(-1) ?? cursor))
    dispatch(context, {
      type: 'scroll',
      source,
      to: {follow: false, top: moveBy(context, source, cursor, 1 - paneHeight(context))},
    });
}

export function endSelection(context: ConsoleContext): void {
  dispatch(context, {type: 'select-lines', selection: null});
}

/** More is better saved to a file. */
const COPIED_LINES_MAX = 20_000;

/** Copies the selected lines that the filters let through, and ends the selection. */
export async function copySelected(context: ConsoleContext, selection: LineSelection): Promise<void> {
  const lines: string[] = [];
  for await (const piece of piecesOf(context, {source: selection.source, ...selectedRange(selection)})) {
    for (const line of piece) lines.push(line);
    if (lines.length > COPIED_LINES_MAX) {
      return say(
        context,
        `more than ${COPIED_LINES_MAX} lines are not copied; ${keyOf('save')} saves them to a file`,
        'warn',
      );
    }
  }
  endSelection(context);
  say(context, await context.copy(lines.join('\n')), 'good');
}

/** What is saved or opened now: the selected lines, or all that the pane can show. */
export function rangeHere(context: ConsoleContext): LineRange | undefined {
  const source = focusedSource(context);
  if (source === undefined || source === SIGNALS_SOURCE) return undefined;
  const selection = selectionHere(context);
  const {from, to} = selection === null ? scrollExtentOf(context, source) : selectedRange(selection);
  // The row that says how many lines are gone is none of them.
  const gone = sourceOf(context.session.spool, source)?.gone ?? 0;
  return {source, from: Math.max(from, gone), to};
}

/** Filters are for logs; what steps print is never filtered. */
export function filtersOf(context: ConsoleContext, source: string): readonly LogFilter[] {
  if (source === OUTPUT_SOURCE) return [];
  return context.view.getState().filters.filter(({off}) => off !== true);
}

/** Asks for the name of the file. */
export function askSave(context: ConsoleContext): void {
  const range = rangeHere(context);
  if (range === undefined || range.to <= range.from) return say(context, 'no line is here to save', 'warn');
  openPrompt(context, savePrompt(context, range));
}

export function savePrompt(context: ConsoleContext, range: LineRange, proposal = proposedName(context, range)): Prompt {
  const {source} = range;
  const title = sourceOf(context.session.spool, source)?.title ?? source;
  const isSelected = selectionHere(context) !== null;
  const through = filtersOf(context, source).length > 0 ? ' that the filters let through' : '';
  const what = isSelected ? `the selected lines${through}` : through === '' ? 'all lines' : `the lines${through}`;
  return {
    title: `Save ${title} to a file`,
    lines: [`${what}, of ${grouped(range.to - range.from)}; a name without / is in ${process.cwd()}`],
    purpose: {for: 'save', range},
    required: 'name a file',
    proposal,
  };
}

/** `error-20260105-130000.log` */
export function proposedName({now, session}: ConsoleContext, {source}: LineRange): string {
  const at = new Date(now() - new Date(now()).getTimezoneOffset() * 60_000);
  const stamp = at.toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-');
  const title = sourceOf(session.spool, source)?.title ?? source;
  const name = title.replaceAll(/[^\w.-]+/g, '-').replaceAll(/^[-.]+|-+$/g, '');
  return `${name === '' ? 'log' : name.replace(/\.log$/, '')}-${stamp}.log`;
}

const PIECE_LINES = 20_000;

/** The text of the lines that the filters let through, without colours, piece by piece: keys are answered between. */
export async function* piecesOf(
  context: ConsoleContext,
  {source, from, to}: LineRange,
): AsyncGenerator<readonly string[]> {
  const {spool} = context.session;
  const filters = filtersOf(context, source);
  const read = (start: number, count: number) => spool.read(source, start, count);
  for (let start = from; start < to; ) {
    const border = Math.min(to, start + PIECE_LINES);
    // An event passes or stays out as a whole.
    const begins = border < to && filters.length > 0 ? eventAround(read, border).from : border;
    const end = begins > start ? begins : border;
    if (filters.length === 0) yield read(start, end - start).map(plainText);
    else {
      const filter = filterFor(spool, source, filters, undefined);
      while (filter.advance(end, start)) await nextTurn();
      const lines = filter.lines();
      yield lines.read(0, lines.to).map(plainText);
    }
    start = end;
    await nextTurn();
  }
}

function nextTurn(): Promise<void> {
  return new Promise(resolve => setImmediate(resolve));
}
