/** `tminus attach`: shows a live run again. */
import {findRun, type RunPlace, stateHome} from '../journal/run-directory.ts';
import {EXIT} from '../run/exit-codes.ts';
import {CommandError} from './command-error.ts';
import {parseArguments} from './command-line/arguments.ts';
import {programName} from './command-line/program-name.ts';
import {attachTo} from './engine-process.ts';
import type {Watched} from './ledger/watch-run.ts';
import {namedRun, readRun} from './past-run.ts';
import {mayHaveLedger} from './settings/settings-place.ts';
import {chooseView, showRun, type View} from './show-run.ts';

export async function attachCommand(args: readonly string[]): Promise<number> {
  const {values: flags, positionals} = parseArguments('attach', args);
  const view = await chooseView(flags);
  // Where nobody can press a key or answer a question, nobody drives.
  const observe =
    flags.observe === true || flags.incident === true || (view.kind !== 'console' && process.stdin.isTTY !== true);
  const far = {observe: observe || view.kind !== 'console', as: flags.as};
  const elsewhere = await ofAnotherMachine(positionals[0], far);
  if (elsewhere !== undefined) return await showElsewhere(elsewhere, view);
  const run = await namedRun(positionals[0]);
  const connection = await attachTo(run.directory, {observe, as: flags.as});
  if (connection === undefined) {
    const taken = await takenOver(run, far);
    if (taken !== undefined) return await showElsewhere(taken, view);
    throw new CommandError(EXIT.refused, await withoutEngine(run));
  }
  return await showRun(connection, run.id, view);
}

type Far = {observe: boolean; as: string | undefined};

async function showElsewhere({connection, left}: Watched, view: View): Promise<number> {
  const code = await showRun(connection, connection.store.getState().run.id, view);
  await left();
  return code;
}

/** A run that is not here, where the team's ledger has it. */
async function ofAnotherMachine(id: string | undefined, far: Far): Promise<Watched | undefined> {
  if (id === undefined || !mayHaveLedger(process.env)) return undefined;
  if ((await findRun(stateHome(process.env), id)) !== undefined) return undefined;
  const {watchRun} = await import('./ledger/watch-run.ts');
  return await watchRun(process.env, id, far);
}

/** Of a run that an engine on another machine goes on with: what is here of it is old. */
async function takenOver({id, directory}: RunPlace, far: Far): Promise<Watched | undefined> {
  if (!mayHaveLedger(process.env)) return undefined;
  const {isElsewhere, watchRun} = await import('./ledger/watch-run.ts');
  return (await isElsewhere(process.env, id, directory)) ? await watchRun(process.env, id, far) : undefined;
}

/** What can still be done with a run that has no engine: one that is closed cannot be taken up. */
async function withoutEngine({id, directory}: RunPlace): Promise<string> {
  const {plan, state} = await readRun(directory);
  const command = (name: string) => `\`${programName()} ${name} ${id}\``;
  if (state.closed === null) return `run ${id} has no engine: ${command('resume')} takes it up`;
  const back = plan.rollback === null ? '' : `, ${command('rollback')} rolls it back`;
  return `run ${id} is closed, ${state.closed.because}: ${command('report')} shows its record${back}`;
}
