/** Keys of the review that move: lines, sections, questions, matches, pages and panes. */
import type {Plan} from '../../../plan/plan.ts';
import {sectionById} from '../../../run/plan-index.ts';
import type {AskedStyle} from '../../review/asked-rows.ts';
import {linesAfter, sectionAtLine, sectionExtent} from '../../review/document-position.ts';
import {documentWindow, searchable, tallLine} from '../../review/document-rows.ts';
import {focusedQuestion, openQuestions} from '../../review/review-questions.ts';
import {runPane} from '../../review/run-pane.ts';
import {glyphsFor} from '../../terminal/glyphs.ts';
import {ENDS, type ReviewBox, type ReviewLayout, reviewBox, reviewLayout, SIDES} from '../../view/layout.ts';
import {REVIEW_PANES, type ReviewView} from '../../view/review-view.ts';
import {COLOURLESS} from '../../widgets/themed-text.ts';
import {alertRows, type ConsoleContext, dispatch, say} from '../console-context.ts';

/** For measuring: colours take no columns, and both sets of glyphs have the same width. */
export function measuring({session}: ConsoleContext, {width, height}: ReviewBox): AskedStyle {
  const {placing, run, consoleId} = session;
  return {
    width: width - SIDES,
    height: height - ENDS,
    glyphs: glyphsFor(false),
    theme: COLOURLESS,
    next: placing?.next,
    isDriver: run.getState().driver === consoleId,
  };
}

/** The cursor goes to the line, and the keys act on its section. `section`: where the line stands in no section of its own. */
export function goToLine(
  context: ConsoleContext,
  review: ReviewView,
  line: number,
  more: Partial<Pick<ReviewView, 'section' | 'documentTop' | 'doubt'>> = {},
): void {
  const {plan} = context.session;
  const at = Math.max(1, Math.min(plan.source.length, line));
  const section = more.section ?? sectionAtLine(plan, at)?.id ?? review.section;
  const isNew = section !== review.section;
  const fresh = isNew ? {runTop: 0, since: context.now()} : {};
  const documentTop = more.documentTop ?? topFor(context, review, at);
  dispatch(context, {type: 'review', to: {doubt: null, ...more, documentTop, lineTop: 0, line: at, section, ...fresh}});
}

/** The document was read again: cursor, screen and the way back stay at the same words. `before`: its lines until then. */
export function keepLines(context: ConsoleContext, review: ReviewView, before: readonly string[]): void {
  const {plan} = context.session;
  const lineNow = linesAfter(before, plan.source);
  const line = lineNow(review.line);
  const isMoved = line !== review.line || sectionById(plan, review.section) === undefined;
  const section = (isMoved ? sectionAtLine(plan, line)?.id : undefined) ?? review.section;
  const documentTop = Math.max(0, review.documentTop + line - review.line);
  const done = review.done.map(each => ({...each, line: lineNow(each.line)}));
  dispatch(context, {type: 'review', to: {line, section, documentTop, done, back: review.back.map(lineNow)}});
}

/** A line that is on the screen stays where it is; another one comes into the upper third. */
function topFor(context: ConsoleContext, review: ReviewView, line: number): number {
  const {plan} = context.session;
  const box = reviewBox(reviewLayout(context.size(), review, alertRows(context)), 'document');
  if (box === undefined) return line - 1;
  const {from, to, top} = documentWindow(plan, review, measuring(context, box));
  return line >= from && line <= to ? top : Math.max(0, line - 1 - Math.floor(box.height / 3));
}

/** A jump can be taken back with one key. */
export function jump(
  context: ConsoleContext,
  review: ReviewView,
  line: number,
  more: Partial<Pick<ReviewView, 'section' | 'documentTop' | 'doubt'>> = {},
): void {
  if (line !== review.line) {
    dispatch(context, {type: 'review', to: {back: [...review.back.slice(-BACK_MAX), review.line]}});
  }
  goToLine(context, review, line, more);
}

