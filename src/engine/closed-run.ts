/** Puts what a person says about a closed run into its journal: by the engine's own loop, without hosts, probes or a socket. */
import {hostname} from 'node:os';
import {createStore} from 'zustand/vanilla';
import {reopenJournal} from '../journal/journal.ts';
import type {Position} from '../journal/journal-line.ts';
import {acquireLock, type Holder} from '../journal/lock.ts';
import type {Plan} from '../plan/plan.ts';
import {type Console, personOf} from '../run/console.ts';
import type {Event, Intent, Recorded} from '../run/event.ts';
import type {RunState} from '../run/state.ts';
import {startEngine} from './engine.ts';
import {type EngineOptions, lockKey} from './opening/options.ts';

/** As its directory tells it; `last`: where its journal ends. */
export type ClosedRun = {
  runDirectory: string;
  options: EngineOptions;
  plan: Plan;
  state: RunState;
  last: Position;
  redact<T>(value: T): T;
};

/** `refusal`: why nothing was said. */
export type Said = {refusal?: string; events: readonly Recorded[]; state: RunState};

/** Somebody else writes to the run just now. */
export class RunTaken extends Error {
  readonly holder: Holder;
  constructor(holder: Holder) {
    super(`run ${holder.runId} is being written by ${holder.user} on ${holder.host} (pid ${holder.pid})`);
    this.holder = holder;
  }
}

/**
 * The person comes, says it, and goes. An intent is decided as in a live run; facts nobody decides about. Throws `RunTaken`
 * while another process has the run.
 */
export async function sayToClosedRun(run: ClosedRun, console: Console, what: Intent | readonly Event[]): Promise<Said> {
  const release = await holdRun(run, personOf(console));
  try {
    return await say(run, console, what);
  } finally {
    await release();
  }
}

async function say(run: ClosedRun, console: Console, what: Intent | readonly Event[]): Promise<Said> {
  const {plan, state, runDirectory, last} = run;
  const journal = await reopenJournal(runDirectory, last);
  const store = createStore<RunState>(() => state);
  const events: Recorded[] = [];
  const by = personOf(console);
  const engine = startEngine({
    situation: {plan, settings: {countdownMs: 0, autoRollback: false, closeAfterRollback: true}},
    store,
    journal,
    outputLines: () => 0,
    // A run's time never goes back.
    now: () => Math.max(Date.now(), store.getState().lastAt),
    // What is said of a closed run makes nothing happen.
    perform() {},
    publish: recorded => events.push(...recorded),
    showTrouble() {},
    ownUid: process.getuid?.(),
    redact: run.redact,
  });
  engine.record(coming(state, console), by);
  let refusal: string | undefined;
  if ('type' in what) refusal = await engine.submit(console, what);
  else engine.record(what, by);
  engine.record([{type: 'console-left', consoleId: console.id, name: by}], 'engine');
  engine.stop();
  await engine.finished;
  const trouble = journal.trouble();
  await journal.close();
  if (trouble !== undefined) throw new Error(`${runDirectory}: the journal cannot be written: ${trouble}`);
  return {...(refusal === undefined ? {} : {refusal}), events, state: store.getState()};
}

/** The consoles that were attached when the run closed are gone. */
function coming({consoles}: RunState, console: Console): readonly Event[] {
  return [
    ...Object.keys(consoles).map((consoleId): Event => ({type: 'console-left', consoleId})),
    {type: 'console-joined', console},
    {type: 'baton-passed', to: console.id, name: personOf(console), because: 'nobody else drove'},
  ];
}

/**
 * When two people sign at the same moment, neither waits: the second one is told. An engine of this run would hold the
 * lock of its checklist; while another run holds that, no engine of this one can start.
 */
async function holdRun({options, runDirectory}: ClosedRun, user: string): Promise<() => Promise<void>> {
  const {home, runId} = options;
  const holder = {user, host: hostname(), pid: process.pid, runId, since: Date.now()};
  const own = await acquireLock(home, runDirectory, holder);
  if ('held' in own) throw new RunTaken(own.held);
  const checklist = await acquireLock(home, lockKey(options), holder);
  if (!('held' in checklist)) {
    return async () => {
      await checklist.release();
      await own.release();
    };
  }
  if (checklist.held.runId !== runId) return own.release;
  await own.release();
  throw new RunTaken(checklist.held);
}
