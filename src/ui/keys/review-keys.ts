/** Keys of the review. None of them runs a step. `press.ts` handles `R` before them. */
import {unreachable} from '../../plan/plan.ts';
import {documentRows, documentTop, sectionExtent} from '../review/document-rows.ts';
import {questionsOf, standOf} from '../review/review-questions.ts';
import {runPane} from '../review/run-pane.ts';
import {glyphsFor} from '../terminal/glyphs.ts';
import type {KeyPress} from '../terminal/terminal-input.ts';
import {keyLabel} from '../view/keymap.ts';
import {type ReviewBox, type ReviewLayout, reviewBox, reviewLayout} from '../view/layout.ts';
import {type ReviewActionId, reviewActionFor} from '../view/review-keys.ts';
import {REVIEW_PANES, type ReviewView} from '../view/review-view.ts';
import {COLOURLESS} from '../widgets/pen.ts';
import {alertShown, type ConsoleContext, dispatch, SCROLL_KEYS, say} from './console-context.ts';
import {
  answerQuestion,
  changeUse,
  closeReview,
  confirmClear,
  confirmSection,
  focusSection,
  takeOne,
  undo,
} from './review-commands.ts';
import {changePlace} from './review-place.ts';

export function reviewKey(context: ConsoleContext, shown: ReviewView, key: KeyPress): void {
  if (shown.help !== null) return helpKey(context, shown.help, key);
  const action = reviewActionFor(key.name);
  if (action === undefined)
    return say(context, `${keyLabel(key.name)} does nothing in the review; ? lists its keys`, 'warn');
  const layout = layoutOf(context, shown);
  if (layout.kind === 'card' && !NEEDS_NO_PICTURE.has(action)) {
    return say(context, 'not shown here: enlarge the window first', 'warn');
  }
  perform(context, noteSeen(context, shown, layout), layout, action);
}

const NEEDS_NO_PICTURE: ReadonlySet<ReviewActionId> = new Set(['return', 'redraw']);

function perform(context: ConsoleContext, review: ReviewView, layout: ReviewLayout, action: ReviewActionId): void {
  switch (action) {
    case 'confirm':
      return confirm(context, review, reviewBox(layout, 'run'));
    case 'place':
      return void changePlace(context, review);
    case 'confirm-clear':
      return void confirmClear(context, review);
    case 'undo':
      return void undo(context, review);
    case 'yes':
      return void answerQuestion(context, review);
    case 'by-hand':
      return void answerQuestion(context, review, 'by-hand');
    case 'ignore':
      return void answerQuestion(context, review, 'ignored');
    case 'use-run':
    case 'use-watch':
    case 'use-rollback':
    case 'use-triggers':
    case 'use-other':
    case 'use-never':
      return void changeUse(context, review, USES[action]);
    case 'one-of':
      return void takeOne(context, review);
    case 'question-next':
      return turnQuestion(context, review, 1);
    case 'question-previous':
      return turnQuestion(context, review, -1);
    case 'down':
      return move(context, review, 1);
    case 'up':
      return move(context, review, -1);
    case 'top':
      return move(context, review, -Infinity);
    case 'bottom':
      return move(context, review, Infinity);
    case 'page-down':
      return page(context, review, layout, 1);
    case 'page-up':
      return page(context, review, layout, -1);
    case 'next-pane':
      return turnPane(context, review, 1);
    case 'previous-pane':
      return turnPane(context, review, -1);
    case 'help':
      return dispatch(context, {type: 'review', to: {help: 0}});
    case 'redraw':
      return context.redraw();
    case 'return':
      return closeReview(context, review);
    default:
      return unreachable(action);
  }
}

const USES = {
  'use-run': 'run',
  'use-watch': 'watch',
  'use-rollback': 'rollback',
  'use-triggers': 'triggers',
  'use-other': 'other',
  'use-never': 'reference',
} as const;

function layoutOf(context: ConsoleContext, review: ReviewView): ReviewLayout {
  return reviewLayout(context.size(), review, alertShown(context));
}

/** Nobody has read what was on the screen for a shorter time. */
const SEEN_MS = 300;

/** Notes, before the key does anything, whether all commands of the section have been on the screen. */
function noteSeen(context: ConsoleContext, review: ReviewView, layout: ReviewLayout): ReviewView {
  const {plan, run} = context.session;
  const box = reviewBox(layout, 'run');
  if (box === undefined || review.seen.includes(review.section) || context.now() - review.since < SEEN_MS)
    return review;
  if (!runPane(plan, run.getState(), review, measuring(box)).showsAll) return review;
  const seen = [...review.seen, review.section];
  dispatch(context, {type: 'review', to: {seen}});
  return {...review, seen};
}

