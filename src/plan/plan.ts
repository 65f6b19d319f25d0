/** The types of a plan: sections, steps, rules, rollbacks. */

// All of it is plain JSON data, because it is sent to consoles, stored and compared. Line numbers are 1-based lines of
// the document. Every program loads this file and script.ts at its start: they must not load the reader.
import {memoizeObject} from '../text/memoize.ts';
import type {ProbeKind} from './bindings-file/probe-kinds.ts';
import type {Batches} from './bindings-file/types.ts';
import type {Proposal, Use} from './doubt.ts';
import type {Operator, RuleRole, SectionRole, Statistic, Unit} from './kinds.ts';
import type {Problem} from './problem.ts';
import type {Action, Blank, Command, Context, Expectation, HttpRequest, Stage} from './script.ts';

export {type ActionKind, type ActionTraits, kindOf, traitsOf, wordOf} from './action-traits.ts';
export {writtenDestinations} from './bindings-file/named-places.ts';
export {type HttpBinding, PROBES, type ProbeBinding} from './bindings-file/probe-kinds.ts';
export type * from './bindings-file/types.ts';
export {emptyBindings, onlyDatabase} from './bindings-file/types.ts';
export type * from './kinds.ts';
export {unreachable} from './kinds.ts';
export {belongsToDeploy} from './live-changes.ts';
export {type ChangeGroup, type ConditionSubject, readConditionSubject} from './phrases/condition.ts';
export {parseInterval} from './phrases/interval.ts';
export {sameMetric} from './phrases/metric.ts';
export type {Action, Blank, Check, ChoiceArm, Expectation} from './script.ts';
export {verifications} from './verifications.ts';

export type Plan = {
  /** First heading (or title of the front matter) without emoji. */
  title: string;
  subtitle?: string;
  /** Lines of the document as read: repaired, without line ends. The record fills them in. */
  source: readonly string[];
  /** What each line is in Markdown, where the document has the markup of a wiki. */
  markdown?: readonly string[];
  meta: readonly MetaEntry[];
  /** For the whole document, from "Expected Duration: 30-45 minutes". */
  expectedDuration?: Span;
  /** When the change has to be over: the end of "Maintenance window: 02:00-04:00 UTC". Without `utc` by the machine's clock. */
  windowEnd?: {clock: string; utc?: true; line: number};
  /** Steps that make known what happened, in the order of the document: an issue is written, people are told. */
  tells?: readonly {step: string; as: 'issue' | 'message'}[];
  sections: readonly Section[];
  /** Every step in document order, with the steps of rollbacks and of arms. */
  steps: readonly Step[];
  rules: readonly Rule[];
  /** What `R` runs unless another is chosen: of those for the whole the one with the most steps, else the last phase's. */
  rollback: Rollback | null;
  /** Every rollback in document order, with the one in `rollback`; absent when there is at most one. */
  rollbacks?: readonly Rollback[];
  placeholders: readonly Placeholder[];
  /** The values that the bindings give, by the text that each replaces; secrets read `[redacted]`. */
  values?: Readonly<Record<string, string>>;
  contacts: readonly Contact[];
  /** What to do in an incident, in order: the numbered list beside the contacts. */
  incident?: readonly {text: string; line: number}[];
  /** Reference values of a "baseline / expected" table in the document. */
  references: readonly ReferenceValue[];
  /** Lines that only invite notes: `[Add any observations or notes here]`. */
  notesInvited?: readonly number[];
  /** Lines that ask for nothing; absent in a plan that was not read from a document. */
  notes?: readonly number[];
  problems: readonly Problem[];
  /** What feeds each signal, by its name. */
  signals?: Readonly<Record<string, SignalSource>>;
  /** How long the service may be unwell after a restart that the document asks for, ms; absent: one minute. */
  settleMs?: number;
  /** The groups of hosts among the hosts of the bindings. */
  groups?: Readonly<Record<string, Batches>>;
  /** What a person is asked to confirm before it runs; absent in a plan that was not read from a document. */
  proposal?: Proposal;
};

/**
 * `**Deployment Date:** ______`: a key of the document's head or notes. `blank`: no value is written yet. `computed`: what
 * its blank asks for, as far as the record can know it.
 */
export type MetaEntry = {key: string; value: string; line: number; blank: boolean; computed?: Blank['computed']};

/** Milliseconds; both are equal when the document gives one figure. */
export type Span = {minMs: number; maxMs: number};

export type Section = {
  id: string;
  title: string;
  line: number;
  /** Heading depth 1–6; bold pseudo-headings count one deeper than the heading above them. */
  depth: number;
  parent?: string;
  role: SectionRole;
  /** The proposed use in this run; a review may change it. */
  use: Use;
  /** On the mission clock, milliseconds after the deploy started. */
  window?: {fromMs: number; toMs: number};
} & Marks;

/** What a title or a task says beside the work itself: who, where, when, how long, and whether at all. */
export type Marks = {
  /** Who does it, as the document names them: "DBA", "@tech-lead". */
  owner?: string;
  /** "(DEV, STE)", "for facilitator only": where or for whom it is meant. */
  scope?: string;
  /** A person decides here whether the run goes on: "Go/No-Go", "Proceed only if …". */
  gate?: true;
  /** When it must begin: "T-30", "08:30 - …". */
  at?: TimeMark;
  /** How long it takes, from "(5 min)" or a column of durations. */
  estimate?: Span;
  /** "Wait 2 minutes": nothing is done, only time must pass. */
  waitMs?: number;
  /**
   * "if needed", "if requirements.txt changed": a person decides, unless the existence of its inputs does. In a
   * rollback the step runs when its inputs are proved, and is skipped with this reason when they are not.
   */
  condition?: string;
};

