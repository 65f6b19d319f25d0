/** Words that say that commands are not simply the next thing to do, in many languages: they are looked for when in doubt. */
import {WORD_END, WORD_START} from './letters.ts';

// A reader that takes one of these for a plain step runs what must not run. So they need no grammar, and languages
// without a table of words of their own are here as well: what they are found in waits for a person.

/** Something has gone wrong, or is to be taken back. At the start of a text. */
const TROUBLE_FIRST = String.raw`
  in case of; in (?:trouble|doubt|an emergency|emergencies); on (?:failure|errors?); should; nothing helps; (?:the |a )?way back; (?:to |you can )?(?:undo|revert|back out|go back|get back|roll back|get rid|restore the (?:old|previous)); backing out; rolling back; emergency; problems?; trouble; errors; not happy; red; it fails; (?:as (?:a|the) )?last (?:resort|way out); plan b; (?:take|put|turn|roll|bring|switch) (?:it|this|that|them|everything|the \p{L}+) back; undo (?:it|this|that|everything); panic;
  when .*(?:stays|red|fails?|failed|broken|breaks|wrong|down|stuck); (?:only )?(?:needed )?(?:when|if) it (?:fail\p{L}*|breaks?);
  bei (?:fehl\p{L}*|problem\p{L}*); im (?:fehlerfall|notfall); fehler\p{L}*; sollte; falls; klappt\p{L}*; geht .*schief; r[üu]ckg[äa]ngig; zur[üu]ck\p{L}*; notfall\p{L}*; abbruch; wiederherstell\p{L}*; letzter ausweg; (?:bleibt|ist|sind|war|hat|kommt|geht|l[äa]uft|meldet|zeigt|schl[äa]gt|tritt|funktioniert|startet|fehlt|gibt es|antwortet|h[äa]ngt|hakt|bricht|reagiert|wird|were|had) .*[,?];
  si (?:falla|algo|no|hay); en caso de; para (?:deshacer|revertir|volver); deshacer; revertir; emergencia; fallo\p{L}*; [úu]ltimo recurso; deshaz;
  mislukt; als het; bij (?:fouten|problemen); ongedaan; terug\p{L}*; herstel\p{L}*; in geval; nood\p{L}*; en dernier recours; laatste redmiddel`;

/** The same, wherever it stands: in languages whose sentences are not read at all. */
const TROUBLE = String.raw`
  only needed when; den alten stand; r[üu]ckg[äa]ngig machen;
  se der errado; falh\p{L}+; em caso de; caso o; caso a; desfazer; reverter; voltar atr[áa]s; n[ãa]o sub\p{L}+;
  [ée]chou\p{L}+; [ée]chec; en cas d\p{L}*; probl[èe]me\p{L}*; annuler; annulation; revenir; retour arri[èe]re; restaurer;
  in caso di; storto; fallisc\p{L}+; ripristin\p{L}+; annullare; non parte; tornare indietro;
  misgaat; ongedaan; terugdraai\p{L}*; draai .*terug`;

/** It is shown, and not to be done. */
const SHOWN_FIRST = String.raw`
  never; (?:please )?do not (?:run|use|execute|call|do); don['’]?t (?:run|use|execute|call|do); avoid; wrong; instead of; example; (?:an? |for )?(?:example|sample); e\.g\.; old (?:way|tool|command); last time; beware; caution; deprecated;
  niemals; nie; auf keinen fall; zum beispiel; beispiel; z\. ?b\.; fr[üu]her; veraltet;
  nunca; no ejecut\p{L}*; por ejemplo; ejemplo; antes; jamais; exemple; mai; esempio; nooit; voorbeeld; exemplo`;

const SHOWN = String.raw`
  it used to be; used to be done; never (?:call|use|do|execute|run|start|type)(?! (?:it |this |them )?(?:against|in|on|as|at|from|with|without|twice|more)(?![\p{L}])); should see something; look(?:s|ed) like this; something like; the log read; typed on; the script contains; which is short for; behind the scenes; for completeness; cannot be undone; how it worked; used to (?:be|do|run|call|use|have); (?:is|are|was) (?:forbidden|prohibited|not allowed|dangerous); verboten; prohibido; interdit; (?:general|usual) (?:form|syntax); legacy (?:tool|way|command|script); do not run;
  nicht ausf[üu]hren; ne (?:jamais|pas) (?:lancer|ex[ée]cuter); par exemple; n[ãa]o execut\p{L}+; nunca execut\p{L}+; por exemplo; mai eseguire; non eseguire; per esempio; niet uitvoeren; bijvoorbeeld; sample session`;

