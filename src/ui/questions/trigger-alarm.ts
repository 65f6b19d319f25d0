/** Tells the person at the console of tripped triggers: one bell, and a menu as soon as no other overlay is open. */
import type {StoreApi} from 'zustand/vanilla';
import type {RunState} from '../../run/state.ts';
import type {Session} from '../session.ts';
import {reduceView, type ViewState} from '../view/view-state.ts';
import {triggerMenu} from './questions.ts';

/** Several rules often say the same of one trouble: that is one alarm. */
const ONE_ALARM_MS = 5000;

/** Follows the run until the returned function is called. What is being typed is not interrupted. */
export function connectTriggers(
  {plan, run}: Session,
  view: StoreApi<ViewState>,
  {bell, now}: {bell(): void; now(): number},
): () => void {
  // What was shown, or was over before it could be.
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
    // The menu may open just when somebody presses Enter for something else: Enter must not roll back, only R does.
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

/** A rollback answers every trigger. */
function isBusy({rollback, closed}: RunState): boolean {
  return (
    closed !== null || rollback.status === 'counting' || rollback.status === 'stopping' || rollback.status === 'running'
  );
}
