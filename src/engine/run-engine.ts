import {join} from 'node:path';
import v8 from 'node:v8';
import {createStore} from 'zustand/vanilla';
import {openDryWorld} from '../actions/dry-run.ts';
import {openWorld} from '../actions/open-world.ts';
import type {World, WorldOptions} from '../actions/world.ts';
import {foldJournal} from '../journal/recover.ts';
import {createRedactor, secretsIn} from '../journal/secrets/redact.ts';
import {openSentLedger} from '../journal/secrets/sent-requests.ts';
import {createSpool, type Spool} from '../journal/spool/spool.ts';
import {findPlaceholders, type Lookup} from '../plan/script.ts';
import {engineLookup} from '../run/binding/lookups.ts';
import type {Console} from '../run/console.ts';
import type {Situation} from '../run/decide.ts';
import type {Intent, Recorded, Report} from '../run/event.ts';
import {evolve, initialState} from '../run/evolve.ts';
import {rollbackHosts} from '../run/evolve-steps.ts';
import type {Question} from '../run/question.ts';
import {withRollbackNow} from '../run/rollback/rollback-choice.ts';
import type {RunState} from '../run/state.ts';
import {isForRecord} from '../run/timeline.ts';
import {startClocks} from './clocks.ts';
import {performEffects} from './effects.ts';
import {type Engine, startEngine} from './engine.ts';
import {forgetJobs} from './forget-jobs.ts';
import {openLogLedger} from './log-ledger.ts';
import {openLogSources} from './log-sources.ts';
import {onceWatching} from './once-watching.ts';
import type {Loaded} from './opening/load-plan.ts';
import {openingFacts, otherText} from './opening/opening-facts.ts';
import type {EngineOptions} from './opening/options.ts';
import {recoverRun} from './opening/recovered.ts';
import {hideSecrets, keptBindings, readSources} from './opening/run-sources.ts';
import {takeUp} from './opening/take-up.ts';
import {InvalidRun, whyNotRun} from './opening/why-not-run.ts';
import {askConsoles, type Questions} from './questions.ts';
import {watchReadiness} from './readiness-watch.ts';
import {redactDeep} from './redact-deep.ts';
import {startRunClock} from './run-clock.ts';

