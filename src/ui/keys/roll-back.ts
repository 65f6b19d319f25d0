/** `R`. The engine counts down and decides; here it is only asked, and the picture shown. */
import {unprovedInputs} from '../overlays/rollback-text.ts';
import {askForceRollBack} from '../questions/questions.ts';
import {type Desk, dispatch, say, send} from './console-context.ts';
import {openPrompt} from './step-commands.ts';

export function rollBack(desk: Desk): void {
  void send(desk, {type: 'roll-back'}).then(taken => {
    if (taken) dispatch(desk, {type: 'rollback-shown'});
  });
}

export async function cancelRollBack(desk: Desk): Promise<boolean> {
  const taken = await send(desk, {type: 'cancel-roll-back'});
  if (taken) dispatch(desk, {type: 'rollback-cancelled'});
  return taken;
}

/** Without proof of its inputs a rollback changes nothing; with a reason it goes on. The countdown waits meanwhile. */
export async function forceRollBack(desk: Desk): Promise<void> {
  const state = desk.session.run.getState();
  const unproved = unprovedInputs(state);
  if (unproved.length === 0) return say(desk, 'nothing to force: what the rollback needs is proved', 'plain');
  if (state.rollback.status === 'counting' && !(await cancelRollBack(desk))) return;
  openPrompt(desk, askForceRollBack(unproved));
}
