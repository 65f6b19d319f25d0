/** Words which warn that commands are not simply the next thing to do, in English. */
export const WARNINGS = {
  /** At the start of a text: something has gone wrong, or must be taken back. */
  'trouble-first': String.raw`in case of; in (?:trouble|doubt|an emergency|emergencies); on (?:failure|errors?); should; nothing helps; (?:the |a )?way back; (?:to |you can )?(?:undo|revert|back out|go back|get back|roll back|get rid|restore the (?:old|previous)); backing out; rolling back; emergency; problems?; trouble; errors; not happy; red; it fails; (?:as (?:a|the) )?last (?:resort|way out); plan b; (?:take|put|turn|roll|bring|switch) (?:it|this|that|them|everything|the \p{L}+) back; undo (?:it|this|that|everything); panic; when .*(?:stays|red|fails?|failed|broken|breaks|wrong|down|stuck); (?:only )?(?:needed )?(?:when|if) it (?:fail\p{L}*|breaks?)`,
  /** Long spans of time, and what begins one: "after a complete month end", "on the following working day". */
  'long-time':
    '(?:(?:business|working|calendar|whole|full) )?days?; weeks?; week-?ends?; months?(?:[- ]ends?)?; quarters?; years?; sprints?; holidays?; morning',
  'time-begins':
    'any(?:thing|body|one|where) (?:else|more|further); after; following; next; once; as soon as; when; at the end of; in the course of; by the end of',
  /** A program that asks a person back: "stops for confirmation". */
  'stops-to-ask': `(?:stops|pauses|halts|waits) for (?:an? |your |the )?(?:confirmation|go-ahead|answer|keypress|key press|input|enter); (?:asks|prompts) (?:you )?(?:for (?:an? |your |the )?(?:confirmation|input)|to (?:confirm|continue|proceed))`,
  /** Stands before the name of a month that says when something is done. */
  'before-month': 'in; on; before; after; until; from',
  /** The same, wherever it stands. */
  'trouble-within': 'only needed when',
  /** Done behind all else. */
  'last-of-all':
    '(?:very )?last of all; (?:do|run|execute|start) (?:this|it|that) (?:very )?last; (?:comes|goes|runs|is) (?:very )?last; at the very end; last thing',
  /** Nobody does it alone. */
  'two-people': '(?:two|three) people; a second (?:person|pair of eyes); four[- ]eyes; in pairs; with a colleague',
  /** It is only shown, and must not be run: at the start of a text, or anywhere. */
  'shown-first': String.raw`never; (?:please )?do not (?:run|use|execute|call|do); don['’]?t (?:run|use|execute|call|do); avoid; wrong; instead of; example; (?:an? |for )?(?:example|sample); e\.g\.; old (?:way|tool|command); last time; beware; caution; deprecated`,
  'shown-within': String.raw`for (?:your )?(?:reference|information|the record) only; (?:listed|kept|given|shown|here|only) (?:here )?for (?:reference|information|the record); it used to be; used to be done; never (?:call|use|do|execute|run|start|type)(?! (?:it |this |them )?(?:against|in|on|as|at|from|with|without|twice|more)(?![\p{L}])); should see something; look(?:s|ed) like this; something like; the log read; typed on; the script contains; which is short for; behind the scenes; for completeness; cannot be undone; how it worked; used to (?:be|do|run|call|use|have); (?:is|are|was) (?:forbidden|prohibited|not allowed|dangerous); (?:general|usual) (?:form|syntax); legacy (?:tool|way|command|script); do not run; sample session`,
  /** Only some people do it, in some places or cases: at the start of a text, or anywhere. */
  'cases-first': String.raw`optional(?:ly)?; when(?! (?:this|that|it|they|everything|all|the \p{L}+)(?: \p{L}+)? (?:is|has|are|have) (?:now )?(?:been |all )?(?:done|finished|complete\p{L}*|ready|up|through|green|back|stopped|drained|over)); only; unless; otherwise; else; as needed; if; skip; staging; test cluster; local development; alternatively; production; npm; yarn; debian; alpine; for (?:clusters|customers|sites|hosts|installations|tenants|one); on (?:windows|mac(?:os)?|linux|debian|alpine|ubuntu|your laptop); customers; sites; without make; the same (?:by|with|without); on your laptop`,
  'cases-within': String.raw`but only (?:after|once|when|if); whenever; \([^()]*(?<![\p{L}])(?:only|never|except|not on|staging|dev|test|pre-?prod\p{L}*)(?![\p{L}])[^()]*\); staging only; only on; skip in; additionally needs?; also needs?; not needed; for testing; (?:whichever|whatever|the one)(?: \p{L}+){0,3} (?:uses?|fits|applies|appl(?:y|ies)|is used|you (?:use|have|prefer)); (?:pick|choose|take) (?:one|either|any|whichever); if you (?:feel like|like|want|wish|prefer|need); do one of the following; one of the following; by hand`,
  /** Asks a person to look, at the start of a comment; "at the end" for languages that put the verb there. */
  'read-it': String.raw`(?:re-?)?read; (?:re-?)?reading; review; look; eyeball; inspect; study; skim; compare; make sure; (?:check|verify|confirm)(?= (?:it|this|that|them|first|what|whether|(?:the )?(?:output|results?|plan|list|diff|numbers?|counts?))(?!\p{L})|\W*$); (?:stop|abort|ask|do not|don['’]t)(?= .*(?:if|unless))`,
  'read-last': '',
  /** How often a command is run; and that it is run until it shows something. */
  'times-over': String.raw`twice; thrice; (?:two|three|four|five|six|ten|several|a few|\d+) times; over and over; repeatedly`,
  'again-until': String.raw`(?:again|repeat\p{L}*|re-?run|re-?check|keep \p{L}+ing|loop\p{L}*)(?: \p{L}+){0,3},? (?:until|till); (?:until|till) (?:it|this|that|the \p{L}+)(?: \p{L}+)? (?:says?|shows?|reads?|prints?|reports?|returns?)`,
  /** What was planned does not hold any more: "this plan is not valid any more". */
  'no-longer': 'no (?:going|turning) back; (?:no longer|not) (?:valid|possible|allowed|permitted|applicable)',
  /** On what stands behind such a word it hangs whether something is done at all, and by whom. */
  'hangs-on': String.raw`if; unless; in case; whenever; otherwise; provided; depends on; depending; except; apart from; other than; (?<!read-)only(?! (?:looks?|reads?|listens?|shows?)|\W*$); instead; rather than; either; neither; alternatively; one of; skip\p{L}*; where (?:needed|necessary|applicable|required|appropriate); as (?:needed|necessary|required|applicable); optional(?:ly)?; by hand; manually; for (?:those|any|all) (?:who|that|which)`,
  /** Such a word tells how often or when it is done, or what must not be done: it may ask for more than to run it once. */
  'may-hang': String.raw`repeat\p{L}*; (?<!(?:seconds|minutes|hours|days) )each; every(?! (?:\d|few|later|following|other|half|second|minute|hour|day|\p{L}+ (?:seconds|minutes|hours))); both; one by one; one after (?:the other|another); in turn; same as; as above; not (?!found|set|null|empty|available|needed|required|affected|lost)\p{L}+; never; do n[o']t; don['’]?t; must ?n['o]t; no longer; (?<!wait )until; till; while(?! true); as long as; before(?= \p{L})(?! we ); as soon as; at the (?:earliest|latest)`,
  /** Directly before a command, says that it is another one which is run: "`a` (not `b`)", "instead of `a`". */
  'not-this': '(?<!(?:if|or|why|whether) )not; instead of; rather than; in place of; never; no; without; as opposed to',
  /** Directly before a command, tells when or in what case something else is done: "after `a`". */
  governs:
    'before; prior to; ahead of; after; once; as soon as; until; till; unless; if; when; whenever; while; whilst; than',
  /** Between two commands, says that they are not simply done one after the other. */
  'turns-order': String.raw`should; instead; rather; not; never; without; but; beforehand; before; previously; earlier; preced\p{L}*; otherwise; else; provided; only; last; reverse`,
  /** A file is to hold what stands below: "Save this as `/usr/local/bin/rotate`:". */
  'writes-file': String.raw`save; saved; store; put; place; write; paste; append; insert; create; add; goes; belongs; (?:new|this) (?:unit|file|script|job|target|cron\p{L}*|config\p{L}*)`,
  /** Speaks of single lines of the block below, or of another order: "the second line on db2". */
  'single-lines': String.raw`(?:first|second|third|fourth|fifth|last|next|other|remaining|upper|lower|top|bottom|middle|indented|commented) (?:\p{L}+ )?(?:lines?|commands?|rows?); (?:the|both) (?:two|three) lines; lines? (?:no\.? ?)?\d+; un-?comment\p{L}*; comment (?:it |this |that |them )?(?:in|out); (?:the )?other way (?:a)?round; (?:the )?(?:opposite|reverse|reversed) (?:order|sequence); in reverse; swap(?:ped)? the (?:lines|order)`,
  /** Stands for what was named before: "This restarts it". */
  pronoun: 'this; that; these; it; they; we; you; i; do',
  /** Behind the name of a program or of somebody else, tells what that does: "`switch.sh` does this:". */
  'does-itself':
    'will; would; contains; consists of; used to; wraps; calls; invokes; runs; executes; ran; says; suggests; recommends; tells us',
  /** The same, and a single command below it may be what does it: "The script does everything:". */
  'does-all': 'does; performs',
  /** At the start of a text: it is not done now. */
  'later-first': String.raw`after \p{L}+ (?:days?|weeks?|months?); later; (?:at the )?end of the (?:month|week|quarter); in (?:a|one|two) (?:days?|weeks?|months?); in the next; once every \p{L}+ (?:has|have|is|are); after (?:the |this |next )?(?:code |change |holiday )?(?:freeze|quarter|month|sprint|week(?:end)?|year|holidays?|retention|trial)(?: period| window)?; (?:at |by |until )?(?:the )?end of (?:the |this )?(?:day|week|month|quarter|sprint|year|retention|trial); yearly; quarterly; annually; monthly; weekly`,
  /** It runs until somebody stops it. */
  endless: String.raw`(?:keep|leave|let) (?:it|this|that|them|these|the \p{L}+) (?:running|run|open|up|going)(?! (?:dry|empty|out|down|through|to the end)); (?:in|from|use|open) (?:a|an|another|the)(?: (?:second|third|separate|other|new|different|free|spare))? (?:terminal|window|tab|shell|pane|session|console); (?:until|till) (?:you |it is |somebody )?(?:press(?:es)?|hit|interrupt(?:ed)?|stop(?:ped|s)?|cancel(?:led)?|kill(?:ed)?|ctrl|\^c); (?:in|to) the foreground; for the whole of; the whole time; all the while; never (?:ends|returns|exits|stops); does not (?:end|return|exit|stop)(?: by itself)?; keeps running`,
  /** Titles of work that is not part of a deploy, or is only looked up. */
  'other-work': String.raw`uninstall\p{L}*; restoring; restore; rotat\p{L}+; scaling; adding an?; removing an?; tips; tricks; snippets; disk full; disaster; recovery; how it works; known (?:issues?|problems?|bugs?|oddities|faults|errors|limitations); oddit(?:y|ies); pitfalls?; gotchas?; caveats?; quirks?; hiccups?; surprises; stumbling blocks?; worked example; cheat ?sheet; handy; useful; good to know; what can go wrong; local development; housekeeping; no-go; deprecated; hot-?fix\p{L}*`,
  /** "Old servers only": perhaps there are none. */
  machines:
    'servers?; hosts?; nodes?; machines?; clusters?; systems?; installations?; environments?; boxes; versions?; customers?; sites?; tenants?',
  only: '(?<!read-)only',
  'with-without': 'with; without',
  'yes-no': 'yes; no',
  'not-well': 'no; not; nothing; still',
  /** It sends past what stands below: "go to 3", "skip to the next section". */
  'go-past': String.raw`(?:go|jump|skip|move|proceed|continue|carry)(?: straight| directly| on| right)? (?:to|with|at|from) (?:the )?(?:next |last )?(?:step|section|part|point|phase|item|chapter|\d)[^.:\x3b]{0,20}; skip (?:this|the rest|the whole|to|ahead|all of (?:this|it))`,
  /** In capitals it may be a blank, `backup_DATE.tar`; and words that such a blank begins with: `the-new-tag`. */
  'blank-noun':
    'user; username; pass; passwd; password; date; time; timestamp; stamp; host; hostname; server; node; name; port; ticket; version; tag; rev; revision; build; release; id; ip; file; filename; path; dir; db; dbname; database; customer; tenant; account; domain; zone; site; number; nr; token; secret; key; value; region; branch; commit; hash',
  'blank-lead': 'your; some; insert; put; fill in; the[-_ ](?:new|old|right|actual); enter',
  /** Of the remark beside a value that is another one each time: "# the version you are releasing". */
  'example-values': String.raw`example(?:s| values?)?; e\.g\.; for example; for instance; sample values?; values? (?:of|from) (?:the )?(?:last|previous) (?:time|release|run); (?:use|take|put in|insert|fill in|enter) (?:those|the ones|the values?|your own|your values?|what) (?:from|of|you|as|in|that|shown|here)`,
  'wrong-as-written': String.raw`(?:this|that|it|they|these|those|(?:the|that|this) (?:option|flag|command|script|path|syntax|name|host|parameter|file)) (?:does|do|will)(?: not|n['’]t) (?:exist|work)(?! until); (?:this|that|it|these|(?:the|this|that) (?:command|line|option|flag|path|script|block|version|host|port|order|syntax)) (?:is|are|looks|seems) (?:\p{L}+ )?(?:wrong|outdated|out of date|misspell?ed|mistyped)(?! with| in (?:the|our) (?:app|log)\p{L}*); wrong (?:as (?:it stands|written)|option|flag|path|name|host|command|syntax|order); typo; (?:please |must |needs? to |to )?be (?:corrected|fixed|adapted|updated) (?:first|before\p{L}*); (?:correct|fix|adapt) (?:this|it|that|the (?:line|command|path|name))(?: (?:first|before\p{L}*|please))?; needs? (?:correcting|correction|fixing)`,
  'not-earlier': 'after; not before; (?:no|not) earlier than; only (?:from|after); from; earliest(?: at)?',
  'of-the-day': String.raw`you; your(?:s|self)?; we['’]re; we are; our; whatever; (?:this|next) (?:release|version|time|week|month|run); (?:the )?(?:new|current|latest|actual|right|target) (?:\p{L}+ )?(?:version|tag|release|date|name|id|number|host|node|build); today(?:['’]s)?; e\.g\.; for example; example; for instance; sample; replace; adjust; adapt; change (?:this|it|me); fill in; to be set; as needed`,
  /** Begins an order that nothing is changed: "Leave the volumes in place". */
  'keep-so': String.raw`leave(?! (?:the )?\p{L}+ mode); keep; retain; preserve; spare`,
  /** A look that is to be repeated until something is seen. */
  /** Says that it is not done once. */
  'not-once': String.raw`repeat\p{L}*; each; every; one by one; one after (?:the other|another); in turn; same as; as above; until; till`,
  'looked-until': '(?<!wait )(?:until|till)',
  /** Text between two commands: what the first prints goes into the second. */
  piped: String.raw`pip(?:e[ds]?|ing) (?:it|that|this|them|the \p{L}+|the result|the output)?\s?(?:in)?to; feed (?:it|that|this|them|the \p{L}+) (?:in)?to; through a pipe`,
  /** In brackets behind a place, the way to it: "(ssh from the bastion)". */
  'way-there': 'via; through; from; by way of; by; over',
  'until-when': 'until; till',
  /** Sends to a part of the document: "back to section 6". */
  'back-to': 'back to; return to; over to',
  /** Ahead of the number of a step, in the label of its commands: "For 12:". */
  regards: 'for; of; on; re; regarding; concerning; about',
  /** Names parts of the document itself: "skip the boxes marked (M)"; and one of them, behind "each". */
  'own-parts': String.raw`(?:tick|check)[- ]?boxes; (?<!(?<!\p{L})on (?:\p{L}+ ){0,4})boxes; steps; items; commands; lines; (?:code )?blocks; snippets; sections; chapters; parts; rows; points; bullets; paragraphs; actions; instructions; tasks; phases; stages`,
  'own-part': `(?:tick|check)[- ]?box; step; item; command; line; (?:code )?block; snippet; section; chapter; row; point; bullet; action; instruction; task; phase; stage`,
  /** What is said of such parts, where another word says how. */
  'carried-out': String.raw`runs?; ran; execut\p{L}*; carr(?:y|ied) out; do; does; done; perform\p{L}*; typed?; pasted?; appl(?:y|ies|ied); (?:is|are) (?:for|only|not); start\p{L}*; confirm\p{L}*; approv\p{L}*; counts?; follow\p{L}*; belongs?; goes; happen\p{L}*; entered; issued`,
  /** Such a word alone says that they are not simply done where they stand, once. */
  'sets-apart': String.raw`skip\p{L}*; omit\p{L}*; (?:leave|left) (?:\p{L}+ )?(?:out|alone); ignor\p{L}*; repeat\p{L}*; optional; twice; once (?:per|an?|for each|on each|each); revers\p{L}* order; out of order; (?:in )?any order; backwards; in parallel; at the same time; simultaneously; together; alternat\p{L}*; interchangeable; history; historical; obsolete; (?:with|under|by|through|needs?) sudo; replac\p{L}*; substitut\p{L}*; (?:done|left|run|taken) (?:by|to|for) (?:the )?\p{L}+`,
  /** Said of a part that is named, holds it back: until when, by whom, or not now. */
  'holds-back': String.raw`no [^,.\x3b]{3,40}, no; last thing; stays?; remains?; waits?; waiting; follows; hold(?:s|ing)? off; (?:leave|left|keep|kept) (?:\S+ ){1,4}(?:alone|off|out|until|till|for|down|closed|as); not (?:yet|before|until|on|at|during|while|this|the|for|in|any|now|today|tonight); (?<!(?:for|hi|hello|hey|dear|to|and) )whoever; whichever; must; has to; have to; needs?; subject to; conditional on; belongs? to; (?:['’]s|s['’]) (?:call|decision|job|task); up to(?! \d| about| around); at the (?:earliest|latest); as soon as; until; till; no earlier`,
  /** Says that parts carry a mark. */
  'marked-as': `marked; tagged; flagged; labell?ed; starred; (?:an? )?(?:star|asterisk|dagger|tag|mark|badge|letter|symbol|icon|flag)s?; (?:(?:beginning|starting|ending) with|prefixed)`,
  /** How such text is set, and its colours: "everything in italics", "grey lines". */
  'in-italics': 'italics?',
  'in-bold': 'bold(?:[- ]?(?:type|face|print))?',
  coloured: 'gr[ae]y(?:ed)?(?: out)?; red; green; yellow; orange; blue; purple; highlighted; shaded; indented',
  /** Between a mark and what it means. */
  'stands-as': 'means?; stands? for; is for; denotes?; marks',
  /** Says that what stands before it is a reason to roll back: "is a reason to go back". */
  'rollback-reason':
    '(?:reasons?|grounds?|cause) (?:for|to) (?:an? |the )?(?:go(?:ing)? back|{rollback}); (?:means|triggers|calls for|leads to) (?:an? |the )?(?:go(?:ing)? back|{rollback})',
  /** Begins the first sentence of a rollback with its reasons: "Use if". */
  'used-if': '(?:(?:to be )?used?|done|applies)(?: this| it)?(?: only)? (?:if|when)',
  /** The label of reasons inside a text about the rollback. */
  reasons: 'reasons?; triggers?; criteria; grounds',
  /** Behind a bound: it must also move. */
  'goes-on-changing':
    '(?:and |still |also )*(?:rising|falling|growing|climbing|increasing|decreasing|going (?:up|down))',
  /** What a sentence means by the command before it: "it", "the second". */
  'it-itself':
    'it; this; that; the (?:first|second|third|last|command|query|script|call|request); (?:each|every)(?: \\p{L}+)?',
  /** Accounts and hosts that stand for those of whoever reads: "you@wherever". */
  'any-account':
    'you; me; myself; someone; somebody; whoever; your[-_.]?name; wherever; whatever; (?:some|any|my|the)[-_]?(?:where|host|server|box|machine|mail)',
};
