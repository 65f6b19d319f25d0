/** Keys that act on the run as a whole: hold it, dismiss a trigger, roll back. */
import {nothingToRollBack} from '../../run/rollback/nothing-deployed.ts';
import {whyNotReady} from '../../run/rollback/readiness-now.ts';
import {compact} from '../../text/compact.ts';
import {reasonsAgainst} from '../overlays/rollback-text.ts';
import {askDismiss, askForceRollBack} from '../questions/prompts-and-menus.ts';
import {type ConsoleContext, dispatch, say, send} from './console-context.ts';
import {openPrompt} from './step-commands.ts';

export function hold(context: ConsoleContext): void {
  const on = context.session.run.getState().phase !== 'held';
  void send(context, compact({type: 'hold', on, because: on ? `held by ${context.session.me}` : undefined})).then(
    taken => {
      if (taken) say(context, on ? 'held: no new step starts' : 'the run goes on', on ? 'warn' : 'good');
    },
  );
}

export function dismiss(context: ConsoleContext): void {
  const newest = context.session.run.getState().tripped.at(-1);
  if (!newest) return say(context, 'no trigger has tripped', 'warn');
  openPrompt(context, askDismiss(context.session.plan, context.session.run.getState(), newest));
}

/** The key `R`: asks the engine for the rollback and shows it, also where it goes on with a reason only. */
export function rollBack(context: ConsoleContext): void {
  const {plan, run} = context.session;
  void send(context, {type: 'roll-back'}).then(taken => {
    const state = run.getState();
    const isForced = whyNotReady(plan, state)?.kind === 'unconfirmed' || nothingToRollBack(plan, state) !== undefined;
    if (taken || isForced) dispatch(context, {type: 'rollback-shown'});
  });
}

export async function cancelRollBack(context: ConsoleContext): Promise<boolean> {
  const taken = await send(context, {type: 'cancel-roll-back'});
  if (taken) dispatch(context, {type: 'rollback-cancelled'});
  return taken;
}

/** Asks for a reason to roll back against what speaks against it. A countdown is cancelled first. */
export async function forceRollBack(context: ConsoleContext): Promise<void> {
  const state = context.session.run.getState();
  const against = reasonsAgainst(context.session.plan, state);
  if (against.length === 0) return say(context, 'nothing to force: what the rollback needs is proved', 'plain');
  if (state.rollback.status === 'counting' && !(await cancelRollBack(context))) return;
  openPrompt(context, askForceRollBack(against));
}

/** Instead of going on with what an earlier try has left. */
export async function rollBackAnew(context: ConsoleContext): Promise<void> {
  if (!(await cancelRollBack(context))) return;
  if (await send(context, {type: 'roll-back', anew: true})) dispatch(context, {type: 'rollback-shown'});
}
