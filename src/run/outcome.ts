/** What the world answers: outcomes of steps and their verdicts, samples of signals and where rules stand. */
import type {Unit} from '../plan/plan.ts';
import {compact} from '../text/compact.ts';

/** One finished command of a script. `code` is absent when nobody saw its end. */
export type CommandResult = {
  line: number;
  text: string;
  code?: number;
  signal?: string;
  durationMs: number;
  arm?: string;
};

/** A SQL result: column names, rows as text, `null` for NULL. */
export type Table = {columns: readonly string[]; rows: readonly (readonly (string | null)[])[]; rowCount: number};

/** HTTP timing split, ms. */
export type Timing = {dnsMs?: number; connectMs?: number; tlsMs?: number; firstByteMs: number; totalMs: number};

/**
 * What the world did. `lost` is not `failed`: nobody saw how it ended.
 * `refused`: it never began (no connection, key refused, input not proved).
 */
export type Outcome = OutcomeHere | OutcomeOnHosts;

/** In one place. */
export type OutcomeHere =
  | {
      kind: 'exited';
      code: number;
      durationMs: number;
      commands: readonly CommandResult[];
      /** Last 64 KiB of combined output, for judging expectations. */
      output: string;
      /** Where the shell ended, and what it exported: the context goes on from here. */
      directory?: string;
      exports?: Readonly<Record<string, string>>;
      /** Variables that are exported no longer. */
      unset?: readonly string[];
      left?: Left;
      /** Why a person must look before exit 0 counts, one line each. */
      doubts?: readonly string[];
      /** What nobody could see, one line each. */
      unseen?: readonly string[];
      captures?: Readonly<Record<string, string>>;
      /** Answers of the requests among the stages. */
      answers?: readonly Answer[];
    }
  | {kind: 'signalled'; signal: string; durationMs: number; commands: readonly CommandResult[]; output: string}
  | {kind: 'answered'; answers: readonly Answer[]; durationMs: number}
  | {kind: 'returned'; tables: readonly Table[]; durationMs: number}
  | {kind: 'opened'; source: string; durationMs: number}
  /** `gone`: lines that nobody looked at, because they are not kept any more. */
  | {kind: 'counted'; matches: number; lines: number; sample: readonly string[]; gone?: number; durationMs: number}
  /** `changed`: something before it in the same step took effect, so that the step is not repeated by itself. */
  | {
      kind: 'refused';
      reason: RefusalReason;
      detail: string;
      durationMs: number;
      changed?: true;
      /** What had run before it. */
      commands?: readonly CommandResult[];
    }
  | {
      kind: 'timed-out' | 'cancelled' | 'lost';
      detail: string;
      durationMs: number;
      commands?: readonly CommandResult[];
      changed?: true;
    };

/**
 * On each host of a group, in the order of the inventory. `directory` and the like: where all hosts agree. `differs`: what
 * they do not agree on and a later step would need, one line each.
 */
export type OutcomeOnHosts = {
  kind: 'on-hosts';
  hosts: readonly HostOutcome[];
  /** On this many hosts it may fail, or end unseen, and the step has passed all the same. */
  failuresMax: number;
  durationMs: number;
  directory?: string;
  exports?: Readonly<Record<string, string>>;
  unset?: readonly string[];
  captures?: Readonly<Record<string, string>>;
  differs?: readonly string[];
};

/**
 * `jobId`: the name under which it was, or may have been, begun there. `unreached`: nothing was ever heard of it.
 * `settled`: it is of an attempt before, and was judged then.
 */
export type HostOutcome = {host: string; jobId: string; outcome: OutcomeHere; unreached?: true; settled?: HostVerdict};

/** What goes on to the next shell of the context: of one place, or what all hosts agree on. */
export function carriedOn(outcome: Outcome): Pick<OutcomeOnHosts, 'directory' | 'exports' | 'unset' | 'captures'> {
  return outcome.kind === 'exited' || outcome.kind === 'on-hosts' ? outcome : {};
}

/** The shell ended with 0 before its commands did: the command that ended it, and those behind that never ran. */
export type Left = {line: number; text: string; notRun: readonly {line: number; text: string}[]};

/** An outcome of what never began. */
export function refused(reason: RefusalReason, detail: string): OutcomeHere {
  return {kind: 'refused', reason, detail, durationMs: 0};
}

export type Answer = {line: number; status: number; body: string; timing: Timing};

