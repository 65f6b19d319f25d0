/** The words and phrases of English. */
import type {Words} from './language.ts';

export const ENGLISH: Words = {
  language: 'English',
  common:
    'the and of to for is are be with this that all from on it we you your not when before after then has have will must should run in or at by an as if but so into its',
  numbers: 'one; two; three; four; five; six; seven; eight; nine; ten',
  roles: {
    contacts: `contacts?; escalation(?: (?:path|matrix|contacts?|levels?|procedure|chain))?; on-call(?: (?:contacts?|rota|schedule|engineers?))?;
      ^(?:key )?stakeholders$; team roles; roles (?:and|&) responsibilities; ^(?:deployment )?team$`,
    triggers: `(?:halt|stop|abort|pause|cancel|kill)(?: (?:the|this))?(?: \\p{L}+){0,2} (?:if|when)$;
      when (?:to|should (?:we|you|i)) (?:trigger )?(?:an? )?{rollback};
      {rollback}s?(?: automatic| manual)? (?:trigger(?:s| conditions?| criteria)?|criteria|criterion|conditions?|decision(?: (?:matrix|tree|criteria|points?))?|thresholds?|if|when);
      (?:criteria|conditions?|reasons|triggers?) (?:for|to) (?:an? )?(?:automatic |immediate )?{rollback};
      (?:go|turn|switch)(?:ing)? back (?:if|when)$; when (?:do|must) (?:we|you|i) (?:bail|abort|stop|halt|give up|(?:go|turn) back|{rollback});
      (?:automatic|manual|immediate|mandatory) {rollback}(?: triggers?| decisions?| criteria);
      {rollback} immediately if; abort (?:criteria|conditions?|triggers?); when (?:to|should (?:we|you|i)|we|you) (?:abort|halt|bail out|pull the plug); when to (?:stop|go back|turn back|give up)(?: and \\p{L}+(?: \\p{L}+)?)?$;
      (?:stop|no-go|kill|halt) (?:criteria|conditions?); should (?:we|you|i) {rollback};
      ^(?:(?:the|any|automatic|manual|immediate|mandatory|hard|soft|key) )*triggers?$`,
    prepare: String.raw`(?:day|week|night|evening|month)s? before; ^before$; checks? before$; pre-?\s?(?:deploy\p{L}*|flight|release|launch|migration|cut-?over|check\p{L}*|requisites?|work|upgrade|maintenance|conditions?|change|install\p{L}*|production|start|tasks?);
      preparations?; preparatory; prep; prepare; prerequisites?; requirements;
      before (?:you|the|deploy\p{L}*|release|starting|we|anything|go-live|cut-?over); readiness; planning;
      initial (?:checks?|set-?up)`,
    criteria: `(?:success|completion|acceptance|exit|validation|done) criteria; definition of done;
      criteria for success`,
    rollback: String.raw`if (?:something|anything|everything|it(?: all)?|things|this|all) (?:goes|go) wrong; if (?:it|this|anything|something) fails; (?:in case of|on) (?:failure|problems|trouble); if (?:it|this|that|anything|something) (?:does not|doesn't) work; how (?:to|(?:do|can|must) (?:we|you|i)) (?:halt|abort|bail|revert|undo|go back|roll ?back); ^(?:way |going |if it goes wrong: )?back$; roll(?:ing)?-?\s?backs?; revert(?:ing)?; (?:roll(?:ing|ed)? (?:it|this|everything) back); back(?:ing|ed)?[- ]?(?:it )?out; (?:straight )?switch(?:ing)?[- ]?back;
      (?:when|what if) (?:something|anything|it|things|this) (?:goes|go) wrong; what if (?:something|anything|it|this) (?:fails|breaks|does not work);
      if (?:the|a|this) (?:deploy\p{L}*|release|version|upgrade|migration|update|patch) (?:fails|breaks|(?:must|has to|needs to|should) be (?:pulled|withdrawn|undone|taken back|aborted|yanked|stopped));
      fall(?:ing)?-?\s?back(?: to (?:the )?(?:old|previous|last)\b.*| plan| procedure| steps?| path| option)?$; ^fall-?\s?back; ^undo(?:ing)?;
      undo (?:the )?(?:deploy\p{L}*|release|migration|change); ^plan b; contingency(?: (?:plan|procedure|steps?|measures?))?$; ^contingenc(?:y|ies);
      ^abort(?:ing)?; ^halting; ^(?:oh,? (?:no|shit|crap)|uh-?oh|o{2,}ps|panic); bail(?:ing)?[- ]?out; exit (?:plan|strategy); (?:un-?winding|backing it out|pulling (?:the|a) (?:release|plug)); (?:return(?:ing)?|go(?:ing)?|get(?:ting)?) back to (?:the )?(?:old|previous|last)\b.*;
      reinstat(?:e|ing) (?:the )?(?:old|previous|last)\b.*; withdraw(?:ing|al)?(?: (?:of )?(?:the|a) (?:release|version))?$; ^downgrad(?:e|ing);
      restore (?:the )?previous(?: version)?; recovery (?:plan|procedure|steps);
      stop (?:&|and) (?:revert|roll-?back);
      if (?:production|prod|it|something|anything|things|this) (?:burns?|breaks?|blows up)`,
    reference: String.raw`references?; (?:related |further |additional |reference )?documentation$; appendix; appendices; ^resources$;
      (?:related|useful|helpful|important) (?:links|resources|documents?); ^links$;
      (?:quick|useful|helpful|common|handy) (?:commands|reference); trouble-?shooting; cheat ?sheet; overview$; ^background(?: information)?$;
      ^introduction; ^purpose; ^scope; ^glossary; ^(?:table of )?contents$; ^about; change ?log; history$; document control;
      ^architecture(?: overview| diagram)?$; faq; questions people ask; (?:stuff|things|what) people ask; odds and ends; not (?:the |any )?steps$; known issues; (?:communication |message |e-?mail )?templates?(?: \d+)?;
      (?:future|upcoming) (?:work|improvements|enhancements); ^(?:executive )?summary$; ^assumptions; ^risks?(?: assessment| matrix)?$;
      roadmap; next steps`,
    notes: String.raw`(?:deployment |release |additional |important )?notes?$; sign-?\s?offs?; approvals; lessons(?: learned)?; post-?mortem; retrospective;
      (?:deployment|release|change|decision|incident|issue|event) (?:log|record|summary); ^log$;
      issues encountered`,
    monitor: String.raw`monitor(?:ing)?; observ(?:e|ation|ing|ability); watch(?:ing)?;
      first (?:\d+ )?(?:hours?|days?|minutes|week); soak(?: time| period)?; hyper-?care; bake(?: time)?;
      burn-?in`,
    validate: '(?:performance|long-term|production) validation',
    verify: String.raw`^after(?:wards)?$; verif(?:y|ying|ication|ications); smoke(?: tests?)?; validat(?:e|ion|ions|ing);
      post-?\s?(?:deploy\p{L}*|release|launch|migration|upgrade|cut-?over|install\p{L}*|change|implementation|checks?|maintenance);
      health ?checks?; checks?; checking; tests?(?:ing)?; sanity checks?; confirm(?:ation)?; acceptance; uat; qa; compare; comparison`,
    deploy: `deploy(?:ing|ment|ments|s)?; release; roll-?out; launch; cut-?over; migrat(?:e|ion|ions|ing);
      install(?:ing|ation)?; go-?live; upgrad(?:e|es|ing); switch-?over; fail-?over; implementation;
      execution; maintenance; publish(?:ing)?; ship(?:ping)?; promot(?:e|ion); canary; blue[-/ ]green;
      mitigat(?:e|ion|ing); remediation; apply(?:ing)?; steps; procedures?`,
  },
  topics: {
    phase: 'phase; stage; wave; batch; level; tier; scenario; milestone',
    moment: 'before; after; until; up to; if still; within; during',
    degree:
      'quick; fast; emergency; immediate; early; late; full; complete; partial; automatic; automated; manual; standard; detailed',
    doing: `deploy; install; apply; start; stop; restart; update; create; configure; enable; disable; switch; upgrade; push; merge; build; set ?up; scale; drain; provision; migrate; pull; tag; bump; promote; execute; import; export; load; announce; notify`,
    option: 'option; path; approach; alternative; method; scenario; variant; strategy; choice',
    recommended: 'recommended; preferred; default',
    or: 'or; or else; alternatively',
    part: 'step; phase; stage; part; task; procedure; action; wave; batch; fix; test; checkpoint',
    optional: `optional; if (?:needed|necessary|required|applicable|any|possible|desired); (?:when|as|where) (?:needed|applicable|required)`,
    'any-of': 'any(?: one)?; one (?:or more )?of; either; some of; at least one; the following; these; this happens',
    later: String.raw`after (?:\d+|an?|one|two|three|a few|some) (?:days?|weeks?|months?); (?:\d+|an?|one|two|three|a few|some) (?:days?|weeks?|months?) (?:later|afterwards); the (?:next|following) (?:day|morning|week); once (?:you are|you're|we are|everybody is|everyone is|all are) (?:happy|satisfied|sure|confident|certain)`,
    condition: 'if; only if; when; only when; in case; unless',
    changed: String.raw`chang\p{L}*; modified; updated; differs?; different; new`,
    unchanged: String.raw`unchanged; (?:not|n't) (?:been )?(?:changed|modified|updated); no (?:\p{L}+ )?changes?; no new`,
    pending: 'pending; unapplied; outstanding; not (?:yet )?(?:been )?applied; to (?:be )?(?:run|apply|applied)',
    present: 'exists?; existing; present; there (?:is|are); is there',
    absent: String.raw`missing; absent; (?:not|n't) (?:yet )?(?:exist|there|present); (?:not|no) \p{L}+ exists?; is no\w*`,
    running: 'running; active; up; alive; started',
    stopped: `stopped; inactive; down; dead; (?:not|n't) (?:running|active|up|alive|started)`,
    dependencies: 'dependenc(?:y|ies); packages?; libraries; lock-?\\s?files?; requirements',
    migrations: 'migrations?; schema(?: changes?)?',
    configuration: 'configs?; configuration; environment variables?; settings',
    gate: String.raw`go ?(?:/|-|–|or|vs\.?) ?no-?\s?go; decision point; decision gate; proceed only if; only proceed if; do not proceed (?:unless|until|if); hold point; stop and (?:confirm|verify|check); checkpoint; proceed or abort; point of no return; quality gate; approval gate`,
    answer: `status; result; outcome; decision; verdict; severity; risk(?: level)?; impact; issues encountered; recommendation; go/no-go`,
    'sign-off-status': 'status; outcome; result',
    'sign-off-issues': 'issues?; problems?; incidents?',
    'sign-off-notes': 'notes?; comments?; remarks?; observations?',
    'blank-planned': 'expected; estimated?; planned; scheduled; target',
    'blank-approver': String.raw`approv\p{L}*; review\p{L}*`,
    'blank-timestamp': 'timestamps?',
    'blank-duration': 'duration; total time',
    'blank-signer': 'signed(?:[ -]off)?[ -]by; signature',
    'blank-user': '(?:deployed|performed|executed|completed|started|run|done)[ -]by; operator; deployer',
    'blank-start-date': String.raw`(?:start\p{L}*|beg[iau]n|deploy\p{L}*|releas\p{L}*)(?!\p{L}).*(?<!\p{L})date; date(?!\p{L}).*(?<!\p{L})(?:start\p{L}*|beg[iau]n|deploy\p{L}*|releas\p{L}*)`,
    'blank-start': 'starts?; started; starting; beg[iau]n',
    'blank-end': String.raw`^(?:end(?:ed)?|finish(?:ed)?)$; (?:end(?:ed)?|finish(?:ed)?|completed)(?!\p{L}).*(?<!\p{L})(?:time|at|date); (?:time|date)(?!\p{L}).*(?<!\p{L})(?:end|finish(?:ed)?|completion)`,
    'blank-date': 'dates?',
    'blank-time': '^time',
    verdict: String.raw`pass(?:ed)?; fail(?:ed)?; yes; no; go; no-?\s?go; ok; not ok; n/a; done; skipped; proceed; abort; success; successful; failure; approved; rejected; true; false`,
    owner: `owners?; responsible; responsibility; assigned to; assignee; who; performed by; executor; accountable; dri; role`,
    person: `lead; engineer; manager; dba; database admin(?:istrator)?; developer; devops; sre; on-call; on call; commander; coordinator; owner; architect; operator; administrator; director; cto; vendor; support; approver; primary; backup; secondary; scribe; tester; sponsor`,
    duration: `(?:expected |estimated |total )?duration; (?:estimated |total )?time(?: required| needed| estimate)?; estimate; eta; takes`,
    command: 'command; run; execute; cmd',
    blank: String.raw`timestamp; date; time; your name; name; version; value; number; id; url; e-?mail; phone; initials; yyyy[^\]]*; hh:mm[^\]]*; signature; ticket; link; env; environment; contact; slack; add any; note any; describe; fill in; insert; enter; tbd`,
    'column-step':
      'steps?; actions?; tasks?; activit(?:y|ies); checks?; items?; what; description; procedure; checklist',
    'column-command': 'commands?; cmd; run; how; script; query',
    'column-expected': `expected(?: results?| output| outcome)?; success criteria; verification; pass criteria; validation; should (?:be|show)`,
    'column-status': String.raw`status; done; complete; completed; result; actual(?: results?)?; checked; pass/fail; ✓; ✅; ☑; ☐; \[ ?\]`,
    'column-place': 'where; (?:target )?host ?names?; (?:target )?hosts?; servers?; machines?; nodes?; on$',
    'column-time': String.raw`(?:start |planned |local )?time; t[-+/±].*; when; clock; offset; duration; est\.?(?: time)?;
      estimate; timing; eta`,
    'column-case': `situations?; cases?; scenarios?; if; (?:if |when |what )?you (?:see|get|notice|have); symptoms?; failures?; problems?; errors?(?: messages?)?;
      trouble; issues?; observations?; what (?:went wrong|happened|failed|you see)`,
    'column-metric': 'metrics?; signals?; indicators?; kpis?; measures?; slos?; slis?; checks?; condition',
    'column-target': `(?:must|should|has to) be; (?:go on|proceed|continue|pass|advance|promote) (?:if|when); targets?; expected; goals?; success(?: criteria)?; normal; acceptable; ok; good; fine; green; healthy; threshold;
      slo; limit`,
    'column-alert': 'alerts?(?: threshold)?; warning(?: threshold)?; warn; yellow; amber; investigate; look into it',
    'column-trigger': String.raw`(?:thresholds?|limits?|bounds?|triggers?|criteri(?:a|on)|values?) (?:for|to|of) (?:an? )?{rollback}; (?:stop|halt|abort|pause) (?:if|when); roll-?\s?back(?: trigger| threshold| if| when)?; critical(?: threshold)?; abort(?: threshold| if)?;
      red; trigger`,
    'column-contact': `contacts?(?: info(?:rmation)?)?; phone; e-?mail; slack; names?; person; pager; primary; backup;
      telephone; mobile`,
    'column-signature': 'signatures?; signed; sign-?off; approved; initials; approval',
    message: `template; message; notification; announcement; e-?mail; notice; communication; subject; status update; slack post`,
    'rollback-aside': String.raw`{rollback} (?:preparations?|readiness|prerequisites?);
      (?:prepar(?:e|ation)s?|planning|ready|readiness|backups?)(?: for| of| and|,)? (?:the )?{rollback};
      {rollback} (?:test(?:s|ing|ed)?|drills?|rehearsals?|dry[- ]run);
      (?:test(?:ing)?|drill|rehears(?:e|al)|dry[- ]run) (?:of )?(?:the )?{rollback};
      {rollback} (?:decision )?(?:log|history|record|notes|report);
      {rollback} (?:notice|notification|announcement|communication|message|template|e-?mail);
      (?:notice|template)\b.*{rollback}; non-?(?:revert|roll-?back)\p{L}*; (?:lack|absence) of\)? {rollback};
      known safe[- ]to[- ]{rollback}.*; no {rollback}`,
    'rollback-after': String.raw`post-?\s?{rollback}.*; after (?:the |an? )?{rollback}.*;
      {rollback} (?:verification|validation|checks?|confirmation|success);
      (?:verify|validate|confirm) (?:the )?{rollback}.*`,
    rollback: String.raw`(?:roll(?:ing|ed)?(?: (?:it|this|everything))?[-\s]?back|revert(?:ing)?|back(?:ing|ed)?[-\s]?(?:it )?out|switch(?:ing)?[-\s]?back|fall(?:ing)?[-\s]?back|undo(?:ing)?)`,
    'way-back': String.raw`{rollback}; restore; (?:put|puts|bring|brings|set|sets|switch|switches|point|points|go|move)\s(?:[\p{L}\p{N}.-]+\s){0,4}?back;
      (?:the|to|its|your|an?) (?:old|previous|prior|former|earlier|last good)(?: \p{L}+)?; <previous[^>]{0,20}>; yesterday`,
    undo: String.raw`(?:go|put|bring|switch|set|move|get|point|change|turn)\s(?:[\p{L}\p{N}.-]+\s){0,4}?back; back to (?:the )?(?:old|previous|former|earlier|last|v?\d[\d.]*)(?:\s\p{L}+)?; undo; revert; abort; restore (?:the|its|that) (?:old|previous|former|earlier|last)(?: \p{L}+)?; return to the (?:old|previous|former)`,
    'trouble-lead': 'oops; (?:something|anything|what if it goes) wrong; trouble; problems?; broken; failed; it fails',
    place: `boxe?s?; (?:web|app|application|db|database|build|mail|proxy|api)?[- ]?servers?; hosts?; nodes?; pods?; containers?; machines?; vms?;
      instances?; vps; bastion; jump ?(?:box|host); primary; replicas?; standbys?; master; workers?; gateway;
      controller; leader; followers?`,
    container: 'pods?; containers?',
    here: `(?:the )?outside; workstation; laptop; local(?:ly| machine| computer| environment)?; localhost;
      your (?:own )?(?:machine|computer|terminal); development machine; a? ?new terminal; another terminal;
      operator machine`,
    look: 'verify; watch; monitor; observe; check; confirm; keep an eye on; make sure; ensure; validate; success looks like',
    'all-of-it': `everything(?: (?:below|here|else|that follows))?; all (?:of )?(?:the |these )?(?:following |remaining )?(?:commands?|steps?|work); all (?:of )?(?:this|it|the following|the rest);
      every (?:command|step); (?:the|these) (?:following |remaining )?(?:commands|steps)(?: (?:below|here))?; the (?:following|rest); commands? (?:below|here); from here on`,
    'this-document':
      '(?:this|the (?:whole|entire)) (?:document|run-?book|checklist|play-?book|page|guide|procedure|sheet); unless (?:otherwise )?(?:noted|stated)(?: otherwise)?',
    at: 'on; inside; in; from; log ?in ?to; logged in ?to; connect(?:ed)? to; ssh (?:in)?to; within; at',
    wait: 'wait; allow; pause; hold; watch; let it (?:run|bake|soak); soak',
    expected: 'expect(?:ed|s|ations?)?',
    'expected-what':
      'output; results?; response; behaviou?r; answer; status; value; body; headers?; returns?; count; version; upstreams?; files?; metrics?; outcome; state',
    should: 'should; must; shall; ought to; needs? to; has to; have to',
    show: `show; see; get; return; take; complete(?: in| within)?; finish(?: in| within)?; load(?: in| within)?; be; contain; print; output; list; include; display; respond(?: with)?; answer(?: with)?; say; read;
      look like; match; have; equal; give; report; go down to; drop to; fall to; come back(?: with)?`,
    not: 'not; never',
    'look-for': 'look for; search for; watch for; should see',
    nothing: 'none; empty; empty set; empty output; empty result; no output; nothing; blank; no data',
    zero: 'zero',
    usual:
      'expected; expect; acceptable; normal; normally; usual; usually; should be; must be; ok; healthy; allowed; limit',
    goal: 'target; goal; aim; ideal(?:ly)?',
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
    sustained: 'for; sustained(?: for| over)?; lasting; continuously for',
    span: 'in; within; during; over; per',
    recent: 'first; last; past; previous; any',
    consecutive: 'consecutive(?:ly)?; in a row; successive; straight; back[- ]to[- ]back',
    per: 'per; an?; each; every',
    'since-deploy': String.raw`(?:of|after|from|since|following) (?:the |a |our )?(?:deploy\p{L}*|release|go-?live|roll-?out|start|switch(?:-?over)?|cut-?over|upgrade|launch|change|migration)`,
    twofold: 'twice; doubl(?:e|es|ed|ing); two times; two-?fold',
    threefold: 'tripl(?:e|es|ed|ing); thrice; three times; three-?fold',
    halved: 'half(?: of)?; halves; halved',
    multiplies: 'doubl(?:es|ed|ing); tripl(?:es|ed|ing); halve[sd]?',
    'multiplies-last': 'double; triple',
    times: 'times',
    'more-times': '(?:as )?(?:slower|higher|longer|worse|larger|greater|more)(?: than)?',
    'of-what': 'in; of; on',
    averaged: 'average; avg; mean; window; rolling',
    'go-on-if': String.raw`(?:go on|proceed|continue|resume|advance|promote|move on|carry on|ramp up)(?: [\p{L}-]+){0,3} (?:if|when|once)`,
    'no-rollback': `(?:do|does|did|should|must|will|we|you)(?: we| you)? not (?:trigger (?:an? )?)?{rollback}; don['’]?t (?:trigger (?:an? )?)?{rollback}; never {rollback};
      (?:no|not an?|without an?) (?:immediate |reason (?:for|to) (?:an? )?|grounds? for (?:an? )?)?(?:{rollback}|rollback trigger|trigger); when not to {rollback}; when to not {rollback}; not (?:a )?reasons? (?:for|to) (?:an? )?{rollback};
      not (?:worth|enough for) (?:an? )?{rollback}; fix(?:ed|ing)?[- ]forward; roll(?:ing)?[- ]forward`,
    'rollback-needed': '{rollback} (?:was |is )?(?:required|needed|necessary)',
    'alert-if': '(?:alert|warn|page|escalate|notify|investigate)(?: [\\p{L}-]+){0,3} (?:if|when|on)',
    'rollback-if':
      '(?:{rollback}|go back|abort|halt|stop|pause|cancel|kill(?: switch)?)(?: [\\p{L}-]+){0,4} (?:if|when|on|as soon as|once)',
    alerting: 'alert(?:s|ing)?; alarms?; escalat\\p{L}*',
    fail: '(?:fail|be (?:refused|rejected|denied|blocked|forbidden|unauthori[sz]ed)|error(?: out)?)',
    passing: '(?:pass(?:ing|ed|es)?|green|succeed(?:ed|s)?|successful|ok)',
    actual: '(?:actual(?:ly)?|observed|measured|got|found)',
    'none-of':
      '(?:no|none of the|none of)(?=\\s)(?! (?:more|less|fewer|later|lower|higher|larger|greater|longer|slower) than)(?! (?:increase|drop))',
    'not-seen': 'not (?:seen|observed|reached|exceeded|present|happening)',
    sampled: 'requests?; samples?; calls; measurements; data points',
    baseline:
      'baseline; normal; usual; threshold; before; previous(?: version| release)?; pre-deploy(?:ment)?; typical; old version',
    peer: 'control(?: group)?; stable; staging; canary; primary',
    rise: 'increases?; growth; grows?; rises?; jumps?; spikes?; climbs?; goes up; up; degradation; degrades?; slower; higher; worse',
    drop: 'drops?; decreases?; declines?; falls?; goes down; down; reduction; lower',
    stable: 'stable; steady; flat',
    filler: `expected; expect; should; must; be; is; are; was; stays?; remains?; keeps?; the; a; an; any; all; if; when; alert; trigger;
      rollback; immediately; normal; stable; steady; healthy; acceptable; ok; good; detected; multiple; average; avg; mean; median;
      maximum; max; peak; target; goal; threshold; baseline; current; verify; check; confirm; ensure; monitor; that; has; have; new;
      related; to; code; drops?; falls?; rises?; goes; increases?; exceeds?; reaches; in; of; for; on; at; and; or; with; by; than;
      does; do; not; no; back; sustained; consecutive; above; below; over; under`,
    reported: `complaints?; complain(?:s|ing)?; bugs?; tickets?; defects?; incidents?; user reports?; ratings?; feedback; satisfaction;
      calls (?:to|from|per); reviews?; escalations?`,
    trouble: 'failures?; errors?; crashes; outages?; timeouts?; exceptions?; downtime',
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
    'show-last': '',
    'trouble-first': String.raw`in case of; in (?:trouble|doubt|an emergency|emergencies); on (?:failure|errors?); should; nothing helps; (?:the |a )?way back; (?:to |you can )?(?:undo|revert|back out|go back|get back|roll back|get rid|restore the (?:old|previous)); backing out; rolling back; emergency; problems?; trouble; errors; not happy; red; it fails; (?:as (?:a|the) )?last (?:resort|way out); plan b; (?:take|put|turn|roll|bring|switch) (?:it|this|that|them|everything|the \p{L}+) back; undo (?:it|this|that|everything); panic; when .*(?:stays|red|fails?|failed|broken|breaks|wrong|down|stuck); (?:only )?(?:needed )?(?:when|if) it (?:fail\p{L}*|breaks?)`,
    'trouble-within': 'only needed when',
    'shown-first': String.raw`never; (?:please )?do not (?:run|use|execute|call|do); don['’]?t (?:run|use|execute|call|do); avoid; wrong; instead of; example; (?:an? |for )?(?:example|sample); e\.g\.; old (?:way|tool|command); last time; beware; caution; deprecated`,
    'shown-within': String.raw`it used to be; used to be done; never (?:call|use|do|execute|run|start|type)(?! (?:it |this |them )?(?:against|in|on|as|at|from|with|without|twice|more)(?![\p{L}])); should see something; look(?:s|ed) like this; something like; the log read; typed on; the script contains; which is short for; behind the scenes; for completeness; cannot be undone; how it worked; used to (?:be|do|run|call|use|have); (?:is|are|was) (?:forbidden|prohibited|not allowed|dangerous); (?:general|usual) (?:form|syntax); legacy (?:tool|way|command|script); do not run; sample session`,
    'cases-first': String.raw`optional(?:ly)?; when(?! (?:this|that|it|they|everything|all|the \p{L}+)(?: \p{L}+)? (?:is|has|are|have) (?:now )?(?:been |all )?(?:done|finished|complete\p{L}*|ready|up|through|green|back|stopped|drained|over)); only; unless; otherwise; else; as needed; if; skip; staging; test cluster; local development; alternatively; production; npm; yarn; debian; alpine; for (?:clusters|customers|sites|hosts|installations|tenants|one); on (?:windows|mac(?:os)?|linux|debian|alpine|ubuntu|your laptop); customers; sites; without make; the same (?:by|with|without); on your laptop`,
    'cases-within': String.raw`but only (?:after|once|when|if); whenever; \([^()]*(?<![\p{L}])(?:only|never|except|not on|staging|dev|test|pre-?prod\p{L}*)(?![\p{L}])[^()]*\); staging only; only on; skip in; additionally needs?; also needs?; not needed; for testing; (?:whichever|whatever|the one)(?: \p{L}+){0,3} (?:uses?|fits|applies|appl(?:y|ies)|is used|you (?:use|have|prefer)); (?:pick|choose|take) (?:one|either|any|whichever); if you (?:feel like|like|want|wish|prefer|need); do one of the following; one of the following; by hand`,
    'later-first': String.raw`after \p{L}+ (?:days?|weeks?|months?); later; (?:at the )?end of the (?:month|week|quarter); in (?:a|one|two) (?:days?|weeks?|months?); in the next; once every \p{L}+ (?:has|have|is|are); after (?:the |this |next )?(?:code |change |holiday )?(?:freeze|quarter|month|sprint|week(?:end)?|year|holidays?|retention|trial)(?: period| window)?; (?:at |by |until )?(?:the )?end of (?:the |this )?(?:day|week|month|quarter|sprint|year|retention|trial); yearly; quarterly; annually; monthly; weekly`,
    endless: String.raw`(?:keep|leave|let) (?:it|this|that|them|these|the \p{L}+) (?:running|run|open|up|going); (?:in|from|use|open) (?:a|an|another|the)(?: (?:second|third|separate|other|new|different|free|spare))? (?:terminal|window|tab|shell|pane|session|console); (?:until|till) (?:you |it is |somebody )?(?:press(?:es)?|hit|interrupt(?:ed)?|stop(?:ped|s)?|cancel(?:led)?|kill(?:ed)?|ctrl|\^c); (?:in|to) the foreground; for the whole of; the whole time; all the while; never (?:ends|returns|exits|stops); does not (?:end|return|exit|stop)(?: by itself)?; keeps running`,
    'other-work': String.raw`uninstall\p{L}*; restoring; restore; rotat\p{L}+; scaling; adding an?; removing an?; tips; tricks; snippets; disk full; disaster; recovery; how it works; known issues?; pitfalls?; gotchas?; caveats?; quirks?; hiccups?; surprises; stumbling blocks?; worked example; cheat ?sheet; handy; useful; good to know; what can go wrong; local development; housekeeping; no-go; deprecated; hot-?fix\p{L}*`,
    machines:
      'servers?; hosts?; nodes?; machines?; clusters?; systems?; installations?; environments?; boxes; versions?; customers?; sites?; tenants?',
    only: 'only',
    'with-without': 'with; without',
    'yes-no': 'yes; no',
    'not-well': 'no; not; nothing; still',
    subject: String.raw`the; an?; this; that; these; those; it; they; there; people; any(?:one|body); every(?:one|body); some(?:one|body)?; nobody; most; many; few; both; all; our; your; my; their; its; we; you; i; one; once; \p{L}+ (?:that|who|which|whose); \p{L}{2,}ing`,
    tells:
      'is; are; was; were; has; have; had; can; could; may; might; would; did; used to; normally; usually; often; sometimes; prefers?; looks; means; prints; outputs; returns; shows; formerly; previously',
    'in-order': 'now; then; next; first; have to; has to; need(?:s)? to; must; should',
    'is-done': String.raw`(?:is|are) (?:\p{L}+ly )?(?!(?:need|want|requir|intend|limit|suppos|deprecat|prohibit|forbidd|brok|oft|allow|not|different)\p{L}*)\p{L}+(?:ed|en|lt|wn|nt|pt|ut|et|ght)`,
    may: '(?:you|we|one) (?:can|may|might|could)',
    order:
      'fasten; hang; hook; insert; lift; plug; raise; seal; tighten; unplug; warn; wash; weigh; add; announce; apply; ask; attach; back; begin; book; bring; build; bump; call; carry; cd; change; check; choose; clean; clear; click; close; compare; configure; confirm; connect; continue; copy; cordon; count; create; delete; deploy; detach; disable; discard; do; download; drain; drop; dump; edit; enable; ensure; enter; execute; export; extract; fetch; fill; find; finish; fix; flip; flush; follow; freeze; generate; get; give; go; import; increase; initiate; inspect; install; invoke; issue; keep; kill; launch; leave; let; list; load; lock; log; look; make; mark; measure; merge; migrate; mount; move; note; notify; open; package; paste; pause; pick; point; post; prepare; press; print; proceed; promote; publish; pull; push; put; read; reboot; rebuild; record; refresh; reload; release; remove; rename; ring; phone; hand; swap; unblock; repeat; replace; reset; resize; restart; restore; resume; retry; review; roll; rotate; run; save; scale; see; select; send; set; ship; show; shut; sign; ssh; start; stop; store; submit; switch; sync; tag; take; tail; tell; terminate; test; trigger; truncate; turn; type; unlock; unmount; unpack; update; upgrade; upload; use; validate; verify; visit; wait; warm; watch; write',
    'on-failure': String.raw`(?:on|upon|in case of) (?:\p{L}+ )?(?:failures?|errors?|problems?|trouble); (?:if|when) (?:it|this|that|anything|something|any step|one of them) (?:fails|breaks|goes wrong)`,
    'counted-procedure': 'procedure',
    'stage-name':
      'staging; stage; production; prod; live; test; testing; dev; development; uat; qa; pre-?prod(?:uction)?; sandbox; demo',
    'live-stage': 'production; prod; live',
    'days-before': 'days? (?:before|ahead|earlier|in advance)',
    'by-itself': 'automatically; by itself; on its own; triggers?',
    'order-last': '',
    'and-then': 'and; then; please; now',
    size: 'small; large; big; single[- ]node; cluster',
    'first-time':
      '(?:first|initial|every later|later|subsequent|following) (?:installation|deployment|deploy|time|run)s?',
    'go-or-not': 'no-?go; go',
    colour: 'blue; green',
    pace: '(?:rolling|all at once|big bang|recreate|in[- ]place|side by side|one by one|gradual(?:ly)?|in one go)(?: (?:update|upgrade|restart|deployment))?',
    for: 'for',
    each: 'each; every; all; both; now; later; this; that; these',
    'how-many':
      'one; an? single; single; several; many; multiple; (?:a )?few(?:er)?; more; less; over; under; up to; at (?:most|least); exactly',
    'not-so-many': String.raw`by\s; more; last; thing`,
    'from-version': String.raw`(?:(?:when |if )?(?:you )?(?:com(?:e|ing)|upgrad(?:e|ing)|updat(?:e|ing)|migrat(?:e|ing)) )?from (?:v?\d|version|release); (?:since|before|until|up to|as of|prior to|older than|newer than) (?:v\d|versions?|releases?)`,
    mode: 'mode; variant; flavou?r; profile; by way of',
    manner: 'mode; variant; flavou?r; manner',
    'by-hand-or-tool': String.raw`(?:from|via|using|with|in|through|by|on|over) (?:the )?(?:gui|cli|command line|console|shell|terminal|dashboard|browser|web (?:ui|interface)|mouse|hand); the \p{L}+ way`,
    'by-means-of': 'on; via; using; use',
    'with-tool': String.raw`(?:if|when)\s+(?:you(?:'re| are)\s+)?(?:using|on); using; for; on; via`,
    'case-lead': 'for; if; on; in case of',
    'case-filler': 'you have; it is; there is; an?; the',
    'case-kind':
      'small(?:er)?; short; large[r]?; big(?:ger)?; huge; tiny; existing; new; fresh; minor; major; single; multi(?:ple)?; production; prod; staging; development; dev',
    'or-comment': String.raw`or; alternative(?:ly)?(?:\s+\d+)?`,
    'or-not': 'else; later; higher; newer; more; greater',
    'stop-word': 'the; an; sure; that; this; these; it; is; are; was; your; our; their; and; or; to; has; have',
    the: 'the; each; every; all; all of the; any; one of the; an?; both; your; our; its',
    'at-the': '',
    'at-host': '',
    'behind-names': '[Oo]n',
    'with-what': 'with; to; like',
    is: 'is; are',
    adverb: 'now; all; only; also; then; still; again',
    answers: 'returns?; responds?; answers?; gives',
    shows: 'returns?; shows?; prints?; outputs?; gives; says; answers(?: with)?; reports?',
    reads: 'shows?; reads?; says; is; reports?',
    answering: String.raw`return\p{L}*; respond\p{L}*; answer\p{L}*`,
    lasting: String.raw`(?:responses?|responds?|answers?|returns?|completes?d?|finish(?:es|ed)?|loads?|takes?|runs?|time|duration|latency|done|in|ok)\W*$`,
    rows: 'rows?; records?',
    listed: 'lines?; entries; nodes?; pods?; items?; files?; processes; containers; hosts?; replicas?',
    'or-error': 'or (?:an? )?error',
    alternatively: 'alternatively',
    if: 'if; unless; in case',
    when: 'if; when',
    'only-there': 'on; in; for; at',
    never: "never; do not; don['’]t; must not; mustn['’]t; forbidden",
    'never-but': 'forget; skip; until; before; unless; without; except; hesitate; interrupt; close; instead of',
    'own-way': 'to; with; by; via; using; from',
    procedure: 'rb; sop; mop; eop; runbook; playbook; fix; workaround; scenario; variant; case; use case',
    emergency: 'emergency; urgent; hot-?fix(?:es)?; fast[- ]track; expedited',
    'in-time': 'when; once; after; before; then; now; next; first; second; third; last(?:ly)?; finally',
    'stands-for': String.raw`(?:replac(?:e|ing)|substitut(?:e|ing)|swap|exchange|chang(?:e|ing)|adapt|adjust|edit)\s+(?:the\s+)?(?:\p{L}+\s+)?TOKEN; (?:put|fill in|use|insert|enter|write|type|give|set)\s[^.\x60]{0,60}?\s(?:in place of|instead of|for|in lieu of)\s+TOKEN; (?:where|with|here|and)\s+TOKEN\s+(?:is|being|stands for|means|names|denotes|will be); TOKEN\s+(?:stands for|is (?:only |just )?(?:an? )?(?:example|placeholder|sample)|is (?:the|your|a) (?:real |actual |new |own )?\p{L}+ (?:of|to|that|you|from)|depends on|differs|varies)`,
    'column-purpose': String.raw`what (?:it|this|for)(?![\p{L}]).*; (?:its )?(?:description|purpose|meaning|use[ds]?(?: for)?|usage|effect|explanation|when(?: to use)?|does|shows)`,
    'plain-title': 'procedures?; steps?; execution; actions?; instructions?; commands?; how(?: to)?',
    mean: 'average; avg; mean',
    percentile: 'percentile',
    'o-clock': 'utc; hrs',
    failing: 'failures?; failed; failing; refused; lost',
    timed: String.raw`api; http; app; application; service; server; site; web; page; pages; endpoint; requests?; responses?; latency; latencies; times?; load; loading; overall; average; p\d+`,
    'tables-exist': String.raw`tables?(?![\p{L}]).*(?<![\p{L}])(?:exists?|present|created|there)`,
    'database-reachable': String.raw`(?:database|db)(?![\p{L}]).*(?<![\p{L}])(?:connection|connectivity|reachable|accessible)`,
    'quiet-log': String.raw`no(?![\p{L}]).*(?<![\p{L}])(?:errors?|exceptions?|failures?)(?![\p{L}]).*(?<![\p{L}])logs?; logs?(?![\p{L}]).*(?<![\p{L}])(?:no|without|free of)(?![\p{L}]).*(?<![\p{L}])errors?`,
    'signal-filler':
      'time; rate; usage; use; used; utilization; utilisation; level; load; count; number; percent; percentage; share; space; free; left; consumption; footprint; growth; growing; grows; increase; increasing; leak; leaks; detected; stable; normal; active; open; in; of; on; to; per; for; from; the; and; no; is; are; average; mean; total; overall; current; log; logs; minute; hour; server; application; app; service; system; host; machine; production; backend; requests; process; real',
    'database-name': 'database; db; postgres; postgresql; pg; sql',
    to: 'to; until',
    'in-case': 'case; event',
    'your-thing': '',
    environment: 'env(?:ironment)?; variables?; secrets?',
    'in-order-to': '(?:in order )?to; how to',
    'before-cases': 'when; whenever; if; once; unless; which',
    'what-it-does': String.raw`what (?:the|this|that|it)(?!\p{L})(?:.*\s)?do(?:es)?; (?:this|it|the (?:script|command|playbook|tool|program|job|pipeline)) (?:will|does)(?: the following)?`,
    'not-back': "not; never; don['’]t; no",
    back: 'roll; go; revert; restore',
    log: 'log; record; history; report',
    after: 'after; within',
    using: 'using; via; with',
    'never-run': 'never',
    'do-not-run': "(?:do not|don['’]t) (?:run|use|execute|do)",
    'as-example': String.raw`(?:an |for )?examples?$; e\.g\.; previously(?![\p{L}]); formerly(?![\p{L}])`,
    'small-word':
      'a; an; the; is; are; was; be; to; of; for; from; with; and; or; that; this; sure; all; any; your; our; it; its; on; in; by; if; as; has; have',
    result: '',
    'mail-head': 'subject; to; from; cc',
    percent: 'percent; per cent',
    millisecond: 'milliseconds?; msecs?; ms',
    than: 'above; over; below; under; (?:higher|lower|more|less|slower|faster|worse) than; compared (?:to|with); of; than; as; from',
    upward: 'above; over; higher; more; slower; worse; compared; than',
    downward: 'below; under; lower; less; faster',
    within: 'within',
    level: 'below; under; above; over; beneath; beyond; exceeds?; exceeding; between',
    unless: 'unless',
    'change-window': '(?:(?:maintenance|change|deploy(?:ment)?|release|cut-?over|downtime|outage|service) )?window',
    'write-issue':
      '(?:create|open|file|raise|log|submit|write)(?: an?| the| new)?(?: new| github| gitlab| jira| incident| follow-up| bug)? (?:issue|ticket|bug report)',
    'taken-back':
      'not (?:this|that|these|those|the next)(?: one| ones)?; not any ?more; not (?:on|in|for|at|now|yet|here|there|needed|to be run); no longer; don.?t(?: (?:run|use|do|execute|type|touch)|!); do not (?:run|use|do|execute|type|touch); obsolete; already (?:in|part|contained|included|done by)',
    'ask-people': 'ask; tell; call; ring; phone; inform; notify; warn; alert',
    'tell-team':
      '(?:notify|inform|tell|alert|update|message)(?: the)?(?: whole| entire)? (?:team|teams|stakeholders?|support|customers?|users?|business|management|everyone|everybody)',
  },
  metrics: {
    'error rate': `(?:overall |application |request |http )?(?:error|failure)s?[ _-]rates?; rate of (?:errors|failures)`,
    'response time': `(?:(?:api|http|overall|average|request|mean) )*(?:response|respond|responses|latency|latencies)(?: (?:times?|latency|in))*`,
    memory: `(?:(?:process|application|app|server|rss|resident|heap) )*memory(?: (?:usage|use|consumption|leaks?|growth|growing|memory|detected|footprint|increase|increasing|grows|stable|is))*`,
    'cpu usage': 'cpu(?: (?:usage|use|utilization|utilisation|load))*',
    'database connections': '(?:db|database) connections?(?: (?:usage|used|in use|pool))*',
    complaints: String.raw`.*\bcomplaints?\b.*`,
  },
  aspects: {
    errors: String.raw`errors?; failures?; failed; fail; exceptions?; tracebacks?; crash\w*; 5xx; 4xx; timeouts?`,
    success: String.raw`success\w*; successful`,
    uptime: 'uptime; availability',
    lag: 'replication; replica; replicas; standby; lag',
    connections: 'connections?; pool',
    query: 'quer(?:y|ies); statements?; sql',
    memory: 'memory; mem; rss; heap; ram',
    processor: 'cpus?; processors?',
    disk: 'disks?; storage; file ?system',
    latency: String.raw`latenc(?:y|ies); response; responses; respond\w*; ttfb; p9\d; p50`,
    duration: String.raw`takes?; took; duration; completes?; finish\w*`,
  },
};
