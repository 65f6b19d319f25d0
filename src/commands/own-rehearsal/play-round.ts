/** Plays a document without a person: the deploy, then the rollback. What nobody is there to decide is passed over. */
import {join} from 'node:path';
import type {Connection} from '../../attach/client.ts';
import type {Plan, Step} from '../../plan/plan.ts';
import {BOX_FILES} from '../../rehearsal/own/box/box-plan.ts';
import {askDesk} from '../../rehearsal/own/box/desk.ts';
import type {TargetState} from '../../rehearsal/own/target-state.ts';
import {blockers} from '../../run/deciding/blockers.ts';
import {EXIT} from '../../run/exit-codes.ts';
import {openChoices, stepState, waitingStep} from '../../run/selectors.ts';
import type {RunState} from '../../run/state.ts';
import {untilEngineGone} from '../engine-process.ts';
import {followEvents} from '../follow-events.ts';

/** How the target stood ahead of the deploy, between it and the rollback, and at the end. */
export type Standings = {before: TargetState; deployed: TargetState; after: TargetState};

/** Returns the exit code of the run. `faultAt`: the line of the step that fails; the rollback follows at once. */
export async function playRound(
  connection: Connection,
  kind: 'plain' | 'json',
  faultAt?: number,
): Promise<Standings & {exitCode: number}> {
  const desk = join(connection.runDirectory, BOX_FILES.socket);
  const closed = followEvents(connection, kind);
  const before = await askDesk(desk);
  await deploy(connection, faultAt);
  const deployed = await askDesk(desk);
  await rollBack(connection);
  const after = await askDesk(desk);
  if (connection.store.getState().closed === null)
    await connection.send({type: 'finish', because: 'the rehearsal is over', abort: true});
  const code = await closed;
  connection.close();
  await untilEngineGone(connection);
  return {before, deployed, after, exitCode: code === EXIT.rolledBack ? EXIT.succeeded : code};
}

/** More than any document has. */
const TURNS_MAX = 5000;

async function deploy(connection: Connection, faultAt: number | undefined): Promise<void> {
  const {plan, store, send} = connection;
  for (let turn = 0; turn < TURNS_MAX; turn += 1) {
    if (!store.getState().runningOn) await send({type: 'run-on', on: true});
    const state = await until(connection, now => isAtRest(plan, now));
    const step = waitingStep(plan, state);
    if (isOver(state) || step === undefined) return;
    if (faultAt !== undefined && stepState(state, step.id).status === 'failed' && step.line === faultAt) return;
    if (!(await passOver(connection, state, step))) return;
  }
}

function isOver({phase, closed}: RunState): boolean {
  return closed !== null || phase === 'watching' || phase === 'held' || phase === 'closed';
}

function isAtRest(plan: Plan, state: RunState): boolean {
  return isOver(state) || (!state.runningOn && waitingStep(plan, state) !== undefined);
}

/** What a person would have to decide; false when nothing more can be played. */
async function passOver({plan, send}: Connection, state: RunState, step: Step): Promise<boolean> {
  const {status} = stepState(state, step.id);
  const skip = async (reason: string) => (await send({type: 'skip', stepId: step.id, reason})) === undefined;
  if (status === 'failed' || status === 'unknown' || status === 'cancelled') {
    return await skip('it failed in the rehearsal; what follows is played all the same');
  }
  if (status === 'waiting') {
    const reason = 'in the rehearsal nobody looks at it';
    return (await send({type: 'tick', stepId: step.id, reason})) === undefined || (await skip(reason));
  }
  const [choice] = openChoices(plan, state, step);
  const arm = choice?.arms[0];
  if (choice !== undefined && arm !== undefined) {
    return (await send({type: 'choose', choiceId: choice.choiceId, armId: arm.id})) === undefined;
  }
  const [blocker] = blockers(plan, state, step.id);
  if (blocker?.override === 'readiness' || blocker?.override === 'gate') {
    const because = `a rehearsal: ${blocker.text}`;
    if ((await send({type: 'run-step', stepId: step.id, override: because})) === undefined) return true;
  }
  return await skip(blocker?.text ?? (state.runOnBecause || 'only a person can decide it'));
}

async function rollBack(connection: Connection): Promise<void> {
  const {store, send, plan} = connection;
  if (plan.rollback === null || store.getState().closed !== null) return;
  const refused = await send({type: 'roll-back'});
  if (refused !== undefined && (await send({type: 'roll-back', force: `a rehearsal: ${refused}`})) !== undefined)
    return;
  if (store.getState().rollback.status === 'counting') await send({type: 'roll-back'});
  await until(connection, ({rollback, closed}) => rollback.status === 'finished' || closed !== null);
}

function until({store, onLost}: Connection, holds: (state: RunState) => boolean): Promise<RunState> {
  return new Promise(resolve => {
    const end = () => {
      unsubscribe();
      resolve(store.getState());
    };
    const unsubscribe = store.subscribe(state => {
      if (holds(state)) end();
    });
    onLost(end);
    if (holds(store.getState())) end();
  });
}
