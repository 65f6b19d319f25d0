/** The words and phrases of English. Every other language has the same rows. */
import {BOUNDS} from './english-bounds.ts';
import {WARNINGS} from './english-warnings.ts';
import {WORK} from './english-work.ts';

export const ENGLISH = {
  language: 'English',
  common:
    'the and of to for is are be with this that all from on it we you your not when before after then has have will must should run in or at by an as if but so into its least most only any each until out up can do does no',
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
    rollback: String.raw`^reversals?$; ^retreat$; ^back to (?:the )?(?:old|previous|v?\d)[^.]*$; if (?:something|anything|everything|it(?: all)?|things|this|all) (?:goes|go) wrong; if (?:it|this|anything|something) fails; (?:in case of|on) (?:failure|problems|trouble); if (?:it|this|that|anything|something) (?:does not|doesn't) work; how (?:to|(?:do|can|must) (?:we|you|i)) (?:halt|abort|bail|revert|undo|go back|roll ?back); ^(?:way |going |if it goes wrong: )?back$; roll(?:ing)?-?\s?backs?; revert(?:ing)?; (?:roll(?:ing|ed)? (?:it|this|everything) back); back(?:ing|ed)?[- ]?(?:it )?out; (?:straight )?switch(?:ing)?[- ]?back;
      (?:when|what if) (?:something|anything|it|things|this) (?:goes|go) wrong; what if (?:something|anything|it|this) (?:fails|breaks|does not work);
      if (?:the|a|this) (?:deploy\p{L}*|release|version|upgrade|migration|update|patch) (?:fails|breaks|(?:must|has to|needs to|should) be (?:pulled|withdrawn|undone|taken back|aborted|yanked|stopped));
      fall(?:ing)?-?\s?back(?: to (?:the )?(?:old|previous|last)\b.*| plan| procedure| steps?| path| option)?$; ^fall-?\s?back; ^undo(?:ing)?;
      undo (?:the )?(?:deploy\p{L}*|release|migration|change); ^plan b; contingency(?: (?:plan|procedure|steps?|measures?))?$; ^contingenc(?:y|ies);
      ^(?:(?:if|when|in case of|on) )?(?:it is )?abort(?:ed|ing)?\b; ^cancell?ing (?:the|this) (?:change|release|deploy\p{L}*); ^halting; ^(?:oh,? (?:no|shit|crap)|uh-?oh|o{2,}ps|panic); bail(?:ing)?[- ]?out; exit (?:plan|strategy); (?:un-?winding|backing it out|pulling (?:the|a) (?:release|plug)); (?:return(?:ing)?|go(?:ing)?|get(?:ting)?) back to (?:the )?(?:old|previous|last)\b.*;
      reinstat(?:e|ing) (?:the )?(?:old|previous|last)\b.*; withdraw(?:ing|al)?(?: (?:of )?(?:the|a) (?:release|version))?$; ^downgrad(?:e|ing);
      restor(?:e|ing) (?:the )?(?:previous|old|last)(?: (?:version|release|state))?; recovery (?:plan|procedure|steps);
      stop (?:&|and) (?:revert|roll-?back);
      if (?:production|prod|it|something|anything|things|this) (?:burns?|breaks?|blows up)`,
    reference: String.raw`^symptoms?$; ^tl.?dr$; references?; (?:related |further |additional |reference )?documentation$; appendix; appendices; ^resources$;
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
    ...WORK,
    ...WARNINGS,
    ...BOUNDS,
    /** Before a length of time, asks to look on for so long. */
    'looks-on': 'watch(?:ing)?; monitor(?:ing)?; observe; observing; keep (?:an eye|watching|looking)',
    /** Half an hour, an hour: a length of time without a figure. */
    'half-hour': 'half an hour; half-hour',
    'one-hour': 'an hour; one hour',
    /** Before a time of the day. */
    'at-clock': 'at; from; until; till; by; around',
    /** In a comment, before the figure that a command has to show at last. */
    'until-figure': 'until; till; wait (?:for|until|till)',
    /** Before a number: all of so many lines say it. */
    'all-those': 'all(?: of)?(?: the| these)?; the; these',
    /** Without a number: two of them, and so often. */
    both: 'both(?: of)?',
    'so-often': 'twice',
    /** Each of a number that nobody gives. */
    'every-one': 'each; every; all',
    /** Beside a figure such as 503 and a request: it is the status that is to come back. */
    'says-status': String.raw`answer\p{L}*; respon\p{L}*; repl(?:y|ies); return\p{L}*; giv\p{L}*; gets?; sees?; says?; shows?; reads?; prints?; com(?:e|es|ing); serve[sd]?; expect\p{L}*; wants?; wanted; status(?: ?codes?)?; codes?; https?; must; should; has to; have to; needs to; is; be`,
    /** Before a figure: it is a number of that thing. */
    'number-of': 'port; ext(?:ension)?; tel; phone; pr; step; line; ticket; room; issue',
    /** Behind a status, goes on with the sentence: it is no noun of which there are so many. */
    'behind-status':
      'ok; created; accepted; found; moved; forbidden; unauthorized; service; no content; not; bad; too; gone; here; from; with; for; while; during; until; by; as; to; now',
    /** Behind a figure: it is an amount. */
    amount: 'ms; s; seconds?; minutes?; min; mb; gb; kb; mib; gib; usd; users?; times?',
    /** In what state a way back finds things: "not yet", "already", "broken". */
    state: String.raw`(?:not|n['’]t) (?:yet|touched|started|run|applied|done|affected); yet; already; still; no longer; only \p{L}+ (?:is|are); untouched; touched; unchanged; intact; broken; affected; lost; dead; gone; nothing; before; after; until`,
    'column-state':
      'moments?; states?; stages?; phases?; when; points?; how far(?: .*)?; progress; levels?; conditions?; where (?:we are|it (?:broke|stopped))',
    /** A further and stronger way back, for when the one above it did not help. */
    'last-resort': `(?:as an? |the |our )?(?:very )?last(?:[ -]ditch)? (?:resort|option|chance|way out)s?; nuclear option; worst[ -]case(?: scenario)?; (?:in|at) the worst(?: case)?; if all else fails; if (?:all|everything) (?:of (?:this|that) )?(?:else )?fail(?:s|ed); if (?:none|nothing)(?: of (?:this|that|these|it|the above))?(?: else)? (?:helps?|helped|works?|worked); when nothing(?: else)? (?:helps|works); if (?:this|that|it|the above) (?:does|did)(?: not|n['’]t) (?:help|work|do it|suffice|fix it); if (?:this|that) (?:is|was)(?: not|n['’]t) enough; if (?:this|that) fails(?: too| as well)?`,
    /** Announces ways of which one is taken: "Two cases", "depending on". */
    'few-ways': String.raw`(?:two|three|four|five|several|different|\d) (?:\p{L}+ )?(?:cases|ways|levels|options|scenarios|situations|possibilities|variants|methods|paths|routes); which (?:one|way|case|level|of (?:them|these|the two)); depend(?:s|ing) on; (?:choose|pick) (?:one|the|whichever); (?:exactly|only) one of; one of (?:the|these) (?:two|three|\d); either`,
    /** Says that one of several ways below is taken: "Depends on how the copy went". */
    'announces-ways': String.raw`(?:it |this |that |all |which one )?(?:depends|depending) (?:on|of|from); (?:there are |we have |in )?(?:two|three|four|several) (?:cases|ways|options|routes|paths|variants|possibilities|scenarios|situations|methods)(?! (?:and|to)\W); one of (?:the|these|those) (?:two|three|following|ways|options)(?: \p{L}+)?; one of (?:these|those|them)(?=\W*(?:$|,)); either (?:way|of)(?! \p{L}+ works); whichever; choose (?:one|the|your); pick (?:one|the|your); only one of`,
    /** One of several ways: "the normal case". */
    'usual-way': 'the (?:normal|usual|common|standard|rare|other) (?:case|way)',
    /** A day as a label: it is not done now. */
    'later-lead': String.raw`tomorrow(?: (?:morning|afternoon|evening|night))?; (?:the )?(?:next|following) (?:(?:working|business) )?(?:day|morning|week|month|quarter|sprint|monday|weekend); in (?:\d+|an?|one|two|three|four|six|a few) (?:days?|weeks?|months?); (?:\d+|an?|one|two|three|four|a few|some) (?:days?|weeks?|months?) (?:later|after(?:wards)?); days? \+?(?:[2-9]|\d\d); weeks? \+?[2-9]; after the weekend`,
    /** A weekday as a label. */
    'later-day': '(?:on |by )?(?:mon|tues|wednes|thurs|fri|satur|sun)days?(?: (?:morning|afternoon|evening|night))?',
    /** What must come first: "only after". */
    'later-only': 'only (?:after|once|when); not (?:before|until|earlier than); no (?:earlier|sooner) than',
    /** Before places, says that it is done on several: "each", "both". */
    'each-of': 'each(?: of)?(?: the| these)?; every; both(?: of)?(?: the| these)?; all(?: of)?(?: the| our)?',
    /** Beside commands, such a word may say where they run: more than those that the reader turns into a place. */
    machine: String.raw`appliances?; routers?; switches; switch(?=(?: \S{1,6})?\s*(?:[:：)]|$)); firewall; firewalls; load[ -]?balancers?; lbs?; prox(?:y|ies); (?<!in (?:the |a |our )?)database; dbs?; (?<!in (?:the |a |our )?)clusters?; hypervisors?; brokers?; kiosks?; tills?; devices?; plcs?; panel; panels; pcs?; computers?; desktops?; notebooks?; jump ?servers?; secondar(?:y|ies); slaves?; spares?; witness; arbiter; mirrors?(?! (?:to|of)); blades?; mainframes?; lpars?; minions?; runners?; edge(?! cases?); others; other (?:one|side|end|site); (?:old|new|first|second|third|last|active|passive) (?:one|side|site)`,
    /** As a label, such a word may also name the part of the work. */
    component:
      'databases?; dbs?; worker; workers; containers?; pods?; prox(?:y|ies); clusters?; brokers?; runners?; gateways?; controllers?; instances?; edge',
    /** Stands before such a word, beside "on" and the like. */
    'at-machine':
      'onto; over (?:on|to); (?:go|hop|move|switch|change|jump|log|logged|connect) (?:back |over |on |in )?(?:on|in)?to; per',
    /** "Repeat on". */
    'repeat-there': String.raw`repeat(?:ed)?(?: (?:this|it|that|these|the same|all of it|all of this|everything|steps? \S+|the steps?|the (?:whole )?(?:procedure|block|commands?)))?(?: again)? (?:for|on|with|at); (?:then |and |now )*(?:do |run )?the same (?:again )?(?:on|for|with|at|goes for); likewise (?:on|for); once more (?:on|for|with)`,
    /** Sends to a part, and mentions it only: "see 3a". */
    'points-to': 'see',
    /** Sends from a row or an item to the commands further down. */
    'stands-below': String.raw`(?:see|as|shown|listed|given|found|described)(?: (?:the )?(?:\p{L}+ )?(?:block|script|commands?|statements?|queries|query|sql|code|box))? (?:directly |further |right |here )?(?:below|underneath|beneath|at the end|down here); (?:block|script|commands?|statements?|query|queries|sql|code|box) (?:directly |further |right )?(?:below|underneath|beneath|at the end|further down); see end of (?:this )?(?:section|chapter|page); further down`,
    /** Behind the figure of a day, or of a percentile: "28th Nov". */
    ordinal: 'st; nd; rd; th',
    /** A comment in code that begins so tells what comes out. */
    'comment-expects': 'expect; should',
    /** The same, before a colon. */
    output: 'output',
    /** Behind "verify", stands before what is claimed. */
    that: 'that',
    /** The only word of a cell of places. */
    'this-place': 'here',
    /** What stands behind is not to be done. */
    avoid: 'avoid; instead of',
    /** Orders that bring back what was: "restore the old version". */
    'orders-back': String.raw`(?:restore|reinstall|re-install|redeploy|start|bring|put|point|set|go|return|switch|flash|load)\s[^.:\x3b]{0,60}?\b(?:the|to|its|your|an?)\s(?:old|previous|prior|former|earlier|last good)\b`,
    /** Stands behind "roll back" in the title of a rollback. */
    'rollback-end': 'plan; procedure; steps?; commands?; if needed; if necessary',
    /** Sends to something above, and takes nothing back. */
    'goes-up': String.raw`(?:go|move)\s+back\s+to\s+(?:step|the\s+(?:start|top|beginning)|\d)`,
    /** Begins a line that leads to a machine. */
    'log-in': 'log ?in; connect',
    /** A text that begins so tells of no failure, though it names one. */
    'no-failure':
      'check; verify; monitor; review; watch; document; fix; no; any; handle; test; log; list; report; track; create; look; without; application; import; for',
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
