/** Opens a run: what it was opened with, its journal, and the state that the journal ends in. */
import {existsSync} from 'node:fs';
import {join} from 'node:path';
import {createJournal, type Journal, reopenJournal} from '../../journal/journal.ts';
import {foldJournal, JOURNAL_FILE} from '../../journal/read-journal.ts';
import {createRedactor, type Redactor} from '../../journal/secrets/redact.ts';
import {secretsIn} from '../../journal/secrets/secrets.ts';
import type {Bindings, Plan} from '../../plan/plan.ts';
import type {Event, Phase, Recorded} from '../../run/event.ts';
import {evolve, initialState} from '../../run/evolve.ts';
import type {RunState} from '../../run/state.ts';
import {compact} from '../../text/compact.ts';
import type {Notifier} from '../notifier.ts';
import {otherText} from './opening-facts.ts';
import type {EngineOptions} from './options.ts';
import type {PlanCache} from './plan-cache.ts';
import {hideSecrets, type RunSources, readSources} from './run-sources.ts';
import {InvalidRun, UnequippedRun, whyNotOnGroups, whyNotRun} from './why-not-run.ts';

export type OpenSetup = {
  runDirectory: string;
  options: EngineOptions;
  /** Started for nothing but a rollback of a run that is closed. */
  onlyRollback: boolean;
  /** A person has seen that the journal is damaged, and goes on with what holds of it. */
  acceptDamage?: boolean;
  /** Given again for a run that is taken up, because they are not kept. */
  secretValues?: Readonly<Record<string, string>>;
  /** With which local commands make files; this process's own unless said otherwise. */
  umask?: number;
  env: Readonly<Record<string, string | undefined>>;
  /** Where plans that were read are kept, if anywhere. */
  cache?: PlanCache | undefined;
};

export type OpenRun = RunSources & {
  redactor: Redactor;
  /** The plan for consoles and the record: as the document has it, without the secrets that the bindings name. */
  shownPlan: Plan;
  /** The mode of those files of the run that consoles read by themselves. */
  fileMode: number;
  journal: Journal;
  isNew: boolean;
  /** What has to be put on record about the journal itself, given the phase that it ends in. */
  aboutJournal(phase: Phase): readonly Event[];
  /** As the journal leaves it. */
  state: RunState;
  /** It was closed before, and is opened again. */
  wasClosed: boolean;
  /** Keeps what was read, so that the next run of the document need not read it: called when nobody waits. */
  keepPlan(): void;
  /** Knows what an earlier engine of the run did not tell any more; absent where nobody is to be told anything. */
  notifier?: Notifier;
};

const PRIVATE_FILE = 0o600;
/** Consoles read journal and spool by themselves. */
const GROUP_FILE = 0o640;

/** Throws `InvalidRun` when there is nothing that could be run, or when the journal is damaged and nobody accepts it. */
export async function openRun(setup: OpenSetup): Promise<OpenRun> {
  const {runDirectory, options, env} = setup;
  const {secretValues: values = {}, cache} = setup;
  const {isRecalled, keep, ...read} = await readSources(runDirectory, options, env, {values, cache});
  const sources = {...read, plan: withBoxHosts(read.plan, options.boxHosts ?? {})};
  const {plan, bindings} = sources;
  const redactor = createRedactor(secretsIn(bindings, env));
  const fileMode = options.group === undefined ? PRIVATE_FILE : GROUP_FILE;
  let state = initialState;
  const opening: Recorded[] = [];
  const shownPlan = redactor.plain(plan);
  const notifier = await notifierOf(shownPlan, bindings, options, redactor);
  const reading = {fileMode, acceptDamage: setup.acceptDamage === true};
  const recovered = await recoverJournal(runDirectory, reading, event => {
    state = evolve(plan, state, event);
    notifier?.recall(event, state);
    if (event.type === 'run-opened' || event.type === 'run-closed') opening.push(event);
  });
  // What was kept holds no secret, and is made of the same texts.
  const isSecret = recovered.isNew && !isRecalled && (await hideSecrets(runDirectory, options, {bindings, env}));
  const because = recovered.isNew
    ? whyNotRun(sources, options)
    : (sources.wanting ?? otherText(opening, sources, runDirectory));
  if (because !== undefined) throw new InvalidRun(because);
  const unequipped = recovered.isNew && !options.dryRun ? await whyNotOnGroups(bindings) : undefined;
  if (unequipped !== undefined) throw new UnequippedRun(unequipped);
  const wasClosed = opening.some(({type}) => type === 'run-closed');
  const keepPlan = recovered.isNew && !isSecret ? keep : () => {};
  return {...sources, ...recovered, redactor, shownPlan, fileMode, state, wasClosed, keepPlan, ...compact({notifier})};
}

