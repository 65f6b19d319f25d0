/**
 * The words by which documents say what a part of them is for, language by language.
 *
 * A language is one table (`english.ts` and its neighbours): for every topic the phrases that speak of it. To
 * add one, copy a table, translate its phrases, leave out what the language has no word for, and name the table in
 * `LANGUAGES` below. Nothing else has to change: all languages are always looked for, because teams mix them.
 *
 * The phrases of a topic stand in one text, parted by semicolons. A phrase is a piece of a regular expression, matched
 * without regard to case and as whole words: `roll-?\s?back` is not found in `rollbacks`, and `deploy\p{L}*` is any word
 * that begins so. `{rollback}` stands for the language's own words for one. Keep phrases free of nested repetition, so
 * that no document can make them slow.
 */

import type {SectionRole} from '../kinds.ts';
import {ENGLISH} from './english.ts';
import {GERMAN} from './german.ts';
import {WORD_END, WORD_START, withLetters} from './letters.ts';
import {SPANISH} from './spanish.ts';

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
  /** "Alert if", "roll back when": in front of a bound they say what it is for. */
  | 'alert-if'
  | 'rollback-if'
  | 'alerting'
  /** What a figure is taken from: "min 1000 requests". */
  | 'sampled'
  /** What a relative bound is relative to, and how it says which way. */
  | 'baseline'
  /** Halves of a canary and other things compared with, that are no past. */
  | 'peer'
  | 'rise'
  | 'drop'
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
};

const LANGUAGES: readonly Words[] = [ENGLISH, SPANISH, GERMAN];

/** The phrases of a topic in all languages, as one group of a regular expression; it matches nothing when there is none. */
export function anyOf(topic: Topic): string {
  return group(LANGUAGES.map(words => phrases(words, words.topics[topic])));
}

export function anyMetric(metric: KnownMetric): string {
  return group(LANGUAGES.map(words => phrases(words, words.metrics[metric])));
}

/** The phrases of a topic in those languages only that write numbers with a decimal comma. */
export function anyWithDecimalComma(topic: Topic): string {
  return group(LANGUAGES.filter(words => words.decimalComma).map(words => phrases(words, words.topics[topic])));
}

/** Finds a topic anywhere in a text, as whole words. */
export function speaksOf(topic: Topic): RegExp {
  return wholeWords(anyOf(topic));
}

export function speaksOfRole(role: RoleTopic): RegExp {
  return wholeWords(group(LANGUAGES.map(words => phrases(words, words.roles[role]))));
}

/** `source` only where words begin and end; letters beyond English are letters. */
export function wholeWords(source: string): RegExp {
  return new RegExp(`${WORD_START}${source}${WORD_END}`, 'iu');
}

function phrases(words: Words, text = ''): string[] {
  const own = words.topics.rollback ?? '';
  return text
    .split(';')
    .map(phrase => withLetters(phrase.trim().replaceAll('{rollback}', own)))
    .filter(phrase => phrase !== '');
}

function group(found: readonly (readonly string[])[]): string {
  const all = found.flat();
  return all.length === 0 ? '(?!)' : `(?:${all.join('|')})`;
}
