import type {Connection} from '../attach/client.ts';
import {rollbackPage} from '../report/rollback-page.ts';
import type {Recorded} from '../run/event.ts';
import type {RunState} from '../run/state.ts';
import {namedRun, readOwnOptions} from './attach.ts';
import {attachTo, startEngineProcess, untilEngineGone} from './engine-process.ts';
import {CommandError, EXIT} from './exit-codes.ts';
import {followEvents} from './follow-events.ts';
import {readRun, warnOfDamage} from './past-run.ts';
import {provedNow} from './prove-now.ts';
import {acceptDamage, secretValuesIn, takeUpOptions} from './resume.ts';
import {parseArguments} from './terminal/arguments.ts';
import {personOptions} from './terminal/person.ts';

export async function rollbackCommand(args: readonly string[]): Promise<number> {
  const {values: flags, positionals} = parseArguments(
    args,
    {
      ...personOptions,
      damaged: takeUpOptions.damaged,
      value: takeUpOptions.value,
      print: {type: 'boolean', default: false},
      force: {type: 'boolean', default: false},
      json: {type: 'boolean', default: false},
      plain: {type: 'boolean', default: false},
    },
    1,
  );
  const run = await namedRun(positionals[0]);
  if (flags.print) {
    const past = await readRun(run.directory);
    const state = await provedNow(past, readOwnOptions(run.directory).directory);
    process.stdout.write(`${rollbackPage(past.plan, state)}\n`);
    return warnOfDamage(past) ? EXIT.invalid : EXIT.succeeded;
  }
  const kind = flags.json ? 'json' : 'plain';
  const {force, as, damaged} = flags;
  return await rollBack(run.directory, {force, kind, as, damaged, values: secretValuesIn(flags)});
}

/** Rolls a run back through its engine, or through one started for it. Returns 4 or 5, 7 when refused. */
export async function rollBack(
  runDirectory: string,
  {force, kind, as, damaged, values}: RollBackOptions,
): Promise<number> {
  const past = await readRun(runDirectory);
  const {plan} = past;
  // Before an engine is started for it, which would wait for ever for a rollback that cannot come.
  if (plan.rollback === null) throw refused('the document has no rollback section');
  const attaching = {observe: false, as};
  const connection = (await attachTo(runDirectory, attaching)) ?? (await startEngine());
  // One that was under way when its engine ended goes on by itself, and may be over before anybody has attached.
  const goesOn = isUnderWay(past.state);
  const from = goesOn ? past.state.seq : connection.store.getState().seq;
  const ended = followEvents(connection, kind, event => (event.seq > from ? rollbackCode(event) : undefined), from);
  const isOver = goesOn && connection.store.getState().rollback.status === 'finished';
  const refusal = isOver ? undefined : await request(connection, force);
  if (refusal !== undefined) throw refused(refusal);
  const code = await ended;
  connection.close();
  await untilEngineGone(connection);
  return code;

  /** The text of the document may have changed meanwhile; what is rolled back is the run, by the text that it was made with. */
  async function startEngine(): Promise<Connection> {
    const flags = ['--only-rollback', ...(await acceptDamage(past, damaged))];
    return await startEngineProcess(runDirectory, readOwnOptions(runDirectory).directory, attaching, flags, values);
  }
}

type RollBackOptions = {
  force: boolean;
  kind: 'plain' | 'json';
  as?: string | undefined;
  /** `accept`: goes on with what holds of a damaged journal. */
  damaged?: string | undefined;
  values?: Readonly<Record<string, string>>;
};

function refused(because: string): CommandError {
  return new CommandError(EXIT.refused, `the rollback was refused: ${because}`);
}

/** Asks twice: the second time means "now", without the countdown that a person at a screen gets. */
async function request(connection: Connection, force: boolean): Promise<string | undefined> {
  const {consoleId, store, send} = connection;
  if (store.getState().driver !== consoleId) {
    const refusal = await send({type: 'pass-baton', to: consoleId, takeOver: true});
    if (refusal !== undefined) return refusal;
  }
  if (hasBegun(store.getState())) return undefined;
  const refusal = await send(force ? {type: 'roll-back', force: 'forced from the command line'} : {type: 'roll-back'});
  if (refusal !== undefined) return hasBegun(store.getState()) ? undefined : refusal;
  if (store.getState().rollback.status === 'counting') await send({type: 'roll-back'});
  return undefined;
}

/** It had been asked for before the engine ended, or by somebody else: what is wanted is happening or about to. */
function isUnderWay({rollback: {status}}: RunState): boolean {
  return status === 'counting' || status === 'stopping' || status === 'running';
}

function hasBegun({rollback: {status}}: RunState): boolean {
  return status === 'stopping' || status === 'running';
}

function rollbackCode(event: Recorded): number | undefined {
  if (event.type !== 'rollback-finished') return undefined;
  if (event.result === 'rolled-back') return EXIT.rolledBack;
  for (const command of event.left) process.stderr.write(`left to do: ${command}\n`);
  return EXIT.rollbackFailed;
}
