import {existsSync} from 'node:fs';
import {join} from 'node:path';
import {readOptions} from '../engine/options.ts';
import {findRun, type RunPlace, stateHome} from '../journal/run-directory.ts';
import {parseArguments} from './arguments.ts';
import {attachTo, startEngineProcess} from './engine-process.ts';
import {CommandError, EXIT} from './exit-codes.ts';
import {chooseView, showRun, viewOptions} from './show-run.ts';

export async function attachCommand(args: readonly string[]): Promise<number> {
  const {values: flags, positionals} = parseArguments(
    args,
    {...viewOptions, observe: {type: 'boolean', default: false}},
    1,
  );
  const run = await namedRun(positionals[0]);
  const connection = await attachTo(run.directory, {observe: flags.observe});
  if (connection === undefined) {
    throw new CommandError(
      EXIT.refused,
      `run ${run.id} has no engine: it is closed (\`tminus report ${run.id}\`), or \`tminus resume ${run.id}\` takes it up`,
    );
  }
  return await showRun(connection, run.id, await chooseView(flags));
}

export async function resumeCommand(args: readonly string[]): Promise<number> {
  const {values: flags, positionals} = parseArguments(args, viewOptions, 1);
  const run = await namedRun(positionals[0]);
  const {directory} = readOptions(run.directory);
  const connection =
    (await attachTo(run.directory, {observe: false})) ??
    (await startEngineProcess(run.directory, directory, {observe: false}));
  return await showRun(connection, run.id, await chooseView(flags));
}

/** The run of that id, or the newest. */
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
