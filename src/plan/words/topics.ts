/** What a language may have words for, and the table that holds them. */
import type {SectionRole} from '../kinds.ts';

export type RoleTopic = Exclude<SectionRole, 'other'>;

/** Everything else that is recognised by its words. */
export type Topic =
  /** Verbs that begin the title of work to do: "Update the documentation" is no documentation. */
  | 'doing'
  /** "Option", "Path": in front of a letter or number it names an alternative. */
  | 'option'
  | 'recommended'
  | 'or'
  /** "Step", "Phase", "Procedure": in front of a number it names a part of the work. */
  | 'part'
  /** "optional", "if needed". */
  | 'optional'
  /** How a condition begins: "if", "only if", "when". */
  | 'condition'
  /** What a condition asks of a file or of the work: "changed", "unchanged", "pending", "exists", "missing". */
  | 'changed'
  | 'unchanged'
  | 'pending'
  | 'present'
  | 'absent'
  /** Of a service: "is running", "is stopped". */
  | 'running'
  | 'stopped'
  /** Files by what they are for. */
  | 'dependencies'
  | 'migrations'
  | 'configuration'
  /** "after 14 days", "a week later": days away from the deployment. */
  | 'later'
  /** "any of the following", "one of these": what opens a list of conditions. */
  | 'any-of'
  /** "Go/No-Go", "decision point". */
  | 'gate'
  /** Where one answer of several is given: "status", "result". */
  | 'answer'
  /** Answers that may stand behind boxes on one line: "pass", "fail", "yes", "no". */
  | 'verdict'
  | 'owner'
  /** People by what they do: "on-call engineer", "DBA". */
  | 'person'
  | 'duration'
  | 'command'
  /** What a blank in brackets asks for: "name", "date", "phone". */
  | 'blank'
  /** Columns of a step table. */
  | 'column-step'
  | 'column-command'
  | 'column-expected'
  | 'column-status'
  | 'column-time'
  /** The column that says when which of the rows is meant. */
  | 'column-case'
  /** Columns of a table of thresholds. */
  | 'column-metric'
  | 'column-target'
  | 'column-alert'
  | 'column-trigger'
  /** Columns of a table of people. */
  | 'column-contact'
  | 'column-signature'
  /** What a message or a template is called: its boxes are nobody's tasks. */
  | 'message'
  /** Endings of tasks that only say something was prepared: "tested", "documented". */
  | 'prepared'
  /** A rollback that is not the one to run: its decision log, its rehearsal. */
  | 'rollback-aside'
  /** Words that speak of what was before: "the old token", "put it back". */
  | 'way-back'
  /** "go back", "put it back": behind "to", what the commands below are for. */
  | 'undo'
  /** "Oops?" */
  | 'trouble-lead'
  /** What follows a rollback. */
  | 'rollback-after'
  | 'rollback'
  /** Parts of the work that have a rollback of their own when they are counted. */
  | 'phase'
  /** "Quick", "full": how thoroughly a rollback is done. */
  | 'degree'
  /** "Before", "after": how far the work had come. */
  | 'moment'
  /** Words that name a place to run commands: "server", "node", "pod". */
  | 'place'
  /** Those of them that nobody logs in to. */
  | 'container'
  /** The machine of whoever runs the deployment. */
  | 'here'
  /** "everything below", "all commands": what a sentence says it of. */
  | 'all-of-it'
  /** "verify", "watch": in front of what is measured. */
  | 'look'
  /** "this runbook". */
  | 'this-document'
  /** "on", "inside", "from": before a place. */
  | 'at'
  /** "wait", "allow". */
  | 'wait'
  /** What begins a statement of what should come out, and what it may be called. */
  | 'expected'
  | 'expected-what'
  /** "should", and what stands behind it: "show", "return", "be". Some languages put that verb last. */
  | 'should'
  | 'show'
  | 'show-last'
  | 'not'
  | 'look-for'
  /** "be refused": the failure is the success. */
  | 'fail'
  /** "9/9 passing". */
  | 'passing'
  /** Before the blank beside an expected figure. */
  | 'actual'
  /** "no output", "empty". */
  | 'nothing'
  | 'zero'
  /** "normal: < 60%", "aceptable: ≤ 5": words in brackets that announce a bound. */
  | 'usual'
  /** The goal beside a bound: "(target 745ms)". */
  | 'goal'
  /** Comparisons in words. */
  | 'at-most'
  | 'at-least'
  | 'below'
  | 'above'
  | 'exactly'
  | 'between'
  | 'and'
  | 'or-more'
  | 'or-less'
  /** "for 5 minutes", "in the first hour", "3 consecutive". */
  | 'sustained'
  | 'span'
  | 'recent'
  | 'consecutive'
  | 'article'
  /** "10 per minute". */
  | 'per'
  /** "within 10 minutes of the deploy": a stretch that begins with it. */
  | 'since-deploy'
  /** "Alert if", "roll back when": in front of a bound they say what it is for. */
  | 'alert-if'
  | 'rollback-if'
  | 'alerting'
  /** "Resume only when", "advance if": what has to hold before it goes on. */
  | 'go-on-if'
  /** "Do not roll back for", "fix forward": no reason to roll back. */
  | 'no-rollback'
  /** What a figure is taken from: "min 1000 requests". */
  | 'sampled'
  /** What a relative bound is relative to, and how it says which way. */
  | 'baseline'
  /** Halves of a canary and other things compared with, that are no past. */
  | 'peer'
  | 'rise'
  | 'drop'
  /** "twice the usual", "the latency doubles": multiples in words. */
  | 'twofold'
  | 'threefold'
  | 'halved'
  | 'stable'
  /** "no queries > 1s", "not seen": what the bound describes must not be. */
  | 'none-of'
  | 'not-seen'
  /** Words around a metric that do not name it. */
  | 'filler'
  /** What only people can count: complaints, bugs. */
  | 'reported'
  /** What goes wrong by itself: failures, crashes. */
  | 'trouble'
  /** What may be counted as a signal, so that "at most 5" of it is a bound. */
  | 'countable'
  /** "first 2 hours", "every 5 minutes", "daily". */
  | 'opening'
  | 'every'
  | 'hourly'
  | 'daily'
  | 'weekly'
  | 'second'
  | 'minute'
  | 'hour'
  | 'day'
  | 'week';

/** Different words for what every service has. */
export type KnownMetric =
  | 'error rate'
  | 'response time'
  | 'memory'
  | 'cpu usage'
  | 'database connections'
  | 'complaints';

export type Words = {
  readonly language: string;
  readonly roles: Readonly<Partial<Record<RoleTopic, string>>>;
  readonly topics: Readonly<Partial<Record<Topic, string>>>;
  readonly metrics: Readonly<Partial<Record<KnownMetric, string>>>;
  /** Writes 1.200.000,5 where English writes 1,200,000.5. */
  readonly decimalComma?: true;
  /** The numbers from one to ten. */
  readonly numbers?: string;
};
