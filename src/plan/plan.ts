/** The nouns of a checklist that has been read, and of the bindings that tie it to the real world. */

// All of it is plain JSON data: it is sent to consoles, stored and compared. Line numbers are 1-based lines of the
// document. This file and script.ts are loaded by every program at its start: nothing here may load the reader.
import type {ProbeKind} from './bindings/probe-kinds.ts';
import type {Proposal, Use} from './doubt.ts';
import type {Operator, RuleRole, SectionRole, Statistic, Unit} from './kinds.ts';
import type {Problem} from './problem.ts';
import type {Action, Command, Context, Expectation, HttpRequest, Stage} from './script.ts';

export {type ActionKind, type ActionTraits, kindOf, traitsOf, wordOf} from './action-traits.ts';
export {writtenDestinations} from './bindings/named-places.ts';
export {PROBES, type ProbeBinding} from './bindings/probe-kinds.ts';
export type {HttpBinding} from './bindings/requests.ts';
export type * from './bindings/types.ts';
export {emptyBindings, onlyDatabase} from './bindings/types.ts';
export type {Operator, RuleRole, SectionRole, Statistic, StepKind, Unit} from './kinds.ts';
export {unreachable} from './kinds.ts';
export {type ChangeGroup, type ConditionSubject, readConditionSubject} from './phrases/condition.ts';
export {parseInterval} from './phrases/interval.ts';
export {sameMetric} from './phrases/metric.ts';
export type {Action, Blank, Check, ChoiceArm, Expectation} from './script.ts';
export {verifications} from './verifications.ts';

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
  /** Lines that tell something and ask for nothing; absent in a plan that was not read from a document. */
  notes?: readonly number[];
  problems: readonly Problem[];
  /** What feeds each signal, by its name. */
  signals?: Readonly<Record<string, SignalSource>>;
  /** How long a restart that the document asks for may be unwell before that counts, ms; absent: a minute. */
  settleMs?: number;
  /** What a person is asked to confirm before it runs; absent in a plan that was not read from a document. */
  proposal?: Proposal;
};

/** `**Deployment Date:** ______`: a key of the document's head or notes; `blank` when there is nothing to read. */
export type MetaEntry = {key: string; value: string; line: number; blank: boolean};

/** Milliseconds, both ends included; equal ends for a single figure. */
export type Span = {minMs: number; maxMs: number};

export type Section = {
  id: string;
  title: string;
  line: number;
  /** Heading depth 1–6; bold pseudo-headings count one deeper than the heading above them. */
  depth: number;
  parent?: string;
  role: SectionRole;
  /** What it is for in this run, as proposed; a review may say otherwise. */
  use: Use;
  /** On the mission clock, milliseconds after the deploy started. */
  window?: {fromMs: number; toMs: number};
} & Marks;

/** What a title or a task says beside what is to be done: who, where, when, how long, and whether at all. */
export type Marks = {
  /** Who does it, as the document names them: "DBA", "@tech-lead". */
  owner?: string;
  /** "(DEV, STE)", "for facilitator only": where or for whom it holds. */
  scope?: string;
  /** A person decides here whether it goes on: "Go/No-Go", "Proceed only if …". */
  gate?: true;
  /** When it is to begin: "T-30", "08:30 - …". */
  at?: TimeMark;
  /** How long it takes, from "(5 min)" or a column of durations. */
  estimate?: Span;
  /** "Wait 2 minutes": nothing is done, time has to pass. */
  waitMs?: number;
  /**
   * "if needed", "if requirements.txt changed": a person is asked, unless the existence of its inputs decides it. In a
   * rollback it runs when its inputs are proved, else is skipped with this reason.
   */
  condition?: string;
};

/** On the mission clock, milliseconds after the deploy starts (negative before), or by the clock on the wall, `08:30`. */
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
  /** What was made of words that say it less clearly; a person confirms it. */
  assumed?: string;
  /** How it came by its signal; absent while it has none. A guess is shown as one. */
  tie?: {by: 'bindings' | 'name' | 'guess'; because: string};
};

/** Where a signal's readings come from: a probe of the bindings, or what is built in. */
export type SignalSource = {
  kind: ProbeKind;
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

/** Every command of a step, arms included. */
export function commandsOf({action}: Step): readonly Command[] {
  return action.kind === 'script' ? action.stages.flatMap(commandsOfStage) : [];
}

/** Every command of a stage, those of all arms included. */
export function commandsOfStage(stage: Stage): readonly Command[] {
  if (stage.kind === 'http') return [];
  return stage.kind === 'commands' ? stage.commands : stage.arms.flatMap(arm => arm.commands);
}

export function requestsOf({action}: Step): readonly HttpRequest[] {
  if (action.kind === 'http') return action.requests;
  return action.kind === 'script' ? action.stages.flatMap(stage => (stage.kind === 'http' ? [stage.request] : [])) : [];
}

export function contextOf({action}: Step): Context | undefined {
  return 'context' in action ? action.context : undefined;
}
