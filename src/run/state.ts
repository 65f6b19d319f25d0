/** Everything that is known about a run, as plain data. */
import type {ReviewState} from '../plan/doubt.ts';
import type {Rule} from '../plan/plan.ts';
import type {Console} from './console.ts';
import type {ApprovableIntent, Event, Phase, ReadinessItem, RunSettings, RunStatus} from './event.ts';
import type {GroupState} from './events/group-events.ts';
import type {Incident} from './events/incident-events.ts';
import type {LeaseState, RunTakenOver} from './events/ledger-events.ts';
import type {LinkState} from './events/link-events.ts';
import type {HandOver, SignOff} from './events/people-events.ts';
import type {Evidence} from './evidence/evidence.ts';
import type {UsualTimes} from './history/usual-text.ts';
import type {Assessment, HostOutcome, HostVerdict, Outcome, Sample, Verdict} from './outcome.ts';
import type {RecordedQuestion} from './question.ts';
import type {FinishedRollback, RollbackState} from './rollback-state.ts';

export type {FinishedRollback, RollbackState} from './rollback-state.ts';

/** Everything known about a run: a fold of its events. Plain JSON data, never mutated. */
export type RunState = {
  /** Sequence number of the last event folded in; 0 before the first. */
  seq: number;
  run: RunSettings & {id: string; openedAt: number};
  /** Time of the last event: the run's own clock. */
  lastAt: number;
  phase: Phase;
  phaseBecause: string;
  /** A person has ended the run and called it aborted. */
  aborting?: true;
  /** When the first step of a deploy section started: T+0. */
  deployStartedAt?: number;
  deployEndedAt?: number;
  /** On the mission clock: until here the ends of the times to watch are on record. */
  windowsEndedMs?: number;
  /** When the new version was in place: the first deploy step on a host of the rollback has ended, or verifying began. */
  newVersionAt?: number;
  /** `a`: goes on by itself until something needs a person or fails. */
  runningOn: boolean;
  /** What people have confirmed of the reading, before the run or in it. */
  review?: ReviewState;
  /** Why it stopped running on: what needs a person. */
  runOnBecause: string;
  steps: Readonly<Record<string, StepState>>;
  /** For steps that are repeated: when each failed last, also when it has passed since. */
  repeatsFailed?: Readonly<Record<string, {at: number; because: string}>>;
  choices: Readonly<Record<string, {armId: string; because: string; by: string; at: number}>>;
  /** Keyed by blank id. */
  blanks: Readonly<Record<string, {value: string; by: string; at: number; computed: boolean}>>;
  /** Captured values by name: `YYYYMMDD`. */
  captures: Readonly<Record<string, {value: string; on: string}>>;
  /** Where each context's shell stands. */
  contexts: Readonly<Record<string, {directory?: string; exports: Readonly<Record<string, string>>}>>;
  signals: Readonly<Record<string, Signal>>;
  /** Signals whose source a step of the document has restarted, until they answer well again. */
  settling?: Readonly<Record<string, Settling>>;
  /** The outages of such restarts that are over, oldest first: what was sampled in them is judged by no rule. */
  downtimes?: readonly Downtime[];
  rules: Readonly<Record<string, RuleState>>;
  /** Rules that tripped and have not been dismissed, newest last. */
  tripped: readonly {ruleId: string; at: number; evidence: string; value?: number}[];
  /** False alarms, oldest first. `value`: what it fired on, in the rule's unit. */
  dismissals?: readonly {ruleId: string; at: number; by: string; reason: string; evidence: string; value?: number}[];
  /** After a rollback: what must be as it was before the deploy. Judged like the plan's own rules. */
  afterRollback?: readonly Rule[];
  /** `seen`: commits, links and sizes there, by the id of the fact. */
  readiness: {
    at: number;
    oldestAt?: number;
    ready: boolean;
    items: readonly ReadinessItem[];
    link: {up: boolean; detail: string};
    seen?: Readonly<Record<string, string>>;
  } | null;
  /** The same as they were before the deploy, or when the document made them; `at`: when that was seen. */
  before?: Readonly<Record<string, {value: string; at: number}>>;
  /** What people decide by, under the key of its question; `at`: when the look began. */
  evidence?: Readonly<Record<string, Evidence & {at: number}>>;
  /** How long earlier runs took; absent while nobody has looked, and where there are none. */
  history?: UsualTimes;
  incident?: Incident;
  rollback: RollbackState;
  /** Oldest first: those that failed and were tried again, and those after which the run deployed again. */
  earlierRollbacks?: readonly FinishedRollback[];
  links: Readonly<Record<string, LinkState>>;
  /** While the team's ledger has not got the whole journal: the last event that it has. */
  ledgerBehind?: {copied: number; because: string; since: number};
  /** Absent where no ledger is set. */
  lease?: LeaseState;
  /** The last time that another machine went on with it, and what was under way then. */
  takenOver?: Pick<RunTakenOver, 'from' | 'after' | 'unknown'> & {inFlight: readonly Attempt[]};
  /** By the name in the bindings; absent until somebody has looked, and where there are none. */
  groups?: Readonly<Record<string, GroupState>>;
  notes: readonly {text: string; at: number; by: string; stepId?: string}[];
  complaints: readonly {at: number; by: string; text?: string; ruleId?: string}[];
  consoles: Readonly<Record<string, Console>>;
  /**
   * Somebody has attached: before that a run does not go on by itself, because it could be over before anybody saw it.
   */
  joined: boolean;
  /** Reasons given for going on past the gate, with red readiness, or without the lease (until it is there again). */
  overrides: {gate?: string; readiness?: string; lease?: string};
  /** Console id of the person whose keys change the world. */
  driver: string | null;
  /** What waits for a second person. */
  approval: PendingApproval | null;
  /** What happened, for the incident layout: at most the last 500, samples left out. */
  timeline: readonly {
    at: number;
    by: string;
    text: string;
    tone: 'plain' | 'good' | 'bad' | 'warn';
    /** What kind of event it tells, for marks on a time axis. */
    type?: Event['type'];
  }[];
  /** What hosts ask, and nobody has answered yet; the oldest first. */
  openQuestions?: readonly RecordedQuestion[];
  /** The newest one. */
  handOver?: HandOver;
  signOff?: SignOff;
  closed: {status: RunStatus; exitCode: number; because: string; at: number} | null;
};

