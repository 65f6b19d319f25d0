/** Everything that may be said of a run, as closed unions: events, intents, reports of the world, effects to perform. */
import type {Use} from '../plan/doubt.ts';
import type {Console} from './console.ts';
import type {OfPeople} from './events/event-groups.ts';
import type {GroupEvent, HostsEnded, HostsListed} from './events/group-events.ts';
import type {IncidentEffect, IncidentEvent, IncidentIntent} from './events/incident-events.ts';
import type {LedgerEvent} from './events/ledger-events.ts';
import type {LinkEvent, LinkSeen} from './events/link-events.ts';
import type {PeopleEvent, PeopleIntent} from './events/people-events.ts';
import type {ReviewEvent} from './events/review-events.ts';
import type {ReadinessChanged, ReadinessReported, RollbackFinished} from './events/rollback-events.ts';
import type {StepAwaitsLink, StepStarted} from './events/step-events.ts';
import type {NoticeSent, WindowEnded} from './events/watch-events.ts';
import type {EvidenceQuestion, EvidenceReported, EvidenceSeen} from './evidence/evidence.ts';
import type {HistoryRead} from './history/usual-text.ts';
import type {Assessment, Outcome, Sample, Verdict} from './outcome.ts';
import type {RecordedQuestion} from './question.ts';

export type {Reviewed} from './events/review-events.ts';
export type {ReadinessItem, RollbackResult, RollbackVerdict} from './events/rollback-events.ts';
export type {Overrides} from './events/step-events.ts';

export type Phase =
  | 'ready'
  | 'running'
  | 'held'
  | 'stopping'
  | 'rolling-back'
  | 'rolled-back'
  | 'rollback-failed'
  | 'watching'
  | 'closed';

export type RunStatus = 'succeeded' | 'failed' | 'rolled-back' | 'rollback-failed' | 'aborted' | 'refused' | 'unknown';

/** An intent that a second person must agree to. */
export type ApprovableIntent = Extract<Intent, {type: 'run-step' | 'tick'}>;

/** What a run was opened with, for as long as it lasts. */
export type RunSettings = {
  title: string;
  checklist: string;
  bindings?: string;
  user: string;
  host: string;
  auto: boolean;
  /** Step ids, or `all`: manual steps that tick themselves. */
  yes: readonly string[];
  /** `none`, `all` or milliseconds to go on watching after the last step. */
  watch: 'none' | 'all' | number;
  dryRun: boolean;
  /** Against a target in a box: nothing that people use is touched. */
  rehearsal?: true;
  /** For a rehearsal in a box: the programs of the document, and what becomes of them there. */
  box?: {programs: readonly {name: string; how: 'real' | 'played' | 'unknown'; lines: readonly number[]}[]};
  /** No person can press a key: what needs one, or fails, ends the run. */
  unattended: boolean;
  /** Absolute path in which local commands start. Absent in older runs. */
  directory?: string;
  /** Unix group whose members may attach. */
  group?: string;
  /** Marked steps, and going on with red readiness, need the consent of a second account. */
  approvers?: 2;
  /** Nothing that no person has confirmed runs by itself. Absent in runs that were opened before there was a review. */
  gated?: true;
};

/** Events, past tense. These names are in journals: they are never renamed. */
export type Event =
  | ({
      type: 'run-opened';
      runId: string;
      checklistSha256: string;
      /** The digest of the copy in the run directory, where secrets are replaced. */
      bindingsSha256?: string;
      version: 1;
    } & RunSettings)
  /** `abort`: a person ends the run and does not let it count as done. */
  | {type: 'phase-changed'; phase: Phase; because: string; abort?: true}
  | StepStarted
  | StepAwaitsLink
  /** A person asks for its end; `step-finished` tells how it did. */
  | {type: 'step-cancelling'; stepId: string; attempt: number}
  | {type: 'step-finished'; stepId: string; attempt: number; outcome: Outcome; verdict: Verdict; outputTo?: number}
  /** By a person (or `--yes`); with `reason` it was marked done although it had not passed. */
  | {type: 'step-ticked'; stepId: string; note?: string; reason?: string; presumed?: boolean; askedBy?: string}
  | {type: 'step-skipped'; stepId: string; reason: string}
  | {type: 'input-filled'; stepId: string; blankId: string; value: string; computed?: boolean}
  | {type: 'choice-made'; choiceId: string; armId: string; because: string}
  | {type: 'value-captured'; name: string; value: string; on: string}
  | {type: 'sample-taken'; samples: readonly Sample[]}
  | {type: 'rule-changed'; ruleId: string; assessment: Assessment}
  /** `value`: what it fired on, in the rule's unit. */
  | {type: 'trigger-fired'; ruleId: string; evidence: string; samples: readonly Sample[]; value?: number}
  /** A person says the trigger was a false alarm. */
  | {type: 'trigger-dismissed'; ruleId: string; reason: string}
  | ReadinessChanged
  /** Looked again, and all is as `readiness-changed` said last. */
  | {type: 'readiness-confirmed'; asOf?: number; oldestAt?: number}
  /** What a person decides by; nothing follows from it by itself. */
  | EvidenceSeen
  | {type: 'rollback-requested'; because: string; startsAt: number; force?: string; anew?: true}
  | RollbackFinished
  | {type: 'note-added'; text: string; stepId?: string}
  | {type: 'complaint-counted'; text?: string; ruleId?: string}
  | {type: 'console-joined'; console: Console}
  | {type: 'console-left'; consoleId: string; name?: string}
  /** `to`: console id; `name`: who sits there; `because`: from whom it came. */
  | {type: 'baton-passed'; to: string | null; name?: string; because?: string}
  | {
      type: 'approval-asked';
      id: string;
      stepId: string;
      intent: ApprovableIntent;
      consoleId: string;
      askedBy: string;
      because: string;
    }
  | {type: 'approval-given'; id: string; stepId: string; askedBy: string}
  | {type: 'approval-withdrawn'; id: string; stepId: string}
  /** A person is asked for what only a person knows. The answer is written nowhere. */
  | ({type: 'question-asked'} & RecordedQuestion)
  /** By who answered; without an answer `because` says why there is none. */
  | ({type: 'question-closed'; answered: boolean; because?: string} & RecordedQuestion)
  | ReviewEvent
  | NoticeSent
  | LedgerEvent
  | GroupEvent
  | HistoryRead
  | WindowEnded
  | IncidentEvent
  | PeopleEvent
  | LinkEvent
  /** `a`: the run goes on by itself, or waits for keys again. */
  | {type: 'run-on-switched'; on: boolean; because: string}
  | {type: 'run-closed'; status: RunStatus; exitCode: number; because: string};

