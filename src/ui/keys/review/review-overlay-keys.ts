/** What lies over the panes of the review and takes the keys: help, like questions, places, a text that is typed. */
import type {Doubt} from '../../../plan/doubt.ts';
import type {Plan} from '../../../plan/plan.ts';
import type {RunState} from '../../../run/state.ts';
import {plural} from '../../../text/figures.ts';
import {placesFor} from '../../review/place-choices.ts';
import {alikeTo, focusedQuestion} from '../../review/review-questions.ts';
import type {KeyPress} from '../../terminal/terminal-input.ts';
import {EDITOR_KEYS, editorOf} from '../../view/line-editor.ts';
import type {ReviewOverlay, ReviewView} from '../../view/review-view.ts';
import {type ConsoleContext, dispatch, SCROLL_KEYS, say} from '../console-context.ts';
import {answerAll} from './review-commands.ts';
import {findFrom, goTo} from './review-moves.ts';
import {setPlace} from './review-section-keys.ts';

function open(context: ConsoleContext, over: ReviewOverlay | null): void {
  dispatch(context, {type: 'review', to: {over}});
}

export function openTyped(context: ConsoleContext, kind: 'search' | 'go-to'): void {
  open(context, {kind, editor: editorOf('')});
}

export function openAlike(context: ConsoleContext, review: ReviewView): void {
  const {plan, run} = context.session;
  if (alikeIn(plan, run.getState(), review).length < 2) return say(context, 'no other line asks the same', 'plain');
  open(context, {kind: 'alike', top: 0});
}

function alikeIn(plan: Plan, state: RunState, review: ReviewView): readonly Doubt[] {
  const question = focusedQuestion(plan, state, review);
  return question === undefined ? [] : alikeTo(plan, state, question);
}

export function openPlaces(context: ConsoleContext, review: ReviewView): void {
  const {plan, placing} = context.session;
  const places = placesFor(plan, review.section, {
    names: placing?.names ?? [],
    typed: '',
    set: context.session.run.getState().review?.places?.[review.section],
  });
  if (places.length === 0) return say(context, 'nothing runs in this section', 'warn');
  // Enter alone changes nothing: it stands on the place that the section has.
  const selected = Math.max(
    0,
    places.findIndex(({now}) => now !== undefined),
  );
  open(context, {kind: 'place', editor: editorOf(''), selected});
}

const CLOSES: ReadonlySet<string> = new Set(['esc', 'ctrl+g', 'ctrl+c']);

export function reviewOverlayKey(
  context: ConsoleContext,
  review: ReviewView,
  over: ReviewOverlay,
  key: KeyPress,
): void {
  if (CLOSES.has(key.name)) return open(context, null);
  switch (over.kind) {
    case 'help':
      return key.name === 'q' || key.name === '?' ? open(context, null) : scroll(context, over, key);
    case 'alike':
      return alikeKey(context, review, over, key);
    case 'place':
      return placeKey(context, review, over, key);
    case 'search':
    case 'go-to':
      return typedKey(context, review, over, key);
  }
}

function scroll(context: ConsoleContext, over: Extract<ReviewOverlay, {top: number}>, {name}: KeyPress): void {
  const by = SCROLL_KEYS[name];
  if (by !== undefined) open(context, {...over, top: Math.max(0, over.top + by)});
}

const ANSWERS = {y: undefined, h: 'by-hand', m: 'ignored'} as const;

/** All of the lines in the list get this answer. */
function alikeKey(
  context: ConsoleContext,
  review: ReviewView,
  over: Extract<ReviewOverlay, {kind: 'alike'}>,
  key: KeyPress,
): void {
  if (key.name === 'q' || key.name === 'Y') return open(context, null);
  if (key.name !== 'y' && key.name !== 'h' && key.name !== 'm') return scroll(context, over, key);
  const {plan, run} = context.session;
  const alike = alikeIn(plan, run.getState(), review);
  if (key.name !== 'y' && alike.some(({steps}) => steps.length === 0))
    return say(context, 'no step hangs on these lines: only y answers them', 'warn');
  open(context, null);
  void answerAll(context, review, alike, ANSWERS[key.name], plural(alike.length, 'line'));
}

function placeKey(
  context: ConsoleContext,
  review: ReviewView,
  over: Extract<ReviewOverlay, {kind: 'place'}>,
  key: KeyPress,
): void {
  const {plan, placing} = context.session;
  const places = placesFor(plan, review.section, {
    names: placing?.names ?? [],
    typed: over.editor.text,
    set: context.session.run.getState().review?.places?.[review.section],
  });
  const by = {down: 1, 'ctrl+n': 1, tab: 1, up: -1, 'ctrl+p': -1, 'shift+tab': -1}[key.name];
  if (by !== undefined) {
    return open(context, {...over, selected: Math.max(0, Math.min(places.length - 1, over.selected + by))});
  }
  if (key.name !== 'enter') return typeKey(context, key);
  const chosen = places[over.selected];
  if (chosen === undefined) return say(context, 'no known place has that name', 'warn');
  // The key may still be held: it must not confirm what it just changed.
  dispatch(context, {type: 'review', to: {over: null, enterAt: context.now(), since: context.now()}});
  void setPlace(context, review, chosen.name);
}

function typedKey(
  context: ConsoleContext,
  review: ReviewView,
  {kind, editor}: Extract<ReviewOverlay, {kind: 'search' | 'go-to'}>,
  key: KeyPress,
): void {
  if (key.name === 'backspace' && editor.text === '') return open(context, null);
  if (key.name !== 'enter') return typeKey(context, key);
  dispatch(context, {type: 'review', to: {over: null, enterAt: context.now()}});
  const text = editor.text.trim();
  if (kind === 'go-to') return text === '' ? undefined : goTo(context, review, text);
  const search = editor.text === '' ? review.search : editor.text;
  dispatch(context, {type: 'review', to: {search}});
  if (search !== '') findFrom(context, review, search, review.line + 1, 1);
}

function typeKey(context: ConsoleContext, key: KeyPress): void {
  const editing = EDITOR_KEYS[key.name];
  if (editing) dispatch(context, {type: 'edit', key: {type: editing}});
  else if (key.text !== undefined) dispatch(context, {type: 'edit', key: {type: 'insert', text: key.text}});
}
