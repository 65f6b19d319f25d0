/** `tminus rollback`: rolls a run back without a screen, or prints how to do it by hand. */
import {setTimeout as sleep} from 'node:timers/promises';
import {openWorld} from '../actions/open-world.ts';
import type {Connection} from '../attach/client.ts';
import type {EngineOptions} from '../engine/opening/options.ts';
import {proveReadiness} from '../engine/readiness-watch.ts';
import type {Plan} from '../plan/plan.ts';
import {rollbackPage} from '../report/rollback-page.ts';
import type {Recorded} from '../run/event.ts';
import {EXIT} from '../run/exit-codes.ts';
import {engineLookup} from '../run/requests/lookups.ts';
import {stoodIn} from '../run/requests/seen-before-deploy.ts';
import {nothingToRollBack} from '../run/rollback/nothing-deployed.ts';
import {whyUnconfirmed} from '../run/rollback/readiness-now.ts';
import {withRollbackNow} from '../run/rollback/rollback-choice.ts';
import {isRollbackOn, isRollingBack} from '../run/selectors.ts';
import type {RunState} from '../run/state.ts';
import {CommandError} from './command-error.ts';
import {parseArguments, valuesOf} from './command-line/arguments.ts';
import {attachTo, startEngineProcess, untilEngineGone} from './engine-process.ts';
import {followEvents} from './follow-events.ts';
import {ofAnotherMachine, takenOver} from './ledger/other-machine.ts';
import type {Watched} from './ledger/watch-run.ts';
import {isLive} from './live-engine.ts';
import {namedRun, type PastRun, readOwnOptions, readRun, warnOfDamage} from './past-run.ts';
import {acceptDamage} from './resume.ts';
import {print, say} from './terminal/print.ts';

export async function rollbackCommand(args: readonly string[]): Promise<number> {
  const {values: flags, positionals} = parseArguments('rollback', args);
  const isPrint = flags.print === true;
  const {force = false, as, damaged} = flags;
  const kind = flags.json === true ? 'json' : 'plain';
  const far = {observe: isPrint, as, text: false};
  const elsewhere = await ofAnotherMachine(positionals[0], far);
  if (elsewhere !== undefined) return await there(elsewhere, isPrint, {force, kind});
  const run = await namedRun(positionals[0]);
  // An engine that is here is never kept from a rollback by the ledger.
  const taken = (await isLive(run.directory)) ? undefined : await takenOver(run, far, LEDGER_MS);
  if (taken !== undefined) return await there(taken, isPrint, {force, kind});
  if (isPrint) {
    const past = await readRun(run.directory);
    const state = await provedNow(past, readOwnOptions(run.directory));
    print(`${rollbackPage(past.plan, state, undefined, past.bindings.hosts)}\n`);
    return warnOfDamage(past) ? EXIT.invalid : EXIT.succeeded;
  }
  return await rollBack(run.directory, {force, kind, as, damaged, values: valuesOf(flags)});
}

/** Rolls a run back through its engine, or through one started for it. Returns 4 or 5, 7 when refused. */
export async function rollBack(
  runDirectory: string,
  {force, kind, as, damaged, values}: RollBackOptions,
): Promise<number> {
  const past = await readRun(runDirectory);
  // Before an engine is started for it, which would wait for ever for a rollback that cannot come.
  refuseWithoutSection(past.plan);
  const attaching = {observe: false, as};
  const connection = (await attachTo(runDirectory, attaching)) ?? (await startEngine());
  const code = await askAndFollow(connection, past.state, {force, kind});
  await untilEngineGone(connection, true);
  return code;

  /** The text of the document may have changed meanwhile; what is rolled back is the run, by the text that it was made with. */
  async function startEngine(): Promise<Connection> {
    // It would wait for ever for a rollback that is refused.
    const refusal = force ? undefined : whyRefused(past.plan, past.state);
    if (refusal !== undefined) throw refused(refusal);
    const flags = ['--only-rollback', ...(await acceptDamage(past, damaged))];
    return await startEngineProcess(runDirectory, readOwnOptions(runDirectory).directory, attaching, flags, values);
  }
}

/** A rollback does not wait longer for a ledger that does not answer. */
const LEDGER_MS = 1000;

