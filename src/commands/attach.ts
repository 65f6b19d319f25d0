/** `tminus attach`: shows a live run again. */
import type {RunPlace} from '../journal/run-directory.ts';
import {EXIT} from '../run/exit-codes.ts';
import {CommandError} from './command-error.ts';
import {parseArguments} from './command-line/arguments.ts';
import {programName} from './command-line/program-name.ts';
import {attachTo} from './engine-process.ts';
import {ofAnotherMachine, takenOver} from './ledger/other-machine.ts';
import type {Watched} from './ledger/watch-run.ts';
import {namedRun, readRun} from './past-run.ts';
import {chooseView, showRun, type View} from './show-run.ts';

export async function attachCommand(args: readonly string[]): Promise<number> {
  const {values: flags, positionals} = parseArguments('attach', args);
  const view = await chooseView(flags);
  // Where nobody can press a key or answer a question, nobody drives.
  const observe =
    flags.observe === true || flags.incident === true || (view.kind !== 'console' && process.stdin.isTTY !== true);
  const far = {observe: observe || view.kind !== 'console', as: flags.as, text: view.kind === 'console'};
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

async function showElsewhere({connection, left}: Watched, view: View): Promise<number> {
  const code = await showRun(connection, connection.store.getState().run.id, view);
  await left();
  return code;
}

/** What can still be done with a run that has no engine: one that is closed cannot be taken up. */
async function withoutEngine({id, directory}: RunPlace): Promise<string> {
  const {plan, state} = await readRun(directory);
  const command = (name: string) => `\`${programName()} ${name} ${id}\``;
  if (state.closed === null) return `run ${id} has no engine: ${command('resume')} takes it up`;
  const back = plan.rollback === null ? '' : `, ${command('rollback')} rolls it back`;
  return `run ${id} is closed, ${state.closed.because}: ${command('report')} shows its record${back}`;
}
