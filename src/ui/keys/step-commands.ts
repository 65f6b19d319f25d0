/** Keys that act on the step under the cursor. Every refusal is said, none is silent. */
import {traitsOf} from '../../plan/action-traits.ts';
import type {Step} from '../../plan/plan.ts';
import {blockers} from '../../run/deciding/blockers.ts';
import {openChoices, runningStep, stepState} from '../../run/selectors.ts';
import {canFocus, checklistItems} from '../checklist/checklist-items.ts';
import {shownTitle} from '../checklist/checklist-row.ts';
import {askBlank, askMarkDone, askNote, askOverride, askSkip, choiceMenu, failedMenu} from '../questions/questions.ts';
import type {Menu, Prompt} from '../view/prompts.ts';
import {askFor} from '../view/view-state.ts';
import {type Desk, dispatch, say, send} from './console-context.ts';

export function openPrompt(desk: Desk, prompt: Prompt): void {
  dispatch(desk, {type: 'open', overlay: askFor(prompt)});
}

export function openMenu(desk: Desk, menu: Menu): void {
  dispatch(desk, {type: 'open', overlay: {kind: 'menu', menu, selected: 0}});
}

export function stepUnderCursor(desk: Desk): Step | undefined {
  const {cursor} = desk.view.getState();
  return desk.session.plan.steps.find(step => step.id === cursor);
}

/** Enter: fold a section; run, tick, fill or decide a step. */
export function enter(desk: Desk): void {
  const step = stepUnderCursor(desk);
  if (!step) return toggleFold(desk);
  const state = desk.session.run.getState();
  const own = stepState(state, step.id);
  switch (own.status) {
    case 'failed':
    case 'unknown':
    case 'cancelled':
      return openMenu(desk, failedMenu(step, state));
    case 'running':
      return say(desk, 'it is running; x cancels it', 'warn');
    case 'passed':
      return say(desk, `it has passed already, by ${own.by}`, 'plain');
    case 'skipped':
      return say(desk, `it was skipped by ${own.by}: ${own.reason}`, 'plain');
    case 'not-applicable':
      return say(desk, `it is not applicable: ${own.because}`, 'warn');
    case 'waiting':
    case 'pending':
      return begin(desk, step, own.status === 'waiting' && own.outcome !== undefined);
  }
}

/** `judged`: it has run, and a person must say whether it is right. */
function begin(desk: Desk, step: Step, judged: boolean): void {
  const state = desk.session.run.getState();
  const blank = askBlank(step, state, desk.now());
  if (blank) return openPrompt(desk, blank);
  if (judged || step.action.kind === 'manual' || step.action.kind === 'input') return tick(desk);
  const [choice] = openChoices(desk.session.plan, state, step);
  if (choice) return openMenu(desk, choiceMenu(step, choice));
  if (step.action.kind === 'choice') return say(desk, 'it is chosen; its steps are below', 'plain');
  run(desk, step);
}

/** Runs it, or asks for the reason that going on needs. */
export function run(desk: Desk, step: Step): void {
  const {plan, run} = desk.session;
  const found = blockers(plan, run.getState(), step.id);
  const hard = found.find(({override}) => override === undefined);
  if (hard) return say(desk, `refused: ${hard.text}`, 'bad');
  if (found.length > 0)
    return openPrompt(
      desk,
      askOverride(
        step,
        found.map(({text}) => text),
      ),
    );
  void send(desk, {type: 'run-step', stepId: step.id});
}

export function tick(desk: Desk): void {
  const step = stepUnderCursor(desk);
  if (!step) return say(desk, 'no step is under the cursor', 'warn');
  const own = stepState(desk.session.run.getState(), step.id);
  if (own.status === 'passed') return say(desk, 'it is ticked already', 'plain');
  const blank = askBlank(step, desk.session.run.getState(), desk.now());
  if (blank) return openPrompt(desk, blank);
  if (own.status !== 'waiting' && own.status !== 'running' && isTickedByEvidence(step)) {
    return openPrompt(desk, askMarkDone(step, desk.session.run.getState()));
  }
  void send(desk, {type: 'tick', stepId: step.id});
}

/** A tick alone would be hope: somebody must say why. An option that is done by hand is not of these. */
function isTickedByEvidence({action}: Step): boolean {
  if (traitsOf(action).by === 'person') return false;
  return action.kind !== 'script' || action.stages.some(stage => stage.kind !== 'alternatives');
}

