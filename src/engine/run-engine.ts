/** One run from its opening to its end: open, wire, run, close. */
import type {StoreApi} from 'zustand/vanilla';
import type {World} from '../actions/world.ts';
import type {Position} from '../journal/journal-line.ts';
import {foldJournal} from '../journal/read-journal.ts';
import type {Plan} from '../plan/plan.ts';
import {type Action, findPlaceholders, type Place} from '../plan/script.ts';
import type {Event, Recorded} from '../run/event.ts';
import {rollbackHosts} from '../run/evolve-steps.ts';
import {unlistedGroups} from '../run/groups/batches.ts';
import {isIdle} from '../run/idle-watch.ts';
import type {RecordedQuestion} from '../run/question.ts';
import type {RunState} from '../run/state.ts';
import {isForRecord} from '../run/timeline.ts';
import {type Attach, type ConsoleHost, whileAlone} from './consoles.ts';
import {freeMemory} from './free-memory.ts';
import {historyRead, keepHistory} from './history.ts';
import {closeReader} from './opening/load-reader.ts';
import {type OpenRun, type OpenSetup, openRun} from './opening/open-run.ts';
import {openingFacts} from './opening/opening-facts.ts';
import {keptBindings} from './opening/run-sources.ts';
import {copyJournal, type JournalCopy, type OpenLedger, type OpenTeamConsoles, startMetrics} from './optional-parts.ts';
import {recoverSteps} from './recover-steps.ts';
import {startSampling} from './sampling.ts';
import {keepLease, type RunLease} from './team/hold-lease.ts';
import {arrivalOf, elsewhereOf, isGivenUp, leaveRun, refuseTakenOver, untilGivenUp} from './team/take-over.ts';
import {type LiveRun, wireRun} from './wire-run.ts';
import type {IncidentWriter} from './write-incident.ts';

export type EngineSetup = OpenSetup &
  IncidentWriter & {
    /** How consoles reach the engine; handed in, because the socket is not the engine's business. */
    attach: Attach;
    /** The first console has its picture, and nothing else has begun. */
    onGreeted(): void;
    /** Copies the journal to a team's ledger, where one is set; handed in, because most runs have none. */
    openLedger?: OpenLedger;
    /** Lets consoles of other machines in, where a ledger is set. */
    openTeamConsoles?: OpenTeamConsoles;
    /** The lease of the checklist in the team's ledger; absent where no ledger is set. */
    lease?: RunLease;
    /** Called with the final state, before consoles are let go. `last`: where the journal stood then. */
    onClosed(closed: {plan: Plan; state: RunState; events: readonly Recorded[]; last: Position}): Promise<void>;
  };

/** How long the ledger is waited for when the run is over. */
const LAST_COPIES_MS = 10_000;
/** Who starts the checklist again without a ledger that is away waits for this. */
const LAST_COPIES_AWAY_MS = 2000;
/** How long the last notices of a run that is over are tried. */
const LAST_NOTICES_MS = 30_000;

/** Nobody would see through what began now. */
const CLOSED = 'the run has just been closed; `tminus rollback` still rolls it back';

/** Resolves after everything it opened is closed again. Throws `InvalidRun` when nothing could be begun. */
export async function runEngine(setup: EngineSetup): Promise<void> {
  const run = await openRun(setup);
  refuseTakenOver(run.state);
  const live = wireRun(setup, run);
  tellPeople(run, live);
  if (run.isNew) begin(setup, run, live);
  else goOn(setup, run, live);
  keepLease(setup.lease, live, setup.options.withoutLedger);
  await live.consoles.open(setup.attach, consoleHost(run, live));
  const stopWatch = watchAlone(setup, live);
  const stopSampling = await reachOut(setup, run, live);
  const copy = await copyJournal(setup, run, live);
  const team = await setup.openTeamConsoles?.(consoleHost(run, live));
  const stopMetrics = await startMetrics(setup, run, live);
  await Promise.race([live.closing, live.engine.finished, untilGivenUp(live.store)]);
  stopSampling();
  stopMetrics();
  stopWatch();
  await team?.close();
  if (isGivenUp(live.store.getState())) await leaveRun(run, live, copy);
  else await closeRun(setup, run, live, copy);
}

