/** A run that goes on on another machine: how it arrives there, and how the engine that had it lets go of it. */
import type {StoreApi} from 'zustand/vanilla';
import type {Event} from '../../run/event.ts';
import type {RunTakenOver} from '../../run/events/ledger-events.ts';
import {attemptsInFlight} from '../../run/selectors.ts';
import type {RunState} from '../../run/state.ts';
import type {OpenRun} from '../opening/open-run.ts';
import type {EngineOptions} from '../opening/options.ts';
import type {JournalCopy} from '../optional-parts.ts';
import type {Elsewhere} from '../recover-steps.ts';
import type {LiveRun} from '../wire-run.ts';

/** An engine elsewhere goes on with this run: nothing was begun. */
export class TakenOverRun extends Error {}

/** Throws `TakenOverRun` where the journal says that another machine has the run. */
export function refuseTakenOver({lease, run}: RunState): void {
  if (lease === undefined || !isGivenUp({lease})) return;
  const because = 'because' in lease ? lease.because : 'it was taken over';
  throw new TakenOverRun(`${because}; \`tminus attach ${run.id}\` shows it`);
}

export function isGivenUp({lease}: Pick<RunState, 'lease'>): boolean {
  return lease?.takenOver === true;
}

/** What the first engine on this machine says of a run that comes from another one; nothing where that is on record. */
export function arrivalOf({takenOver}: EngineOptions, state: RunState): (Event & {type: 'run-taken-over'}) | undefined {
  if (takenOver === undefined || takenOver.after === state.takenOver?.after) return undefined;
  return {type: 'run-taken-over', ...takenOver};
}

/** What another machine had under way when the run came here, now or before an earlier engine. */
export function elsewhereOf(arrival: RunTakenOver | undefined, state: RunState): Elsewhere | undefined {
  const came = arrival === undefined ? state.takenOver : {...arrival, inFlight: attemptsInFlight(state)};
  if (came === undefined) return undefined;
  const unknown = came.unknown.map(({host}) => host);
  return {host: came.from.host, unknown, inFlight: came.inFlight, isFirst: arrival !== undefined};
}

/** Resolves when it is known that an engine on another machine goes on with the run. */
export function untilGivenUp(store: StoreApi<RunState>): Promise<void> {
  return new Promise(resolve => {
    store.subscribe(state => {
      if (isGivenUp(state)) resolve();
    });
  });
}

/** Touches nothing more: the run is not over, and not this engine's. */
export async function leaveRun({journal}: OpenRun, live: LiveRun, copy: JournalCopy | undefined): Promise<void> {
  const {engine, world, spool, logs, readiness, consoles, reviews} = live;
  readiness.stop();
  logs.close();
  await copy?.finish(0);
  engine.stop();
  await consoles.close();
  await reviews.settled();
  await world.close();
  spool.close();
  await journal.close();
}
