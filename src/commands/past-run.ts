/** Which run is meant, and what its directory tells: plan, state, events, and what is damaged. */
import {existsSync} from 'node:fs';
import {join} from 'node:path';
import {otherText} from '../engine/opening/opening-facts.ts';
import {type EngineOptions, readOptions} from '../engine/opening/options.ts';
import {planCache} from '../engine/opening/plan-cache.ts';
import {type RunSources, readSources} from '../engine/opening/run-sources.ts';
import {foldJournal, JOURNAL_FILE} from '../journal/read-journal.ts';
import {findRun, listRuns, type RunPlace, stateHome} from '../journal/run-directory.ts';
import {createRedactor, type Redactor} from '../journal/secrets/redact.ts';
import {secretsIn} from '../journal/secrets/secrets.ts';
import type {Bindings, Plan} from '../plan/plan.ts';
import type {Seal} from '../report/record/record-source.ts';
import type {Recorded} from '../run/event.ts';
import {evolve, initialState} from '../run/evolve.ts';
import {EXIT} from '../run/exit-codes.ts';
import type {RunState} from '../run/state.ts';
import {isForRecord} from '../run/timeline.ts';
import {compact} from '../text/compact.ts';
import {CommandError} from './command-error.ts';
import {programText} from './command-line/program-name.ts';
import {isLive} from './live-engine.ts';
import {say} from './terminal/print.ts';

/**
 * The run of that id or path. Without one, the run that is live: nobody may roll back or read another by mistake. Where
 * several are live, they are named and none is taken; where none is, the newest.
 */
export async function namedRun(id: string | undefined): Promise<RunPlace> {
  return (id === undefined ? await onlyLive(stateHome(process.env)) : undefined) ?? (await newestRun(id));
}

async function onlyLive(home: string): Promise<RunPlace | undefined> {
  const runs = await listRuns(home);
  const answers = await Promise.all(runs.map(({directory}) => isLive(directory)));
  const live = runs.filter((_, index) => answers[index]);
  if (live.length < 2) return live[0];
  const names = live.map(run => run.id).join(', ');
  throw new CommandError(EXIT.usage, `${live.length} runs are live: ${names}; name the one that is meant`);
}

/** The run of that id or path, or the newest, live or not. */
export async function newestRun(id: string | undefined): Promise<RunPlace> {
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

export type PastRun = {
  plan: Plan;
  bindings: Bindings;
  state: RunState;
  /** But for the readings of signals, which the state sums up. */
  events: readonly Recorded[];
  seal: Seal;
  options: EngineOptions;
  sources: RunSources;
  /** The document itself may say what is a secret elsewhere. */
  redactor: Redactor;
  /** File, line and what is wrong there: what follows was not taken in. */
  damage?: string;
  /** The copies are not what the run was opened with: the journal may mean something else. */
  otherText?: string;
  /** Says that the last line was never finished: nothing had been done because of it. */
  torn?: string;
};

/** A run as its directory tells it, with or without an engine. `until`: as it stood after that event. */
export async function readRun(runDirectory: string, until?: number): Promise<PastRun> {
  const options = readOptions(runDirectory);
  const sources = await readSources(runDirectory, options, process.env, {cache: planCache(process.env)});
  const {plan, bindings} = sources;
  const journal = join(runDirectory, JOURNAL_FILE);
  const events: Recorded[] = [];
  let state = initialState;
  const take = (event: Recorded) => {
    state = evolve(plan, state, event);
    if (isForRecord(event)) events.push(event);
  };
  const {problem, tornAt, last} = await foldJournal(runDirectory, take, until);
  const other = otherText(events, sources, runDirectory);
  return compact({
    plan,
    bindings,
    events,
    options,
    sources,
    state,
    seal: {events: last.seq, checksum: last.sum, program: programText()},
    redactor: createRedactor(secretsIn(bindings, process.env)),
    damage: problem === undefined ? undefined : `${journal}: ${problem}`,
    otherText: other,
    torn: tornAt === undefined ? undefined : `${journal}: its last line was never finished and does not count`,
  });
}

/** What keeps a run's record from being the whole truth, said on standard error. Returns whether there is anything. */
export function warnOfDamage({damage, otherText, torn}: PastRun): boolean {
  for (const one of [damage, otherText, torn]) if (one !== undefined) say(`tminus: ${one}\n`);
  return damage !== undefined || otherText !== undefined;
}
