/**
 * The nouns of a checklist that has been read. Everything here is plain JSON data:
 * it is sent to consoles, stored and compared. Line numbers are 1-based lines of the document.
 */
import type {Marks} from './phrases/marks.ts';
import type {Problem} from './problem.ts';
import type {Context, HttpRequest, SqlStatement, Stage, Text} from './script.ts';

export type Plan = {
  /** First heading (or front-matter title), decorative emoji stripped. */
  title: string;
  subtitle?: string;
  /** Lines of the document as read (repaired, without line ends); the record fills these in. */
  source: readonly string[];
  meta: readonly MetaEntry[];
  /** Of the whole document, from "Expected Duration: 30-45 minutes". */
  expectedDuration?: Span;
  sections: readonly Section[];
  /** Every step in document order, rollback steps and arms of choices included. */
  steps: readonly Step[];
  rules: readonly Rule[];
  /** The one that `R` runs unless another is asked for: the fullest that can be run, and of equals the last. */
  rollback: Rollback | null;
  /** Every rollback of the document in its order, `rollback` among them; absent when there is at most one. */
  rollbacks?: readonly Rollback[];
  placeholders: readonly Placeholder[];
  /** What the bindings give a value, by the text it replaces; secrets read `[redacted]`. */
  values?: Readonly<Record<string, string>>;
  contacts: readonly Contact[];
  /** What to do in an incident, in order: the numbered list beside the contacts. */
  incident?: readonly {text: string; line: number}[];
  /** Reference values of a "baseline / expected" table in the document. */
  references: readonly ReferenceValue[];
  problems: readonly Problem[];
  /** What feeds each signal, by its name. */
  signals?: Readonly<Record<string, SignalSource>>;
  /** How long a restart that the document asks for may be unwell before that counts, ms; absent: a minute. */
  settleMs?: number;
};

/** `**Deployment Date:** ______`: a key of the document's head or notes; `blank` when there is nothing to read. */
export type MetaEntry = {key: string; value: string; line: number; blank: boolean};

/** Milliseconds, both ends included; equal ends for a single figure. */
export type Span = {minMs: number; maxMs: number};

export type SectionRole =
  | 'prepare'
  | 'deploy'
  | 'verify'
  | 'monitor'
  | 'validate'
  | 'triggers'
  | 'rollback'
  | 'criteria'
  | 'contacts'
  | 'notes'
  | 'reference'
  | 'other';

export type Section = {
  id: string;
  title: string;
  line: number;
  /** Heading depth 1–6; bold pseudo-headings count one deeper than the heading above them. */
  depth: number;
  parent?: string;
  role: SectionRole;
  /** On the mission clock, milliseconds after the deploy started. */
  window?: {fromMs: number; toMs: number};
} & Marks;

export type StepKind = 'manual' | 'input' | 'shell' | 'ssh' | 'sql' | 'http' | 'tail' | 'choice' | 'rule';

export type Step = {
  /** Stable while the document's lines do not move, e.g. `L106`. */
  id: string;
  title: string;
  line: number;
  /** Section id. */
  section: string;
  kind: StepKind;
  action: Action;
  expectations: readonly Expectation[];
  /** Bullets, nested prose and comments that tell a person how. */
  instructions: readonly string[];
  /** Lines of the task items this step accounts for (the record ticks them). */
  boxes: readonly number[];
  /** Last line of the document that belongs to the step. */
  endLine: number;
  /** The step stands under an option of this choice step. */
  arm?: {choice: string; arm: string};
  /** "every 5 minutes", "Run Daily". */
  everyMs?: number;
  /** On the mission clock, where the step says so itself: "for first 30 min". Absent: its section's window. */
  opens?: {fromMs: number; toMs: number};
  timeoutMs?: number;
  retries?: number;
  /** Set when the step holds a command that destroys something. */
  destructive?: string;
  /** With `--approve 2` a second person must agree before it runs. */
  approvals?: 2;
} & Marks;

export type Action =
  | {kind: 'manual'}
  | {kind: 'input'; blanks: readonly Blank[]}
  | {kind: 'choice'; arms: readonly ChoiceArm[]}
  /** Shell text, here or on a host. `StepKind` is `shell` or `ssh` by its place. */
  | {kind: 'script'; context: Context; stages: readonly Stage[]}
  /** `bound`: the bindings gave it, and without an expectation an answer is enough; a document's own rows are judged. */
  | {kind: 'sql'; statements: readonly SqlStatement[]; database?: string; bound?: boolean}
  | {kind: 'http'; requests: readonly HttpRequest[]}
  /** Opens a log source named `source`; never blocks the run. Either a file or a command that never ends. */
  | {kind: 'tail'; source: string; context: Context; file?: Text; command?: Text; alternatives: readonly string[]}
  /** Bound by `log:` — judged on the lines a log source received since the deploy began. Regular expressions as text. */
  | {kind: 'log'; source: string; absent?: string; present?: string}
  /** Bound by `prometheus:`. */
  | {kind: 'prometheus'; url: string; query: string}
  | {kind: 'rule'; rules: readonly string[]};

