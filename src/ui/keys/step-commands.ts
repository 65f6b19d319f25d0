/** Keys that act on the step under the cursor. Every refusal is shown with its reason. */

import type {Step} from '../../plan/plan.ts';
import {traitsOf} from '../../plan/plan.ts';
import {blockers} from '../../run/deciding/blockers.ts';
import {stepById} from '../../run/plan-index.ts';
import {unconfirmed} from '../../run/review.ts';
import {nextStep, openChoices, runningStep, stepState} from '../../run/selectors.ts';
import {type ChecklistItem, canFocus, checklistItems} from '../checklist/checklist-items.ts';
import {shownTitle} from '../checklist/checklist-row.ts';
import {
  askBlank,
  askMarkDone,
  askNote,
  askOverride,
  askSkip,
  choiceMenu,
  failedMenu,
} from '../questions/prompts-and-menus.ts';
import {askFor} from '../view/overlay-state.ts';
import type {Menu, Prompt} from '../view/prompt-types.ts';
import {type ConsoleContext, dispatch, ENTER_QUIET_MS, say, send} from './console-context.ts';

export function openPrompt(context: ConsoleContext, prompt: Prompt): void {
  dispatch(context, {type: 'open', overlay: askFor(prompt)});
}

export function openMenu(context: ConsoleContext, menu: Menu): void {
  dispatch(context, {type: 'open', overlay: {kind: 'menu', menu, selected: 0}});
}

export function stepUnderCursor(context: ConsoleContext): Step | undefined {
  const {cursor} = context.view.getState();
  return cursor === null ? undefined : stepById(context.session.plan, cursor);
}

/** Enter: fold a section; run, tick, fill or decide a step. */
export function enter(context: ConsoleContext): void {
  const step = stepUnderCursor(context);
  if (!step) return toggleFold(context);
  const state = context.session.run.getState();
  const own = stepState(state, step.id);
  switch (own.status) {
    case 'failed':
    case 'unknown':
    case 'cancelled':
      return openMenu(context, failedMenu(context.session.plan, step, state));
    case 'running':
      return say(context, 'it is running; x cancels it', 'warn');
    case 'passed':
      return say(context, `it has passed already, by ${own.by}`, 'plain');
    case 'skipped':
      return say(context, `it was skipped by ${own.by}: ${own.reason}`, 'plain');
    case 'not-applicable':
      return say(context, `it is not applicable: ${own.because}`, 'warn');
    case 'waiting':
    case 'pending':
      return begin(context, step, own.status === 'waiting' && own.outcome !== undefined);
  }
}

/** `judged`: the step has run, and a person must judge its result. */
function begin(context: ConsoleContext, step: Step, judged: boolean): void {
  const state = context.session.run.getState();
  const blank = askBlank(step, state, context.now());
  if (blank) return openPrompt(context, blank);
  if (judged || step.action.kind === 'manual' || step.action.kind === 'input') return tick(context);
  const [choice] = openChoices(context.session.plan, state, step);
  if (choice) return openMenu(context, choiceMenu(step, choice));
  if (step.action.kind === 'choice') return say(context, 'it is chosen; its steps are below', 'plain');
  run(context, step);
}

/** Runs the step, or asks for a reason where it is blocked. */
export function run(context: ConsoleContext, step: Step): void {
  const {plan, run} = context.session;
  const found = blockers(plan, run.getState(), step.id);
  const hard = found.find(({override}) => override === undefined);
  if (hard) return say(context, `refused: ${hard.text}`, 'bad');
  if (found.some(({kind}) => kind === 'review')) return openAssumed(context, step);
  const reasons = found.map(({text}) => text);
  if (reasons.length > 0) return openPrompt(context, askOverride(step, reasons));
  void send(context, {type: 'run-step', stepId: step.id});
}

/** For a step that nobody has confirmed: shows first what T-Minus assumed. A held Enter must not answer that. */
function openAssumed(context: ConsoleContext, {id}: Step): void {
  dispatch(context, {type: 'quiet', until: context.now() + ENTER_QUIET_MS});
  dispatch(context, {type: 'open', overlay: {kind: 'assumed', stepId: id, top: 0}});
}

export function tick(context: ConsoleContext): void {
  const step = stepUnderCursor(context);
  if (!step) return say(context, 'no step is under the cursor', 'warn');
  const own = stepState(context.session.run.getState(), step.id);
  if (own.status === 'passed') return say(context, 'it is ticked already', 'plain');
  const blank = askBlank(step, context.session.run.getState(), context.now());
  if (blank) return openPrompt(context, blank);
  if (own.status !== 'waiting' && own.status !== 'running' && isTickedByEvidence(step)) {
    return openPrompt(context, askMarkDone(step, context.session.run.getState()));
  }
  void send(context, {type: 'tick', stepId: step.id});
}

