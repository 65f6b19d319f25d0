/** Keys of the hand-over: writing one, reading it, taking the run over. */
import {type NextKey, whatIsNext} from '../../run/people/hand-over.ts';
import {failedStep} from '../../run/selectors.ts';
import {compact} from '../../text/compact.ts';
import {newestErrors} from '../logs/newest-errors.ts';
import {askHandOver, mayTake, NEXT_ACTIONS} from '../questions/hand-overs.ts';
import type {KeyPress} from '../terminal/terminal-input.ts';
import type {Overlay} from '../view/overlay-state.ts';
import {type ConsoleContext, dispatch, SCROLL_KEYS, say, send} from './console-context.ts';
import {performAction} from './key-actions.ts';
import {openPrompt} from './step-commands.ts';

const ERRORS_MAX = 3;

export function openHandOver(context: ConsoleContext): void {
  const {session} = context;
  const {closed, driver} = session.run.getState();
  if (session.replay !== undefined) return say(context, 'a past run is handed over to nobody', 'warn');
  if (closed !== null) return say(context, 'the run is closed: there is nothing to hand over', 'warn');
  if (mayTake(session)) return readHandOver(context);
  if (driver !== session.consoleId) return say(context, 'who drives hands over: b takes the baton', 'warn');
  openPrompt(context, askHandOver(session, context.now(), false));
}

export function readHandOver(context: ConsoleContext): void {
  if (context.session.run.getState().handOver === undefined) return say(context, 'nobody has handed over yet', 'warn');
  dispatch(context, {type: 'open', overlay: {kind: 'hand-over', top: 0}});
}

/** With the error lines that stand on this screen: only consoles read the logs. */
export function handOverIntent({session}: ConsoleContext, note: string) {
  const errors = newestErrors(session.spool, ERRORS_MAX).map(({source, text}) => `${source}: ${text}`);
  return compact({
    type: 'hand-over' as const,
    note: note === '' ? undefined : note,
    errors: errors.length === 0 ? undefined : errors,
  });
}

export function handOverKey(
  context: ConsoleContext,
  {top}: Extract<Overlay, {kind: 'hand-over'}>,
  key: KeyPress,
  closes: boolean,
): void {
  const {plan, run} = context.session;
  const decides = whatIsNext(plan, run.getState(), context.now(), run.getState().handOver?.note).keys;
  const chosen = decides.find(each => each === key.name);
  if (chosen !== undefined) return void goOn(context, chosen);
  if (closes || key.name === 'q') {
    if (mayTake(context.session)) say(context, 'not taken over; : and "hand over" shows it again', 'warn');
    return dispatch(context, {type: 'close'});
  }
  if (key.name === 'enter') return void takeOver(context);
  const by = SCROLL_KEYS[key.name];
  if (by !== undefined) dispatch(context, {type: 'overlay-scroll', top: top + by});
}

async function takeOver(context: ConsoleContext): Promise<void> {
  if (!mayTake(context.session)) return dispatch(context, {type: 'close'});
  if (!(await taken(context))) return;
  dispatch(context, {type: 'close'});
  const drives = context.session.run.getState().driver === context.session.consoleId;
  say(context, drives ? 'taken over: you drive' : 'taken over; b takes the baton', 'good');
}

/**
 * A person who decides has read it: a key that the hand-over names also takes the run over, and then does what it
 * always does.
 */
async function goOn(context: ConsoleContext, key: NextKey): Promise<void> {
  const {session} = context;
  if (mayTake(session) && !(await taken(context))) return;
  dispatch(context, {type: 'close'});
  const failed = failedStep(session.plan, session.run.getState());
  if ((key === 'r' || key === 's') && failed !== undefined) {
    dispatch(context, {type: 'cursor', id: failed.id});
    dispatch(context, {type: 'focus', panel: 'checklist'});
  }
  performAction(context, NEXT_ACTIONS[key].action);
}

async function taken(context: ConsoleContext): Promise<boolean> {
  const {handOver} = context.session.run.getState();
  return handOver !== undefined && (await send(context, {type: 'take-hand-over', id: handOver.id}));
}
