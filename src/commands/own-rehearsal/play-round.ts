/** Plays a document without a person: the deploy, then the rollback. Decisions that need a person are passed over. */
import type {Connection} from '../../attach/client.ts';
import {commandsOf, type Plan, requestsOf, type Step} from '../../plan/plan.ts';
import {blockers} from '../../run/deciding/blockers.ts';
import {openInRollback} from '../../run/rollback/rollback-choice.ts';
import {openChoices, stepState, waitingStep} from '../../run/selectors.ts';
import type {RunState} from '../../run/state.ts';
import {untilEngineGone} from '../engine-process.ts';
import {followEvents} from '../follow-events.ts';
import type {TargetStates} from './target-states.ts';

/** Returns the exit code of the run. `faultAt`: the line of the step that fails; the rollback follows at once. */
export async function playRound(
  connection: Connection,
  kind: 'plain' | 'json',
  states: TargetStates,
  faultAt?: number,
): Promise<number> {
  const closed = followEvents(connection, kind);
  await states.take('before');
  await deploy(connection, faultAt);
  await states.take('deployed');
  await rollBack(connection);
  await states.take('after');
  if (connection.store.getState().closed === null)
    await connection.send({type: 'finish', because: 'the rehearsal is over', abort: true});
  const code = await closed;
  connection.close();
  await untilEngineGone(connection, true);
  return code;
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
    if (faultAt !== undefined && hasFailedThere(state, step, faultAt)) return;
    if (!(await passOver(connection, state, step))) return;
  }
}

/** The command that was told to fail is one of the step. */
function hasFailedThere(state: RunState, step: Step, line: number): boolean {
  return stepState(state, step.id).status === 'failed' && linesOf(step).includes(line);
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
  await chooseWayBack(connection);
  const refused = await send({type: 'roll-back'});
  if (refused !== undefined && (await send({type: 'roll-back', force: `a rehearsal: ${refused}`})) !== undefined)
    return;
  if (store.getState().rollback.status === 'counting') await send({type: 'roll-back'});
  await until(connection, ({rollback, closed}) => rollback.status === 'finished' || closed !== null);
}

/** Plays the first of several ways back; the record says which. */
async function chooseWayBack(connection: Connection): Promise<void> {
  const {store, send, plan} = connection;
  for (;;) {
    const open = openInRollback(plan, store.getState());
    const arm = open?.action.kind === 'choice' ? open.action.arms[0] : undefined;
    if (open === undefined || arm === undefined) return;
    if ((await send({type: 'choose', choiceId: open.id, armId: arm.id})) !== undefined) return;
    await until(connection, ({choices, closed}) => choices[open.id] !== undefined || closed !== null);
  }
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

/** Lines of the commands, requests and statements of a step, and that of the step itself; none where it has no such. */
export function linesOf(step: Step): number[] {
  const statements = step.action.kind === 'sql' ? step.action.statements : [];
  const lines = [...commandsOf(step), ...requestsOf(step), ...statements].map(({line}) => line);
  return lines.length === 0 ? [] : [step.line, ...lines];
}
