import {readFileSync} from 'node:fs';
import {hostname} from 'node:os';
import {join} from 'node:path';
import {createStore} from 'zustand/vanilla';
import {openDryWorld} from '../actions/dry-run.ts';
import {openWorld} from '../actions/open-world.ts';
import type {World, WorldOptions} from '../actions/world.ts';
import {createJournal, type Journal, reopenJournal} from '../journal/journal.ts';
import {readJournal} from '../journal/recover.ts';
import {createRedactor, secretsIn} from '../journal/redact.ts';
import {createSpool, type Spool} from '../journal/spool.ts';
import type {Lookup} from '../plan/placeholders.ts';
import type {Console} from '../run/console.ts';
import type {Situation} from '../run/decide.ts';
import type {Event, Intent, Recorded} from '../run/event.ts';
import {evolve, initialState} from '../run/evolve.ts';
import {rollbackHosts} from '../run/evolve-steps.ts';
import {engineLookup} from '../run/lookups.ts';
import {openingEvents} from '../run/opening.ts';
import type {Question} from '../run/question.ts';
import type {RunState} from '../run/state.ts';
import {startClocks} from './clocks.ts';
import {performEffects} from './effects.ts';
import {type Engine, startEngine} from './engine.ts';
import {type Loaded, loadPlan, readIfThere} from './load-plan.ts';
import {openLogSources} from './log-sources.ts';
import type {EngineOptions} from './options.ts';
import {askConsoles, type Questions} from './questions.ts';
import {watchReadiness} from './readiness-watch.ts';
import {redactDeep} from './redact-deep.ts';
import {sha256} from './sha256.ts';
import {takeUp} from './take-up.ts';
import {InvalidRun, whyNotRun} from './why-not-run.ts';

/** How consoles reach the engine; handed in, because the socket is not the engine's business. */
export type Attach = (host: {
  plan: Loaded['plan'];
  state(): RunState;
  sources(): ReturnType<Spool['statuses']>;
  join(console: Console): Promise<void>;
  leave(consoleId: string): void;
  submit(console: Console, intent: Intent): Promise<string | undefined>;
  questions: Questions['open'];
  answerQuestion: Questions['answer'];
}) => Promise<{
  publish(events: readonly Recorded[]): void;
  grown(): void;
  ask(question: Question): void;
  withdraw(questionId: string): void;
  close(): Promise<void>;
}>;

export type EngineSetup = {
  runDirectory: string;
  options: EngineOptions;
  /** Started for nothing but a rollback of a run that is closed. */
  onlyRollback: boolean;
  env: Readonly<Record<string, string | undefined>>;
  attach: Attach;
  /** Called with the final state, before consoles are let go. */
  onClosed(plan: Loaded['plan'], state: RunState, events: readonly Recorded[]): Promise<void>;
};

/** Consoles come at once, or later. */
const GREETING_MS_MAX = 500;
const PRIVATE_FILE = 0o600;
/** Consoles read journal and spool by themselves. */
const GROUP_FILE = 0o640;

