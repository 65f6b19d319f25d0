/** Keys of the hosts of a step: the list, and what one of them printed. */
import {stepById} from '../../run/plan-index.ts';
import {hostList} from '../output/host-list.ts';
import {subjectOf} from '../output/output-subject.ts';
import type {KeyPress} from '../terminal/terminal-input.ts';
import type {Overlay} from '../view/overlay-state.ts';
import {type ConsoleContext, dispatch, SCROLL_KEYS, say} from './console-context.ts';

export function openHosts(context: ConsoleContext): void {
  const {plan, run} = context.session;
  const state = run.getState();
  const {step} = subjectOf(plan, state, context.view.getState().cursor);
  if (step === undefined || hostList(plan, state, step).length === 0)
    return say(context, 'this step has run on no group of hosts', 'warn');
  dispatch(context, {type: 'open', overlay: {kind: 'hosts', stepId: step.id, selected: 0, shown: null, top: 0}});
}

export function hostsKey(
  context: ConsoleContext,
  overlay: Extract<Overlay, {kind: 'hosts'}>,
  key: KeyPress,
  closes: boolean,
): void {
  const {plan, run} = context.session;
  const step = stepById(plan, overlay.stepId);
  const hosts = step === undefined ? [] : hostList(plan, run.getState(), step);
  const back = closes || key.name === 'q';
  const by = SCROLL_KEYS[key.name];
  if (overlay.shown !== null) {
    if (back) return dispatch(context, {type: 'open', overlay: {...overlay, shown: null, top: 0}});
    if (by !== undefined) dispatch(context, {type: 'overlay-scroll', top: overlay.top + by});
    return;
  }
  if (back) return dispatch(context, {type: 'close'});
  const last = hosts.length - 1;
  const selected = Math.min(overlay.selected, last);
  const shown = hosts[selected]?.host;
  if (key.name === 'enter' && shown !== undefined)
    return dispatch(context, {type: 'open', overlay: {...overlay, selected, shown, top: 0}});
  if (key.name === 'G' || key.name === 'end') return dispatch(context, {type: 'select', index: last});
  if (by !== undefined) dispatch(context, {type: 'select', index: Math.max(0, Math.min(last, selected + by))});
}
