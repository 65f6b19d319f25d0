/** Announces tripped triggers: one bell, and a menu as soon as no other overlay is open. */
import type {StoreApi} from 'zustand/vanilla';
import type {RunState} from '../../run/state.ts';
import type {Session} from '../session.ts';
import {reduceView, type ViewState} from '../view/view-state.ts';
import {isRollbackOn} from './open-questions.ts';
import {triggerMenu} from './questions.ts';

/** Triggers that trip within this time are one alarm: several rules often report the same trouble. */
const ONE_ALARM_MS = 5000;

/** Follows the run until the returned function is called. It does not interrupt typing. */
export function connectTriggers(
  {plan, run}: Session,
  view: StoreApi<ViewState>,
  {bell, now}: {bell(): void; now(): number},
): () => void {
  // Alarms that were shown, or that ended before they could be shown.
  const offered = new Set<string>();
  const known = new Set<string>();
  let rungAt = Number.NEGATIVE_INFINITY;

  function offer(): void {
    const state = run.getState();
    ring(state);
    const waiting = state.tripped.filter(one => !offered.has(keyOf(one)));
    const newest = waiting.at(-1);
    if (newest === undefined || view.getState().overlay !== null || isBusy(state)) return;
    for (const one of waiting) offered.add(keyOf(one));
    const menu = triggerMenu(plan, state, newest);
    // The menu may open just when a person presses Enter for something else, so Enter must not roll back; only R does.
    const selected = menu.items.findIndex(({act}) => act.do === 'close');
    view.setState(reduceView(view.getState(), {type: 'open', overlay: {kind: 'menu', menu, selected}}), true);
  }

  function ring({tripped}: RunState): void {
    const fresh = tripped.filter(one => !known.has(keyOf(one)));
    if (fresh.length === 0) return;
    for (const one of fresh) known.add(keyOf(one));
    if (now() - rungAt < ONE_ALARM_MS) return;
    rungAt = now();
    bell();
  }

  const stops = [run.subscribe(offer), view.subscribe(offer)];
  offer();
  return () => {
    for (const stop of stops) stop();
  };
}

function keyOf({ruleId, at}: RunState['tripped'][number]): string {
  return `${ruleId}@${at}`;
}

/** A rollback answers every trigger, so no menu is needed then. */
function isBusy(state: RunState): boolean {
  return state.closed !== null || isRollbackOn(state);
}