/** Runs one run to its end. Resolves after everything it opened is closed again. */
export async function runEngine(setup: EngineSetup): Promise<void> {
  const {runDirectory, options, env, onlyRollback} = setup;
  const {plan, bindings} = loadFrom(runDirectory, options, env);
  const redactor = createRedactor(secretsIn(bindings, env));
  const fileMode = options.group === undefined ? PRIVATE_FILE : GROUP_FILE;
  const recovered = await recover(runDirectory, fileMode);
  const because =
    recovered.events.length > 0 ? undefined : whyNotRun({plan, bindings}, options.choices, options.bindings);
  if (because !== undefined) throw new InvalidRun(because);
  const store = createStore<RunState>(() =>
    recovered.events.reduce((state, event) => evolve(plan, state, event), initialState),
  );
  const spool = createSpool(runDirectory, redactor, {fileMode});
  const situation: Situation = {
    plan,
    settings: {
      countdownMs: bindings.rollback.countdownMs,
      autoRollback: bindings.rollback.auto,
      closeAfterRollback: onlyRollback,
    },
  };
  const questions = askConsoles({
    state: store.getState,
    record: (events, by) => engine.record(events, by),
    hide: secret => redactor.add(secret),
    show: question => attachments?.ask(question),
    withdraw: id => attachments?.withdraw(id),
  });
  const onLink: WorldOptions['onLink'] = link => {
    logs.link(link.host, link.up, link.detail);
    engine.report({type: 'link-reported', ...link});
  };
  const world = openTheWorld(setup, {bindings, onLink, ask: questions.ask});
  const logs = openLogSources(bindings, world, spool);
  const lookup = (): Lookup => engineLookup(bindings, store.getState());
  const readiness = watchReadiness({plan, bindings, world}, lookup, report => engine.report(report));
  const closing = Promise.withResolvers<void>();
  const greeted = Promise.withResolvers<void>();
  setTimeout(greeted.resolve, GREETING_MS_MAX).unref();
  const perform = performEffects({
    plan,
    world,
    spool,
    logs,
    readiness: {...readiness, look: () => void greeted.promise.then(readiness.look)},
    lookup,
    state: store.getState,
    report: report => engine.report(report),
    close: () => closing.resolve(),
    now: Date.now,
  });
  let attachments: Awaited<ReturnType<Attach>> | undefined;
  const engine: Engine = startEngine({
    situation,
    store,
    journal: recovered.journal,
    perform,
    outputLines: () => spool.lines('output'),
    now: Date.now,
    publish: events => attachments?.publish(events),
    ownUid: process.getuid?.(),
    redact: value => redactDeep(value, text => redactor.text(text)),
  });
  if (recovered.events.length === 0) engine.open(openingFacts(setup, plan, bindings.choices));
  // Whoever was attached when the last engine ended has no console here: nobody drives by being remembered.
  for (const consoleId of Object.keys(store.getState().consoles)) engine.leave(consoleId);
  attachments = await setup.attach({
    plan,
    state: store.getState,
    sources: () => spool.statuses(),
    async join(console) {
      await engine.join(console);
      setImmediate(greeted.resolve);
    },
    leave: engine.leave,
    submit: engine.submit,
    questions: questions.open,
    answerQuestion: questions.answer,
  });
  store.subscribe((state, before) => {
    if (before.deployStartedAt === undefined && state.deployStartedAt !== undefined) logs.mark();
    if (state.driver !== null && state.driver !== before.driver) {
      world.askAgain();
      readiness.look();
    }
  });
  // Who opened the run sees it first: reaching out to hosts loads and does much at once.
  await greeted.promise;
  const stopClocks = startClocks({engine, spool, bindings, world, lookup, grown: () => attachments?.grown()});
  world.reserve(rollbackHosts(plan));
  takeUp(plan, store.getState(), perform, engine.report);
  readiness.look();

  await Promise.race([closing.promise, engine.finished]);
  stopClocks();
  readiness.stop();
  logs.close();
  spool.flush();
  await setup.onClosed(plan, store.getState(), (await readJournal(runDirectory)).events);
  engine.stop();
  await attachments.close();
  await world.close();
  spool.close();
  await recovered.journal.close();
}

function loadFrom(runDirectory: string, options: EngineOptions, env: EngineSetup['env']): Loaded {
  const text = readIfThere(join(runDirectory, 'bindings.yaml'));
  return loadPlan({
    checklist: readFileSync(join(runDirectory, 'checklist.md')),
    ...(text === undefined ? {} : {bindings: {text, file: options.bindings ?? 'bindings.yaml'}}),
    values: options.values,
    env,
  });
}

async function recover(
  runDirectory: string,
  fileMode: number,
): Promise<{events: readonly Recorded[]; journal: Journal}> {
  if (readIfThere(join(runDirectory, 'journal.ndjson')) === undefined) {
    return {events: [], journal: await createJournal(runDirectory, fileMode)};
  }
  const {events, last} = await readJournal(runDirectory);
  return {events, journal: await reopenJournal(runDirectory, last)};
}

function openTheWorld({options}: EngineSetup, means: Pick<WorldOptions, 'bindings' | 'onLink' | 'ask'>): World {
  const {directory, dryRun, home} = options;
  const world = {...means, directory, jobsDirectory: join(home, 'jobs')};
  return dryRun ? openDryWorld(world) : openWorld(world);
}

function openingFacts(
  {options}: EngineSetup,
  plan: Loaded['plan'],
  bound: Readonly<Record<string, string>>,
): readonly Event[] {
  const {runId, checklist, bindings, user, auto, yes, watch, dryRun, unattended, group, approvers} = options;
  const opened = {
    type: 'run-opened',
    runId,
    title: plan.title,
    checklist,
    ...(bindings === undefined ? {} : {bindings}),
    checklistSha256: sha256(plan.source.join('\n')),
    user,
    host: hostname(),
    auto,
    yes,
    watch,
    dryRun,
    unattended,
    ...(group === undefined ? {} : {group}),
    ...(approvers === undefined ? {} : {approvers}),
    version: 1,
  } as const;
  return openingEvents(plan, opened, [...options.choices, ...Object.entries(bound)]);
}