export function retry(desk: Desk): void {
  const step = stepUnderCursor(desk);
  if (!step) return say(desk, 'no step is under the cursor', 'warn');
  const {status} = stepState(desk.session.run.getState(), step.id);
  if (status === 'pending') return say(desk, 'it has not run yet; Enter runs it', 'warn');
  run(desk, step);
}

export function skip(desk: Desk): void {
  const step = stepUnderCursor(desk);
  if (!step) return say(desk, 'no step is under the cursor', 'warn');
  const {status} = stepState(desk.session.run.getState(), step.id);
  if (status === 'passed') return say(desk, 'it has passed already: nothing to skip', 'warn');
  if (status === 'running') return say(desk, 'it is running; x cancels it', 'warn');
  openPrompt(desk, askSkip(step));
}

export function cancel(desk: Desk): void {
  const {plan, run} = desk.session;
  const state = run.getState();
  const step = runningStep(plan, state);
  const {approval} = state;
  if (!step && approval !== null) return void send(desk, {type: 'cancel', stepId: approval.stepId});
  if (!step) return say(desk, 'nothing is running', 'warn');
  void send(desk, {type: 'cancel', stepId: step.id}).then(taken => {
    if (taken) say(desk, `cancelling: ${shownTitle(step.title)}`, 'warn');
  });
}

export function runOn(desk: Desk): void {
  const on = !desk.session.run.getState().runningOn;
  void send(desk, {type: 'run-on', on}).then(taken => {
    if (!taken) return;
    const {runningOn, runOnBecause} = desk.session.run.getState();
    if (!on) return say(desk, 'no longer running on', 'good');
    if (runningOn) return say(desk, 'running on until something needs you or fails; a stops it', 'good');
    say(desk, `needs you: ${runOnBecause}`, 'warn');
  });
}

export function note(desk: Desk): void {
  openPrompt(desk, askNote(stepUnderCursor(desk)));
}

/** The arms after one was chosen: the next open choice, or the step itself. */
export async function choose(desk: Desk, stepId: string, choiceId: string, armId: string): Promise<void> {
  const {plan, run: store} = desk.session;
  const step = plan.steps.find(one => one.id === stepId);
  if (!step || !(await send(desk, {type: 'choose', choiceId, armId}))) return;
  if (step.action.kind === 'choice') return;
  const rest = openChoices(plan, store.getState(), step).filter(open => open.choiceId !== choiceId);
  if (rest[0]) return openMenu(desk, choiceMenu(step, rest[0]));
  await send(desk, {type: 'run-step', stepId});
}

/** Moves over the rows that can be focused, as they are unfolded now. */
export function moveCursor(desk: Desk, by: number | 'first' | 'last'): void {
  const {plan, run} = desk.session;
  const view = desk.view.getState();
  const items = checklistItems(plan, run.getState(), view).filter(canFocus);
  const at = items.findIndex(item => item.id === view.cursor);
  const last = items.length - 1;
  const next = by === 'first' ? 0 : by === 'last' ? last : Math.max(0, Math.min(last, at + by));
  const item = items[next];
  if (item) dispatch(desk, {type: 'cursor', id: item.id});
}

/** `left`: fold the section, or go to the one the step stands in; `right`: unfold. */
export function fold(desk: Desk, folded: boolean): void {
  const {plan, run} = desk.session;
  const view = desk.view.getState();
  const item = checklistItems(plan, run.getState(), view).find(({id}) => id === view.cursor);
  if (item?.kind === 'section' && item.folded !== folded) {
    dispatch(desk, {type: 'fold', sectionId: item.id, folded});
  } else if (folded) {
    const parent = item?.kind === 'section' ? item.section.parent : stepUnderCursor(desk)?.section;
    if (parent !== undefined) dispatch(desk, {type: 'cursor', id: parent});
  } else moveCursor(desk, 1);
}

function toggleFold(desk: Desk): void {
  const {plan, run} = desk.session;
  const view = desk.view.getState();
  const item = checklistItems(plan, run.getState(), view).find(({id}) => id === view.cursor);
  if (item?.kind === 'section') dispatch(desk, {type: 'fold', sectionId: item.id, folded: !item.folded});
}
