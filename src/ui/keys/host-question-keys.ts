/** Keys that answer the questions of hosts. */
import type {Question} from '../../run/question.ts';
import {isRollingBack, waitingStep} from '../../run/selectors.ts';
import {askAnswer} from '../questions/prompts-and-menus.ts';
import {isDriver} from '../questions/show-host-questions.ts';
import type {KeyPress} from '../terminal/terminal-input.ts';
import {askFor, type Overlay} from '../view/overlay-state.ts';
import {type ConsoleContext, dispatch, say} from './console-context.ts';

/**
 * `u`: opens a question that was put off, or that another overlay kept from opening; without one, goes to the step with
 * which the run waits for a person.
 */
export function goToWhatWaits(context: ConsoleContext): void {
  const {session} = context;
  const [question] = session.questions.getState();
  if (question === undefined) {
    const step = waitingStep(session.plan, session.run.getState());
    if (step === undefined) return say(context, 'nothing waits for you', 'plain');
    dispatch(context, {type: 'cursor', id: step.id});
    return dispatch(context, {type: 'focus', panel: 'checklist'});
  }
  if (!isDriver(session)) return say(context, 'the driver answers: press b to take the baton', 'warn');
  dispatch(context, {type: 'put-off', questionIds: []});
  dispatch(context, {type: 'open', overlay: askFor(askAnswer(question))});
}

/** Keys that mean something else in the prompt of a host's question. Returns whether the key was one of them. */
export function hostQuestionKey(
  context: ConsoleContext,
  {prompt, editor}: Extract<Overlay, {kind: 'prompt'}>,
  key: KeyPress,
  closes: boolean,
): boolean {
  const {purpose} = prompt;
  if (purpose.for !== 'answer') return false;
  if (closes) {
    const {later} = context.view.getState();
    dispatch(context, {type: 'put-off', questionIds: [...later, purpose.question.id]});
    backToRollback(context);
    say(context, 'the question stays open: u answers it', 'warn');
    return true;
  }
  if (key.name !== 'ctrl+d' || editor.text !== '') return false;
  void answerHost(context, purpose.question, undefined).then(taken => {
    if (taken) closeAnswered(context);
  });
  return true;
}

/** Closes an answered question and shows a running rollback again. */
export function closeAnswered(context: ConsoleContext): void {
  dispatch(context, {type: 'answered'});
  backToRollback(context);
}

function backToRollback(context: ConsoleContext): void {
  if (isRollingBack(context.session.run.getState())) dispatch(context, {type: 'rollback-shown'});
}

/** Sends the answer; without `text`, that there will be none. Resolves to whether it was accepted. */
export async function answerHost(
  context: ConsoleContext,
  question: Question,
  text: string | undefined,
): Promise<boolean> {
  const {kind, id, detail} = question;
  if (kind === 'host-key' && text !== undefined && !['yes', 'no', detail].includes(text)) {
    dispatch(context, {type: 'refuse', problem: 'type yes or no in full, or the whole fingerprint'});
    return false;
  }
  const refusal = await context.session.answer(id, kind === 'host-key' && text === 'no' ? undefined : text);
  if (refusal !== undefined) dispatch(context, {type: 'refuse', problem: refusal});
  return refusal === undefined;
}
