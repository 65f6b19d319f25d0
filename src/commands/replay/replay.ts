/** `tminus replay`: a past run on the full screen, played again. Nothing is performed. */
import {join} from 'node:path';
import {createStore} from 'zustand/vanilla';
import {readOptions} from '../../engine/opening/options.ts';
import {readSources} from '../../engine/opening/run-sources.ts';
import {foldJournal} from '../../journal/recover.ts';
import {createRedactor} from '../../journal/secrets/redact.ts';
import {secretsIn} from '../../journal/secrets/secrets.ts';
import type {Recorded} from '../../run/event.ts';
import {EXIT} from '../../run/exit-codes.ts';
import type {Question} from '../../run/question.ts';
import type {Session} from '../../ui/session.ts';
import {CommandError} from '../command-error.ts';
import {parseArguments} from '../command-line/arguments.ts';
import {programName} from '../command-line/program-name.ts';
import {namedRun} from '../past-run.ts';
import {consoleView} from '../settings/console-view.ts';
import {chooseView} from '../show-run.ts';
import {say} from '../terminal/output.ts';
import {writeCast} from './cast.ts';
import {createPlayer, type Player} from './player.ts';
import {replaySpool} from './replay-spool.ts';

export async function replayCommand(args: readonly string[]): Promise<number> {
  const {values: flags, positionals} = parseArguments('replay', args);
  const speed = speedOf(flags.speed ?? '1x');
  const {id, directory} = await namedRun(positionals[0]);
  const {cast} = flags;
  const view = await chooseView(flags);
  if (view.kind !== 'console' && cast === undefined) {
    const text = `\`${programName()} report ${id}\` tells the run as text`;
    throw new CommandError(EXIT.usage, `a replay needs a terminal, or --cast FILE; ${text}`);
  }
  const {plan, events} = await readAll(directory);
  const player = createPlayer(plan, events, {speed, isPaused: cast !== undefined});
  const spool = replaySpool(directory, player);
  try {
    const session = sessionOver(plan, player, spool);
    if (cast !== undefined) {
      const look = await consoleView(flags);
      await writeCast(cast, session, player, {...look, speed, title: `${plan.title}, run ${id}`});
    } else if (view.kind === 'console') {
      const {openConsole} = await import('../../ui/open-console.tsx');
      const {theme, ascii, sync, settings} = view;
      await openConsole(session, {theme, ascii, sync, settings, now: player.now});
    }
    return EXIT.succeeded;
  } finally {
    player.close();
    spool.close();
  }
}

/** `10x`, `0.5x` or `10`. */
function speedOf(text: string): number {
  const speed = Number(/^(\d+(?:\.\d+)?)x?$/.exec(text)?.[1] ?? Number.NaN);
  if (speed > 0 && speed <= SPEED_MAX) return speed;
  throw new CommandError(EXIT.usage, `--speed wants a factor up to ${SPEED_MAX}x, such as 10x, got "${text}"`);
}

const SPEED_MAX = 10_000;

/** Every reading of a signal is an event here: charts are drawn from them. */
async function readAll(directory: string): Promise<{plan: Session['plan']; events: readonly Recorded[]}> {
  const {plan, bindings} = await readSources(directory, readOptions(directory), process.env);
  const events: Recorded[] = [];
  const {problem} = await foldJournal(directory, event => events.push(event));
  if (problem !== undefined)
    say(`tminus: ${join(directory, 'journal.ndjson')}: ${problem}; what stands before it is played\n`);
  if (events.length === 0) throw new CommandError(EXIT.invalid, `nothing was recorded in ${directory}`);
  return {plan: createRedactor(secretsIn(bindings, process.env)).plain(plan), events};
}

function sessionOver(plan: Session['plan'], player: Player, spool: Session['spool']): Session {
  const refuse = () => Promise.resolve('this is a replay: nothing is performed');
  return {
    plan,
    run: player.run,
    replay: player,
    spool,
    // Nobody who was there: this console only looks.
    consoleId: 'replay',
    me: '',
    program: programName(),
    send: refuse,
    answer: refuse,
    questions: createStore<readonly Question[]>(() => []),
    trouble: createStore<{text: string | null}>(() => ({text: null})),
    onLost: () => () => {},
  };
}
