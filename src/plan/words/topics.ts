/** What a language may have words for. */
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
  | 'column-place'
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
  /** Verbs of those: what they are about has changed so, whatever it was before. */
  | 'multiplies'
  /** Such a verb only where nothing stands behind it: "the errors double". */
  | 'multiplies-last'
  /** "3 times in a row": behind the figure. */
  | 'times'
  /** "3 times slower than", "3 times as slow as": behind that. */
  | 'more-times'
  /** "A drop in traffic": in front of what drops. */
  | 'of-what'
  /** "5 min average": over which stretch. */
  | 'averaged'
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
  | 'week'
  /** Something has gone wrong, or is to be taken back: at the start of a text. */
  | 'trouble-first'
  /** The same, wherever it stands. */
  | 'trouble-within'
  /** It is shown, and not to be done: at the start of a text, or wherever it stands. */
  | 'shown-first'
  | 'shown-within'
  /** It is done only by some, somewhere, sometimes: at the start of a text, or wherever it stands. */
  | 'cases-first'
  | 'cases-within'
  /** Not now: at the start of a text. */
  | 'later-first'
  /** It runs as long as somebody lets it. */
  | 'endless'
  /** Titles of what is done at another time than a deploy, or only looked up. */
  | 'other-work'
  /** "Old servers only": of which there may be none. */
  | 'machines'
  | 'only'
  /** "With an outage", "without an outage". */
  | 'with-without'
  | 'yes-no'
  /** "Not happy?", "Nothing helps?" */
  | 'not-well'
  /** Words with which a sentence begins that has a subject, and so is no order. */
  | 'subject'
  /** Verbs and adverbs of telling: what may, can or used to be. What must be is an order all the same. */
  | 'tells'
  /** "It is now stopped", "We have to wait": told in the order in which it is done, so that it is done. */
  | 'in-order'
  /** "The image is built with the tag": how many who write in another language than their own say what is done. */
  | 'is-done'
  /** "You can also": what somebody may do, and need not. */
  | 'may'
  /** With which an order begins: plain words. */
  | 'order'
  /** "On failure:", in front of what is done then only. */
  | 'on-failure'
  /** "Procedure 2": one of several procedures, or a part of one. */
  | 'counted-procedure'
  /** "Deploy to staging", "Deploy to production": the same work in several places. */
  | 'stage-name'
  /** The one of them that the others lead up to. */
  | 'live-stage'
  /** "2 days before": preparation, whatever it is called. */
  | 'days-before'
  /** "The build starts by itself when": nobody does it. */
  | 'by-itself'
  /** With which an order ends, in languages that put the verb there. */
  | 'order-last'
  /** What may stand before an order in the middle of a sentence. */
  | 'and-then'
  /** "A small cluster": one of several sizes. */
  | 'size'
  | 'first-time'
  | 'go-or-not'
  | 'colour'
  /** "Rolling", "all at once". */
  | 'pace'
  | 'for'
  /** Behind "for": no case, but all of them. */
  | 'each'
  /** "One node", "several nodes". */
  | 'how-many'
  /** Behind it: "one by one", "one more". */
  | 'not-so-many'
  | 'from-version'
  /** "Mode A", "by way of the console": in front of its name; `manner`: behind it. */
  | 'mode'
  | 'manner'
  /** "From the console", "the long way". */
  | 'by-hand-or-tool'
  /** In front of the product that is used. */
  | 'by-means-of'
  /** "If you are using Docker", "with npm". */
  | 'with-tool'
  /** "For a small database" beside "For a large database". */
  | 'case-lead'
  | 'case-filler'
  | 'case-kind'
  /** A comment between two ways to do the same. */
  | 'or-comment'
  /** "Or else", "or later": no other way. */
  | 'or-not'
  /** Words of a sentence that are no arguments: `make sure that …`. */
  | 'stop-word'
  /** In front of a place. */
  | 'the'
  /** "No servidor": in and the in one word. */
  | 'at-the'
  /** "On app1 and app2, then on app3": in front of host names, and between them. */
  | 'behind-names'
  /** In front of what the document has called a host before. */
  | 'at-host'
  /** "Answers with", "looks like". */
  | 'with-what'
  | 'is'
  /** "Should now also show". */
  | 'adverb'
  | 'answers'
  | 'shows'
  | 'reads'
  | 'answering'
  /** What takes the time that a text names. */
  | 'lasting'
  /** Of an answer of a database. */
  | 'rows'
  /** What a list has, and no value that it shows. */
  | 'listed'
  | 'or-error'
  /** Instead of what stands before it. */
  | 'alternatively'
  /** How a condition begins before or behind what is done. */
  | 'if'
  | 'when'
  /** "Only on staging": in front of the place. */
  | 'only-there'
  /** A ban of commands. */
  | 'never'
  /** Not now, or not so: "never without a backup", "do not forget to run". */
  | 'never-but'
  /** "Rollback to a given version": behind the word. */
  | 'own-way'
  /** "RB-1", "Playbook 2": in front of its number. */
  | 'procedure'
  | 'emergency'
  /** What comes one after the other is all done. */
  | 'in-time'
  /** "Replace `acme` with the customer", "the real number in place of 12345": TOKEN is what stands for something else. */
  | 'stands-for'
  /** What a command is for, beside it in a table. */
  | 'column-purpose'
  /** Titles that say only that something is done, and nothing of what. */
  | 'plain-title'
  | 'mean'
  | 'percentile'
  | 'o-clock'
  | 'failing'
  /** A name that says nothing but that something is timed: plain words. */
  | 'timed'
  | 'tables-exist'
  | 'database-reachable'
  | 'quiet-log'
  /** Words that tell no signal from another: how it is measured, and that it is ours. Plain words. */
  | 'signal-filler'
  /** Whose connections, queries and replicas these are goes without saying. Plain words. */
  | 'database-name'
  /** Between two figures. */
  | 'to'
  /** "Only in case of": a case, and no place. */
  | 'in-case'
  /** "tu-dominio": a name that stands for a thing of the reader's own. */
  | 'your-thing'
  /** What names in capitals are spoken of as settings. */
  | 'environment'
  /** "To go back, run:" */
  | 'in-order-to'
  /** With one of these a line over a list of cases ends: "The deploy starts by itself when you:". */
  | 'before-cases'
  /** "What the script does:" over a list of what happens by itself. */
  | 'what-it-does'
  /** "Do not roll back", "never go back": the other way. */
  | 'not-back'
  /** How the verb begins behind it. */
  | 'back'
  /** What keeps what was decided: "rollback decision log". */
  | 'log'
  /** "Successful if after 48 hours": before a time. */
  | 'after'
  /** "Using Helm (recommended)". */
  | 'using'
  /** What a label says of the commands below it: they are shown. */
  | 'never-run'
  | 'do-not-run'
  | 'as-example'
  /** Words of sentences that no command has. Plain words. */
  | 'small-word'
  /** With which begins what comes out, and not what to do. */
  | 'result'
  /** Above the text of a message. */
  | 'mail-head'
  | 'percent'
  | 'millisecond'
  /** Between a share and what it is a share of: "10 % above normal". */
  | 'than'
  /** Which way it says. */
  | 'upward'
  | 'downward'
  /** "Within 10 % of normal". */
  | 'within'
  /** "Drops below 95 %" names a level, and no change. */
  | 'level'
  /** A condition turned round. */
  | 'unless';
