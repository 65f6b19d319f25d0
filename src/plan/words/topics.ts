/** The list of topics: everything that documents say in words and for which a language may have phrases. */
import type {SectionRole} from '../kinds.ts';

export type RoleTopic = Exclude<SectionRole, 'other'>;

/** Everything but section roles that is recognised by its words. "Plain words": no regular expressions. */
export type Topic =
  /** Verbs that begin the title of work: "Update the documentation" is a task, not a chapter of documentation. */
  | 'doing'
  /** Names an alternative when a letter or number follows: "Option", "Path". */
  | 'option'
  | 'recommended'
  | 'or'
  /** Names a part of the work when a number follows: "Step", "Phase", "Procedure". */
  | 'part'
  /** "optional", "if needed". */
  | 'optional'
  /** How a condition begins: "if", "only if", "when". */
  | 'condition'
  /** What is asked about a file or about work: "changed", "unchanged", "pending", "exists", "missing". */
  | 'changed'
  | 'unchanged'
  | 'pending'
  | 'present'
  | 'absent'
  /** What is asked about a service: "is running", "is stopped". */
  | 'running'
  | 'stopped'
  /** Files by their purpose. */
  | 'dependencies'
  | 'migrations'
  | 'configuration'
  /** Long after the deployment: "after 14 days", "a week later". */
  | 'later'
  /** Opens a list of conditions: "any of the following", "one of these". */
  | 'any-of'
  /** "Go/No-Go", "decision point". */
  | 'gate'
  /** Introduces one answer out of several: "status", "result". */
  | 'answer'
  /** What a blank at the end of a document asks of whoever signs: how it ended, what went wrong, what else to say. */
  | `sign-off-${'status' | 'issues' | 'notes'}`
  /** What a blank asks for that the run knows by itself; and what it does not know: a plan, and who approves. */
  | `blank-${'timestamp' | 'duration' | 'start-date' | 'start' | 'end' | 'signer' | 'user' | 'date' | 'time'}`
  | `blank-${'planned' | 'approver'}`
  /** Answers behind boxes on one line: "pass", "fail", "yes", "no". */
  | 'verdict'
  | 'owner'
  /** People by their job: "on-call engineer", "DBA". */
  | 'person'
  | 'duration'
  | 'command'
  /** What a blank in brackets asks for: "name", "date", "phone". */
  | 'blank'
  /** Headers of a table of steps. */
  | `column-${'step' | 'command' | 'expected' | 'status' | 'time' | 'place'}`
  /** Header of the column that says in which case a row is done. */
  | 'column-case'
  /** Headers of a table of thresholds. */
  | `column-${'metric' | 'target' | 'alert' | 'trigger'}`
  /** Headers of a table of people. */
  | `column-${'contact' | 'signature'}`
  /** The title of a message or a template: the boxes in it are no tasks. */
  | 'message'
  /** Something about the rollback which is not the rollback: its decision log, its rehearsal. */
  | 'rollback-aside'
  /** Words for an earlier state: "the old token", "put it back". */
  | 'way-back'
  /** Behind "to", says that the commands below take something back: "go back", "put it back". */
  | 'undo'
  /** A one-word title for a rollback: "Oops?" */
  | 'trouble-lead'
  /** What is done after a rollback. */
  | 'rollback-after'
  | 'rollback'
  /** Parts of the work that have their own rollback when they are numbered. */
  | 'phase'
  /** How thoroughly something is done: "Quick", "full". */
  | 'degree'
  /** How far the work had come: "Before", "after". */
  | 'moment'
  /** Places where commands run: "server", "node", "pod". */
  | 'place'
  /** Those places to which nobody logs in. */
  | 'container'
  /** The machine of the person who runs the deployment. */
  | 'here'
  /** What a sentence about a place applies to: "everything below", "all commands". */
  | 'all-of-it'
  /** Stands before what is measured: "verify", "watch". */
  | 'look'
  /** "this runbook". */
  | 'this-document'
  /** Stands before a place: "on", "inside", "from". */
  | 'at'
  /** "wait", "allow". */
  | 'wait'
  /** Begins a statement of what should come out; and the nouns that may follow ("output", "result"). */
  | 'expected'
  | 'expected-what'
  /** "should", and the verbs behind it: "show", "return", "be". Some languages put that verb last. */
  | 'should'
  | 'show'
  | 'show-last'
  | 'not'
  | 'look-for'
  /** The failure is the success: "should be refused". */
  | 'fail'
  /** "9/9 passing". */
  | 'passing'
  /** Stands before the blank beside an expected figure: "actual". */
  | 'actual'
  /** "no output", "empty". */
  | 'nothing'
  | 'zero'
  /** Words in brackets that announce a bound: "normal: < 60%", "aceptable: ≤ 5". */
  | 'usual'
  /** The goal beside a bound: "(target 745ms)". */
  | 'goal'
  /** Comparisons written as words. */
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
  /** A time that begins with the deploy: "within 10 minutes of the deploy". */
  | 'since-deploy'
  /** Stands before a bound and says what it is for: "Alert if", "roll back when". */
  | 'alert-if'
  | 'rollback-if'
  | 'alerting'
  /** What must hold before work goes on: "Resume only when", "advance if". */
  | 'go-on-if'
  /** No reason to roll back: "Do not roll back for", "fix forward". */
  | 'no-rollback'
  /** "Rollback required": it was wanted, which does not say that it succeeded. */
  | 'rollback-needed'
  /** What a figure is measured on: "min 1000 requests". */
  | 'sampled'
  /** What a relative bound is compared with. */
  | 'baseline'
  /** Something to compare with that is not the past: the control group of a canary. Then the directions of a change. */
  | 'peer'
  | 'rise'
  | 'drop'
  /** Multiples as words: "twice the usual", "the latency doubles". */
  | 'twofold'
  | 'threefold'
  | 'halved'
  /** The verbs among them: they compare with the value before. */
  | 'multiplies'
  /** Such a verb only at the end: "the errors double". */
  | 'multiplies-last'
  /** Behind a figure: "3 times in a row". */
  | 'times'
  /** Behind "times": "3 times slower than", "3 times as slow as". */
  | 'more-times'
  /** Stands before what drops: "A drop in traffic". */
  | 'of-what'
  /** Announces the length of a window: "5 min average". */
  | 'averaged'
  | 'stable'
  /** What a bound describes must not happen: "no queries > 1s", "not seen". */
  | 'none-of'
  | 'not-seen'
  /** Words beside a metric that are not part of its name. */
  | 'filler'
  /** What only people can report: complaints, bugs. */
  | 'reported'
  /** What goes wrong without anybody doing it: failures, crashes. */
  | 'trouble'
  /** What can be counted, so that "at most 5" of it is a bound. */
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
  /** At the start of a text: something has gone wrong, or must be taken back. */
  | 'trouble-first'
  /** The same, wherever it stands. */
  | 'trouble-within'
  /** It is only shown, and must not be run: at the start of a text, or anywhere. */
  | 'shown-first'
  | 'shown-within'
  /** Only some people do it, in some places or cases: at the start of a text, or anywhere. */
  | 'cases-first'
  | 'cases-within'
  /** At the start of a text: it is not done now. */
  | 'later-first'
  /** It runs until somebody stops it. */
  | 'endless'
  /** Titles of work that is not part of a deploy, or is only looked up. */
  | 'other-work'
  /** "Old servers only": perhaps there are none. */
  | 'machines'
  | 'only'
  /** "With an outage", "without an outage". */
  | 'with-without'
  | 'yes-no'
  /** "Not happy?", "Nothing helps?" */
  | 'not-well'
  /** Words at the start of a sentence with a subject, which is therefore no order. */
  | 'subject'
  /** Verbs and adverbs that inform: what may, can or used to be. ("What must be" is an order.) */
  | 'tells'
  /** Describes work in its order, so it is done: "It is now stopped", "We have to wait". */
  | 'in-order'
  /** The passive instead of an order, as many people write in a foreign language: "The image is built with the tag". */
  | 'is-done'
  /** What somebody may do but need not: "You can also". */
  | 'may'
  /** The first words of orders. Plain words. */
  | 'order'
  /** Stands before what is done only then: "On failure:". */
  | 'on-failure'
  /** One of several procedures, or a part of one: "Procedure 2". */
  | 'counted-procedure'
  /** The same work in several places: "Deploy to staging", "Deploy to production". */
  | 'stage-name'
  /** The last of these places, for which the others prepare. */
  | 'live-stage'
  /** Preparation, whatever its title says: "2 days before". */
  | 'days-before'
  /** Nobody does it: "The build starts by itself when". */
  | 'by-itself'
  /** The last words of orders, in languages that put the verb there. */
  | 'order-last'
  /** May stand before an order within a sentence: "and", "then". */
  | 'and-then'
  /** One of several sizes: "A small cluster". */
  | 'size'
  | 'first-time'
  | 'go-or-not'
  | 'colour'
  /** "Rolling", "all at once". */
  | 'pace'
  | 'for'
  /** Behind "for": all cases, and not one of them. */
  | 'each'
  /** "One node", "several nodes". */
  | 'how-many'
  /** Behind such a number, no case: "one by one", "one more". */
  | 'not-so-many'
  | 'from-version'
  /** `mode` stands before its name ("Mode A", "by way of the console"), `manner` behind it. */
  | 'mode'
  | 'manner'
  /** "From the console", "the long way". */
  | 'by-hand-or-tool'
  /** Stands before the product that is used: "via", "using". */
  | 'by-means-of'
  /** "If you are using Docker", "with npm". */
  | 'with-tool'
  /** Parts of titles of cases: "For a small database" beside "For a large database". */
  | 'case-lead'
  | 'case-filler'
  | 'case-kind'
  /** A comment between two ways to do one thing. */
  | 'or-comment'
  /** Behind "or", no second way: "or else", "or later". */
  | 'or-not'
  /** Words of a sentence that are no arguments of a command: `make sure that …`. */
  | 'stop-word'
  /** Stands before a place: "the", "each". */
  | 'the'
  /** "No servidor": "in" and "the" as one word. */
  | 'at-the'
  /** Stands before host names: "On app1 and app2, then on app3". */
  | 'behind-names'
  /** Stands before a name that the document gave a host earlier. */
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
  /** What takes the time that a text gives. */
  | 'lasting'
  /** Rows in the answer of a database. */
  | 'rows'
  /** Things that a list has; they are not values that it shows. */
  | 'listed'
  | 'or-error'
  /** Replaces what stands before it. */
  | 'alternatively'
  /** Begins a condition, before or behind the order. */
  | 'if'
  | 'when'
  /** Stands before a place: "Only on staging". */
  | 'only-there'
  /** Forbids commands. */
  | 'never'
  /** Behind such a word, no ban: "never without a backup", "do not forget to run". */
  | 'never-but'
  /** Behind "rollback", names a special one: "Rollback to a given version". */
  | 'own-way'
  /** Stands before the number of a procedure: "RB-1", "Playbook 2". */
  | 'procedure'
  | 'emergency'
  /** Words of order in time: such parts are all done. */
  | 'in-time'
  /** TOKEN is what stands for something else: "Replace `acme` with the customer". */
  | 'stands-for'
  /** Header of the column that says what a command is for. */
  | 'column-purpose'
  /** Titles that say that something is done, but not what. */
  | 'plain-title'
  | 'mean'
  | 'percentile'
  | 'o-clock'
  | 'failing'
  /** Words of a name that only say that something is timed. Plain words. */
  | 'timed'
  | 'tables-exist'
  | 'database-reachable'
  | 'quiet-log'
  /** Words that do not tell signals apart: how it is measured, and that it is ours. Plain words. */
  | 'signal-filler'
  /** Words that may be missing: whose connections and queries these are is clear without them. Plain words. */
  | 'database-name'
  /** Stands between two figures. */
  | 'to'
  /** A case and not a place: "Only in case of". */
  | 'in-case'
  /** A name that stands for something of the reader's own: "tu-dominio". */
  | 'your-thing'
  /** What names in capitals are: settings. */
  | 'environment'
  /** "In order to", before a purpose: "To go back, run:" */
  | 'in-order-to'
  /** The last words of a line above a list of cases: "The deploy starts by itself when you:". */
  | 'before-cases'
  /** A line above a list of what happens by itself: "What the script does:". */
  | 'what-it-does'
  /** Before "back", turns it round: "Do not roll back", "never go back". */
  | 'not-back'
  /** The first word of such a phrase: "roll", "go". */
  | 'back'
  /** What keeps decisions: "rollback decision log". */
  | 'log'
  /** Stands before a time: "Successful if after 48 hours". */
  | 'after'
  /** Stands before a product: "Using Helm (recommended)". */
  | 'using'
  /** In a label, says that the commands below are only shown. */
  | 'never-run'
  | 'do-not-run'
  | 'as-example'
  /** Words of sentences that no command has. Plain words. */
  | 'small-word'
  /** Begins a text about what comes out, not about what to do. */
  | 'result'
  /** The head of a message: "subject", "to". */
  | 'mail-head'
  | 'percent'
  | 'millisecond'
  /** Stands between a share and what it is a share of: "10 % above normal". */
  | 'than'
  | 'upward'
  | 'downward'
  | 'within'
  /** Names a level and not a change: "Drops below 95 %". */
  | 'level'
  | 'unless'
  | 'change-window'
  /** Steps that make known what happened: "Create GitHub issue", "Notify team". */
  | 'write-issue'
  | 'tell-team'
  /** Begins a remark that takes back the command above it: "Not this one". */
  | 'taken-back'
  /** Verbs with which a person is asked or told something. Plain words. */
  | 'ask-people';