export type RefusalReason =
  | 'auth'
  | 'unreachable'
  | 'host-key-unknown'
  | 'host-key-changed'
  | 'database'
  | 'not-proved'
  /** Another engine runs the checklist, or nobody knows whether one does. */
  | 'fenced'
  | 'unbound'
  | 'unsupported';

export type Verdict = {
  /** `judge`: it ran, and a person must say whether what came out is right. */
  kind: 'passed' | 'failed' | 'unknown' | 'cancelled' | 'judge';
  /** One line for the operator: `exit 1 from line 95`, `status 503, expected 2xx`. */
  because: string;
  /** Each expectation and how it went; `judge`: a person must say. */
  checks: readonly {text: string; result: 'met' | 'unmet' | 'judge'; actual?: string}[];
  /** For a group: each host. */
  hosts?: readonly HostVerdict[];
};

/**
 * `printed`: a digest of what it printed there, the same for hosts that printed the same; absent for nothing. `lines`: those
 * of the `output` spool that hold it, from one and before the other; absent for the attempt that its step tells of.
 */
export type HostVerdict = Pick<Verdict, 'kind' | 'because'> & {
  host: string;
  printed?: string;
  lines?: {from: number; to: number};
};

/**
 * `calm`: evaluations in a row that were better; the standing is left only after enough of them. `after`: what was wrong
 * when the data ran out, so that a gap does not pass for a recovery.
 */
export type Standing =
  | {kind: 'blind'}
  | {kind: 'warming'; missing: number; after?: 'grey' | 'breached'}
  | {kind: 'ok'}
  | {kind: 'grey'; calm?: number}
  | {kind: 'breached'; times: number; calm?: number}
  | {kind: 'tripped'; calm?: number}
  | {kind: 'disarmed'};

/** A rule's verdict line as data. `value` in the rule's unit; `low` and `high` enclose it where it is an estimate. */
export type Assessment = {
  standing: Standing;
  value?: number;
  low?: number;
  high?: number;
  n: number;
  because: string;
};

/**
 * One reading of a signal; a failed measurement carries `error` and never a value. `at`: epoch ms.
 * `parts`: where an HTTP request's time went, ms: `dns`, `connect`, `tls`, and `first-byte`, which is counted from the
 * beginning. A rule may be tied to `NAME.first-byte`.
 */
export type Sample = {
  signal: string;
  at: number;
  value?: number;
  error?: string;
  /** Why it could not be measured from its place: neither a value nor a failure, and its rules are blind. */
  unasked?: string;
  parts?: Readonly<Record<string, number>>;
  /** What the reading leaves out: that it is one of few kept of many. */
  note?: string;
};

/** How it was before the deploy, in the unit of what is measured. `document`: stated there, not sampled. */
export type Baseline = {
  value: number;
  from: 'samples' | 'document';
  /** Where it is another than the rule's: of a rule on multiples. */
  unit?: Unit;
};

const OUTPUT_CHARACTERS_MAX = 4096;
/** The limit for all hosts together, and for each one. */
const HOSTS_CHARACTERS_MAX = 64 * 1024;
const HOST_CHARACTERS_MIN = 128;
const ROWS_MAX = 50;

/** What the journal keeps of an outcome; the whole output is in the spool. */
export function shorten(outcome: Outcome): Outcome {
  if (outcome.kind !== 'on-hosts') return shortenHere(outcome, OUTPUT_CHARACTERS_MAX);
  const each = Math.max(HOST_CHARACTERS_MIN, Math.floor(HOSTS_CHARACTERS_MAX / outcome.hosts.length));
  const hosts = outcome.hosts.map(one => ({...one, outcome: shortenHere(one.outcome, each)}));
  return {...outcome, hosts};
}

function shortenHere(outcome: OutcomeHere, charactersMax: number): OutcomeHere {
  switch (outcome.kind) {
    case 'exited':
      return {
        ...outcome,
        output: outcome.output.slice(-charactersMax),
        ...compact({answers: outcome.answers?.map(shortenAnswer)}),
      };
    case 'signalled':
      return {...outcome, output: outcome.output.slice(-charactersMax)};
    case 'answered':
      return {...outcome, answers: outcome.answers.map(shortenAnswer)};
    case 'returned':
      return {...outcome, tables: outcome.tables.map(shortenTable)};
    default:
      return outcome;
  }
}

function shortenAnswer(answer: Answer): Answer {
  return {...answer, body: answer.body.slice(0, OUTPUT_CHARACTERS_MAX)};
}

function shortenTable(table: Table): Table {
  return {...table, rows: table.rows.slice(0, ROWS_MAX)};
}
