/** Keys of the review. None of them runs a step. `handle-key.ts` handles `R` before them. */
import {type Plan, unreachable} from '../../../plan/plan.ts';
import {heldPlace} from '../../review/document-position.ts';
import {askedWords, isToConfirm} from '../../review/review-questions.ts';
import {runPane} from '../../review/run-pane.ts';
import type {KeyPress} from '../../terminal/terminal-input.ts';
import {keyLabel} from '../../view/keymap.ts';
import {type ReviewBox, type ReviewLayout, reviewBox, reviewLayout} from '../../view/layout.ts';
import {type ReviewActionId, reviewActionFor, USE_OF_KEY} from '../../view/review-key-table.ts';
import type {ReviewView} from '../../view/review-view.ts';
import {alertRows, type ConsoleContext, dispatch, say} from '../console-context.ts';
import {answerQuestion, closeReview, confirmClear, confirmSection} from './review-commands.ts';
import * as move from './review-moves.ts';
import {openAlike, openPlaces, openTyped, reviewOverlayKey} from './review-overlay-keys.ts';
import {changeUse, takeOne} from './review-section-keys.ts';
import {undo} from './review-undo.ts';

export function reviewKey(context: ConsoleContext, shown: ReviewView, key: KeyPress): void {
  // A message is about the key before.
  say(context, '');
  const held = heldPlace(context.session.plan, shown);
  if (held !== shown) dispatch(context, {type: 'review', to: held});
  if (held.over !== null) return reviewOverlayKey(context, held, held.over, key);
  const action = reviewActionFor(key.name);
  if (action === undefined)
    return say(context, `${keyLabel(key.name)} does nothing in the review; ? lists its keys`, 'warn');
  const layout = layoutOf(context, held);
  if (layout.kind === 'card' && !NEEDS_NO_PICTURE.has(action)) {
    return say(context, 'not shown here: enlarge the window first', 'warn');
  }
  const seen = noteSeen(context, held, layout);
  if (seen.toTake !== null) dispatch(context, {type: 'review', to: {toTake: null}});
  perform(context, seen, layout, action);
}

const NEEDS_NO_PICTURE: ReadonlySet<ReviewActionId> = new Set(['return', 'redraw']);

function perform(context: ConsoleContext, review: ReviewView, layout: ReviewLayout, action: ReviewActionId): void {
  switch (action) {
    case 'confirm':
      return confirm(context, review, reviewBox(layout, 'run'));
    case 'yes':
      return void answerQuestion(context, review);
    case 'by-hand':
      return void answerQuestion(context, review, 'by-hand');
    case 'ignore':
      return void answerQuestion(context, review, 'ignored');
    case 'confirm-clear':
      return void confirmClear(context, review);
    case 'undo':
      return void undo(context, review);
    case 'use-run':
    case 'use-watch':
    case 'use-rollback':
    case 'use-triggers':
    case 'use-other':
    case 'use-never':
      return void changeUse(context, review, USE_OF_KEY[action]);
    case 'one-of':
      return void takeOne(context, review);
    case 'alike':
      return openAlike(context, review);
    case 'place':
      return openPlaces(context, review);
    case 'search':
    case 'go-to':
      return openTyped(context, action);
    case 'help':
      return dispatch(context, {type: 'review', to: {over: {kind: 'help', top: 0}}});
    case 'redraw':
      return redraw(context, review);
    case 'return':
      return closeReview(context, review);
    default:
      return go(context, review, layout, action);
  }
}

type Move =
  | `${'question' | 'section' | 'match'}-${'next' | 'previous'}`
  | `page-${'down' | 'up'}`
  | `${'next' | 'previous'}-pane`
  | 'down'
  | 'up'
  | 'top'
  | 'bottom'
  | 'back';

function go(context: ConsoleContext, review: ReviewView, layout: ReviewLayout, action: Move): void {
  switch (action) {
    case 'question-next':
      return move.turnQuestion(context, review, 1);
    case 'question-previous':
      return move.turnQuestion(context, review, -1);
    case 'section-next':
      return move.moveSection(context, review, 1);
    case 'section-previous':
      return move.moveSection(context, review, -1);
    case 'match-next':
      return move.nextMatch(context, review, 1);
    case 'match-previous':
      return move.nextMatch(context, review, -1);
    case 'back':
      return move.goBack(context, review);
    case 'down':
      return move.step(context, review, layout, 1);
    case 'up':
      return move.step(context, review, layout, -1);
    case 'top':
      return move.step(context, review, layout, -Infinity);
    case 'bottom':
      return move.step(context, review, layout, Infinity);
    case 'page-down':
      return move.page(context, review, layout, 1);
    case 'page-up':
      return move.page(context, review, layout, -1);
    case 'next-pane':
      return move.turnPane(context, review, 1);
    case 'previous-pane':
      return move.turnPane(context, review, -1);
    default:
      return unreachable(action);
  }
}

function layoutOf(context: ConsoleContext, review: ReviewView): ReviewLayout {
  return reviewLayout(context.size(), review, alertRows(context));
}

/** Nobody has read what was on the screen for a shorter time. */
const SEEN_MS = 300;

/** Notes, before the key does anything, whether all commands of the section have been on the screen. */
function noteSeen(context: ConsoleContext, review: ReviewView, layout: ReviewLayout): ReviewView {
  const {plan, run} = context.session;
  const box = reviewBox(layout, 'run');
  if (box === undefined || review.seen.includes(review.section) || context.now() - review.since < SEEN_MS)
    return review;
  if (!runPane(plan, run.getState(), review, move.measuring(context, box)).showsAll) return review;
  const seen = [...review.seen, review.section];
  dispatch(context, {type: 'review', to: {seen}});
  return {...review, seen};
}

/** What of its commands is still below comes on the screen first. */
function confirm(context: ConsoleContext, review: ReviewView, box: ReviewBox | undefined): void {
  const {plan, run} = context.session;
  const state = run.getState();
  const isOpen = isToConfirm(plan, state, review.section);
  if (isOpen && box !== undefined && !runPane(plan, state, review, move.measuring(context, box)).showsAll) {
    move.pageRun(context, review, box, 1);
    dispatch(context, {type: 'review', to: {enterAt: context.now(), since: context.now()}});
    return say(context, 'there was more below: Enter again when you have read it', 'warn');
  }
  void confirmSection(context, review, box !== undefined);
}

/** Before a run the document may have been edited meanwhile. */
function redraw(context: ConsoleContext, review: ReviewView): void {
  const {session} = context;
  const {placing, plan: before} = session;
  context.redraw();
  if (placing === undefined) return;
  const refused = placing.reread();
  if (refused !== undefined) return say(context, refused, 'warn');
  move.keepLines(context, review, before.source);
  const asked = `it asks ${askedWords(session.plan, session.run.getState())}`;
  say(context, `the document was read again: ${isSame(before, session.plan) ? 'no line is new' : asked}`, 'good');
}

function isSame({source}: Plan, now: Plan): boolean {
  return source.length === now.source.length && source.every((line, index) => line === now.source[index]);
}