/** A run of another machine: only its engine there rolls it back. */
async function there(elsewhere: Watched, isPrint: boolean, how: HowToAsk): Promise<number> {
  const {connection, lose, left} = elsewhere;
  const {plan, store} = connection;
  try {
    if (isPrint) {
      print(`${rollbackPage(plan, store.getState(), connection.elsewhere)}\n`);
      return EXIT.succeeded;
    }
    refuseWithoutSection(plan);
    const {onceGone, whyNotAsked} = await import('./ledger/remote-engine.ts');
    const because = await whyNotAsked(elsewhere);
    if (because !== undefined) throw refused(because);
    const stop = onceGone(elsewhere, lose);
    return await askAndFollow(connection, store.getState(), how)
      .catch(async error => {
        // It may have ended just now: then that is why it did not answer.
        const why = await whyNotAsked(elsewhere).catch(() => undefined);
        throw why === undefined ? error : refused(why);
      })
      .finally(stop);
  } finally {
    connection.close();
    await left();
  }
}

async function askAndFollow(connection: Connection, before: RunState, {force, kind}: HowToAsk): Promise<number> {
  // A rollback that was under way when its engine ended goes on by itself, and may be over before anybody has attached.
  const goesOn = isRollbackOn(before);
  const from = goesOn ? before.seq : connection.store.getState().seq;
  const ended = followEvents(connection, kind, event => (event.seq > from ? rollbackCode(event) : undefined), from);
  const isOver = goesOn && connection.store.getState().rollback.status === 'finished';
  const refusal = isOver ? undefined : await request(connection, force);
  if (refusal !== undefined) throw refused(refusal);
  const code = await ended;
  connection.close();
  return code;
}

function refuseWithoutSection({rollback}: Plan): void {
  if (rollback === null) throw refused('the document has no rollback section');
}

type HowToAsk = Pick<RollBackOptions, 'force' | 'kind'>;

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
  const {driver} = store.getState();
  if (isRollingBack(store.getState())) return undefined;
  if (driver === consoleId) return await ask(connection, force);
  const refusal = await send({type: 'pass-baton', to: consoleId, takeOver: true});
  if (refusal !== undefined) return refusal;
  // Who drove at a screen goes on driving: there is nobody at this command to do so.
  return await ask(connection, force).finally(() =>
    driver === null ? undefined : send({type: 'pass-baton', to: driver}),
  );
}

async function ask({plan, store, send}: Connection, force: boolean): Promise<string | undefined> {
  const open = force ? undefined : whyRefused(plan, store.getState());
  if (open !== undefined) return open;
  const refusal = await send(force ? {type: 'roll-back', force: 'forced from the command line'} : {type: 'roll-back'});
  if (refusal !== undefined) return isRollingBack(store.getState()) ? undefined : refusal;
  if (store.getState().rollback.status === 'counting') await send({type: 'roll-back'});
  return undefined;
}

function whyRefused(plan: Plan, state: RunState): string | undefined {
  // One that was under way when its engine ended goes on.
  if (isRollbackOn(state)) return undefined;
  const open = nothingToRollBack(plan, state) ?? whyUnconfirmed(plan, state);
  return open && `${open}; --print shows every command with what was assumed, --force goes on`;
}

function rollbackCode(event: Recorded): number | undefined {
  if (event.type !== 'rollback-finished') return undefined;
  if (event.result === 'rolled-back') return EXIT.rolledBack;
  if (event.left.length > 0) say(`left to do:\n${event.left.join('\n')}\n`);
  return EXIT.rollbackFailed;
}

/** A host that is away must not keep the page; one that is there is asked to the end, however slow it is. */
const LINK_WITHIN_MS = 10_000;
const ANSWER_WITHIN_MS = 60_000;

/** The state with the rollback's inputs proved anew. Where no host answers in time, the last proof stands with its date. */
async function provedNow({plan, bindings, state}: PastRun, {directory, box}: EngineOptions): Promise<RunState> {
  // The hosts of a rehearsal were those of its box: the ones that the bindings name have nothing to do with it.
  if (plan.rollback === null || state.run.dryRun || box !== undefined) return state;
  const {promise: linked, resolve: answered} = Promise.withResolvers<'linked'>();
  const world = openWorld({bindings, directory, onLink: ({up}) => up && answered('linked')});
  const lateFor = async () => {
    const there = await Promise.race([linked, sleep(LINK_WITHIN_MS, undefined, {ref: false})]);
    if (there !== undefined) await sleep(ANSWER_WITHIN_MS, undefined, {ref: false});
  };
  try {
    const proving = proveReadiness(
      withRollbackNow(plan, state),
      bindings,
      world,
      engineLookup(bindings, state),
      stoodIn(plan, state),
    );
    const found = await Promise.race([proving, lateFor()]);
    if (found?.type !== 'readiness-reported' || !found.link.up) return state;
    const {items, link} = found;
    const at = Date.now();
    return {
      ...state,
      lastAt: at,
      readiness: {at, ready: items.every(item => item.ready || item.optional), items, link},
    };
  } finally {
    await world.close();
  }
}