/** Most runs tell nobody, and load nothing for it. A dry run tells nobody either. */
async function notifierOf(
  plan: Plan,
  {notify}: Bindings,
  {dryRun, box}: EngineOptions,
  redactor: Redactor,
): Promise<Notifier | undefined> {
  if (notify === undefined || notify.length === 0 || dryRun || box !== undefined) return undefined;
  const {createNotifier} = await import('../notifier.ts');
  return createNotifier(plan, notify, text => redactor.text(text));
}

type Reading = {fileMode: number; acceptDamage: boolean};
type RecoveredJournal = Pick<OpenRun, 'isNew' | 'journal' | 'aboutJournal'>;

/** Opens the journal of a run and hands over what is in it, or begins it. */
async function recoverJournal(
  runDirectory: string,
  {fileMode, acceptDamage}: Reading,
  take: (event: Recorded) => void,
): Promise<RecoveredJournal> {
  if (!existsSync(join(runDirectory, JOURNAL_FILE))) {
    return {isNew: true, journal: await createJournal(runDirectory, fileMode), aboutJournal: () => []};
  }
  const {last, problem, tornAt} = await foldJournal(runDirectory, take);
  if (problem !== undefined && !acceptDamage) {
    throw new InvalidRun(`${join(runDirectory, JOURNAL_FILE)}: ${problem}`);
  }
  const journal = await reopenJournal(runDirectory, last);
  const isNew = last.seq === 0;
  if (problem !== undefined) return {isNew, journal, aboutJournal: phase => damaged(problem, last.seq, phase)};
  return {isNew, journal, aboutJournal: () => (tornAt === undefined ? [] : [{type: 'note-added', text: TORN}])};
}

const TORN = 'the last line of the journal was never finished and was dropped: nothing had been done because of it';

/**
 * Commands find their jobs on the hosts again; what else was done after that event is known to no one, so a deploy is
 * held for a person to look. A rollback goes on.
 */
function damaged(problem: string, seq: number, phase: Phase): readonly Event[] {
  const because = 'the journal was damaged: look at what has been done before going on';
  const text = `the journal was damaged (${problem}): gone on from event ${seq}, the rest was set aside`;
  const note = {type: 'note-added', text} as const;
  if (phase !== 'ready' && phase !== 'running' && phase !== 'watching') return [note];
  return [note, {type: 'run-on-switched', on: false, because}, {type: 'phase-changed', phase: 'held', because}];
}

/**
 * The plan with the destinations of those hosts, by the host as the document writes it. The reading that was confirmed is
 * another thing: it is made of the plan as the bindings leave it.
 */
function withBoxHosts(plan: Plan, destinations: Readonly<Record<string, string>>): Plan {
  if (Object.keys(destinations).length === 0) return plan;
  return {...plan, steps: placed(plan.steps, destinations), ...rollbacksOf(plan, destinations)};
}

function rollbacksOf({rollback, rollbacks}: Plan, destinations: Readonly<Record<string, string>>): Partial<Plan> {
  return {
    rollback: placed(rollback, destinations),
    ...(rollbacks === undefined ? {} : {rollbacks: placed(rollbacks, destinations)}),
  };
}

/** Places stand at any depth of an action. */
function placed<T>(value: T, destinations: Readonly<Record<string, string>>): T {
  if (Array.isArray(value)) return value.map(one => placed(one, destinations)) as T;
  if (value === null || typeof value !== 'object') return value;
  const copy: Record<string, unknown> = {};
  for (const [key, own] of Object.entries(value)) copy[key] = placed(own, destinations);
  const {kind, host} = copy;
  if (kind === 'host' && typeof host === 'string' && copy['destination'] === host) {
    copy['destination'] = destinations[host] ?? host;
  }
  return copy as T;
}