const BACK_MAX = 100;

export function goBack(context: ConsoleContext, review: ReviewView): void {
  const line = review.back.at(-1);
  if (line === undefined) return say(context, 'the cursor has not jumped yet', 'warn');
  goToLine(context, review, line);
  dispatch(context, {type: 'review', to: {back: review.back.slice(0, -1)}});
}

/** The section's first question if it has one, else its heading, which comes to the top of the pane. */
export function focusSection(context: ConsoleContext, review: ReviewView, sectionId: string): void {
  const {plan, run} = context.session;
  const {from, to} = sectionExtent(plan, sectionId);
  const question = focusedQuestion(plan, run.getState(), {section: sectionId, line: from, doubt: null});
  const line = question !== undefined && question.line >= from && question.line <= to ? question.line : from;
  jump(context, review, line, {section: sectionId, documentTop: from - 1});
}

export function moveSection(context: ConsoleContext, review: ReviewView, by: number): void {
  const {sections} = context.session.plan;
  const at = sections.findIndex(({id}) => id === review.section);
  const next = sections[Math.max(0, Math.min(sections.length - 1, at + by))];
  if (next === undefined || next.id === review.section)
    return say(context, by > 0 ? 'this is the last section' : 'this is the first section', 'plain');
  const {from} = sectionExtent(context.session.plan, next.id);
  goToLine(context, review, from, {section: next.id, documentTop: from - 1});
}

/** The next open question of the document from the cursor on, and behind its end the first. */
export function turnQuestion(context: ConsoleContext, review: ReviewView, by: 1 | -1): void {
  const {plan, run} = context.session;
  const state = run.getState();
  const all = openQuestions(plan, state);
  if (all.length === 0) return say(context, 'no question is open in the document', 'plain');
  const here = focusedQuestion(plan, state, review);
  const onIt = here?.line === review.line ? all.indexOf(here) : -1;
  const below = all.findIndex(({line}) => line > review.line);
  const from = onIt !== -1 ? onIt + by : by > 0 ? below : (below === -1 ? all.length : below) - 1;
  const isWrapped = from < 0 || from >= all.length || (by > 0 && onIt === -1 && below === -1);
  const at = isWrapped ? (by > 0 ? 0 : all.length - 1) : from;
  const question = all[at];
  if (question === undefined) return;
  const {section, id} = question;
  const {from: first, to: last} = sectionExtent(plan, section);
  const line = question.line >= first && question.line <= last ? question.line : first;
  jump(context, review, line, {section, doubt: id, documentTop: first - 1});
  const where = isWrapped ? (by > 0 ? ', from the start again' : ', from the end again') : '';
  say(context, `question ${at + 1} of ${all.length} in the document${where}`, 'plain');
}

export function nextMatch(context: ConsoleContext, review: ReviewView, by: 1 | -1): void {
  const {search} = review;
  if (search === '') return say(context, 'nothing was searched yet: / searches', 'warn');
  findFrom(context, review, search, review.line + by, by);
}

/** Goes to the next line with the text, around the ends of the document. */
export function findFrom(context: ConsoleContext, review: ReviewView, search: string, from: number, by: 1 | -1): void {
  const {source} = context.session.plan;
  const count = source.length;
  for (let away = 0; away < count; away += 1) {
    const line = ((((from - 1 + by * away) % count) + count) % count) + 1;
    if (!searchable(source[line - 1] ?? '', search).includes(search)) continue;
    const isWrapped = by > 0 ? line < from : line > from;
    jump(context, review, line);
    return say(
      context,
      `line ${line}${isWrapped ? ', around the end of the document' : ''} · ; next  , previous`,
      'plain',
    );
  }
  say(context, `"${search}" is not in the document`, 'warn');
}

/** A number is a line; a text is looked for in the titles, from the cursor on. */
export function goTo(context: ConsoleContext, review: ReviewView, wanted: string): void {
  const {plan} = context.session;
  if (/^\d+$/.test(wanted)) return jump(context, review, Number(wanted));
  const section = sectionWith(plan, review, wanted.toLowerCase());
  if (section === undefined) return say(context, `no section has "${wanted}" in its title`, 'warn');
  focusSection(context, review, section);
}

