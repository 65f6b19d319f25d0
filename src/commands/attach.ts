/** `tminus attach`: shows a live run again; and how a run is named on the command line. */
import {existsSync} from 'node:fs';
import {join} from 'node:path';
import {type EngineOptions, readOptions} from '../engine/opening/options.ts';
import {findRun, type RunPlace, stateHome} from '../journal/run-directory.ts';
import {EXIT} from '../run/exit-codes.ts';
import {CommandError} from './command-error.ts';
import {parseArguments} from './command-line/arguments.ts';
import {programName} from './command-line/program-name.ts';
import {attachTo} from './engine-process.ts';
import {chooseView, showRun} from './show-run.ts';

export async function attachCommand(args: readonly string[]): Promise<number> {
  const {values: flags, positionals} = parseArguments('attach', args);
  const run = await namedRun(positionals[0]);
  const view = await chooseView(flags);
  // Where nobody can press a key or answer a question, nobody drives.
  const observe = flags.observe === true || (view.kind !== 'console' && process.stdin.isTTY !== true);
  const connection = await attachTo(run.directory, {observe, as: flags.as});
  if (connection === undefined) {
    throw new CommandError(
      EXIT.refused,
      `run ${run.id} has no engine: it is closed (\`${programName()} report ${run.id}\`), or \`${programName()} resume ${run.id}\` takes it up`,
    );
  }
  return await showRun(connection, run.id, view);
}

/** Only the account that opened a run can start an engine for it: the journal is its own. */
export function readOwnOptions(runDirectory: string): EngineOptions {
  try {
    return readOptions(runDirectory);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EACCES')) throw error;
    throw new CommandError(EXIT.refused, `${runDirectory} belongs to another account, and no engine of it is running`, {
      cause: error,
    });
  }
}

/** The run of that id or path, or the newest. */
export async function namedRun(id: string | undefined): Promise<RunPlace> {
  const home = stateHome(process.env);
  const run = await findRun(home, id);
  if (run === undefined || !existsSync(join(run.directory, 'options.json'))) {
    throw new CommandError(
      EXIT.usage,
      id === undefined ? `there is no run in ${home}` : `there is no run ${id} in ${home}`,
    );
  }
  return run;
}
