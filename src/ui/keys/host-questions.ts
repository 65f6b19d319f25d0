/** Answering what hosts ask. */
import type {Question} from '../../run/question.ts';
import {isDriver, isRollingBack} from '../questions/open-questions.ts';
import {askAnswer} from '../questions/questions.ts';
import type {KeyPress} from '../terminal/terminal-input.ts';
import {askFor, type Overlay} from '../view/view-state.ts';
import {type Desk, dispatch, say} from './console-context.ts';

/** `u`: what was put off, or what another overlay was in the way of. */
export function answerOpen(desk: Desk): void {
  const {session} = desk;
  const [question] = session.questions.getState();
  if (question === undefined) return say(desk, 'no host asks anything', 'warn');
  if (!isDriver(session)) return say(desk, 'the driver answers: press b to take the baton', 'warn');
  dispatch(desk, {type: 'put-off', questionIds: []});
  dispatch(desk, {type: 'open', overlay: askFor(askAnswer(question))});
}

/** Keys of the prompt that mean something else when a host asks. Says whether it was one. */
export function hostQuestionKey(
  desk: Desk,
  {prompt, editor}: Extract<Overlay, {kind: 'prompt'}>,
  key: KeyPress,
  closes: boolean,
): boolean {
  const {purpose} = prompt;
  if (purpose.for !== 'answer') return false;
  if (closes) {
    const {later} = desk.view.getState();
    dispatch(desk, {type: 'put-off', questionIds: [...later, purpose.question.id]});
    backToRollback(desk);
    say(desk, 'the question stays open: u answers it', 'warn');
    return true;
  }
  if (key.name !== 'ctrl+d' || editor.text !== '') return false;
  void answerHost(desk, purpose.question, undefined).then(taken => {
    if (taken) closeAnswered(desk);
  });
  return true;
}

/** It was taken: the picture under the question comes back. */
export function closeAnswered(desk: Desk): void {
  dispatch(desk, {type: 'answered'});
  backToRollback(desk);
}

function backToRollback(desk: Desk): void {
  if (isRollingBack(desk.session.run.getState())) dispatch(desk, {type: 'rollback-shown'});
}

/** Without `text` it is said that there will be none. Resolves to whether that was taken. */
export async function answerHost(desk: Desk, question: Question, text: string | undefined): Promise<boolean> {
  const {kind, id, detail} = question;
  if (kind === 'host-key' && text !== undefined && !['yes', 'no', detail].includes(text)) {
    dispatch(desk, {type: 'refuse', problem: 'type yes or no in full, or the whole fingerprint'});
    return false;
  }
  const refusal = await desk.session.answer(id, kind === 'host-key' && text === 'no' ? undefined : text);
  if (refusal !== undefined) dispatch(desk, {type: 'refuse', problem: refusal});
  return refusal === undefined;
}
