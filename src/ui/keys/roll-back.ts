/** The key `R`: asks the engine, which counts down and decides, and shows the rollback. */
import {unconfirmedParts, unprovedInputs} from '../overlays/rollback-text.ts';
import {askForceRollBack} from '../questions/questions.ts';
import {type ConsoleContext, dispatch, say, send} from './console-context.ts';
import {openPrompt} from './step-commands.ts';

export function rollBack(context: ConsoleContext): void {
  void send(context, {type: 'roll-back'}).then(taken => {
    if (taken) dispatch(context, {type: 'rollback-shown'});
  });
}

export async function cancelRollBack(context: ConsoleContext): Promise<boolean> {
  const taken = await send(context, {type: 'cancel-roll-back'});
  if (taken) dispatch(context, {type: 'rollback-cancelled'});
  return taken;
}

/** Asks for the reason that a rollback with unproved inputs needs. A countdown is cancelled first. */
export async function forceRollBack(context: ConsoleContext): Promise<void> {
  const state = context.session.run.getState();
  const unread = unconfirmedParts(context.session.plan, state).map(text => `not confirmed: ${text}`);
  const unproved = [...unread, ...unprovedInputs(state)];
  if (unproved.length === 0)
    return say(context, 'nothing to force: the rollback is confirmed, and what it needs is proved', 'plain');
  if (state.rollback.status === 'counting' && !(await cancelRollBack(context))) return;
  openPrompt(context, askForceRollBack(unproved));
}
