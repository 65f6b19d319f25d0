/** A run whose engine is on another machine, where the team's ledger has it. Nothing of a ledger is loaded where none is set. */
import {findRun, type RunPlace, stateHome} from '../../journal/run-directory.ts';
import {mayHaveLedger} from '../settings/settings-path.ts';
import type {Watched, Watching} from './watch-run.ts';

/** Undefined where the run is here, and where the ledger does not know it either. */
export async function ofAnotherMachine(id: string | undefined, far: Watching): Promise<Watched | undefined> {
  if (id === undefined || !mayHaveLedger(process.env)) return undefined;
  if ((await findRun(stateHome(process.env), id)) !== undefined) return undefined;
  const {watchRun} = await import('./watch-run.ts');
  return await watchRun(process.env, id, far);
}

const ASK_MS = 10_000;

/** A run that an engine on another machine goes on with: the copy here is old. */
export async function takenOver(run: RunPlace, far: Watching, withinMs = ASK_MS): Promise<Watched | undefined> {
  if (!mayHaveLedger(process.env)) return undefined;
  const {isElsewhere, watchRun} = await import('./watch-run.ts');
  return (await isElsewhere(process.env, run, withinMs)) ? await watchRun(process.env, run.id, far) : undefined;
}
