/** Which lines the keys of a pane move over: those that it shows, and no others. */
import {shownLookup} from '../../run/binding/lookups.ts';
import {ownLines} from '../output/output-lines.ts';
import {printedRange, subjectOf} from '../output/output-subject.ts';
import {signalsLines} from '../signals/signals-text.ts';
import {glyphsFor} from '../terminal/glyphs.ts';
import type {Theme} from '../terminal/theme.ts';
import {boxOf} from '../view/layout.ts';
import {OUTPUT_SOURCE, SIGNALS_SOURCE} from '../view/view-state.ts';
import {penFor} from '../widgets/pen.ts';
import {type ConsoleContext, currentLayout} from './console-context.ts';

/** Lines `from … to-1` of the source; `end` counts the console's own rows after them, too. */
export type ScrollExtent = {from: number; to: number; end: number};

export function scrollExtentOf(context: ConsoleContext, source: string): ScrollExtent {
  if (source === SIGNALS_SOURCE) return signalsExtent(context);
  const total = context.session.spool.sources().find(({id}) => id === source)?.lines ?? 0;
  return source === OUTPUT_SOURCE ? outputExtent(context, total) : {from: 0, to: total, end: total};
}

/** Rows are counted, not shown: colours do not matter. */
const COLOURLESS: Theme = {name: 'none', depth: 'none', paint: (_, text) => text, page: ''};
const SIDES = 4;

function outputExtent(context: ConsoleContext, total: number): ScrollExtent {
  const {plan, run} = context.session;
  const state = run.getState();
  const subject = subjectOf(plan, state, context.view.getState().cursor);
  const {from, to} = printedRange(subject, total);
  const pen = penFor(COLOURLESS, glyphsFor(false), boxOf(currentLayout(context), 'output').width - SIDES);
  const own = ownLines(subject, {plan, state, lookup: shownLookup(plan, state), pen}, total > 0);
  return {from, to, end: to + own.length};
}

function signalsExtent(context: ConsoleContext): ScrollExtent {
  const {plan, run} = context.session;
  const pen = penFor(COLOURLESS, glyphsFor(false), boxOf(currentLayout(context), 'output').width - SIDES);
  const {length} = signalsLines({plan, state: run.getState(), now: context.now(), pen});
  return {from: 0, to: length, end: length};
}
