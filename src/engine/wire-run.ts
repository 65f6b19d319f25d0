/** Joins the parts of an open run: the world, the spool, the logs, readiness and the consoles report to one loop. */
import {join} from 'node:path';
import {createStore, type StoreApi} from 'zustand/vanilla';
import {openDryWorld} from '../actions/dry-run.ts';
import {failingAt} from '../actions/fault-at-line.ts';
import {openWorld} from '../actions/open-world.ts';
import type {World, WorldOptions} from '../actions/world.ts';
import {openSentLedger} from '../journal/sent-requests.ts';
import {createSpool, type Spool} from '../journal/spool/spool.ts';
import type {Lookup} from '../plan/script.ts';
import type {Situation} from '../run/deciding/decision-draft.ts';
import type {Effect, Event, Report} from '../run/event.ts';
import type {IncidentEffect} from '../run/events/incident-events.ts';
import {engineLookup} from '../run/requests/lookups.ts';
import type {RunState} from '../run/state.ts';
import {compact} from '../text/compact.ts';
import {type Consoles, createConsoles} from './consoles.ts';
import {type Engine, startEngine} from './engine.ts';
import {createHostQuestions, type HostQuestions} from './host-questions.ts';
import {type LogSources, openLogLedger, openLogSources} from './log-sources.ts';
import type {OpenRun, OpenSetup} from './opening/open-run.ts';
import {createPerformer, type Performer} from './perform-effects.ts';
import {type ReadinessWatch, watchReadiness} from './readiness-watch.ts';
import {openReviewWriter, type ReviewWriter} from './review-writer.ts';
import {fenceOf, type RunLease, withLease} from './team/hold-lease.ts';
import {createLedgerProgress, type LedgerProgress} from './team/ledger-progress.ts';
import {worldReports} from './world-reports.ts';
import {type IncidentWriter, incidentPerformer} from './write-incident.ts';

/** The parts of a run that is under way. */
export type LiveRun = {
  store: StoreApi<RunState>;
  situation: Situation;
  engine: Engine;
  performer: Performer;
  world: World;
  spool: Spool;
  logs: LogSources;
  readiness: ReadinessWatch;
  questions: HostQuestions;
  consoles: Consoles;
  reviews: ReviewWriter;
  /** How far the team's ledger has heard of it. */
  progress: LedgerProgress;
  /** What placeholders stand for now. */
  lookup(): Lookup;
  /** The time of the run, epoch ms. */
  now(): number;
  /** What the world says goes to the loop, without secrets. */
  report(report: Report): void;
  /** Resolves when the run has decided to close; `isClosing` is true from then on. */
  closing: Promise<void>;
  isClosing(): boolean;
};

export function wireRun(setup: OpenSetup & IncidentWriter & {lease?: RunLease}, run: OpenRun): LiveRun {
  const {plan, bindings, redactor, fileMode} = run;
  const store = createStore<RunState>(() => run.state);
  const now = startRunClock(run.state.lastAt);
  const spool = createSpool(setup.runDirectory, redactor, {fileMode, now});
  const situation = situationOf(run, setup.onlyRollback);
  const consoles = createConsoles();
  const questions = createHostQuestions({
    state: store.getState,
    record: (events, by) => engine.record(events, by),
    hide: secret => redactor.add(secret),
    show: consoles.ask,
    withdraw: consoles.withdraw,
  });
  const tell = (one: Report) => {
    if (one.type === 'link-reported') logs.link(one.host, one.up, one.detail);
    report(one);
  };
  const opened = openTheWorld(setup, {
    bindings,
    fence: fenceOf(setup.lease, store.getState),
    ...worldReports({plan, isOfTeam: setup.lease !== undefined, state: store.getState, report: tell}),
    ask: questions.ask,
    sent: openSentLedger(setup.runDirectory, redactor),
  });
  const progress = createLedgerProgress();
  const world = withLease(opened, setup.lease, store.getState, progress);
  const logs = openLogSources(bindings, world, spool, openLogLedger(setup.runDirectory));
  const lookup = (): Lookup => engineLookup(bindings, store.getState());
  const knownUntil = () => engine.knownUntil();
  const redact = <T>(value: T): T => redactor.data(value);
  // Before it is decided about: what is cut short later must not be cut in the middle of a secret.
  const report = (one: Report) => engine.report(isOfStep(one) ? redact(one) : one);
  const readiness = watchReadiness({plan, bindings, world, knownUntil, state: store.getState}, lookup, report);
  const {close, closing, isClosing} = closingSwitch();
  const performer = createPerformer({
    plan,
    world,
    spool,
    logs,
    readiness: {...readiness, look: wholeSince => void consoles.greeted.then(() => readiness.look(wholeSince))},
    lookup,
    redact,
    state: store.getState,
    report,
    close,
    clock: {now, knownUntil},
  });
  const record = (events: readonly Event[], by: string) => engine.record(redact(events), by);
  const incident = incidentOf(setup, run, {spool, state: store.getState, record});
  const reviews = reviewWriterOf(setup, run, store, text => engine.record([{type: 'note-added', text}], 'engine'));
  const engine = startEngine({
    situation,
    store,
    journal: run.journal,
    perform: effect => (isOfIncident(effect) ? incident(effect) : performer.perform(effect)),
    outputLines: () => spool.lines('output'),
    now,
    publish(events) {
      consoles.publish(events);
      reviews.take(events);
      run.notifier?.take(events, store.getState());
    },
    ownUid: process.getuid?.(),
    redact,
    showTrouble: consoles.trouble,
  });
  const parts = {store, situation, engine, performer, world, spool, logs, readiness, progress};
  return {...parts, questions, consoles, reviews, lookup, now, report, closing, isClosing};
}