/** For measuring: colours take no columns, and both sets of glyphs have the same width. */
function measuring({width, height}: ReviewBox) {
  return {width: width - 4, height: height - 2, glyphs: glyphsFor(false), theme: COLOURLESS};
}

/** What of its commands is still below comes on the screen first. */
function confirm(context: ConsoleContext, review: ReviewView, box: ReviewBox | undefined): void {
  const {plan, run} = context.session;
  const state = run.getState();
  const isOpen = ['open', 'again'].includes(standOf(plan, state, review.section));
  if (isOpen && box !== undefined && !runPane(plan, state, review, measuring(box)).showsAll) {
    pageRun(context, review, box, 1);
    dispatch(context, {type: 'review', to: {enterAt: context.now(), since: context.now()}});
    return say(context, 'there was more below: Enter again when you have read it', 'warn');
  }
  void confirmSection(context, review, box !== undefined);
}

function turnQuestion(context: ConsoleContext, review: ReviewView, by: 1 | -1): void {
  const {plan, run} = context.session;
  const count = questionsOf(plan, run.getState(), review.section).length;
  if (count < 2)
    return say(context, count === 0 ? 'nothing is asked about this section' : 'there is one question', 'plain');
  const question = (Math.min(review.question, count - 1) + by + count) % count;
  dispatch(context, {type: 'review', to: {question, documentTop: null}});
}

function move(context: ConsoleContext, review: ReviewView, by: number): void {
  const {sections} = context.session.plan;
  const at = sections.findIndex(({id}) => id === review.section);
  const next = sections[Math.max(0, Math.min(sections.length - 1, at + by))];
  if (next !== undefined && next.id !== review.section) focusSection(context, next.id);
}

function turnPane(context: ConsoleContext, review: ReviewView, by: 1 | -1): void {
  const at = REVIEW_PANES.indexOf(review.pane);
  const pane = REVIEW_PANES[(at + by + REVIEW_PANES.length) % REVIEW_PANES.length];
  if (pane !== undefined) dispatch(context, {type: 'review', to: {pane}});
}

function page(context: ConsoleContext, review: ReviewView, layout: ReviewLayout, direction: 1 | -1): void {
  const box = reviewBox(layout, review.pane);
  if (box === undefined) return;
  const height = box.height - 2;
  switch (review.pane) {
    case 'sections':
      return move(context, review, direction * Math.max(1, height - 1));
    case 'document':
      return dispatch(context, {type: 'review', to: {documentTop: pagedTop(context, review, box, direction)}});
    case 'run':
      return pageRun(context, review, box, direction);
  }
}

function pageRun(context: ConsoleContext, review: ReviewView, box: ReviewBox, direction: 1 | -1): void {
  const {plan, run} = context.session;
  const {scrollable, rows} = runPane(plan, run.getState(), review, measuring(box));
  const by = Math.max(1, Math.floor(rows.length / 2));
  const from = Math.min(review.runTop, scrollable);
  dispatch(context, {type: 'review', to: {runTop: Math.max(0, Math.min(scrollable, from + direction * by))}});
}

/** The last visible line becomes the first one, also where long lines take several rows. */
function pagedTop(context: ConsoleContext, review: ReviewView, box: ReviewBox, direction: 1 | -1): number {
  const {plan, run} = context.session;
  const style = measuring(box);
  const top = documentTop(plan, run.getState(), review, style.height);
  const focus = {...sectionExtent(plan, review.section), doubtful: new Set<number>(), asked: new Set<number>()};
  const {from, to} = documentRows(plan, run.getState(), top, focus, style);
  const next = direction > 0 ? to - 1 : from - 1 - Math.max(1, to - from);
  return Math.max(0, Math.min(plan.source.length - 1, direction > 0 && to >= plan.source.length ? from - 1 : next));
}

function helpKey(context: ConsoleContext, top: number, {name}: KeyPress): void {
  if (['esc', 'q', '?', 'ctrl+g', 'ctrl+c'].includes(name))
    return dispatch(context, {type: 'review', to: {help: null}});
  const by = SCROLL_KEYS[name];
  if (by !== undefined) dispatch(context, {type: 'review', to: {help: Math.max(0, top + by)}});
}