/** How consoles reach the engine; handed in, because the socket is not the engine's business. */
export type Attach = (host: {
  plan: Loaded['plan'];
  state(): RunState;
  sources(): ReturnType<Spool['statuses']>;
  trouble(): string | undefined;
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
  trouble(text: string | undefined): void;
  close(): Promise<void>;
}>;

export type EngineSetup = {
  runDirectory: string;
  options: EngineOptions;
  /** Started for nothing but a rollback of a run that is closed. */
  onlyRollback: boolean;
  /** A person has seen that the journal is damaged, and goes on with what holds of it. */
  acceptDamage?: boolean;
  /** Given again for a run that is taken up, because they are not kept. */
  secretValues?: Readonly<Record<string, string>>;
  env: Readonly<Record<string, string | undefined>>;
  attach: Attach;
  /** Called with the final state, before consoles are let go. */
  onClosed(plan: Loaded['plan'], state: RunState, events: readonly Recorded[]): Promise<void>;
};

/** Consoles come at once, or later. */
/** Nobody would see through what began now. */
const CLOSED = 'the run has just been closed; `tminus rollback` still rolls it back';
const GREETING_MS_MAX = 500;
const PRIVATE_FILE = 0o600;
/** Consoles read journal and spool by themselves. */
const GROUP_FILE = 0o640;

/** Runs one run to its end. Resolves after everything it opened is closed again. */
export async function runEngine(setup: EngineSetup): Promise<void> {
  const {runDirectory, options, env, onlyRollback} = setup;
  const sources = readSources(runDirectory, options, env, setup.secretValues);
  const {plan, bindings} = sources;
  const redactor = createRedactor(secretsIn(bindings, env));
  const fileMode = options.group === undefined ? PRIVATE_FILE : GROUP_FILE;
  let state = initialState;
  const before: Recorded[] = [];
  const recovering = {fileMode, acceptDamage: setup.acceptDamage === true};
  const recovered = await recoverRun(runDirectory, recovering, event => {
    state = evolve(plan, state, event);
    if (event.type === 'run-opened' || event.type === 'run-closed') before.push(event);
  });
  const {isNew} = recovered;
  if (isNew) hideSecrets(runDirectory, options, {bindings, env});
  const because = isNew
    ? whyNotRun({plan, bindings}, options)
    : (sources.wanting ?? otherText(before, sources, runDirectory));
  if (because !== undefined) throw new InvalidRun(because);
  const store = createStore<RunState>(() => state);
  const now = startRunClock(store.getState().lastAt);
  const spool = createSpool(runDirectory, redactor, {fileMode, now});
  const situation: Situation = {
    plan,
    settings: {
      countdownMs: bindings.rollback.countdownMs,
      autoRollback: bindings.rollback.auto,
      closeAfterRollback: onlyRollback || before.some(({type}) => type === 'run-closed'),
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
  const world = openTheWorld(setup, {
    bindings,
    onLink,
    ask: questions.ask,
    sent: openSentLedger(runDirectory, redactor),
  });
  const logs = openLogSources(bindings, world, spool, openLogLedger(runDirectory));
  const lookup = (): Lookup => engineLookup(bindings, store.getState());
  const planNow = () => withRollbackNow(plan, store.getState());
  const readiness = watchReadiness({plan, bindings, world, now, planNow}, lookup, report => engine.report(report));
  let isClosing = false;
  const closing = Promise.withResolvers<void>();
  const greeted = Promise.withResolvers<void>();
  setTimeout(greeted.resolve, GREETING_MS_MAX).unref();
  const redact = <T>(value: T): T => redactor.data(value);
  // What the document itself says is shown as it stands, but for the secrets that the bindings name.
  const shownPlan = redactDeep(plan, text => redactor.text(text));
  // Before it is decided about: what is cut short later must not be cut in the middle of a secret.
  const report = (one: Report) => engine.report(one.type === 'step-reported' ? redact(one) : one);
  const performer = performEffects({
    plan,
    world,
    spool,
    logs,
    readiness: {...readiness, look: () => void greeted.promise.then(readiness.look)},
    lookup,
    redact,
    state: store.getState,
    report,
    close() {
      isClosing = true;
      closing.resolve();
    },
    now,
  });
  let reachesOut = false;
  let trouble: string | undefined;
  let attachments: Awaited<ReturnType<Attach>> | undefined;
  const engine: Engine = startEngine({
    situation,
    store,
    journal: recovered.journal,
    perform: performer.perform,
    outputLines: () => spool.lines('output'),
    now,
    publish: events => attachments?.publish(events),
    ownUid: process.getuid?.(),
    redact,
    showTrouble(text) {
      trouble = text;
      attachments?.trouble(text);
    },
  });
  if (isNew) engine.open(openingFacts(options, {...sources, ...keptBindings(runDirectory)}));
  // Whoever was attached when the last engine ended has no console here: nobody drives by being remembered.
  for (const consoleId of Object.keys(store.getState().consoles)) engine.leave(consoleId);
  if (!isNew) {
    const {countdownMs} = situation.settings;
    const left = {plan, state: store.getState(), spool, performer, countdownMs, now: now()};
    const said = recovered.said(onlyRollback ? 'rolling-back' : left.state.phase);
    engine.open([...said, ...takeUp(left, report)]);
  }
  attachments = await setup.attach({
    plan: shownPlan,
    trouble: () => trouble,
    state: store.getState,
    sources: () => spool.statuses(),
    async join(console) {
      await engine.join(console);
      setImmediate(greeted.resolve);
    },
    leave: engine.leave,
    submit: (console, intent) => (isClosing ? Promise.resolve(CLOSED) : engine.submit(console, intent)),
    questions: questions.open,
    answerQuestion: questions.answer,
  });
  store.subscribe((state, before) => {
    if (before.deployStartedAt === undefined && state.deployStartedAt !== undefined) logs.mark();
    if (reachesOut && state.driver !== null && state.driver !== before.driver) {
      world.askAgain();
      readiness.look();
    }
  });
  // A watch takes days: from then on memory counts for more than speed.
  onceWatching(store, () => v8.setFlagsFromString('--optimize-for-size'));
  // Who opened the run sees it first: reaching out to hosts loads and does much at once.
  await greeted.promise;
  reachesOut = true;
  const stopClocks = startClocks({now, engine, spool, bindings, world, lookup, grown: () => attachments?.grown()});
  world.reserve(rollbackHosts(plan).filter(host => host in bindings.hosts || findPlaceholders(host).length === 0));
  readiness.look();

  await Promise.race([closing.promise, engine.finished]);
  stopClocks();
  readiness.stop();
  logs.close();
  spool.flush();
  // A rollback goes on without its record, but the run is not over before that is on disk.
  await recovered.journal.caughtUp();
  const events: Recorded[] = [];
  await foldJournal(runDirectory, event => {
    if (isForRecord(event)) events.push(event);
  });
  await setup.onClosed(shownPlan, store.getState(), events);
  engine.stop();
  await forgetJobs(plan, store.getState(), world);
  await attachments.close();
  await world.close();
  spool.close();
  await recovered.journal.close();
}

function openTheWorld(
  {options}: EngineSetup,
  means: Pick<WorldOptions, 'bindings' | 'onLink' | 'ask' | 'sent'>,
): World {
  const {directory, dryRun, home} = options;
  const world = {...means, directory, jobsDirectory: join(home, 'jobs')};
  return dryRun ? openDryWorld(world) : openWorld(world);
}
