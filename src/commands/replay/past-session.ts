/** A past run as a console sees it: the run, its logs and its clock at the moment that is shown. */
import {join} from 'node:path';
import {createStore} from 'zustand/vanilla';
import {readOptions} from '../../engine/opening/options.ts';
import {readSources} from '../../engine/opening/run-sources.ts';
import {foldJournal} from '../../journal/read-journal.ts';
import {createRedactor} from '../../journal/secrets/redact.ts';
import {secretsIn} from '../../journal/secrets/secrets.ts';
import type {Bindings} from '../../plan/plan.ts';
import type {Recorded} from '../../run/event.ts';
import {evolve, initialState} from '../../run/evolve.ts';
import {EXIT} from '../../run/exit-codes.ts';
import type {Question} from '../../run/question.ts';
import type {Session} from '../../ui/session.ts';
import {CommandError} from '../command-error.ts';
import {programName} from '../command-line/program-name.ts';
import {say} from '../terminal/print.ts';
import {createPlayer, type Player} from './player.ts';
import {pastLogs, replaySpool} from './replay-spool.ts';

export type PastSession = {session: Session; player: Player; close(): void};

/** Nothing is performed, and nothing is written. */
export async function openPastSession(
  runDirectory: string,
  playing: {speed: number; isPaused: boolean},
): Promise<PastSession> {
  const {plan, bindings, events} = await readAll(runDirectory);
  const player = createPlayer(plan, events, playing);
  const last = events.reduce((state, event) => evolve(plan, state, event), initialState);
  const spool = replaySpool(runDirectory, player, pastLogs(plan, bindings, last));
  return {
    session: sessionOver(plan, player, spool),
    player,
    close() {
      player.close();
      spool.close();
    },
  };
}

/** Every reading of a signal is an event here: charts are drawn from them. */
async function readAll(
  directory: string,
): Promise<{plan: Session['plan']; bindings: Bindings; events: readonly Recorded[]}> {
  const {plan, bindings} = await readSources(directory, readOptions(directory), process.env);
  const events: Recorded[] = [];
  const {problem} = await foldJournal(directory, event => events.push(event));
  if (problem !== undefined)
    say(`tminus: ${join(directory, 'journal.ndjson')}: ${problem}; what stands before it is played\n`);
  if (events.length === 0) throw new CommandError(EXIT.invalid, `nothing was recorded in ${directory}`);
  return {plan: createRedactor(secretsIn(bindings, process.env)).plain(plan), bindings, events};
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
