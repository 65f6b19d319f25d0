/** Shows the driver the questions of hosts, one after the other. It does not interrupt typing. */
import type {StoreApi} from 'zustand/vanilla';
import type {Question} from '../../run/question.ts';
import {isRollingBack} from '../../run/selectors.ts';
import type {RunState} from '../../run/state.ts';
import type {Session} from '../session.ts';
import {askFor, type Overlay} from '../view/overlay-state.ts';
import {reduceView, type ViewAction, type ViewState} from '../view/view-state.ts';
import {askAnswer} from './prompts-and-menus.ts';

/** Follows the open questions until the returned function is called. */
export function connectQuestions(session: Session, view: StoreApi<ViewState>): () => void {
  const {questions, run} = session;
  const apply = (action: ViewAction) => view.setState(reduceView(view.getState(), action), true);

  function offer(): void {
    const {overlay, later} = view.getState();
    const state = run.getState();
    const open = questions.getState();
    const shown = questionIn(overlay);
    if (shown !== undefined && !open.some(({id}) => id === shown.id)) return takeAway(shown, overlay, state);
    if (isBusy(overlay, state)) return;
    // A question that a countdown covered comes back when the countdown ends.
    if (shown !== undefined && overlay?.kind === 'rollback' && overlay.under !== null)
      return apply({type: 'open', overlay: overlay.under});
    const next = open.find(({id}) => !later.includes(id));
    if (shown !== undefined || next === undefined || !isDriver(session)) return;
    apply({type: 'open', overlay: askFor(askAnswer(next))});
  }

  function takeAway({id}: Question, overlay: Overlay | null, state: RunState): void {
    apply({type: 'question-gone', id});
    if (overlay?.kind === 'prompt' && isRollingBack(state)) apply({type: 'rollback-shown'});
  }

  const stops = [questions.subscribe(offer), run.subscribe(offer), view.subscribe(offer)];
  offer();
  return () => {
    for (const stop of stops) stop();
  };
}

export function isDriver({run, consoleId}: Session): boolean {
  return run.getState().driver === consoleId;
}

/** The question in the open prompt, if there is one. */
function questionIn(overlay: Overlay | null): Question | undefined {
  const prompt = overlay?.kind === 'rollback' ? overlay.under : overlay;
  if (prompt?.kind !== 'prompt') return undefined;
  const {purpose} = prompt.prompt;
  return purpose.for === 'answer' ? purpose.question : undefined;
}

/** Whether the overlay must stay. A running rollback may need the answer, so it is covered; one that has not begun is not. */
function isBusy(overlay: Overlay | null, {rollback}: RunState): boolean {
  if (overlay === null) return false;
  return overlay.kind !== 'rollback' || rollback.status === 'counting' || rollback.status === 'none';
}
