/** An action with everything bound: what `actions/` performs. Pure data, safe to print in a dry run. */
import type {Place} from '../plan/script.ts';
import type {HostOutcome} from './outcome.ts';

export type Request =
  | ScriptRequest
  | {kind: 'sql'; database: string; statements: readonly {line: number; text: string}[]; timeoutMs: number}
  | HttpStep
  | {kind: 'tail'; source: string; place: Place; file?: string; command?: string}
  | {kind: 'log'; source: string; absent?: string; present?: string}
  | {kind: 'prometheus'; url: string; query: string; timeoutMs: number; from?: Origin};

/** `timeoutMs`: the step's own. `from`: absent = from here. */
export type HttpStep = {kind: 'http'; requests: readonly BoundHttp[]; timeoutMs?: number; from?: Origin};

/** From where something is asked, and what holds in the shell there. `jobId`: as that of a script. */
export type Origin = Pick<
  ScriptRequest,
  'jobId' | 'place' | 'lane' | 'directory' | 'exports' | 'before' | 'hosts' | 'leftOut'
>;

/** Shell text. All stages of one request share directory, exported variables and captures, in order; the first failure ends it. */
export type ScriptRequest = {
  kind: 'script';
  /** Names the job on the host: `RUN-STEP-ATTEMPT`; safe in a path. */
  jobId: string;
  place: Place;
  /** The rollback has a connection of its own. */
  lane: 'main' | 'rollback';
  /** Where the shell starts: absolute, or relative to the login directory; absent = there (local: where tminus was started). */
  directory?: string;
  exports: Readonly<Record<string, string>>;
  stages: readonly BoundStage[];
  timeoutMs?: number;
  takenUp?: TakenUp;
  /** For a group, from the attempt before: on which hosts it has passed, and on which it may have been begun unseen. */
  before?: readonly HostOutcome[];
  /** For a group: on which hosts, and on how many more of them an earlier step may have failed; absent: on all. */
  hosts?: readonly string[];
  leftOut?: number;
};

/** The step was begun so long ago by an engine that has ended since. `seen`: something that it printed had arrived. */
export type TakenUp = {
  agoMs: number;
  seen: boolean;
  /** For a group: how many lines of the output of each host are in the spool already. */
  linesKept?: Readonly<Record<string, number>>;
  /**
   * For a group: hosts where nothing is begun, because nobody could look whether it was begun there by another account.
   */
  unlooked?: readonly string[];
};

export type BoundStage =
  | {kind: 'commands'; commands: readonly BoundCommand[]}
  /** Arms in order: one whose proofs fail is passed over; if one fails, the next is tried. Never two that both succeeded. */
  | {kind: 'alternatives'; arms: readonly {id: string; label: string; commands: readonly BoundCommand[]}[]}
  | {kind: 'http'; request: BoundHttp};

export type BoundCommand = {
  line: number;
  /** Ready for the shell, values quoted. May hold `captures` expressions to be evaluated once. */
  text: string;
  /** Shown and recorded instead of `text`. */
  shown?: string;
  /** Expression -> name; its value comes back in `Outcome.captures`. Already captured ones are bound into `text`. */
  captures: readonly {expression: string; name: string}[];
  /** Must hold just before it runs (rollback, destructive commands); else the outcome is `refused: not-proved`, or the next arm. */
  requires: readonly Proof[];
  /** Run only if `requires` hold, otherwise pass over it silently ("if needed"). */
  optional: boolean;
  /** Only of one that is printed for a person: it destroys something. */
  destroys?: true;
};

/**
 * A POSIX sh test: exit 0 = proved. `missing` says it in words: `tag v1.0 not found in /srv/app`. `madeBy`: it fails when
 * what is there is from before the run; these steps of the document make it.
 */
export type Proof = {id: string; sh: string; missing: string; directory?: string; madeBy?: readonly string[]};

/**
 * `notOn`: which hosts of a group have not proved it, of how many; the oldest answer is `ageMs` older than the newest.
 * `silent`: those among them that did not answer, and why the first did not.
 */
export type Proved =
  | boolean
  /** It was not answered in time, or not to its end: nothing is known to be missing. */
  | {unanswered: string}
  | {notOn: readonly string[]; hosts: number; ageMs: number; silent?: {hosts: readonly string[]; because: string}};

export function isProved(proved: Proved | undefined): boolean {
  return typeof proved === 'object' ? 'notOn' in proved && proved.notOn.length === 0 : proved === true;
}

/** A short command that prints one line. */
export type Look = {id: string; sh: string; directory?: string};

export type BoundHttp = {
  line: number;
  method: string;
  url: string;
  headers: Readonly<Record<string, string>>;
  body?: string;
  insecure: boolean;
  /** Sent by curl itself, with this line; ready for the shell. */
  curl?: {text: string; writeOut?: string; directory?: string};
  /** No answer, or a 5xx, is asked again each second for this long: a restarted service needs a moment. */
  patienceMs?: number;
};