/** It is done only by some, somewhere, sometimes. */
const CASES_FIRST = String.raw`
  optional(?:ly)?; when(?! (?:this|that|it|they|everything|all|the \p{L}+)(?: \p{L}+)? (?:is|has|are|have) (?:now )?(?:been |all )?(?:done|finished|complete\p{L}*|ready|up|through|green|back|stopped|drained|over)); only; unless; otherwise; else; as needed; if; skip; staging; test cluster; local development; alternatively; production; npm; yarn; debian; alpine;
  for (?:clusters|customers|sites|hosts|installations|tenants|one); on (?:windows|mac(?:os)?|linux|debian|alpine|ubuntu|your laptop); customers; sites; without make; the same (?:by|with|without); on your laptop;
  nur; sonst; andernfalls; bei bedarf; wahlweise; wer; kunden;
  solo; s[óo]lo; opcional; si; en lugar; o en su lugar;
  seulement; facultatif; facultative; optionnel; sinon; ou bien; si; [àa] la main; au[- ]del[àa]; moins d\p{L}*;
  apenas; somente; sen[ãa]o; se; caso; opzionale; oppure; altrimenti; soltanto; alleen; indien; als; optioneel; anders; of; zo nodig`;

const CASES = String.raw`
  whenever; \([^()]*(?<![\p{L}])(?:only|never|except|not on|staging|dev|test|homolog\p{L}*|pre-?prod\p{L}*|nur|nie|solo|s[óo]lo)(?![\p{L}])[^()]*\);
  staging only; only on; skip in; additionally needs?; also needs?; not needed; for testing; (?:whichever|whatever|the one)(?: \p{L}+){0,3} (?:uses?|fits|applies|appl(?:y|ies)|is used|you (?:use|have|prefer)); (?:pick|choose|take) (?:one|either|any|whichever); if you (?:feel like|like|want|wish|prefer|need); do one of the following; one of the following; by hand; stattdessen; falls n[öo]tig; bei bedarf;
  homologa[çc][ãa]o; pr[ée]production; op staging; met de hand; a mano`;

/** Not now. */
const LATER_FIRST = String.raw`
  after \p{L}+ (?:days?|weeks?|months?); later; (?:at the )?end of the (?:month|week|quarter); in (?:a|one|two) (?:days?|weeks?|months?); in the next; once every \p{L}+ (?:has|have|is|are); after (?:the |this |next )?(?:code |change |holiday )?(?:freeze|quarter|month|sprint|week(?:end)?|year|holidays?|retention|trial)(?: period| window)?; (?:at |by |until )?(?:the )?end of (?:the |this )?(?:day|week|month|quarter|sprint|year|retention|trial); yearly; quarterly; annually; monthly; weekly; nach \p{L}+ (?:tagen|wochen|monaten); sp[äa]ter; au bout; plus tard; a semana; uma semana; pi[ùu] tardi; dopo`;

/** It runs as long as somebody lets it. */
const ENDLESS = String.raw`
  (?:keep|leave|let) (?:it|this|that|them|these|the \p{L}+) (?:running|run|open|up|going); (?:in|from|use|open) (?:a|an|another|the)(?: (?:second|third|separate|other|new|different|free|spare))? (?:terminal|window|tab|shell|pane|session|console);
  (?:until|till) (?:you |it is |somebody )?(?:press(?:es)?|hit|interrupt(?:ed)?|stop(?:ped|s)?|cancel(?:led)?|kill(?:ed)?|ctrl|\^c); (?:in|to) the foreground; for the whole of; the whole time; all the while; never (?:ends|returns|exits|stops); does not (?:end|return|exit|stop)(?: by itself)?; keeps running;
  (?:im|in einem|in einer) (?:zweiten|anderen|neuen|weiteren|separaten) (?:terminal|fenster|tab|shell|sitzung|konsole); (?:offen|laufen) ?lassen; l[äa]uft weiter; im vordergrund; die ganze zeit;
  en (?:otra|una segunda|una nueva) (?:terminal|ventana|pesta[ñn]a|sesi[óo]n|consola); dejar?(?:lo|la)? (?:abiert[oa]|corriendo|en marcha); en primer plano; dans (?:un autre|un second|une autre|une seconde) (?:terminal|fen[êe]tre|onglet)`;

/** The same in scripts that write no spaces. */
const UNSPACED =
  /失败|失敗|回滚|回退|撤销|恢复|问题|異常|异常|紧急|緊急|禁止|不要|勿|示例|例如|仅|只|如果|若|否则|或者|可选|戻す|場合|のみ|任意|以后|之后再|下周/u;

export type Warning = {kind: 'trouble' | 'shown' | 'cases' | 'later' | 'endless'; words: string};