/** A blank to fill. `computed` says what the run can fill in by itself. */
export type Blank = {
  id: string;
  label: string;
  line: number;
  computed?: 'date' | 'time' | 'timestamp' | 'user' | 'start' | 'end' | 'duration' | 'start-date';
};

/** `steps` are the steps under the option's heading; empty for a bare radio item. */
export type ChoiceArm = {id: string; title: string; line: number; steps: readonly string[]; recommended?: boolean};

/** What must hold for a step to pass. Without `check` a person judges it. */
export type Expectation = {
  text: string;
  line: number;
  readable: boolean;
  metric?: string;
  op?: Operator;
  value?: number;
  unit?: Unit;
  check?: Check;
};

export type Operator = '<' | '<=' | '>' | '>=' | '=' | '!=';

/** Base units: times in ms, memory in MB, shares in %, slopes in MB/h, everything else a count. */
export type Unit = 'ms' | 'MB' | '%' | 'MB/h' | 'count' | '/min' | 'x';

export type Check =
  | {kind: 'status'; codes: readonly number[]}
  /** The answer contains this JSON (subset) . */
  | {kind: 'json'; subset: unknown}
  /** `words`: not as a part of other words; `inactive` does not show `active`. */
  | {kind: 'contains'; text: string; words?: true}
  | {kind: 'absent'; text: string}
  | {kind: 'empty'}
  /** Wall time of the request or command, ms. */
  | {kind: 'duration'; op: Operator; value: number}
  /** It ends with an error, a query or a request is refused; `text`: what the error says. */
  | {kind: 'fails'; text?: string}
  /** First number of the output, or the single value of a SQL result. `alone`: only where the answer is nothing else. */
  | {kind: 'number'; op: Operator; value: number; alone?: true}
  /** Number of rows. */
  | {kind: 'rows'; op: Operator; value: number};

export type Statistic = 'p50' | 'p90' | 'p95' | 'p99' | 'mean' | 'max' | 'last' | 'error-rate' | 'slope' | 'count';

/** `criterion` is evaluated at the end of its window; `trigger` has inverted polarity: holding means trouble. */
export type RuleRole = 'target' | 'alert' | 'trigger' | 'criterion';

export type Rule = {
  id: string;
  text: string;
  line: number;
  section: string;
  /** What is measured, as the document names it: `store_message`, `response time`, `memory`, `error rate`, `complaints`. */
  metric: string;
  statistic?: Statistic;
  /** As the document writes it: `<` with role target means good, `>` with role trigger means tripped. */
  op: Operator;
  /** In `unit`. */
  value: number;
  unit: Unit;
  /** `(target 745ms)`: between this and `value` lies grey. */
  target?: number;
  /** Rolling window over samples, ms. */
  windowMs: number;
  role: RuleRole;
  source: 'document' | 'bindings';
  /** Name of the signal that feeds it; absent = `blind`. */
  signal?: string;
  /** Nothing measures it: a person reports it (complaints by key, a critical bug). */
  person: boolean;
  /** Samples needed before a verdict. */
  samples: number;
  /** Evaluations past the bound in a row before it trips. */
  consecutive: number;
  /** Evaluations in a row on the good side before a worse standing is left; as many as `consecutive` unless said. */
  recovery?: number;
  /** On the mission clock, when it is judged: "every 5 minutes for first 30 min". Absent: its section's window. */
  opens?: {fromMs: number; toMs: number};
  /** How it came by its signal; absent while it has none. A guess is shown as one. */
  tie?: {by: 'bindings' | 'name' | 'guess'; because: string};
};

/** Where a signal's readings come from: a probe of the bindings, or what is built in. */
export type SignalSource = {
  kind: 'http' | 'rss' | 'cpu' | 'disk' | 'run' | 'log' | 'sql' | 'postgres' | 'prometheus' | 'step';
  /** Of its readings; absent when only the rules on it know. */
  unit?: Unit;
  /** Absent when it comes by itself, as the duration of steps does. */
  everyMs?: number;
  /** One line: `GET https://api.example.net/health`, `resident memory of python.*api`. */
  what: string;
  /** Name of the host or the database that is asked. */
  on?: string;
  /** Id of the step whose finished attempts are timed. */
  step?: string;
  /** Host on which runs what is asked from outside; absent while nothing says it. */
  servedBy?: string;
};

export type Rollback = {
  heading: string;
  line: number;
  /** Rule ids. */
  triggers: readonly string[];
  /** Step ids in order. */
  steps: readonly string[];
  /** `git stash (line 87): …`: what running it does not bring back. */
  doesNotUndo: readonly string[];
  estimate?: Span;
  /** Id of the section whose work it takes back; absent when it is for the whole. */
  phase?: string;
};

/** `value` is absent while unbound and for secrets. `capture`: bound by a value captured during the run. */
export type Placeholder = {text: string; lines: readonly number[]; bound: boolean; value?: string; capture?: boolean};

export type Contact = {role: string; name: string; line: number; blank: boolean};

export type ReferenceValue = {metric: string; kind: 'baseline' | 'expected'; value: number; unit: Unit; line: number};

export function unreachable(value: never): never {
  throw new Error(`unreachable: ${JSON.stringify(value)}`);
}