/** Whether evidence ticks the step, so that a person who ticks it must say why. Options done by hand are not such steps. */
function isTickedByEvidence({action}: Step): boolean {
  if (traitsOf(action).by === 'person') return false;
  return action.kind !== 'script' || action.stages.some(stage => stage.kind !== 'alternatives');
}

export function retry(context: ConsoleContext): void {
  const step = stepUnderCursor(context);
  if (!step) return say(context, 'no step is under the cursor', 'warn');
  const {status} = stepState(context.session.run.getState(), step.id);
  if (status === 'pending') return say(context, 'it has not run yet; Enter runs it', 'warn');
  run(context, step);
}

export function skip(context: ConsoleContext): void {
  const step = stepUnderCursor(context);
  if (!step) return say(context, 'no step is under the cursor', 'warn');
  const state = context.session.run.getState();
  const {status} = stepState(state, step.id);
  if (status === 'passed') return say(context, 'it has passed already: nothing to skip', 'warn');
  if (status === 'running') return say(context, 'it is running; x cancels it', 'warn');
  openPrompt(context, askSkip(step, state));
}

export function cancel(context: ConsoleContext): void {
  const {plan, run} = context.session;
  const state = run.getState();
  const step = runningStep(plan, state);
  const {approval} = state;
  if (!step && approval !== null) return void send(context, {type: 'cancel', stepId: approval.stepId});
  if (!step) return say(context, 'nothing is running', 'warn');
  void send(context, {type: 'cancel', stepId: step.id}).then(taken => {
    if (taken) say(context, `cancelling: ${shownTitle(step.title)}`, 'warn');
  });
}

export function runOn(context: ConsoleContext): void {
  const {plan, run} = context.session;
  const on = !run.getState().runningOn;
  // The cursor may be anywhere.
  const first = nextStep(plan, run.getState());
  void send(context, {type: 'run-on', on}).then(taken => {
    if (!taken) return;
    const {runningOn, runOnBecause} = run.getState();
    if (!on) return say(context, 'no longer running on', 'good');
    const from = first === undefined ? '' : ` from the first open step, ${shownTitle(first.title)},`;
    if (runningOn) return say(context, `running on${from} until something needs you or fails; a stops it`, 'good');
    say(context, `needs you: ${runOnBecause}`, 'warn');
  });
}

export function note(context: ConsoleContext): void {
  openPrompt(context, askNote(stepUnderCursor(context)));
}

/** Chooses an arm, then asks for the next open choice or runs the step. */
export async function choose(context: ConsoleContext, stepId: string, choiceId: string, armId: string): Promise<void> {
  const {plan, run: store} = context.session;
  const step = stepById(plan, stepId);
  if (!step || !(await send(context, {type: 'choose', choiceId, armId}))) return;
  if (step.action.kind === 'choice') return;
  const rest = openChoices(plan, store.getState(), step).filter(open => open.choiceId !== choiceId);
  if (rest[0]) return openMenu(context, choiceMenu(step, rest[0]));
  if (unconfirmed(plan, store.getState(), step) !== undefined) return openAssumed(context, step);
  run(context, step);
}

/** Moves the cursor over the visible rows that can be focused. */
export function moveCursor(context: ConsoleContext, by: number | 'first' | 'last'): void {
  const items = unfolded(context).filter(canFocus);
  const {cursor} = context.view.getState();
  const at = items.findIndex(({id}) => id === cursor);
  const last = items.length - 1;
  const next = by === 'first' ? 0 : by === 'last' ? last : Math.max(0, Math.min(last, at + by));
  const item = items[next];
  if (item) dispatch(context, {type: 'cursor', id: item.id});
}

/** `left`: folds the section, or goes from a step to its section; `right`: unfolds. */
export function fold(context: ConsoleContext, folded: boolean): void {
  const item = itemUnderCursor(context);
  if (item?.kind === 'section' && item.folded !== folded) {
    dispatch(context, {type: 'fold', sectionId: item.id, folded});
  } else if (folded) {
    const parent = item?.kind === 'section' ? item.section.parent : stepUnderCursor(context)?.section;
    if (parent !== undefined) dispatch(context, {type: 'cursor', id: parent});
  } else moveCursor(context, 1);
}

function toggleFold(context: ConsoleContext): void {
  const item = itemUnderCursor(context);
  if (item?.kind === 'section') dispatch(context, {type: 'fold', sectionId: item.id, folded: !item.folded});
}

function unfolded({session, view}: ConsoleContext): readonly ChecklistItem[] {
  return checklistItems(session.plan, session.run.getState(), view.getState());
}

function itemUnderCursor(context: ConsoleContext): ChecklistItem | undefined {
  const {cursor} = context.view.getState();
  return unfolded(context).find(({id}) => id === cursor);
}
