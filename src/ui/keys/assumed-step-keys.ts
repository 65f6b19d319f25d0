/** Keys of the overlay about a step that nobody has confirmed: run it once, or confirm its section. */
import type {Step} from '../../plan/plan.ts';
import {blockers} from '../../run/deciding/blockers.ts';
import {sectionById, stepById} from '../../run/plan-index.ts';
import {readingOf} from '../../run/review.ts';
import {askOverride} from '../questions/prompts-and-menus.ts';
import type {KeyPress} from '../terminal/terminal-input.ts';
import type {Overlay} from '../view/overlay-state.ts';
import {type ConsoleContext, dispatch, SCROLL_KEYS, say, send} from './console-context.ts';
import {openReview} from './review/review-commands.ts';
import {openPrompt} from './step-commands.ts';

type AssumedOverlay = Extract<Overlay, {kind: 'assumed'}>;

export function assumedKey(context: ConsoleContext, {stepId, top}: AssumedOverlay, {name}: KeyPress): void {
  const step = stepById(context.session.plan, stepId);
  if (step === undefined) return dispatch(context, {type: 'close'});
  if (name === 'enter') return runOnce(context, step);
  if (name === 'c') return void confirmSection(context, step.section);
  if (name === 'o') return openReview(context, {sectionId: step.section});
  const by = SCROLL_KEYS[name];
  if (by !== undefined) dispatch(context, {type: 'overlay-scroll', top: top + by});
}

/** Other blockers of the step still need a reason. */
function runOnce(context: ConsoleContext, step: Step): void {
  const {plan, run} = context.session;
  const others = blockers(plan, run.getState(), step.id).filter(({override}) => override !== 'review');
  const texts = others.map(({text}) => text);
  if (others.length > 0) return openPrompt(context, askOverride(step, texts, true));
  dispatch(context, {type: 'close'});
  void send(context, {type: 'run-step', stepId: step.id, assumed: true});
}

async function confirmSection(context: ConsoleContext, sectionId: string): Promise<void> {
  const {plan} = context.session;
  const reading = readingOf(plan, sectionId)?.reading ?? '';
  if (!(await send(context, {type: 'confirm-section', sectionId, reading}))) return;
  dispatch(context, {type: 'close'});
  const title = sectionById(plan, sectionId)?.title ?? sectionId;
  say(context, `confirmed: ${title}. Enter runs the step`, 'good');
}