function begin({options, runDirectory}: EngineSetup, run: OpenRun, {engine}: LiveRun): void {
  // The bindings as they are kept, which is what the journal is about.
  engine.open(openingFacts(options, {...run, ...keptBindings(runDirectory)}));
}

function tellPeople({notifier, redactor}: OpenRun, {store, engine}: LiveRun): void {
  notifier?.start({
    run() {
      const {id, title, checklist, host, user} = store.getState().run;
      return {id, title, checklist, host, user};
    },
    record: events => engine.record(redactor.data(events), 'engine'),
  });
}

/** A console that was attached when the last engine ended is not attached here: nobody drives by being remembered. */
function goOn({onlyRollback, options}: EngineSetup, run: OpenRun, live: LiveRun): void {
  const {engine, store, spool, performer, situation, now} = live;
  for (const consoleId of Object.keys(store.getState().consoles)) engine.leave(consoleId);
  const unanswered = store.getState().openQuestions ?? [];
  if (unanswered.length > 0) engine.record(unanswered.map(withdrawn), 'engine');
  const {countdownMs} = situation.settings;
  const isGroup = (host: string) => run.bindings.hosts[host]?.group !== undefined;
  const state = store.getState();
  const arrival = arrivalOf(options, state);
  const elsewhere = elsewhereOf(arrival, state);
  const left = {plan: run.plan, state, spool, performer, countdownMs, now: now(), isGroup, elsewhere};
  const aboutJournal = run.aboutJournal(onlyRollback ? 'rolling-back' : state.phase);
  engine.open([...aboutJournal, ...(arrival === undefined ? [] : [arrival]), ...recoverSteps(left, live.report)]);
}

/** A question of the last engine is gone with it, and is asked again if that is needed. */
function withdrawn(question: RecordedQuestion): Event {
  return {type: 'question-closed', ...question, answered: false, because: 'the engine ended'};
}

function consoleHost(run: OpenRun, live: LiveRun): Omit<ConsoleHost, 'trouble'> {
  const {engine, store, spool, questions} = live;
  return {
    plan: run.shownPlan,
    state: store.getState,
    sources: () => spool.statuses(),
    join: engine.join,
    leave: engine.leave,
    submit: (console, intent) => (live.isClosing() ? Promise.resolve(CLOSED) : engine.submit(console, intent)),
    questions: questions.open,
    answerQuestion: questions.answer,
  };
}

/** Who opened the run sees it first: reaching out to hosts loads and does much at once. Returns what stops the sampling. */
async function reachOut(
  setup: EngineSetup,
  {plan, shownPlan, bindings, keepPlan}: OpenRun,
  live: LiveRun,
): Promise<() => void> {
  const {store, world, logs, readiness, consoles, now, engine, spool, lookup, performer} = live;
  const idle = () => isIdle(store.getState());
  let reachesOut = false;
  store.subscribe((state, before) => {
    if (before.deployStartedAt !== state.deployStartedAt) logs.mark();
    if (reachesOut && state.driver !== null && state.driver !== before.driver) {
      world.askAgain();
      readiness.look();
    }
  });
  await consoles.greeted;
  setup.onGreeted();
  reachesOut = true;
  const stopSampling = startSampling({
    now,
    engine,
    spool,
    bindings,
    world,
    lookup,
    grown: consoles.grown,
    isIdle: idle,
  });
  world.reserve(rollbackHosts(plan).filter(host => host in bindings.hosts || findPlaceholders(host).length === 0));
  readiness.look();
  for (const group of unlistedGroups(plan, store.getState())) performer.perform({type: 'list-hosts', group});
  keepPlan();
  void historyRead({home: setup.options.home, plan: shownPlan, bindings, state: store.getState()}).then(events => {
    if (store.getState().closed === null) engine.record(events, 'engine');
  });
  closeReader();
  // For a run that is taken up in its watch this is now.
  let freeing: ReturnType<typeof freeMemory> | undefined;
  onceWatching(store, () => {
    freeing = freeMemory(idle);
  });
  return () => {
    freeing?.stop();
    stopSampling();
  };
}