function sectionWith({sections}: Plan, {section}: ReviewView, wanted: string): string | undefined {
  const at = sections.findIndex(({id}) => id === section);
  const ordered = [...sections.slice(at + 1), ...sections.slice(0, at + 1)];
  return ordered.find(({title}) => title.toLowerCase().includes(wanted))?.id;
}

export function turnPane(context: ConsoleContext, review: ReviewView, by: 1 | -1): void {
  const at = REVIEW_PANES.indexOf(review.pane);
  const pane = REVIEW_PANES[(at + by + REVIEW_PANES.length) % REVIEW_PANES.length];
  if (pane !== undefined) dispatch(context, {type: 'review', to: {pane}});
}

/** Moves by this many lines of the document or of the commands, or sections; infinite: to the end. */
export function step(context: ConsoleContext, review: ReviewView, layout: ReviewLayout, by: number): void {
  const box = reviewBox(layout, review.pane);
  if (box === undefined) return;
  switch (review.pane) {
    case 'sections':
      return moveSection(context, review, by);
    case 'document':
      return Number.isFinite(by) ? stepLine(context, review, box, by) : jump(context, review, by > 0 ? Infinity : 1);
    case 'run':
      return scrollRun(context, review, box, by);
  }
}

function stepLine(context: ConsoleContext, review: ReviewView, box: ReviewBox, by: number): void {
  const {plan} = context.session;
  if (scrollLine(context, review, box, by)) return;
  const {top} = documentWindow(plan, review, measuring(context, box));
  goToLine(context, review, review.line + by, {documentTop: top});
}

/** A line that is taller than the pane is scrolled before the cursor leaves it. */
function scrollLine(context: ConsoleContext, review: ReviewView, box: ReviewBox, by: number): boolean {
  const {lineTop, most} = tallLine(context.session.plan, review, measuring(context, box));
  const to = Math.max(0, Math.min(most, lineTop + by));
  if (to === lineTop) return false;
  dispatch(context, {type: 'review', to: {lineTop: to}});
  return true;
}

export function page(context: ConsoleContext, review: ReviewView, layout: ReviewLayout, direction: 1 | -1): void {
  const box = reviewBox(layout, review.pane);
  if (box === undefined) return;
  switch (review.pane) {
    case 'sections':
      return moveSection(context, review, direction * Math.max(1, box.height - 4));
    case 'document':
      return pageDocument(context, review, box, direction);
    case 'run':
      return pageRun(context, review, box, direction);
  }
}

/** The last visible line becomes the first one, and the cursor stays at its height as far as it can. */
function pageDocument(context: ConsoleContext, review: ReviewView, box: ReviewBox, direction: 1 | -1): void {
  const {plan} = context.session;
  if (scrollLine(context, review, box, direction * Math.max(1, box.height - ENDS - 2))) return;
  const {from, to} = documentWindow(plan, review, measuring(context, box));
  const by = direction * Math.max(1, to - from);
  const documentTop = Math.max(0, Math.min(plan.source.length - 1, from - 1 + by));
  goToLine(context, review, review.line + by, {documentTop});
}

export function pageRun(context: ConsoleContext, review: ReviewView, box: ReviewBox, direction: 1 | -1): void {
  scrollRun(context, review, box, direction * Math.max(1, Math.floor((box.height - ENDS) / 2)));
}

function scrollRun(context: ConsoleContext, review: ReviewView, box: ReviewBox, by: number): void {
  const {plan, run} = context.session;
  const style = measuring(context, box);
  const {scrollable, top} = runPane(plan, run.getState(), review, style);
  const runTop = Math.max(0, Math.min(scrollable, top + by));
  dispatch(context, {type: 'review', to: {runTop, runWidth: style.width}});
}
