/** Writing a hand-over, and showing the newest one to whoever comes next. */
import type {StoreApi} from 'zustand/vanilla';
import {bringsBaton} from '../../run/deciding/baton.ts';
import {handOverSummary, type NextKey} from '../../run/people/hand-over.ts';
import {isRollbackOn} from '../../run/selectors.ts';
import {plural} from '../../text/figures.ts';
import type {Session} from '../session.ts';
import type {ActionId} from '../view/keymap.ts';
import type {Prompt} from '../view/prompt-types.ts';
import {reduceView, type ViewState} from '../view/view-state.ts';
import type {Hint} from '../widgets/last-row.ts';

/** Whether it waits for the person at this console. */
export function mayTake({run, consoleId, replay}: Session): boolean {
  const {handOver, consoles, closed} = run.getState();
  if (handOver === undefined || handOver.taken !== undefined || replay !== undefined || closed !== null) return false;
  return handOver.consoleId !== consoleId && consoles[consoleId]?.observer === false;
}

/** The keys that the open hand-over names, and what they do there. Of those that decide something `next` says which. */
export function handOverHints(session: Session, next: string): readonly Hint[] {
  const state = session.run.getState();
  const waits = mayTake(session);
  const takes = state.driver !== session.consoleId && bringsBaton(state, {consoleId: state.handOver?.consoleId ?? ''});
  return [
    ...(waits ? [['Enter', takes ? 'take over' : 'understood'] as const] : []),
    ...[...next].map((key): Hint => [key, NEXT_ACTIONS[key as NextKey].does]),
    ['j k', 'scroll'],
    ...(session.plan.rollback === null ? [] : [['R', 'roll back'] as const]),
    ['Esc', waits ? 'later' : 'close'],
  ];
}

/** What the keys do that a hand-over names as next. */
export const NEXT_ACTIONS: Readonly<Record<NextKey, {action: ActionId; does: string}>> = {
  u: {action: 'answer', does: 'step'},
  r: {action: 'retry', does: 'retry'},
  s: {action: 'skip', does: 'skip'},
  d: {action: 'dismiss', does: 'dismiss'},
  A: {action: 'approve', does: 'approve'},
  H: {action: 'hold', does: 'go on'},
  o: {action: 'review', does: 'review'},
  q: {action: 'leave', does: 'close the run'},
};

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