/** A deploy goes on without anybody. A rehearsal that nobody comes back to would hold its whole target for nothing. */
function watchAlone({options: {aloneMsMax}}: EngineSetup, {store, engine}: LiveRun): () => void {
  if (aloneMsMax === undefined) return () => {};
  return whileAlone(store, aloneMsMax, () => engine.report({type: 'left-alone', forMs: aloneMsMax}));
}

/** Acts once: now when the run is watched already, or else when its deploy is over. */
export function onceWatching(store: StoreApi<RunState>, act: () => void): void {
  if (store.getState().phase === 'watching') return act();
  const stop = store.subscribe(({phase}) => {
    if (phase !== 'watching') return;
    stop();
    act();
  });
}

async function closeRun(
  setup: EngineSetup,
  {journal, plan, shownPlan, bindings, redactor, notifier}: OpenRun,
  live: LiveRun,
  copy: JournalCopy | undefined,
): Promise<void> {
  const {store, engine, world, spool, logs, readiness, consoles, reviews} = live;
  readiness.stop();
  logs.close();
  spool.flush();
  await notifier?.finish(LAST_NOTICES_MS);
  // A rollback goes on without its record, but the run is not over before that is on disk.
  await journal.caughtUp();
  const {lease, ledgerBehind} = store.getState();
  const isAway = (lease !== undefined && lease.status !== 'held') || ledgerBehind !== undefined;
  const left = (await copy?.finish(isAway ? LAST_COPIES_AWAY_MS : LAST_COPIES_MS)) ?? 0;
  if (left > 0)
    console.error(`the ledger has not got the last ${left} events of this run: \`tminus ledger push\` sends them`);
  const state = store.getState();
  const events: Recorded[] = [];
  const take = (event: Recorded) => {
    if (isForRecord(event)) events.push(event);
  };
  const {last} = await foldJournal(setup.runDirectory, take, state.seq);
  await setup.onClosed({plan: shownPlan, state, events, last});
  keepHistory(setup.runDirectory, {plan: shownPlan, bindings, state, events}, value => redactor.data(value));
  engine.stop();
  await forgetJobs(plan, store.getState(), world);
  await consoles.close();
  await reviews.settled();
  await world.close();
  spool.close();
  await journal.close();
}

/** A request is a job where curl itself sends it, which a host may ask for. */
function placeOfJobs(action: Action): Place | undefined {
  if (action.kind === 'script') return action.context.place;
  if (action.kind !== 'http') return undefined;
  const place = action.context?.place;
  return place?.kind === 'host' || action.requests.some(({curl}) => curl !== undefined) ? place : undefined;
}

/** A run that is over leaves on its hosts how its jobs ended, and nothing that they printed or were given. */
async function forgetJobs(plan: Plan, state: RunState, world: World): Promise<void> {
  const places = new Map<string, Place>();
  for (const {id, action} of plan.steps) {
    const place = state.steps[id] === undefined ? undefined : placeOfJobs(action);
    if (place === undefined) continue;
    places.set(place.kind === 'host' ? `on ${place.host}` : 'here', place);
  }
  const forgetting = [...places.values()].map(place => world.forget(place, `${state.run.id}-`));
  // A host that cannot be reached keeps them, for its own user to read, until newer jobs push them out.
  await Promise.allSettled(forgetting);
}
