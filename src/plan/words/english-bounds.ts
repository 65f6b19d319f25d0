/** What documents say of results, bounds and time, in tables and in blanks: every topic with its phrases in English. "Plain words": no regular expressions. */
export const BOUNDS = {
  /** Introduces one answer out of several: "status", "result". */
  answer: `status; result; outcome; decision; verdict; severity; risk(?: level)?; impact; issues encountered; recommendation; go/no-go`,
  /** What a blank at the end of a document asks of whoever signs: how it ended, what went wrong, what else to say. */
  'sign-off-status': 'status; outcome; result',
  'sign-off-issues': 'issues?; problems?; incidents?',
  'sign-off-notes': 'notes?; comments?; remarks?; observations?',
  /** What a blank asks for that the run knows by itself; and what it does not know: a plan, and who approves. */
  'blank-timestamp': 'timestamps?',
  'blank-duration': 'duration; total time',
  'blank-start-date': String.raw`(?:start\p{L}*|beg[iau]n|deploy\p{L}*|releas\p{L}*)(?!\p{L}).*(?<!\p{L})date; date(?!\p{L}).*(?<!\p{L})(?:start\p{L}*|beg[iau]n|deploy\p{L}*|releas\p{L}*)`,
  'blank-start': 'starts?; started; starting; beg[iau]n',
  'blank-end': String.raw`^(?:end(?:ed)?|finish(?:ed)?)$; (?:end(?:ed)?|finish(?:ed)?|completed)(?!\p{L}).*(?<!\p{L})(?:time|at|date); (?:time|date)(?!\p{L}).*(?<!\p{L})(?:end|finish(?:ed)?|completion)`,
  'blank-signer': 'signed(?:[ -]off)?[ -]by; signature',
  'blank-user': '(?:deployed|performed|executed|completed|started|run|done)[ -]by; operator; deployer',
  'blank-date': 'dates?',
  'blank-time': '^time',
  'blank-planned': 'expected; estimated?; planned; scheduled; target',
  'blank-approver': String.raw`approv\p{L}*; review\p{L}*`,
  /** Answers behind boxes on one line: "pass", "fail", "yes", "no". */
  verdict: String.raw`pass(?:ed)?; fail(?:ed)?; yes; no; go; no-?\s?go; ok; not ok; n/a; done; skipped; proceed; abort; success; successful; failure; approved; rejected; true; false`,
  /** What a blank in brackets asks for: "name", "date", "phone". */
  blank: String.raw`timestamp; date; time; your name; name; version; value; number; id; url; e-?mail; phone; initials; yyyy[^\]]*; hh:mm[^\]]*; signature; ticket; link; env; environment; contact; slack; add any; note any; describe; fill in; insert; enter; tbd`,
  /** Stand before the name of the user as whom something is run: "as lisadmin"; `by-user` only where that is clear. */
  'as-user': 'as',
  'by-user': 'with; under; by',
  /** Behind the name of somebody: "Marek runs it". */
  'does-it':
    'runs; does; executes; starts; stops; restarts; performs; launches; applies; deploys; kicks off; takes over',
  /** Before such a name: "have Ana run it". */
  'lets-people': 'have; get; let; has; gets; lets',
  'user-word': 'users?; accounts?; login; uid',
  /** Words behind the name of a user. */
  'user-behind': '',
  /** Words behind "as" that are no user: "as before:". */
  'no-user': String.raw`above; below; before; usual; always; ever; needed; required; necessary; expected; follow\p{L}*; well; normal; planned; described; documented; discussed; agreed; possible; soon; appropriate; is; one; two; it; this; that; them; these; shown; such; json; csv; text; html; pdf; ya?ml; xml; draft; primary; secondary; leader; standby; replica; master; default; fallback; backup; evidence; done; failed; passed; read-only; down; up; late; early; part; noted; stated; specified; instructed; told; proof; reference; example; first; last; next; complete; resolved; closed; stable; latest; production; live; new; old; healthy; ready; active; offline; online; far; long; many; much; yet; of; to; if; per; whole; service; template; baseline; canary; true; false; null; \p{L}{3,}(?:ful|less|able|ible|ous)`,
  /** The key of a field that tells what the work is. */
  'describing-key':
    'changes?; purpose; goal; aim; objective; summary; descriptions?; title; subject; scope; reason; background; what; why; project; release; ticket; type; kind; status; plan; work; motivation; outcome',
  /** Headers of a table of steps. */
  'column-step':
    'steps?; actions?; tasks?; activit(?:y|ies); checks?; tests?; items?; what; description; procedure; checklist',
  'column-command': 'commands?; cmd; run; how; script; query',
  'column-expected': `expected(?: results?| output| outcome)?; expectation; (?:success|pass|acceptance) (?:criteria|criterion); acceptance; accepted (?:if|when); results? (?:must|should)(?: be)?; criteria; verification; validation; (?:should|must|has to) (?:be|show|say|read|return|contain|see);
    (?:ok|okay|good|fine|pass(?:es|ed)?|success(?:ful)?|accepted|healthy|green|correct|right) (?:if|when|means); what (?:good|success|right) looks like; look for; you (?:should )?see`,
  'column-status': String.raw`status; done; complete; completed; result; actual(?: results?)?; checked; pass/fail; ✓; ✅; ☑; ☐; \[ ?\]`,
  'column-time': String.raw`(?:start |planned |local )?time; t[-+/±].*; when; clock; offset; duration; est\.?(?: time)?;
    estimate; timing; eta`,
  'column-place': 'where; (?:target )?host ?names?; (?:target )?hosts?; servers?; machines?; nodes?; on$',
  /** The title of a list of hosts: "Systems". */
  'machines-title': 'systems?; infrastructure; topology; inventory',
  /** Header of the column that says in which case a row is done. */
  'column-case': `situations?; cases?; scenarios?; if; (?:if |when |what )?you (?:see|get|notice|have); symptoms?; failures?; problems?; errors?(?: messages?)?;
    trouble; issues?; observations?; what (?:went wrong|happened|failed|you see); sizes?; (?:types?|kinds?|sorts?) of (?:change|release|site|customer|install|deploy|update)`,
  /** Headers of a table of thresholds. */
  'column-metric': 'metrics?; signals?; indicators?; kpis?; measures?; slos?; slis?; checks?; condition',
  'column-target': `(?:must|should|has to) be; (?:go on|proceed|continue|pass|advance|promote) (?:if|when); targets?; expected; goals?; success(?: criteria)?; normal; usual; acceptable; ok; good; fine; green; healthy; threshold;
    slo; limit`,
  'column-bound': 'threshold; limit; thresholds; limits; bound',
  'exit-code': 'exit (?:code|status|value); exits with(?: code)?; return (?:code|value); rc',
  'column-alert': 'alerts?(?: threshold)?; warning(?: threshold)?; warn; yellow; amber; investigate; look into it',
  'column-trigger': String.raw`(?:thresholds?|limits?|bounds?|triggers?|criteri(?:a|on)|values?) (?:for|to|of) (?:an? )?{rollback}; (?:stop|halt|abort|pause) (?:if|when); roll-?\s?back(?: trigger| threshold| if| when)?; critical(?: threshold)?; abort(?: threshold| if)?;
    red; trigger`,
  /** Headers of a table of people. */
  'column-contact': `contacts?(?: info(?:rmation)?)?; phone; e-?mail; slack; names?; person; pager; primary; backup;
    telephone; mobile`,
  'column-signature': 'signatures?; signed; sign-?off; approved; initials; approval',
  /** The title of a message or a template: the boxes in it are no tasks. */
  message: `template; message; notification; announcement; e-?mail; notice; communication; subject; status update; slack post`,
  /** Begins a statement of what should come out; and the nouns that may follow ("output", "result"). */
  expected: 'expect(?:ed|s|ations?)?',
  'expected-what':
    'output; results?; response; behaviou?r; answer; status; value; body; headers?; returns?; count; version; upstreams?; files?; metrics?; outcome; state',
  /** "should", and the verbs behind it: "show", "return", "be". Some languages put that verb last. */
  should: 'should; must; shall; ought to; needs? to; has to; have to',
  show: `show; see; get; return; take; complete(?: in| within)?; finish(?: in| within)?; load(?: in| within)?; be; contain; print; output; list; include; display; respond(?: with)?; answer(?: with)?; say; read;
    look like; match; have; end(?: with| in)?; equal; give; report; go down to; drop to; fall to; come back(?: with)?`,
  'show-last': '',
  not: 'not; never',
  'look-for': 'look for; search for; watch for; should see',
  /** The failure is the success: "should be refused". */
  fail: '(?:fail|be (?:refused|rejected|denied|blocked|forbidden|unauthori[sz]ed)|error(?: out)?)',
  passing: '(?:pass(?:ing|ed|es)?|green|succeed(?:ed|s)?|successful|ok)',
  /** Stands before the blank beside an expected figure: "actual". */
  actual: '(?:actual(?:ly)?|observed|measured|got|found)',
  /** Beside quoted code, it is not what comes out: "nothing with `ERROR`". */
  denies:
    'nobody; no one; no; not; never; hardly; none; nothing; neither; nor; without; empty; blank; absent; missing; gone; free of; except; other than; unlike; instead of',
  /** What is printed is held against other figures. */
  compares: String.raw`compare\p{L}*; against (?:the |those )?(?:\p{L}+ )?(?:values?|figures?|counts?|numbers?|totals?|baseline|results?|output|notes?); (?:the )?same (?:values?|figures?|counts?|numbers?|results?|output) as`,
  nothing: 'none; empty; empty set; empty output; empty result; no output; nothing; blank; no data',
  zero: 'zero',
  /** Words in brackets that announce a bound: "normal: < 60%", "aceptable: ≤ 5". */
  usual:
    'expected; expect; acceptable; normal; normally; usual; usually; should be; must be; ok; healthy; allowed; limit',
  /** The goal beside a bound: "(target 745ms)". */
  goal: 'target; goal; aim; ideal(?:ly)?',
  /** Comparisons written as words. */
  'at-most': `less than or equal to; at most; no more than; not more than; no greater than; no larger than; no more; not above; not over; not higher than;
    no higher than; no longer than; (?:does |do |must |should )?not exceed; maximum(?: of)?; max(?: of)?; up to`,
  'at-least': `greater than or equal to; more than or equal to; at least; no less than; not less than; no fewer than;
    no lower than; not lower than; not below; not under; minimum(?: of)?; min(?: of)?; reach(?:es)?; hits?`,
  below: 'less than; fewer than; lower than; smaller than; shorter than; in under; under; below; within; beneath',
  above:
    'more than; greater than; higher than; larger than; longer than; older than; over; above; exceeds?; exceeding; beyond; passes; surpass(?:es)?',
  exactly: 'exactly; equal to; equals; goes? down to; down to',
  between: 'between',
  and: 'and',
  'or-more': 'or (?:higher|more|better|above|greater|later|newer|up|superior|longer)',
  'or-less': 'or (?:less|fewer|lower|below|better under|shorter|earlier|older)',
  'worse-than': 'worse than; slower than',
  'held-long': 'long; straight; running; in a row; continuously',
  sustained: 'for; sustained(?: for| over)?; lasting; continuously for',
  span: 'in; within; during; over; per',
  recent: 'first; last; past; previous; any',
  consecutive: 'consecutive(?:ly)?; in a row; successive; straight; back[- ]to[- ]back',
  per: 'per; an?; each; every',
  /** A time that begins with the deploy: "within 10 minutes of the deploy". */
  'since-deploy': String.raw`(?:of|after|from|since|following) (?:the |a |our )?(?:deploy\p{L}*|release|go-?live|roll-?out|start|switch(?:-?over)?|cut-?over|upgrade|launch|change|migration)`,
  /** Stands before a bound and says what it is for: "Alert if", "roll back when". */
  'alert-if': '(?:alert|warn|page|escalate|notify|investigate)(?: [\\p{L}-]+){0,3} (?:if|when|on)',
  'rollback-if':
    '(?:{rollback}|go back|abort|halt|stop|pause|cancel|kill(?: switch)?)(?: [\\p{L}-]+){0,4} (?:if|when|on|as soon as|once)',
  alerting: 'alert(?:s|ing)?; alarms?; escalat\\p{L}*',
  /** What follows a bound that holds: "< 1 % → continue". */
  'goes-well': String.raw`ok(?:ay)?; fine; good; normal; healthy; green; pass(?:es|ed)?; success\p{L}*; done; (?:go|going|carry|carrying|move|moving) on; go(?: ahead)?; proceed(?:s|ing)?; continu(?:e|es|ing); resume; keep; next; leave it; nothing; no action; ignore`,
  /** What follows when the bound before it does not hold: "20 of 20, otherwise 6.2". */
  otherwise: 'otherwise; or else; else; if not',
  'goes-wrong': 'fails?; failed; is (?:red|wrong|missing); breaks?; does not (?:work|match|hold|come)',
  /** Steps above are done once more, elsewhere: "Repeat with web2", "Same for the standby". */
  repeats: String.raw`(?:repeat|redo)(?:(?: (?!every|until|till|if|after)[\p{L}\d.-]+){0,4}? (?:with|on|for|in|at|from|per)|(?: (?:this|that|it|them|all|these steps|the steps|step \d+))?(?=\W*$)); (?:the )?same (?:again|steps|commands|procedure|thing|sequence|for|on|with|at); likewise (?:for|on|with); do the same; once more (?:on|for|with)`,
  /** Says of steps named beside it that they are done again, otherwise, later or not at all: "as in 1.2". */
  redirects: String.raw`again; once more; repeat(?:ed|ing|s)?; redo; re-?run; the same; same as; as (?:in|with|under|per|for); like(?: in)?; likewise; also; too; twice; instead(?: of)?; (?:in )?revers\p{L}*(?: order)?; backwards; exchanged; swapped; analogous(?:ly)?; mutatis mutandis; (?:instructions?|commands?|lines?) (?:of|from|in); thereafter; only then; skip; skipped; omit; omitted; leave out`,
  /** What must be done before the rest: "first do 2.3". */
  'do-first': 'first; beforehand; before that; first of all',
  /** Sends back to the state before: "aborted in accordance with". */
  'sends-back': String.raw`abort\p{L}*; cancel\p{L}*; give up; bail(?:ing|ed)? out; withdraw\p{L}*; call(?:ed|ing)? (?:it )?off; necessitat\p{L}*`,
  /** Who decides says so: "once billing has confirmed". */
  agreed:
    'confirm(?:s|ed)?; agree[sd]?; approve[sd]?; sign(?:s|ed)?(?: off)?; accept(?:s|ed)?; consent(?:s|ed)?; instruct(?:s|ed)?; given? (?:the |its |their )?(?:ok|okay|go|green light|consent|approval)',
  /** The work is not begun, or ends here: "A single no: postponed". */
  'calls-off':
    'postponed?; put (?:it )?off; call(?:ed)? (?:it )?off; do not (?:start|begin|go on|continue|proceed); rescheduled?; not tonight; (?:we )?(?:stop|abort|cancel)(?: here)?; go home; cancelled',
  /** A part of the document, when its number follows: "see section 5". */
  chapter: 'sections?; clauses?; chapters?; paragraphs?; steps?; see; goto; go to; part',
  /** What must hold before work goes on: "Resume only when", "advance if". */
  'go-on-if': String.raw`(?:go on|proceed|continue|resume|advance|promote|move on|carry on|ramp up)(?: [\p{L}-]+){0,3} (?:if|when|once)`,
  /** What a figure is measured on: "min 1000 requests". */
  sampled: 'requests?; samples?; calls; measurements; data points',
  /** What a relative bound is compared with. */
  baseline:
    'baseline; normal; usual; threshold; before; previous(?: version| release)?; pre-deploy(?:ment)?; typical; old version',
  /** Something to compare with that is not the past: the control group of a canary. Then the directions of a change. */
  peer: 'control(?: group)?; stable; staging; canary; primary',
  rise: 'increases?; growth; grows?; rises?; jumps?; spikes?; climbs?; goes up; up; degradation; degrades?; slower; higher; worse',
  drop: 'drops?; decreases?; declines?; falls?; goes down; down; reduction; lower',
  /** Multiples as words: "twice the usual", "the latency doubles". */
  twofold: 'twice; doubl(?:e|es|ed|ing); two times; two-?fold',
  threefold: 'tripl(?:e|es|ed|ing); thrice; three times; three-?fold',
  halved: 'half(?: of)?; halves; halved',
  /** The verbs among them: they compare with the value before. */
  multiplies: 'doubl(?:es|ed|ing); tripl(?:es|ed|ing); halve[sd]?',
  /** Such a verb only at the end: "the errors double". */
  'multiplies-last': 'double; triple',
  /** Behind a figure: "3 times in a row". */
  times: 'times',
  /** Behind "times": "3 times slower than", "3 times as slow as". */
  'more-times': '(?:as )?(?:slower|higher|longer|worse|larger|greater|more)(?: than)?',
  /** Stands before what drops: "A drop in traffic". */
  'of-what': 'in; of; on',
  /** Announces the length of a window: "5 min average". */
  averaged: 'average; avg; mean; window; rolling',
  stable: 'stable; steady; flat',
  /** What a bound describes must not happen: "no queries > 1s", "not seen". */
  'none-of':
    '(?:no|none of the|none of)(?=\\s)(?! (?:more|less|fewer|later|lower|higher|larger|greater|longer|slower) than)(?! (?:increase|drop))',
  'not-seen': 'not (?:seen|observed|reached|exceeded|present|happening)',
  /** Words beside a metric that are not part of its name. */
  filler: `expected; expect; should; must; be; is; are; was; stays?; remains?; keeps?; the; a; an; any; all; if; when; alert; trigger;
    rollback; immediately; normal; stable; steady; healthy; acceptable; ok; good; detected; multiple; average; avg; mean; median;
    maximum; max; peak; target; goal; threshold; baseline; current; verify; check; confirm; ensure; monitor; that; has; have; new;
    related; to; code; drops?; falls?; rises?; goes; increases?; exceeds?; reaches; in; of; for; on; at; and; or; with; by; than;
    does; do; not; no; back; sustained; consecutive; above; below; over; under`,
  /** What only people can report: complaints, bugs. */
  reported: `complaints?; complain(?:s|ing)?; bugs?; tickets?; defects?; incidents?; user reports?; ratings?; feedback; satisfaction;
    calls (?:to|from|per); reviews?; escalations?`,
  /** What goes wrong without anybody doing it: failures, crashes. */
  trouble: 'failures?; errors?; crashes; outages?; timeouts?; exceptions?; downtime',
  /** What can be counted, so that "at most 5" of it is a bound. */
  countable: `errors?; failures?; complaints?; tickets?; exceptions?; timeouts?; restarts?; reboots?; crashes; alerts?; incidents?; reports?; connections?; score; lighthouse; queues?; depth; backlog; pending; lag; retries; retried; messages; jobs; sessions; consumers?; packets?; calls; threads; deadlocks?; locks?; throughput; bandwidth; utili[sz]ation; temperature`,
  opening: '(?:for )?(?:the )?first',
  every: 'every; each',
  hourly: 'hourly; once (?:an|per) hour',
  daily: 'daily; once (?:a|per) day',
  weekly: 'weekly; once (?:a|per) week',
  second: 'seconds?; secs?',
  minute: 'minutes?; mins?',
  hour: 'hours?; hrs?',
  day: 'days?',
  week: 'weeks?',
  'with-what': 'with; to; like',
  is: 'is; are',
  adverb: 'now; all; only; also; then; still; again',
  answers: 'returns?; responds?; answers?; gives',
  shows: 'returns?; shows?; lists?; prints?; outputs?; gives; says; answers(?: with)?; reports?; ends (?:in|with)',
  reads: 'shows?; reads?; says; is; reports?',
  answering: String.raw`return\p{L}*; respond\p{L}*; answer\p{L}*`,
  /** What takes the time that a text gives. */
  lasting: String.raw`(?:responses?|responds?|answers?|returns?|completes?d?|finish(?:es|ed)?|loads?|takes?|runs?|time|duration|latency|done|in|ok)\W*$`,
  /** Rows in the answer of a database. */
  rows: 'rows?; records?',
  /** Things that a list has; they are not values that it shows. */
  listed: 'lines?; entries; nodes?; pods?; items?; files?; processes; containers; hosts?; replicas?',
  'or-error': 'or (?:an? )?error',
  /** Header of the column that says what a command is for. */
  'column-purpose': String.raw`what (?:it|this|for)(?![\p{L}]).*; (?:its )?(?:description|purpose|meaning|use[ds]?(?: for)?|usage|effect|explanation|when(?: to use)?|does|shows)`,
  mean: 'average; avg; mean',
  percentile: 'percentile',
  failing: 'failures?; failed; failing; refused; lost',
  /** Words of a name that only say that something is timed. Plain words. */
  timed: String.raw`api; http; app; application; service; server; site; web; page; pages; endpoint; requests?; responses?; latency; latencies; times?; load; loading; overall; average; p\d+`,
  'tables-exist': String.raw`tables?(?![\p{L}]).*(?<![\p{L}])(?:exists?|present|created|there)`,
  'database-reachable': String.raw`(?:database|db)(?![\p{L}]).*(?<![\p{L}])(?:connection|connectivity|reachable|accessible)`,
  'quiet-log': String.raw`no(?![\p{L}]).*(?<![\p{L}])(?:errors?|exceptions?|failures?)(?![\p{L}]).*(?<![\p{L}])logs?; logs?(?![\p{L}]).*(?<![\p{L}])(?:no|without|free of)(?![\p{L}]).*(?<![\p{L}])errors?`,
  /** Words that do not tell signals apart: how it is measured, and that it is ours. Plain words. */
  'signal-filler':
    'time; rate; usage; use; used; utilization; utilisation; level; load; count; number; percent; percentage; share; space; free; left; consumption; footprint; growth; growing; grows; increase; increasing; leak; leaks; detected; stable; normal; active; open; in; of; on; to; per; for; from; the; and; no; is; are; average; mean; total; overall; current; log; logs; minute; hour; server; application; app; service; system; host; machine; production; backend; requests; process; real',
  /** Words that may be missing: whose connections and queries these are is clear without them. Plain words. */
  'database-name': 'database; db; postgres; postgresql; pg; sql',
  /** Stands between two figures. */
  to: 'to; until',
  /** Stands before a time: "Successful if after 48 hours". */
  after: 'after; within',
  /** Begins a text about what comes out, not about what to do. */
  result: String.raw`returns?; responds?; should; shows?; prints?; outputs?; expect(?:ed)?; status; version; exit code; count; response; output; result; no (?:output|rows); 0\s; zero\s; all\s`,
  /** The head of a message: "subject", "to". */
  'mail-head': 'subject; to; from; cc',
  percent: 'percent; per cent',
  millisecond: 'milliseconds?; msecs?; ms',
  /** Stands between a share and what it is a share of: "10 % above normal". */
  than: 'above; over; below; under; (?:higher|lower|more|less|slower|faster|worse) than; compared (?:to|with); of; than; as; from',
  upward: 'above; over; higher; more; slower; worse; compared; than',
  downward: 'below; under; lower; less; faster',
  within: 'within',
  /** Names a level and not a change: "Drops below 95 %". */
  level: 'below; under; above; over; beneath; beyond; exceeds?; exceeding; between',
};