/**
 * An event as it stands in the journal and on every stream. `at`: epoch ms. `by`: `engine`, `rule:ID`, or the person:
 * the account (`ana`), with the display name before it when that is another (`ana (root)`).
 */
export type Recorded = Event & {seq: number; at: number; by: string};

/** What people say, and who of them is there, drives and is asked to agree. */
export type RecordedOfPeople = Extract<Recorded, {type: OfPeople}>;

/** What they hand over and sign. */
export type RecordedHandOverOrSignOff = Extract<Recorded, {type: PeopleEvent['type']}>;

/** What people confirm of the reading. */
export type RecordedOfReview = Extract<Recorded, {type: ReviewEvent['type']}>;

/** What a person (or a flag) asks for. */
export type Intent =
  /** `assumed`: the console has shown that the step is not confirmed, and what was assumed. */
  | {type: 'run-step'; stepId: string; override?: string; assumed?: true}
  | {type: 'run-on'; on: boolean}
  | {type: 'tick'; stepId: string; note?: string; reason?: string}
  | {type: 'cancel'; stepId: string}
  | {type: 'skip'; stepId: string; reason: string}
  | {type: 'fill'; stepId: string; blankId: string; value: string}
  | {type: 'choose'; choiceId: string; armId: string}
  | {type: 'note'; text: string; stepId?: string}
  | {type: 'complain'; text?: string; ruleId?: string}
  | {type: 'hold'; on: boolean; because?: string}
  /**
   * Again while counting = now. `force`: go on although inputs are missing, because of this. `anew`: after one that failed,
   * all of it and not only what is left.
   */
  | {type: 'roll-back'; force?: string; anew?: true}
  | {type: 'cancel-roll-back'}
  | {type: 'dismiss'; ruleId: string; reason: string}
  /** `takeOver`: away from another console of one's own account, such as one that was left behind. */
  | {type: 'pass-baton'; to: string | null; takeOver?: boolean}
  /** Consent to what a person of another account has asked for. */
  | {type: 'approve'; id: string}
  /** `reading`: the digest of what was on the screen; settles every doubt of the section that holds a proposal. */
  | {type: 'confirm-section'; sectionId: string; reading: string}
  /** Takes a confirmation back. `doubtIds`: the answers taken back with it; absent: all of the section. */
  | {type: 'reopen-section'; sectionId: string; doubtIds?: readonly string[]}
  | {type: 'change-use'; sectionId: string; use: Use}
  /** A host, or `local`. The place as it was read takes an earlier one back. */
  | {type: 'set-place'; sectionId: string; place: string}
  | {type: 'settle-doubt'; doubtId: string; how: string; as?: 'ignored' | 'by-hand'}
  | IncidentIntent
  | PeopleIntent
  | {type: 'finish'; because: string; abort: boolean};

/** How an effect ended. Exactly one per performed effect. */
export type Report =
  | {type: 'step-reported'; stepId: string; attempt: number; outcome: Outcome}
  /** The step has not ended: it waits for the link to its host before anything is sent, or waits no more. */
  | {type: 'step-waits'; stepId: string; attempt: number; host: string; waits: boolean}
  | ReadinessReported
  | EvidenceReported
  | (HostsListed | HostsEnded)
  | {type: 'arms-proved'; stepId: string; arms: Readonly<Record<string, string>>}
  | {type: 'samples-reported'; samples: readonly Sample[]}
  | ({type: 'link-reported'; account?: string} & LinkSeen)
  /** For a rehearsal: it has had no console for this long. */
  | {type: 'left-alone'; forMs: number}
  | {type: 'ticked'};

export type Input = ({from: 'console'; console: Console; intent: Intent} | {from: 'world'; report: Report}) & {
  at: number;
  /** Length of the `output` spool just now. */
  outputLines: number;
};

/** What must be done because of an event. Performed by the engine, never during replay. */
export type Effect =
  | {type: 'perform'; stepId: string; attempt: number; lane: 'main' | 'rollback'; rollback: boolean}
  | {type: 'cancel'; stepId: string; attempt: number; deadlineMs: number}
  | {type: 'prove-arms'; stepId: string}
  /** `wholeSince`: on all hosts of a group, whatever their turn, by a look that begins then or later. */
  | {type: 'probe-readiness'; wholeSince?: number}
  | {type: 'list-hosts'; group: string}
  | {type: 'see-evidence'; question: EvidenceQuestion}
  | {type: 'wake'; at: number}
  | IncidentEffect
  | {type: 'close'; exitCode: number};
