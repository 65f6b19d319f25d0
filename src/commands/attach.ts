/** `tminus attach`: shows a live run again. */
import {EXIT} from '../run/exit-codes.ts';
import {CommandError} from './command-error.ts';
import {parseArguments} from './command-line/arguments.ts';
import {programName} from './command-line/program-name.ts';
import {attachTo} from './engine-process.ts';
import {namedRun} from './past-run.ts';
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
