/** Keys of the overlay about a step that nobody has confirmed: run it once, or confirm its section. */
import {blockers} from '../../run/deciding/blockers.ts';
import {readingOf} from '../../run/review.ts';
import {askOverride} from '../questions/questions.ts';
import type {KeyPress} from '../terminal/terminal-input.ts';
import type {Overlay} from '../view/view-state.ts';
import {type ConsoleContext, dispatch, say, send} from './console-context.ts';
import {openReview} from './review-commands.ts';
import {openPrompt} from './step-commands.ts';

type AssumedOverlay = Extract<Overlay, {kind: 'assumed'}>;

const SCROLLS: Readonly<Record<string, number>> = {j: 1, down: 1, k: -1, up: -1, space: 10, pagedown: 10, pageup: -10};

export function assumedKey(context: ConsoleContext, {stepId, top}: AssumedOverlay, {name}: KeyPress): void {
  const step = context.session.plan.steps.find(({id}) => id === stepId);
  if (step === undefined) return dispatch(context, {type: 'close'});
  if (name === 'enter') return runOnce(context, stepId);
  if (name === 'c') return void confirmSection(context, step.section);
  if (name === 'o') return openReview(context, {sectionId: step.section});
  const by = SCROLLS[name];
  if (by !== undefined) dispatch(context, {type: 'overlay-scroll', top: top + by});
}

/** Other blockers of the step still need a reason. */
function runOnce(context: ConsoleContext, stepId: string): void {
  const {plan, run} = context.session;
  const step = plan.steps.find(({id}) => id === stepId);
  if (step === undefined) return;
  const others = blockers(plan, run.getState(), stepId).filter(({override}) => override !== 'review');
  const texts = others.map(({text}) => text);
  if (others.length > 0) return openPrompt(context, askOverride(step, texts, true));
  dispatch(context, {type: 'close'});
  void send(context, {type: 'run-step', stepId, assumed: true});
}

async function confirmSection(context: ConsoleContext, sectionId: string): Promise<void> {
  const {plan} = context.session;
  const reading = readingOf(plan, sectionId)?.reading ?? '';
  if (!(await send(context, {type: 'confirm-section', sectionId, reading}))) return;
  dispatch(context, {type: 'close'});
  const title = plan.sections.find(({id}) => id === sectionId)?.title ?? sectionId;
  say(context, `confirmed: ${title}. Enter runs the step`, 'good');
}
