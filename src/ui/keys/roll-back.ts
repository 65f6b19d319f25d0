/** `R`. The engine counts down and decides; here it is only asked, and the picture shown. */
import {unprovedInputs} from '../overlays/rollback-text.ts';
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

/** Without proof of its inputs a rollback changes nothing; with a reason it goes on. The countdown waits meanwhile. */
export async function forceRollBack(context: ConsoleContext): Promise<void> {
  const state = context.session.run.getState();
  const unproved = unprovedInputs(state);
  if (unproved.length === 0) return say(context, 'nothing to force: what the rollback needs is proved', 'plain');
  if (state.rollback.status === 'counting' && !(await cancelRollBack(context))) return;
  openPrompt(context, askForceRollBack(unproved));
}
