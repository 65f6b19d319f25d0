/** English words. */
import type {Words} from './topics.ts';

export const ENGLISH: Words = {
  language: 'English',
  numbers: 'one; two; three; four; five; six; seven; eight; nine; ten',
  roles: {
    contacts: `contacts?; escalation(?: (?:path|matrix|contacts?|levels?|procedure|chain))?; on-call(?: (?:contacts?|rota|schedule|engineers?))?;
      ^(?:key )?stakeholders$; team roles; roles (?:and|&) responsibilities; ^(?:deployment )?team$`,
    triggers: `(?:halt|stop|abort|pause|cancel|kill)(?: (?:the|this))?(?: \\p{L}+){0,2} (?:if|when)$;
      when (?:to|should (?:we|you|i)) (?:trigger )?(?:an? )?{rollback};
      {rollback}s?(?: automatic| manual)? (?:trigger(?:s| conditions?| criteria)?|criteria|criterion|conditions?|decision(?: (?:matrix|tree|criteria|points?))?|thresholds?|if|when);
      (?:criteria|conditions?|reasons|triggers?) (?:for|to) (?:an? )?(?:automatic |immediate )?{rollback};
      (?:automatic|manual|immediate|mandatory) {rollback}(?: triggers?| decisions?| criteria);
      {rollback} immediately if; abort (?:criteria|conditions?|triggers?); when (?:to|should (?:we|you|i)|we|you) (?:abort|halt|bail out|pull the plug);
      (?:stop|no-go|kill|halt) (?:criteria|conditions?); should (?:we|you|i) {rollback};
      ^(?:(?:the|any|automatic|manual|immediate|mandatory|hard|soft|key) )*triggers?$`,
    prepare: String.raw`(?:day|week|night|evening|month)s? before; ^before$; checks? before$; pre-?\s?(?:deploy\p{L}*|flight|release|launch|migration|cut-?over|check\p{L}*|requisites?|work|upgrade|maintenance|conditions?|change|install\p{L}*|production|start|tasks?);
      preparations?; preparatory; prep; prepare; prerequisites?; requirements;
      before (?:you|the|deploy\p{L}*|release|starting|we|anything|go-live|cut-?over); readiness; planning;
      initial (?:checks?|set-?up)`,
    criteria: `(?:success|completion|acceptance|exit|validation|done) criteria; definition of done;
      criteria for success`,
    rollback: String.raw`if (?:something|anything|it|things|this) (?:goes|go) wrong; if (?:it|this|anything|something) fails; (?:in case of|on) (?:failure|problems|trouble); if (?:it|this|that|anything|something) (?:does not|doesn't) work; how to (?:halt|abort|revert|undo|go back|roll ?back); ^(?:way |going |if it goes wrong: )?back$; roll(?:ing)?-?\s?backs?; revert(?:ing)?; (?:roll(?:ing|ed)? (?:it|this|everything) back); back(?:ing|ed)?[- ]?(?:it )?out; (?:straight )?switch(?:ing)?[- ]?back;
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
      ^architecture(?: overview| diagram)?$; faq; known issues; (?:communication |message |e-?mail )?templates?(?: \d+)?;
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
    moment: 'before; after; until; up to; if still',
    degree:
      'quick; fast; emergency; immediate; early; late; full; complete; partial; automatic; automated; manual; standard; detailed',
    doing: `deploy; install; apply; start; stop; restart; update; create; configure; enable; disable; switch; upgrade; push;
      merge; build; set ?up; scale; drain; provision; migrate; pull; tag; bump; promote; execute; import; export; load;
      announce; notify`,
    option: 'option; path; approach; alternative; method; scenario; variant; strategy; choice',
    recommended: 'recommended; preferred; default',
    or: 'or; or else; alternatively',
    part: 'step; phase; stage; part; task; procedure; action; wave; batch; fix; test; checkpoint',
    optional: `optional; if (?:needed|necessary|required|applicable|any|possible|desired);
      (?:when|as|where) (?:needed|applicable|required)`,
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
    gate: String.raw`go ?(?:/|-|–|or|vs\.?) ?no-?\s?go; decision point; decision gate; proceed only if; only proceed if;
      do not proceed (?:unless|until|if); hold point; stop and (?:confirm|verify|check); checkpoint;
      proceed or abort; point of no return; quality gate; approval gate`,
    answer: `status; result; outcome; decision; verdict; severity; risk(?: level)?; impact; issues encountered;
      recommendation; go/no-go`,
    verdict: String.raw`pass(?:ed)?; fail(?:ed)?; yes; no; go; no-?\s?go; ok; not ok; n/a; done; skipped; proceed; abort;
      success; successful; failure; approved; rejected; true; false`,
    owner: `owners?; responsible; responsibility; assigned to; assignee; who; performed by; executor;
      accountable; dri; role`,
    person: `lead; engineer; manager; dba; database admin(?:istrator)?; developer; devops; sre; on-call; on call;
      commander; coordinator; owner; architect; operator; administrator; director; cto; vendor; support;
      approver; primary; backup; secondary; scribe; tester; sponsor`,
    duration: `(?:expected |estimated |total )?duration; (?:estimated |total )?time(?: required| needed| estimate)?;
      estimate; eta; takes`,
    command: 'command; run; execute; cmd',
    blank: String.raw`timestamp; date; time; your name; name; version; value; number; id; url; e-?mail; phone; initials;
      yyyy[^\]]*; hh:mm[^\]]*; signature; ticket; link; env; environment; contact; slack; add any;
      note any; describe; fill in; insert; enter; tbd`,
    'column-step':
      'steps?; actions?; tasks?; activit(?:y|ies); checks?; items?; what; description; procedure; checklist',
    'column-command': 'commands?; cmd; run; how; script; query',
    'column-expected': `expected(?: results?| output| outcome)?; success criteria; verification; pass criteria; validation;
      should (?:be|show)`,
    'column-status': String.raw`status; done; complete; completed; result; actual(?: results?)?; checked; pass/fail; ✓; ✅; ☑; ☐;
      \[ ?\]`,
    'column-time': String.raw`(?:start |planned |local )?time; t[-+/±].*; when; clock; offset; duration; est\.?(?: time)?;
      estimate; timing; eta`,
    'column-case': `situations?; cases?; scenarios?; if; (?:if |when |what )?you (?:see|get|notice|have); symptoms?; failures?; problems?; errors?(?: messages?)?;
      trouble; issues?; observations?; what (?:went wrong|happened|failed|you see)`,
    'column-metric': 'metrics?; signals?; indicators?; kpis?; measures?; slos?; slis?; checks?; condition',
    'column-target': `(?:go on|proceed|continue|pass|advance|promote) (?:if|when); targets?; expected; goals?; success(?: criteria)?; normal; acceptable; ok; good; fine; green; healthy; threshold;
      slo; limit`,
    'column-alert': 'alerts?(?: threshold)?; warning(?: threshold)?; warn; yellow; amber; investigate; look into it',
    'column-trigger': String.raw`(?:thresholds?|limits?|bounds?|triggers?|criteri(?:a|on)|values?) (?:for|to|of) (?:an? )?{rollback}; (?:stop|halt|abort|pause) (?:if|when); roll-?\s?back(?: trigger| threshold| if| when)?; critical(?: threshold)?; abort(?: threshold| if)?;
      red; trigger`,
    'column-contact': `contacts?(?: info(?:rmation)?)?; phone; e-?mail; slack; names?; person; pager; primary; backup;
      telephone; mobile`,
    'column-signature': 'signatures?; signed; sign-?off; approved; initials; approval',
    message: `template; message; notification; announcement; e-?mail; notice; communication; subject;
      status update; slack post`,
    prepared: `tested; documented; verified; identified; ready; available; prepared; reviewed; assigned; in place;
      approved; understood; confirmed; defined; taken; created; tagged; accessible; communicated;
      estimated; validated; exists?; completed?`,
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
    undo: String.raw`(?:go|put|bring|switch|set|move|get|point|change|turn)\s(?:[\p{L}\p{N}.-]+\s){0,4}?back; undo; revert; abort; restore (?:the|its|that) (?:old|previous|former|earlier|last)(?: \p{L}+)?; return to the (?:old|previous|former)`,
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
      'this (?:document|run-?book|checklist|play-?book|page|guide|procedure); unless (?:otherwise )?(?:noted|stated)(?: otherwise)?',
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
    article: 'the; an?',
    'since-deploy': String.raw`(?:of|after|from|since|following) (?:the |a |our )?(?:deploy\p{L}*|release|go-?live|roll-?out|start|switch(?:-?over)?|cut-?over|upgrade|launch|change|migration)`,
    twofold: 'twice; doubl(?:e|es|ed|ing); two times; two-?fold',
    threefold: 'tripl(?:e|es|ed|ing); thrice; three times; three-?fold',
    halved: 'half(?: of)?; halves; halved',
    'go-on-if': String.raw`(?:go on|proceed|continue|resume|advance|promote|move on|carry on|ramp up)(?: [\p{L}-]+){0,3} (?:if|when|once)`,
    'no-rollback': `(?:do|does|did|should|must|will|we|you)(?: we| you)? not (?:trigger (?:an? )?)?{rollback}; don['’]?t (?:trigger (?:an? )?)?{rollback}; never {rollback};
      (?:no|not an?|without an?) (?:immediate |reason (?:for|to) (?:an? )?|grounds? for (?:an? )?)?(?:{rollback}|rollback trigger|trigger); when not to {rollback}; when to not {rollback}; not (?:a )?reasons? (?:for|to) (?:an? )?{rollback};
      not (?:worth|enough for) (?:an? )?{rollback}; fix(?:ed|ing)?[- ]forward; roll(?:ing)?[- ]forward`,
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
    countable: `errors?; failures?; complaints?; tickets?; exceptions?; timeouts?; restarts?; reboots?; crashes; alerts?; incidents?;
      reports?; connections?; score; lighthouse; queues?; depth; backlog; pending; lag; retries; retried; messages; jobs; sessions;
      consumers?; packets?; calls; threads; deadlocks?; locks?; throughput; bandwidth; utili[sz]ation; temperature`,
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
  },
  metrics: {
    'error rate': `(?:overall |application |request |http )?(?:error|failure)s?[ _-]rates?; rate of (?:errors|failures)`,
    'response time': `(?:(?:api|http|overall|average|request|mean) )*(?:response|respond|responses|latency|latencies)(?: (?:times?|latency|in))*`,
    memory: `(?:(?:process|application|app|server|rss|resident|heap) )*memory(?: (?:usage|use|consumption|leaks?|growth|growing|memory|detected|footprint|increase|increasing|grows|stable|is))*`,
    'cpu usage': 'cpu(?: (?:usage|use|utilization|utilisation|load))*',
    'database connections': '(?:db|database) connections?(?: (?:usage|used|in use|pool))*',
    complaints: String.raw`.*\bcomplaints?\b.*`,
  },
};