const TABLE: readonly [Warning['kind'], RegExp][] = [
  ['shown', first(SHOWN_FIRST)],
  ['shown', anywhere(SHOWN)],
  ['trouble', first(TROUBLE_FIRST)],
  ['trouble', anywhere(TROUBLE)],
  ['later', first(LATER_FIRST)],
  ['endless', anywhere(ENDLESS)],
  ['cases', first(CASES_FIRST)],
  ['cases', anywhere(CASES)],
  // "Old servers only": of which there may be none. "Facilitator only" says who does it.
  [
    'cases',
    /(?:servers?|hosts?|nodes?|machines?|clusters?|systems?|installations?|environments?|boxes|versions?|customers?|sites?|tenants?|servern?|knoten|kunden|servidores|clientes|serveurs) (?:only|nur|s[óo]lo|seulement)\W*$/iu,
  ],
  // "**npm:**"
  [
    'cases',
    /^(?:npm|yarn|pnpm|docker|helm|systemd|supervisord?|ubuntu|centos|debian|alpine|(?:with|without|con|sin) \S+(?: \S+)?)\s*[:：]?\W*$/iu,
  ],
  // "Yes: switch", "No: stay".
  ['cases', /^(?:[^\p{L}]|\[[ x]\])*(?:yes|no|ja|nein|oui|non|sim|n[ãa]o)\s*(?:[:：→]|$)/iu],
  // "Not happy?", "Nothing helps? Then:"
  ['trouble', /^(?:[^\p{L}¿]|\[[ x]\])*¿?(?:no|not|nothing|still|nicht|klappt|geht|pas)(?![\p{L}])[^?]{0,80}\?/iu],
  ['shown', /[❌🚫⛔]|~~\S/u],
  ['cases', UNSPACED],
];

function anywhere(words: string): RegExp {
  return new RegExp(`${WORD_START}(?:${listed(words)})${WORD_END}`, 'iu');
}

/** Behind signs and numbers: "- [ ] 4. Problems?". */
function first(words: string): RegExp {
  return new RegExp(String.raw`^(?:[^\p{L}¿]|\[[ x]\])*(?:${listed(words)})${WORD_END}`, 'iu');
}

function listed(words: string): string {
  return words
    .split(';')
    .map(word => word.trim())
    .filter(word => word !== '')
    .join('|');
}

const TEXT_LENGTH_MAX = 400;

/** The first sign that a text speaks of something else than the next thing to do. */
export function warningIn(text: string): Warning | undefined {
  const whole = text.slice(0, TEXT_LENGTH_MAX);
  return signIn(whole) ?? (/[:：]\W*$/.test(whole) ? signIn(lastSentence(whole)) : undefined);
}

/** "The form is so and so. For example:" leads to what follows by its last sentence. */
function lastSentence(text: string): string {
  return text.split(/(?<=[.!?])\s+/).at(-1) ?? text;
}

function signIn(text: string): Warning | undefined {
  for (const [kind, pattern] of TABLE) {
    const words = pattern.exec(text)?.[0].trim();
    if (words !== undefined) return {kind, words};
  }
  return undefined;
}

/** Titles of what is done at another time than a deploy, or only looked up. */
const OTHER_WORK = String.raw`
  uninstall\p{L}*; restoring; restore; rotat\p{L}+; scaling; adding an?; removing an?; tips; tricks; snippets; disk full; disaster; recovery; how it works; known issues?; pitfalls?; gotchas?; caveats?; quirks?; hiccups?; surprises; stumbling blocks?; worked example; cheat ?sheet; handy; useful; good to know; what can go wrong; local development; housekeeping; no-go; deprecated;
  n[üu]tzliche\p{L}*; spickzettel; notfall; chuleta; [úu]til\p{L}*; utili; utiles; aide-m[ée]moire; urgence; facultatif; d[ée]pannage; comandos; comandi; hot-?fix\p{L}*; handige; opdrachten; przydatne`;

const TITLES = anywhere(OTHER_WORK);
const TITLES_UNSPACED = /常用|命令|备忘|参考|维护|扩容|缩容|卸载|应急/u;

/** The first sign that a title is not of a part of the deploy. */
export function warningInTitle(title: string): Warning | undefined {
  const words = (TITLES.exec(title) ?? TITLES_UNSPACED.exec(title))?.[0].trim();
  if (words !== undefined) return {kind: 'cases', words};
  // "Why do I see yesterday's pages?" is looked up when it happens.
  return warningIn(title) ?? (/[?？]\W*$/.test(title) ? {kind: 'cases', words: '?'} : undefined);
}
