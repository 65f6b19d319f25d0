/** `R`. The engine counts down and decides; here it is only asked, and the picture shown. */
import {type Desk, dispatch, send} from './desk.ts';
import {askForceRollBack} from './questions.ts';
import {openPrompt} from './step-commands.ts';

export function rollBack(desk: Desk): void {
  void send(desk, {type: 'roll-back'}).then(taken => {
    if (taken) return dispatch(desk, {type: 'rollback-shown'});
    const {readiness, rollback} = desk.session.run.getState();
    const idle = rollback.status === 'none' || rollback.status === 'finished';
    if (!idle || readiness === null || readiness.ready || desk.view.getState().lost !== null) return;
    const missing = readiness.items.filter(({ready, optional}) => !ready && !optional);
    openPrompt(desk, askForceRollBack(missing.map(({title, detail}) => `${title}: ${detail}`)));
  });
}

export function cancelRollBack(desk: Desk): void {
  void send(desk, {type: 'cancel-roll-back'}).then(taken => {
    if (taken) dispatch(desk, {type: 'rollback-cancelled'});
  });
}
