/** Writing a hand-over, and showing the newest one to whoever comes next. */
import type {StoreApi} from 'zustand/vanilla';
import {handOverSummary} from '../../run/people/hand-over.ts';
import {isRollbackOn} from '../../run/selectors.ts';
import {plural} from '../../text/figures.ts';
import type {Session} from '../session.ts';
import type {Prompt} from '../view/prompts.ts';
import {reduceView, type ViewState} from '../view/view-state.ts';

/** Whether it waits for the person at this console. */
export function mayTake({run, consoleId, replay}: Session): boolean {
  const {handOver, consoles, closed} = run.getState();
  if (handOver === undefined || handOver.taken !== undefined || replay !== undefined || closed !== null) return false;
  return handOver.consoleId !== consoleId && consoles[consoleId]?.observer === false;
}

/** `leaves`: the console is left after it. */
export function askHandOver({plan, run}: Session, now: number, leaves: boolean): Prompt {
  const {where, next, open, look} = handOverSummary(plan, run.getState(), now);
  return {
    title: 'Hand over: what should whoever comes next know? (may be empty)',
    lines: [
      'The summary is written by itself:',
      where,
      `Next: ${next}`,
      `Open: ${plural(open.length, 'thing')}; worth a look: ${look.length}; what R would do, and whether it is ready.`,
      leaves ? 'Then this console is left; the run goes on.' : 'Whoever attaches next sees it first.',
    ],
    purpose: {for: 'hand-over', leaves},
  };
}

/** The newest hand-over is shown before anything else, and again when another one is written. */
export function connectHandOvers(
  session: Session,
  view: StoreApi<ViewState>,
  {quietUntil}: {quietUntil(): number},
): () => void {
  const {run} = session;
  let shown = '';

  function offer(): void {
    const state = run.getState();
    const id = state.handOver?.id ?? '';
    if (id === shown || !mayTake(session) || isRollbackOn(state) || view.getState().overlay !== null) return;
    shown = id;
    // The Enter that opened the console, or ran a step, must not take anything over.
    view.setState(reduceView(view.getState(), {type: 'quiet', until: quietUntil()}), true);
    view.setState(reduceView(view.getState(), {type: 'open', overlay: {kind: 'hand-over', top: 0}}), true);
  }

  const stops = [run.subscribe(offer), view.subscribe(offer)];
  offer();
  return () => {
    for (const stop of stops) stop();
  };
}