/**
 * `since`: when it came to this kind of standing. `dismissed`: why its alarm was a false one, until it has recovered.
 * `tripped`: when it first did, kept when it recovers; in its unit.
 */
export type RuleState = Assessment & {
  since: number;
  dismissed?: string;
  tripped?: {at: number; because: string; value?: number};
};

/**
 * Times are epoch ms. `since`: the step started, or the last answers before its restart were good. `until`: from then on
 * what was sampled is judged after all. `good`: good answers in a row, from `goodFrom` on. `n`: samples in all.
 * `outFrom`: the first bad answer; absent while there was none. `running`: the step still is.
 */
export type Settling = {
  stepId: string;
  since: number;
  until: number;
  good: number;
  goodFrom?: number;
  n: number;
  outFrom?: number;
  running: boolean;
};

/** Samples from `from` on and before `to` are not judged: `n` of them. The first bad answer came at `outFrom`. */
export type Downtime = {signal: string; stepId: string; from: number; outFrom: number; to: number; n: number};

export type PendingApproval = {
  id: string;
  stepId: string;
  intent: ApprovableIntent;
  consoleId: string;
  askedBy: string;
  /** Why one person is not enough. */
  because: string;
  at: number;
};

/** Newest last; bounded. `baseline`: samples before the deploy, kept apart. */
export type Signal = {
  samples: readonly Sample[];
  baseline: readonly Sample[];
  /** The whole run, coarsely: what `samples` has forgotten is still in here. */
  history?: readonly Bucket[];
  lastAt: number;
  /** The time of the newest sample that has a value. */
  lastValueAt?: number;
  /** The newest sample's error; `failingSince` is the first of its kind in a row. Epoch ms. */
  failing?: string;
  failingSince?: number;
  /** Why it cannot be measured just now. */
  unasked?: string;
};

/** Samples of one stretch of time from `at` on. The figures are absent when none of them has a value. */
export type Bucket = {
  at: number;
  n: number;
  errors: number;
  min?: number;
  max?: number;
  mean?: number;
  last?: number;
};

export type Attempt = {stepId: string; attempt: number};

export type StepState =
  /** `attempt`, `earlier`: of a group, on the batches before. */
  | {status: 'pending'; attempt?: number; earlier?: Earlier}
  | {
      status: 'running';
      attempt: number;
      startedAt: number;
      by: string;
      on?: string;
      commands?: readonly string[];
      outputFrom?: number;
      cancelling?: boolean;
      /** It has not begun: it waits for the link to this host. */
      awaitsLink?: string;
      /** For a group: the hosts that the attempt before has settled, or that nobody heard of. */
      before?: readonly HostOutcome[];
      /** For a group: on which hosts this attempt runs, and how many of its batch were left out; absent: on all. */
      hosts?: readonly string[];
      leftOut?: number;
      /** Where it has ended already. */
      ended?: readonly HostVerdict[];
      earlier?: Earlier;
    }
  /** A person must act: say what is still needed. */
  | {
      status: 'waiting';
      since: number;
      for: string;
      attempt?: number;
      outputFrom?: number;
      outputTo?: number;
      outcome?: Outcome;
      verdict?: Verdict;
      earlier?: Earlier;
    }
  | (Finished & {status: 'passed'; note?: string; reason?: string; presumed?: boolean})
  | (Finished & {status: 'failed' | 'cancelled' | 'unknown'; verdict: Verdict})
  | {status: 'skipped'; at: number; by: string; reason: string}
  | {status: 'not-applicable'; because: string};

/** `outcome` is absent when a person ticked it. */
export type Finished = {
  attempt: number;
  startedAt?: number;
  at: number;
  by: string;
  outcome?: Outcome;
  verdict?: Verdict;
  outputFrom?: number;
  outputTo?: number;
  earlier?: Earlier;
};

/** How it went on the hosts of the batches before. */
type Earlier = readonly HostVerdict[];

export const SAMPLES_KEPT_MAX = 2000;
export const TIMELINE_MAX = 500;
