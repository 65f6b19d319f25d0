/** `tminus replay`: a past run on the full screen, played again. Nothing is performed. */
import {EXIT} from '../../run/exit-codes.ts';
import {CommandError} from '../command-error.ts';
import {parseArguments} from '../command-line/arguments.ts';
import {programName} from '../command-line/program-name.ts';
import {newestRun} from '../past-run.ts';
import {consoleView} from '../settings/console-view.ts';
import {chooseView} from '../show-run.ts';
import {writeCast} from './cast.ts';
import {openPastSession} from './past-session.ts';

export async function replayCommand(args: readonly string[]): Promise<number> {
  const {values: flags, positionals} = parseArguments('replay', args);
  const speed = speedOf(flags.speed ?? '1x');
  const {id, directory} = await newestRun(positionals[0]);
  const {cast} = flags;
  const view = await chooseView(flags);
  if (view.kind !== 'console' && cast === undefined) {
    const text = `\`${programName()} report ${id}\` tells the run as text`;
    throw new CommandError(EXIT.usage, `a replay needs a terminal, or --cast FILE; ${text}`);
  }
  const {session, player, close} = await openPastSession(directory, {speed, isPaused: cast !== undefined});
  try {
    if (cast !== undefined) {
      const look = await consoleView(flags);
      await writeCast(cast, session, player, {...look, speed, title: `${session.plan.title}, run ${id}`});
    } else if (view.kind === 'console') {
      const {openConsole} = await import('../../ui/open-console.tsx');
      const {theme, ascii, sync, settings} = view;
      await openConsole(session, {theme, ascii, sync, settings, now: player.now});
    }
    return EXIT.succeeded;
  } finally {
    close();
  }
}

/** `10x`, `0.5x` or `10`. */
function speedOf(text: string): number {
  const speed = Number(/^(\d+(?:\.\d+)?)x?$/.exec(text)?.[1] ?? Number.NaN);
  if (speed > 0 && speed <= SPEED_MAX) return speed;
  throw new CommandError(EXIT.usage, `--speed wants a factor up to ${SPEED_MAX}x, such as 10x, got "${text}"`);
}

const SPEED_MAX = 10_000;