/** On the mission clock, ms after the deploy starts (negative before it); or a time of day, `08:30`. */
export type TimeMark = {offsetMs: number} | {clock: string};

export type Step = {
  /** Stable while the document's lines do not move, e.g. `L106`. */
  id: string;
  title: string;
  line: number;
  /** Section id. */
  section: string;
  action: Action;
  expectations: readonly Expectation[];
  /** Bullets, nested prose and comments that tell a person how. */
  instructions: readonly string[];
  /** Lines of the task items that belong to the step; the record ticks them. */
  boxes: readonly number[];
  /** Last line of the document that belongs to the step. */
  endLine: number;
  /** The step stands under an option of this choice step. */
  arm?: {choice: string; arm: string};
  /** "every 5 minutes", "Run Daily": how often it is repeated. */
  everyMs?: number;
  /**
   * When it is open, on the mission clock, if the step itself says so: "for first 30 min". Absent: its section's
   * window.
   */
  opens?: {fromMs: number; toMs: number};
  timeoutMs?: number;
  retries?: number;
  /** What its command destroys: `deletes apps/backend`. Absent: it destroys nothing. */
  destructive?: string;
  /** With `--approve 2` a second person must agree before it runs. */
  approvals?: 2;
} & Marks;

export type Rule = {
  id: string;
  text: string;
  line: number;
  section: string;
  /** What is measured, as the document names it: `store_message`, `response time`, `memory`, `error rate`, `complaints`. */
  metric: string;
  statistic?: Statistic;
  /** As the document writes it: with role target, `<` is good; with role trigger, `>` is tripped. */
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
  /** No probe can measure it: a person reports it (complaints, by a key; a critical bug). */
  person: boolean;
  /** Samples needed before a verdict. */
  samples: number;
  /** How many evaluations in a row must be past the bound before it trips, and good before it leaves a worse standing. */
  consecutive: number;
  /** When it is judged, on the mission clock: "every 5 minutes for first 30 min". Absent: its section's window. */
  opens?: {fromMs: number; toMs: number};
  /** How words that give no clear bound were read; a person confirms it. */
  assumed?: string;
  /** How the rule got its signal; absent while it has none. A guess is shown as a guess. */
  tie?: {by: 'bindings' | 'name' | 'guess'; because: string};
};

/** Where a signal's samples come from: a probe of the bindings, or something built in. */
export type SignalSource = {
  kind: ProbeKind;
  /** The unit of its samples; absent when only its rules know it. */
  unit?: Unit;
  /** How often it is sampled; absent when nobody asks for it, as with the duration of steps. */
  everyMs?: number;
  /** One line: `GET https://api.example.net/health`, `resident memory of python.*api`. */
  what: string;
  /** Name of the host or the database that is asked. */
  on?: string;
  /** Id of the step whose finished attempts are timed. */
  step?: string;
  /** Host that runs the service which is probed from outside; absent while nothing says it. */
  servedBy?: string;
};

export type Rollback = {
  heading: string;
  line: number;
  /** Rule ids. */
  triggers: readonly string[];
  /** Step ids in order. */
  steps: readonly string[];
  /** What running it does not bring back: `git stash (line 87): …`. */
  doesNotUndo: readonly string[];
  estimate?: Span;
  /** Id of the section that it undoes; absent when it undoes the whole deployment. */
  phase?: string;
};

/** `value` is absent while unbound, and for secrets. `capture`: a value captured during the run is used. */
export type Placeholder = {text: string; lines: readonly number[]; bound: boolean; value?: string; capture?: boolean};

export type Contact = {role: string; name: string; line: number; blank: boolean};

export type ReferenceValue = {metric: string; kind: 'baseline' | 'expected'; value: number; unit: Unit; line: number};

/** Every command of a step, with those of all arms. */
export function commandsOf({action}: Step): readonly Command[] {
  return action.kind === 'script' ? commandsIn(action.stages) : [];
}

const commandsIn = memoizeObject((stages: readonly Stage[]) => stages.flatMap(commandsOfStage));

/** Every command of a stage, with those of all arms. */
export function commandsOfStage(stage: Stage): readonly Command[] {
  if (stage.kind === 'http') return [];
  return stage.kind === 'commands' ? stage.commands : stage.arms.flatMap(arm => arm.commands);
}

export function requestsOf({action}: Step): readonly HttpRequest[] {
  if (action.kind === 'http') return action.requests;
  return action.kind === 'script' ? action.stages.flatMap(stage => (stage.kind === 'http' ? [stage.request] : [])) : [];
}

/** Every rollback of the plan. */
export function rollbacksOf({rollback, rollbacks}: Pick<Plan, 'rollback' | 'rollbacks'>): readonly Rollback[] {
  return rollbacks ?? (rollback === null ? [] : [rollback]);
}

export function contextOf({action}: Step): Context | undefined {
  return 'context' in action ? action.context : undefined;
}