function isOfStep({type}: Report): boolean {
  return type === 'step-reported' || type === 'hosts-reported';
}

function closingSwitch(): {close(): void; closing: Promise<void>; isClosing(): boolean} {
  let isClosing = false;
  const {promise: closing, resolve} = Promise.withResolvers<void>();
  const close = () => {
    isClosing = true;
    resolve();
  };
  return {close, closing, isClosing: () => isClosing};
}

function isOfIncident(effect: Effect): effect is IncidentEffect {
  return effect.type === 'write-incident' || effect.type === 'send-issue';
}

function incidentOf(
  {runDirectory, writeIncident: write}: OpenSetup & IncidentWriter,
  {shownPlan: plan, fileMode, redactor}: OpenRun,
  live: Pick<Parameters<typeof incidentPerformer>[0], 'spool' | 'state' | 'record'>,
): ReturnType<typeof incidentPerformer> {
  return incidentPerformer({...live, runDirectory, fileMode, plan, write, redact: text => redactor.text(text)});
}

/** A dry run confirms nothing for the next one. */
function reviewWriterOf(
  {runDirectory, options}: OpenSetup,
  {shownPlan: plan, reviews}: OpenRun,
  store: StoreApi<RunState>,
  tell: (text: string) => void,
): ReviewWriter {
  const {checklist, dryRun, review} = options;
  return openReviewWriter({
    plan,
    reviews,
    runDirectory,
    file: dryRun ? undefined : review,
    checklist,
    state: store.getState,
    tell,
  });
}

function situationOf({plan, bindings, wasClosed}: OpenRun, onlyRollback: boolean): Situation {
  const {countdownMs, auto} = bindings.rollback;
  return {plan, settings: {countdownMs, autoRollback: auto, closeAfterRollback: onlyRollback || wasClosed}};
}

function openTheWorld(
  {options, umask}: OpenSetup,
  given: Pick<WorldOptions, 'bindings' | 'onLink' | 'onLogin' | 'onHosts' | 'wasReached' | 'ask' | 'sent' | 'fence'>,
): World {
  const {directory, dryRun, home, box, failAt, madeDatabase: made} = options;
  // In a box this machine's home is not there, and jobs are kept as on any host.
  const jobsDirectory = box === undefined ? join(home, 'jobs') : undefined;
  const databases = made === undefined ? {} : {[made.name]: {url: made.url, default: true, line: 0}};
  const hosts = box === undefined ? given.bindings.hosts : withoutConfigs(given.bindings.hosts);
  const bindings = {...given.bindings, hosts, databases: {...given.bindings.databases, ...databases}};
  const world = {...given, bindings, ...compact({umask, jobsDirectory}), directory};
  const opened = dryRun ? openDryWorld(world) : openWorld(world);
  return failAt === undefined ? opened : failingAt(opened, failAt);
}

/** A box leads every name to its own hosts; a config for ssh is a file of this machine, and would lead elsewhere. */
function withoutConfigs(hosts: WorldOptions['bindings']['hosts']): WorldOptions['bindings']['hosts'] {
  return Object.fromEntries(Object.entries(hosts).map(([name, {config: _, ...host}]) => [name, host]));
}

/**
 * The time of a run, epoch ms: the machine's, but it never goes back, and never stands still either. Times decide what a
 * rollback has done, when its countdown ends and when a deadline has passed: a machine whose clock is set back must not
 * make what is done look undone, nor put off what is about to happen. `since`: the time of the run's last event.
 */
function startRunClock(since: number): () => number {
  let time = since;
  let lookedAt = performance.now();
  return () => {
    const now = performance.now();
    time = Math.max(time + (now - lookedAt), Date.now());
    lookedAt = now;
    return Math.floor(time);
  };
}
