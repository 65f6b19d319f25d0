/** What documents say of work, people and places: every topic with its phrases in English. "Plain words": no regular expressions. */
export const WORK = {
  /** Verbs that begin the title of work: "Update the documentation" is a task, not a chapter of documentation. */
  doing: `deploy; install; apply; start; stop; restart; update; create; configure; enable; disable; switch; upgrade; push; merge; build; set ?up; scale; drain; provision; migrate; pull; tag; bump; promote; execute; import; export; load; announce; notify`,
  /** Names an alternative when a letter or number follows: "Option", "Path". */
  option: 'option; path; approach; alternative; method; scenario; variant; strategy; choice',
  recommended: 'recommended; preferred; default',
  or: 'or; or else; alternatively',
  /** Names a part of the work when a number follows: "Step", "Phase", "Procedure". */
  part: 'step; phase; stage; part; task; procedure; action; wave; batch; fix; test; checkpoint',
  optional: `optional; if (?:needed|necessary|required|applicable|any|possible|desired); (?:when|as|where) (?:needed|applicable|required)`,
  /** How a condition begins: "if", "only if", "when". */
  condition: 'if; only if; when; only when; in case; unless',
  /** What is asked about a file or about work: "changed", "unchanged", "pending", "exists", "missing". */
  changed: String.raw`chang\p{L}*; modified; updated; differs?; different; new`,
  unchanged: String.raw`unchanged; (?:not|n't) (?:been )?(?:changed|modified|updated); no (?:\p{L}+ )?changes?; no new; (?:neither|none|nothing)(?!\p{L}).{1,80}?(?:chang\p{L}*|modified|updated)`,
  pending: 'pending; unapplied; outstanding; not (?:yet )?(?:been )?applied; to (?:be )?(?:run|apply|applied)',
  present: 'exists?; existing; present; there (?:is|are); (?:is|are) (?:still |already )?there',
  absent: String.raw`missing; absent; (?:not|n't) (?:yet )?(?:exist|there|present); (?:not|no) \p{L}+ exists?; is no\w*; no longer (?:exists?|there|present)`,
  /** What is asked about a service: "is running", "is stopped". */
  running: 'running; active; up; alive; started',
  stopped: `stopped; inactive; down; dead; (?:not|n't) (?:running|active|up|alive|started)`,
  /** Files by their purpose. */
  dependencies: 'dependenc(?:y|ies); packages?; libraries; lock-?\\s?files?; requirements',
  migrations: 'migrations?; schema(?: changes?)?',
  configuration: 'configs?; configuration; environment variables?; settings',
  /** Long after the deployment: "after 14 days", "a week later". */
  later: String.raw`after (?:\d+|an?|one|two|three|a few|some) (?:days?|weeks?|months?); (?:\d+|an?|one|two|three|a few|some) (?:days?|weeks?|months?) (?:later|afterwards); the (?:next|following) (?:day|morning|week); once (?:you are|you're|we are|everybody is|everyone is|all are) (?:happy|satisfied|sure|confident|certain)`,
  /** Opens a list of conditions: "any of the following", "one of these". */
  'any-of': 'any(?: one)?; one (?:or more )?of; either; some of; at least one; the following; these; this happens',
  gate: String.raw`go ?(?:/|-|–|or|vs\.?) ?no-?\s?go; decision point; decision gate; proceed only if; only proceed if; do not proceed (?:unless|until|if); hold point; stop and (?:confirm|verify|check); checkpoint; proceed or abort; point of no return; quality gate; approval gate`,
  owner: `owners?; responsible; responsibility; assigned to; assignee; who; performed by; executor; accountable; dri; role`,
  /** People by their job: "on-call engineer", "DBA". */
  person: `lead; engineer; manager; dba; database admin(?:istrator)?; developer; devops; sre; on-call; on call; commander; coordinator; owner; architect; operator; administrator; director; cto; vendor; support; approver; primary; backup; secondary; scribe; tester; sponsor`,
  duration: `(?:expected |estimated |total )?duration; (?:estimated |total )?time(?: required| needed| estimate)?; estimate; eta; takes`,
  command: 'command; run; execute; cmd',
  /** Something about the rollback which is not the rollback: its decision log, its rehearsal. */
  'rollback-aside': String.raw`{rollback} (?:preparations?|readiness|prerequisites?);
    (?:prepar(?:e|ation)s?|planning|ready|readiness|backups?)(?: for| of| and|,)? (?:the )?{rollback};
    {rollback} (?:test(?:s|ing|ed)?|drills?|rehearsals?|dry[- ]run);
    (?:test(?:ing)?|drill|rehears(?:e|al)|dry[- ]run) (?:of )?(?:the )?{rollback};
    {rollback} (?:decision )?(?:log|history|record|notes|report);
    {rollback} (?:notice|notification|announcement|communication|message|template|e-?mail);
    (?:notice|template)\b.*{rollback}; non-?(?:revert|roll-?back)\p{L}*; (?:lack|absence) of\)? {rollback};
    known safe[- ]to[- ]{rollback}.*; no {rollback}`,
  /** Words for an earlier state: "the old token", "put it back". */
  'way-back': String.raw`{rollback}; restore; (?:put|puts|bring|brings|set|sets|switch|switches|point|points|go|move)\s(?:[\p{L}\p{N}.-]+\s){0,4}?back;
    (?:the|to|its|your|an?) (?:old|previous|prior|former|earlier|last good)(?: \p{L}+)?; <previous[^>]{0,20}>; yesterday`,
  /** Behind "to", says that the commands below take something back: "go back", "put it back". */
  undo: String.raw`(?:go|put|bring|switch|set|move|get|point|change|turn)\s(?:[\p{L}\p{N}.-]+\s){0,4}?back; back to (?:the )?(?:old|previous|former|earlier|last|v?\d[\d.]*)(?:\s\p{L}+)?; undo; revert; abort; restore (?:the|its|that) (?:old|previous|former|earlier|last)(?: \p{L}+)?; return to the (?:old|previous|former)`,
  /** A one-word title for a rollback: "Oops?" */
  'trouble-lead': 'oops; (?:something|anything|what if it goes) wrong; trouble; problems?; broken; failed; it fails',
  /** What is done after a rollback. */
  'rollback-after': String.raw`post-?\s?{rollback}.*; after (?:the |an? )?{rollback}.*;
    {rollback} (?:verification|validation|checks?|confirmation|success);
    (?:verify|validate|confirm) (?:the )?{rollback}.*`,
  rollback: String.raw`(?:roll(?:ing|ed)?(?: (?:it|this|everything))?[-\s]?back|revert(?:ing)?|back(?:ing|ed)?[-\s]?(?:it )?out|switch(?:ing)?[-\s]?back|fall(?:ing)?[-\s]?back|undo(?:ing)?)`,
  /** Parts of the work that have their own rollback when they are numbered. */
  phase: 'phase; stage; wave; batch; level; tier; scenario; milestone',
  /** How thoroughly something is done: "Quick", "full". */
  degree:
    'quick; fast; emergency; immediate; early; late; full; complete; partial; automatic; automated; manual; standard; detailed; simple; easy; alternative',
  /** How far the work had come: "Before", "after". */
  moment: 'before; after; until; up to; if still; within; during',
  /** Places where commands run: "server", "node", "pod". */
  place: `boxe?s?; (?:(?:web|app|application|db|database|build|mail|proxy|api)[- ]?)?servers?; hosts?; nodes?; pods?; containers?; machines?; vms?;
    instances?; vps; bastion; jump ?(?:box|host); primary; replicas?; standbys?; master; workers?; gateway;
    controller; leader; followers?`,
  /** Those places to which nobody logs in. */
  container: 'pods?; containers?',
  /** The machine of the person who runs the deployment. */
  here: `(?:the )?outside; workstation; laptop; local(?:ly| machine| computer| environment)?; localhost;
    (?:your|my|our) (?:own )?(?:machine|computer|terminal|laptop|workstation|notebook); development machine; a? ?new terminal; another terminal;
    operator machine`,
  /** What a sentence about a place applies to: "everything below", "all commands". */
  'all-of-it': `everything(?: (?:below|here|else|that follows))?; all (?:of )?(?:the |these )?(?:following |remaining |(?!other)\\p{L}+ )?(?:commands?|steps?|work); all (?:of )?(?:this|it|the following|the rest);
    every (?:command|step); (?:the|these) (?:following |remaining )?(?:commands|steps)(?: (?:below|here))?; the (?:following|rest); commands? (?:below|here); from here on`,
  /** Stands before what is measured: "verify", "watch". */
  look: 'verify; watch; monitor; observe; check; confirm; keep an eye on; make sure; ensure; validate; success looks like',
  'this-document':
    '(?:this|the (?:whole|entire)) (?:document|run-?book|checklist|play-?book|page|guide|procedure|sheet); unless (?:otherwise )?(?:noted|stated)(?: otherwise)?',
  /** Stands before a place: "on", "inside", "from". */
  at: 'on; inside; in; from; log ?in ?to; logged in ?to; connect(?:ed)? to; ssh (?:in)?to; within; at',
  wait: 'wait; allow; pause; hold; watch; let it (?:run|bake|soak); soak',
  /** No reason to roll back: "Do not roll back for", "fix forward". */
  'no-rollback': `(?:do|does|did|should|must|will|we|you)(?: we| you)? not (?:trigger (?:an? )?)?{rollback}; don['’]?t (?:trigger (?:an? )?)?{rollback}; never {rollback}; no need to (?:{rollback}|go back|turn back);
    (?:no|not an?|without an?) (?:immediate |reason (?:for|to) (?:an? )?|grounds? for (?:an? )?)?(?:{rollback}|rollback trigger|trigger); when not to {rollback}; when to not {rollback}; not (?:a )?reasons? (?:for|to) (?:an? )?{rollback};
    not (?:worth|enough for) (?:an? )?{rollback}; fix(?:ed|ing)?[- ]forward; roll(?:ing)?[- ]forward`,
  /** "Rollback required": it was wanted, which does not say that it succeeded. */
  'rollback-needed': '{rollback} (?:was |is )?(?:required|needed|necessary)',
  /** Words at the start of a sentence with a subject, which is therefore no order. */
  subject: String.raw`the; an?; this; that; these; those; it; they; there; people; any(?:one|body); every(?:one|body); some(?:one|body)?; nobody; most; many; few; both; all; our; your; my; their; its; we; you; i; one; once; \p{L}+ (?:that|who|which|whose); \p{L}{2,}ing`,
  /** Verbs and adverbs that inform: what may, can or used to be. ("What must be" is an order.) */
  tells:
    'is; are; was; were; has; have; had; can; could; may; might; would; did; used to; normally; usually; often; sometimes; prefers?; looks; means; prints; outputs; returns; shows; formerly; previously',
  /** Describes work in its order, so it is done: "It is now stopped", "We have to wait". */
  'in-order': 'now; then; next; first; have to; has to; need(?:s)? to; must; should',
  /** The passive instead of an order, as many people write in a foreign language: "The image is built with the tag". */
  'is-done': String.raw`(?:is|are) (?:\p{L}+ly )?(?!(?:need|want|requir|intend|limit|suppos|deprecat|prohibit|forbidd|brok|oft|allow|not|different)\p{L}*)\p{L}+(?:ed|en|lt|wn|nt|pt|ut|et|ght)`,
  /** Also shortened. */
  month: String.raw`(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)\p{L}*`,
  /** A mark in a column "Done", or before a date: "done 28 Nov". */
  'done-mark': 'done; completed; finished',
  /** The work itself is not to be done again: "was already done". */
  'done-already': '(?:was|were|are|is) already (?:done|run|applied|executed); already (?:done|executed) (?:on|in|by)',
  /** What somebody may do but need not: "You can also". */
  may: '(?:you|we|one) (?:can|may|might|could)',
  /** The first words of orders. Plain words. */
  order:
    'fasten; hang; hook; insert; lift; plug; raise; seal; tighten; unplug; warn; wash; weigh; add; announce; apply; ask; attach; back; begin; book; bring; build; bump; call; carry; cd; change; check; choose; clean; clear; click; close; compare; configure; confirm; connect; continue; copy; cordon; count; create; delete; deploy; detach; disable; discard; do; download; drain; drop; dump; edit; enable; ensure; enter; execute; export; extract; fetch; fill; find; finish; fix; flip; flush; follow; freeze; generate; get; give; go; import; increase; initiate; inspect; install; invoke; issue; keep; kill; launch; leave; let; list; load; lock; log; look; make; mark; measure; merge; migrate; mount; move; note; notify; open; package; paste; pause; pick; point; post; prepare; press; print; proceed; promote; publish; pull; push; put; read; reboot; rebuild; record; refresh; reload; release; remove; rename; ring; phone; hand; swap; unblock; repeat; replace; reset; resize; restart; restore; resume; retry; review; roll; rotate; run; save; scale; see; select; send; set; ship; show; shut; sign; ssh; start; stop; store; submit; switch; sync; tag; take; tail; tell; terminate; test; trigger; truncate; turn; type; unlock; unmount; unpack; update; upgrade; upload; use; validate; verify; visit; wait; warm; watch; write',
  /** Stands before what is done only then: "On failure:". */
  'on-failure': String.raw`(?:on|upon|in case of) (?:\p{L}+ )?(?:failures?|errors?|problems?|trouble); (?:if|when) (?:it|this|that|anything|something|any step|one of them) (?:fails|breaks|goes wrong)`,
  /** One of several procedures, or a part of one: "Procedure 2". */
  'counted-procedure': 'procedure',
  /** The same work in several places: "Deploy to staging", "Deploy to production". */
  'stage-name':
    'staging; stage; production; prod; live; test; testing; dev; development; uat; qa; pre-?prod(?:uction)?; sandbox; demo',
  /** The last of these places, for which the others prepare. */
  'live-stage': 'production; prod; live',
  /** Preparation, whatever its title says: "2 days before". */
  'days-before': 'days? (?:before|ahead|earlier|in advance)',
  /** Nobody does it: "The build starts by itself when". */
  'by-itself': 'automatically; by itself; on its own; triggers?',
  /** The last words of orders, in languages that put the verb there. */
  'order-last': '',
  /** May stand before an order within a sentence: "and", "then". */
  'and-then': 'and; then; please; now; followed by',
  /** One of several sizes: "A small cluster". */
  size: 'small; large; big; single[- ]node; cluster',
  'first-time':
    '(?:first|initial|every later|later|subsequent|following) (?:installation|deployment|deploy|time|run)s?',
  'go-or-not': 'no-?go; go',
  colour: 'blue; green',
  pace: '(?:rolling|all at once|big bang|recreate|in[- ]place|side by side|one by one|gradual(?:ly)?|in one go)(?: (?:update|upgrade|restart|deployment))?',
  for: 'for',
  /** Behind "for": all cases, and not one of them. */
  each: 'each; every; all; both; now; later; this; that; these',
  'how-many':
    'one; an? single; single; several; many; multiple; (?:a )?few(?:er)?; more; less; over; under; up to; at (?:most|least); exactly',
  /** Behind such a number, no case: "one by one", "one more". */
  'not-so-many': String.raw`by\s; more; last; thing`,
  'from-version': String.raw`(?:(?:when |if )?(?:you )?(?:com(?:e|ing)|upgrad(?:e|ing)|updat(?:e|ing)|migrat(?:e|ing)) )?from (?:v?\d|version|release); (?:since|before|until|up to|as of|prior to|older than|newer than) (?:v\d|versions?|releases?)`,
  /** `mode` stands before its name ("Mode A", "by way of the console"), `manner` behind it. */
  mode: 'mode; variant; flavou?r; profile; by way of; manner',
  'by-hand-or-tool': String.raw`(?:from|via|using|with|in|through|by|on|over) (?:the )?(?:gui|cli|command line|console|shell|terminal|dashboard|browser|web (?:ui|interface)|mouse|hand); the \p{L}+ way`,
  /** Stands before the product that is used: "via", "using". */
  'by-means-of': 'on; via; using; use',
  'with-tool': String.raw`(?:if|when)\s+(?:you(?:'re| are)\s+)?(?:using|on); using; for; on; via; if; in case of`,
  /** Parts of titles of cases: "For a small database" beside "For a large database". */
  'case-filler': 'you have; it is; there is; an?; the',
  'case-kind':
    'small(?:er)?; short; large[r]?; big(?:ger)?; huge; tiny; existing; new; fresh; minor; major; single; multi(?:ple)?; production; prod; staging; development; dev',
  /** A comment between two ways to do one thing. */
  'or-comment': String.raw`or; alternative(?:ly)?(?:\s+\d+)?`,
  /** Behind "or", no second way: "or else", "or later". */
  'or-not': 'else; later; higher; newer; more; greater',
  /** Words of a sentence that are no arguments of a command: `make sure that …`. */
  'stop-word': 'the; an; sure; that; this; these; it; is; are; was; your; our; their; and; or; to; has; have',
  /** Stands before a place: "the", "each". */
  the: 'the; each; every; all; all of the; any; one of the; an?; both; your; our; its',
  /** "No servidor": "in" and "the" as one word. */
  'at-the': '',
  /** Stands before host names: "On app1 and app2, then on app3". */
  'behind-names': '[Oo]n',
  /** "On success", "on the night": no place. */
  'no-place':
    '(?:(?:second|month|case|count|occasion|side|way|time|file|line)s?|success|failure|errors?|completion|time|top|demand|request|average|call|approval|the (?:\\p{L}+ )?(?:night|day|evening|morning|weekend|phone|call|hour|page|screen|command line)|(?:mon|tues|wednes|thurs|fri|satur|sun)day)',
  /** Stands before a name that the document gave a host earlier. */
  'at-host': '',
  /** Replaces what stands before it. */
  alternatively: 'alternatively',
  /** Begins a condition, before or behind the order. */
  if: 'if; unless; in case',
  /** The same, but only behind the order. */
  'if-behind': '',
  /** Behind such a word, "if" begins a question, or decides whether the work goes on: "Check if it is up". */
  'asks-if': String.raw`check\p{L}*; verify; read; review; compare; see; test; ask; confirm; know; tell; decide; determine; find out; figure out; look; watch; note; wonder; make sure; ensure; investigate; go on; going on; continue; proceed; go ahead; carry on; move on; what; how`,
  even: 'even; as; and; or; but; not; especially; particularly',
  /** "Skip if nothing changed". */
  'skip-it':
    '(?:you )?(?:can |may )?(?:be )?(?:skip|skipped|omit|omitted|leave out|leave it out)(?: (?:this|it|that|these|them|the step|this step|this part|this section))?; (?:this is )?not (?:needed|necessary|required); (?:this is )?unnecessary; (?:it |this |that )?(?:falls away|drops out|lapses|does not apply)',
  'it-still': 'it; they; this; that; one; the file; the directory; still; already; yet; is; are; does; do',
  when: 'if; when',
  /** Stands before a place: "Only on staging". */
  'only-there': 'on; in; for; at',
  /** Forbids commands. */
  never: "never; do not; don['’]t; must not; mustn['’]t; forbidden",
  /** Behind such a word, no ban: "never without a backup", "do not forget to run". */
  'never-but': 'forget; skip; until; before; unless; without; except; hesitate; interrupt; close; instead of',
  /** Behind "rollback", names a special one: "Rollback to a given version". */
  'own-way': 'to; with; by; via; using; from',
  /** Stands before the number of a procedure: "RB-1", "Playbook 2". */
  procedure: 'rb; sop; mop; eop; runbook; playbook; fix; workaround; scenario; variant; case; use case',
  emergency: 'emergency; urgent; hot-?fix(?:es)?; fast[- ]track; expedited',
  /** Words of order in time: such parts are all done. */
  'in-time': 'when; once; after; before; then; now; next; first; second; third; last(?:ly)?; finally',
  /** TOKEN is what stands for something else: "Replace `acme` with the customer". */
  'stands-for': String.raw`(?:replac(?:e|ing)|substitut(?:e|ing)|swap|exchange|chang(?:e|ing)|adapt|adjust|edit)\s+(?:the\s+)?(?:\p{L}+\s+)?TOKEN; (?:put|fill in|use|insert|enter|write|type|give|set)\s[^.\x60]{0,60}?\s(?:in place of|instead of|for|in lieu of)\s+TOKEN; (?:where|with|here|and)\s+TOKEN\s+(?:is|being|stands for|means|names|denotes|will be); TOKEN\s+(?:stands for|is (?:only |just )?(?:an? )?(?:example|placeholder|sample)|is (?:the|your|a) (?:real |actual |new |own )?\p{L}+ (?:of|to|that|you|from)|depends on|differs|varies)`,
  /** Titles that say that something is done, but not what. */
  'plain-title': 'procedures?; steps?; execution; actions?; instructions?; commands?; how(?: to)?',
  'o-clock': 'utc; hrs',
  /** A case and not a place: "Only in case of". */
  'in-case': 'case; event',
  /** A name that stands for something of the reader's own: "tu-dominio". */
  'your-thing': '',
  /** What names in capitals are: settings. */
  environment: 'env(?:ironment)?; variables?; secrets?',
  /** "In order to", before a purpose: "To go back, run:" */
  'in-order-to': '(?:in order )?to; how to',
  /** The last words of a line above a list of cases: "The deploy starts by itself when you:". */
  'before-cases': 'when; whenever; if; once; unless; which',
  /** A line above a list of what happens by itself: "What the script does:". */
  'what-it-does': String.raw`what (?:the|this|that|it)(?!\p{L})(?:.*\s)?do(?:es)?; (?:this|it|the (?:script|command|playbook|tool|program|job|pipeline)) (?:will|does)(?: the following)?`,
  /** Before "back", turns it round: "Do not roll back", "never go back". */
  'not-back': "not; never; don['’]t; no",
  /** The first word of such a phrase: "roll", "go". */
  back: 'roll; go; revert; restore',
  /** What keeps decisions: "rollback decision log". */
  log: 'log; record; history; report',
  /** Stands before a product: "Using Helm (recommended)". */
  using: 'using; via; with',
  /** In a label, says that the commands below are only shown. */
  'do-not-run': "(?:do not|don['’]t) (?:run|use|execute|do); never",
  'as-example': String.raw`(?:an |for )?examples?$; e\.g\.; previously(?![\p{L}]); formerly(?![\p{L}])`,
  /** Words of sentences that no command has. Plain words. */
  'small-word':
    'a; an; the; is; are; was; be; to; of; for; from; with; and; or; that; this; sure; all; any; your; our; it; its; on; in; by; if; as; has; have',
  unless: 'unless',
  'change-window': '(?:(?:maintenance|change|deploy(?:ment)?|release|cut-?over|downtime|outage|service) )?window',
  /** Steps that make known what happened: "Create GitHub issue", "Notify team". */
  'write-issue':
    '(?:create|open|file|raise|log|submit|write)(?: an?| the| new)?(?: new| github| gitlab| jira| incident| follow-up| bug)? (?:issue|ticket|bug report)',
  'tell-team':
    '(?:notify|inform|tell|alert|update|message)(?: the)?(?: whole| entire)? (?:team|teams|stakeholders?|support|customers?|users?|business|management|everyone|everybody)',
  /** A word of work in the path or query of an address: a request for it does something. Plain words. */
  'request-acts':
    'abort; ack; activate; add; apply; approve; attach; ban; bounce; build; cancel; clean; clean-?up; clear; close; commit; compact; confirm; cordon; create; cron; cutover; deactivate; decommission; delete; demote; deploy; deregister; destroy; detach; disable; down; drain; drop; enable; evict; exec; execute; expire; export; fail-?back; fail-?over; fire; flip; flush; force; freeze; full-import; delta-import; gc; go-?live; halt; hooks?; import; init; insert; invalidate; invoke; isolate; join; kill; leave; lock; mark; merge; migrate; move; mute; notify; off; offline; on; online; open; optimi[sz]e; pause; pin; post; preload; promote; publish; purge; put; quiesce; quit; rebuild; reboot; recycle; refresh; register; reindex; rel(?:ease|oad); remove; rename; replay; requeue; rescan; reset; restart; restore; resume; resync; retire; retry; revert; revoke; rollback; rollout; rotate; run; save; scale; seal; send; set; shutdown; silence; snapshot; split; start; stop; submit; suspend; swap; switch; switch-?over; sync; takeover; terminate; tick; toggle; trigger; truncate; unban; uncordon; undeploy; undo; undrain; unfreeze; unload; unlock; unmute; unpin; unregister; unseal; unset; update; upgrade; vacuum; wake; warm-?up; webhooks?; wipe; write',
  /** Begins a remark that takes back the command above it: "Not this one". */
  'taken-back':
    'not (?:this|that|these|those|the next)(?: one| ones)?; not any ?more; not (?:on|in|for|at|now|yet|here|there|needed|to be run); no longer; don.?t(?: (?:run|use|do|execute|type|touch)|!); do not (?:run|use|do|execute|type|touch); obsolete; already (?:in|part|contained|included|done by)',
  /** "before restarting web2", and "after the merge", "once the dump is in place". */
  'before-what': 'before; prior to; ahead of',
  'once-done':
    '(?:after|once|as soon as|following)(?! (?:that|this|it|they|these|those|all|both|everything|you|we|each|every|which|more|commands?|steps?|the (?:above|next|other|steps?|commands?)))',
  'from-people': 'from; with; by',
  /** Teams and people on duty, as the subject of a sentence: "the DBA locks the accounts". */
  crew: 'dbas?; (?:database )?admin(?:istrator)?s?; engineers?; on[- ]call; operators?; teams?; crew; desk; room; ops; support; noc; soc; qa; testers?; sres?; managers?; supervisors?; vendor; networks; networking; approver; editor; dispatchers?; shift; technicians?; coordinator; commander; colleagues?; somebody(?: else)?; someone(?: else)?; office; department',
  /** Verbs with which a person is asked or told something. Plain words. */
  'ask-people': 'ask; tell; call; ring; phone; inform; notify; warn; alert; escalate',
};
