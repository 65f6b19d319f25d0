/** Doubts about lead-ins: sentences and comments above commands that say more than "do this next". */
import {leadsOn} from '../../text/leads-on.ts';
import {isNameIn} from '../../text/name-in.ts';
import {isRun} from '../action-traits.ts';
import {besideStruck, codeSpans, plainText} from '../document/inline.ts';
import {hostNamesIn, hostsMentioned, placeIn} from '../phrases/host-mentions.ts';
import {readMarks} from '../phrases/marks.ts';
import {commandsOf, contextOf, type Plan, type Section, type Step} from '../plan.ts';
import {looksLikeCommand} from '../shell/command-likeness.ts';
import {readsOnly} from '../shell/read-only/looks.ts';
import {fileOfContent} from '../steps/code/file-contents.ts';
import {sentencesIn} from '../words/lead-orders.ts';
import {bothIn} from '../words/named-hosts.ts';
import {userIn} from '../words/named-users.ts';
import {doneByItself, informingWordsIn, isOrder, startsByItself} from '../words/orders.ts';
import {phrase, piece} from '../words/vocabulary.ts';
import {type Warning, warningIn} from '../words/warning-words.ts';
import {asideDoubts, remarkDoubts, repeatedScriptDoubts} from './asides.ts';
import {type FoundDoubt, isInTitle, type LineIndex} from './found-doubt.ts';
import type {Lead, Leads} from './lines-above.ts';

/** Only of steps for which the reader found no condition. */
export function leadInDoubts(plan: Plan, lines: LineIndex, leadsOf: Leads): FoundDoubt[] {
  const found: FoundDoubt[] = [];
  const asked: Step[] = [];
  let before: {step: Step; said: readonly FoundDoubt[]} | undefined;
  for (const step of plan.steps) {
    const section = lines.byId.get(step.section);
    if (section === undefined || (section.use !== 'run' && section.use !== 'watch')) continue;
    if (!isRun(step) || isAskedItself(step, section)) continue;
    const leads = leadsOf(step);
    const above = before?.step.section === step.section ? before : undefined;
    const own = leads.flatMap(lead => ofLead(lead, step, above?.step, plan.source[lead.line - 1] ?? '') ?? []);
    const said = [
      ...own,
      ...(own.length > 0 ? [] : ofParagraph(leads, step, section, {source: plan.source, said: above?.said ?? []})),
    ];
    found.push(...said);
    asked.push(step);
    before = {step, said};
  }
  return [
    ...found,
    ...besideCases(found, asked, plan.source),
    ...asideDoubts(asked, plan),
    ...remarkDoubts(asked, plan),
    ...repeatedScriptDoubts(asked, leadsOf),
  ];
}

/** "* **iad** — drain by hand:" is for one case, so the item "* **syd, fra** — rolling:" beside it is too. */
function besideCases(found: readonly FoundDoubt[], asked: readonly Step[], source: readonly string[]): FoundDoubt[] {
  const indentOf = (line: number) => NAMED_ITEM.exec(source[line - 1] ?? '')?.[1];
  const known = new Set(found.flatMap(({steps = []}) => steps));
  return found.flatMap(one => {
    const step = asked.find(({id}) => one.steps?.includes(id));
    const indent = one.code === 'condition-assumed' && step !== undefined ? indentOf(step.line) : undefined;
    if (step === undefined || indent === undefined) return [];
    return asked.flatMap(other => {
      const isBeside = other.section === step.section && indentOf(other.line) === indent && !known.has(other.id);
      if (!isBeside) return [];
      known.add(other.id);
      const text = words(source[other.line - 1] ?? '');
      return [saidOf({line: other.line, text}, {kind: 'cases', words: text.split(/[—–:]/)[0]?.trim() ?? ''}, other)];
    });
  });
}

/** The bold words name the case. */
const NAMED_ITEM = /^(\s*)[-*+]\s+(?:\*\*|__)[^*_]+(?:\*\*|__)\s*[—–:-]/;

function words(text: string): string {
  return text.replace(/^\s*[-*+]\s+/, '').replaceAll(/\*\*|__|\x60/g, '');
}

/** The same, but for a condition of its whole section: "Sunday" in the title says nothing of "or, if she is asleep, …". */
export function isAskedItself(step: Step, {title}: Section): boolean {
  const {condition, ...own} = step;
  return isAskedBefore(condition !== undefined && isInTitle(condition, title) ? own : step);
}

/** Whether the run asks before such a step anyway. */
export function isAskedBefore(step: Pick<Step, 'condition' | 'scope' | 'gate' | 'arm'>): boolean {
  return step.condition !== undefined || step.scope !== undefined || step.gate === true || step.arm !== undefined;
}

function ofLead({line, text, as}: Lead, step: Step, above: Step | undefined, raw: string): FoundDoubt | undefined {
  // "Any alarm → `undo`": if the text before the arrow is no order, it is a case.
  const isCase = as === 'item' && ARROW.test(text) && !isOrder(text);
  const words = isCase ? '→' : as === 'item' ? seenIn(raw) : undefined;
  const isOwn = as !== 'item' || line === step.line;
  const struck = isOwn && besideStruck(raw) !== undefined ? {kind: 'shown' as const, words: '~~'} : undefined;
  const warning =
    struck ??
    warningIn(withoutOwnPlace(text, step)) ??
    (words === undefined ? undefined : {kind: 'cases' as const, words});
  if (warning === undefined) return undefined;
  const said = saidOf({line, text: as === 'prose' && raw.includes('`') ? plainText(raw.trim()) : text}, warning, step);
  const isProved = PROVED.test(text) && above?.expectations.some(({readable}) => readable) === true;
  return isProved ? {...said, proposed: 'it comes when the step above has passed'} : said;
}

/** The text without the scope that says no more than the place: "Only on web1:" above what runs on web1. */
export function withoutOwnPlace(text: string, step: Step): string {
  const place = contextOf(step)?.place;
  if (place?.kind !== 'host') return text;
  const {scope} = readMarks(text);
  if (scope === undefined) return text;
  if (!isNameIn(scope.toLowerCase(), place.destination.toLowerCase())) return text;
  const plain = plainText(text);
  return plain.slice(plain.indexOf(scope) + scope.length).replace(BEHIND_SCOPE, '');
}

/** "web1 only:" */
const BEHIND_SCOPE = phrase`^\s*(?:${'only'}\>)?\W*`;

/** "- `database is locked`: `rm lock`" begins with what somebody sees. */
function seenIn(raw: string): string | undefined {
  const [first = '', second] = BEGINS_WITH_CODE.test(raw) ? codeSpans(raw) : [];
  return second !== undefined && /\p{L}\s\p{L}/u.test(first) && !looksLikeCommand(first) ? first : undefined;
}

const BEGINS_WITH_CODE = /^[\s>]*(?:[-*+]|\d+[.)])\s+(?:\[[ xX]\]\s+)?`/;
const ARROW = /\p{L}.*(?:→|⇒|=>|->)\s*$/u;

/** "Only after the check is green:" behind a judged step: the run continues only when that step has passed. */
const PROVED =
  /^\W*(?:only )?(?:after|once|when|as soon as) (?:the|this|that|these|those|all|both) (?:\w+ ){0,3}?(?:checks?|tests?|steps?|commands?|dump|backup|run|job|migration|above)\b[^,;]{0,30}\b(?:is|are|has|have|was|were) (?:been )?(?:green|ok|fine|clean|passed|done|finished|completed?|succeeded|successful|through)\W*$/i;

const KINDS: Readonly<Record<Warning['kind'] | 'told' | 'content', Pick<FoundDoubt, 'code'> & {reads: string}>> = {
  shown: {code: 'role-assumed', reads: 'as if what follows were shown, not done'},
  told: {code: 'role-assumed', reads: 'as if it told something, and asked for nothing to be done'},
  content: {code: 'role-assumed', reads: 'as if what follows were the content of a file'},
  endless: {code: 'endless-assumed', reads: 'as if what follows ran until somebody stopped it'},
  trouble: {code: 'condition-assumed', reads: 'as if what follows were for some cases only'},
  cases: {code: 'condition-assumed', reads: 'as if what follows were for some cases only'},
  later: {code: 'condition-assumed', reads: 'as if what follows were for some cases only'},
};

function saidOf(
  {line, text}: Pick<Lead, 'line' | 'text'>,
  {kind, words}: {kind: keyof typeof KINDS; words: string},
  step: Step,
): FoundDoubt {
  const {code, reads} = KINDS[kind];
  const shown = text.length > SHOWN_MAX ? `${text.slice(0, SHOWN_MAX)}…` : text;
  return {
    code,
    line,
    steps: [step.id],
    message: `line ${line} reads ${reads}: "${shown}"`,
    because: words,
    settle: 'confirm that it always runs, do it by hand, or leave it out',
  };
}

const SHOWN_MAX = 100;

/** The doubt about the paragraph directly above the commands, as a whole. */
function ofParagraph(
  leads: readonly Lead[],
  step: Step,
  {role}: Section,
  {source, said: before}: {source: readonly string[]; said: readonly FoundDoubt[]},
): FoundDoubt[] {
  const whole = paragraphOf(leads);
  if (whole === undefined) return [];
  const paragraph = {...whole, text: whole.text.slice(-PARAGRAPH_LENGTH_MAX)};
  // "…, and wake somebody:" continues the earlier lead-in.
  if (GOES_ON.test(paragraph.text)) {
    return before.flatMap(({proposed: _, ...said}) => ({...said, line: paragraph.line, steps: [step.id]}));
  }
  // In a section of checks, all kinds of sentences lead to them.
  if (LOOKS.test(role) || placeIn(paragraph.text) !== undefined || startsByItself(paragraph.text)) return [];
  // "Are all of them up?" above commands that only look: the commands answer it.
  if (ASKS.test(paragraph.text) && !commandsOf(step).every(({text}) => readsOnly(text)))
    return [saidOf(paragraph, {kind: 'cases', words: '?'}, step)];
  const raw = source[whole.endLine - 1] ?? '';
  const content = fileOfContent(raw, commandsOf(step));
  if (content !== undefined) return [saidOf(paragraph, {kind: 'content', words: content}, step)];
  const last = sentencesIn(paragraph.text).at(-1) ?? paragraph.text;
  const told =
    leadsOn(paragraph.text) && !isWhereAndWho(last, raw, hostNamesIn(source))
      ? (informingWordsIn(paragraph.text) ?? doneByItself(last, commandsOf(step).length === 1))
      : undefined;
  return told === undefined ? [] : [saidOf(paragraph, {kind: 'told', words: told}, step)];
}

/**
 * "On db01, as `postgres`:", "Counts, on each of the two:": what stands behind the comma is where or as whom, and other
 * questions are about that. `raw`: the line with its code.
 */
function isWhereAndWho(sentence: string, raw: string, names: ReadonlySet<string>): boolean {
  const [first = '', ...others] = sentence.split(/,\s+/);
  if (others.length === 0) return false;
  if (others.every(part => bothIn(part) !== undefined)) return true;
  const isShort = (part: string) => (part.match(/[\p{L}\d][\p{L}\d._-]*/gu)?.length ?? 0) <= NAMED_WORDS_MAX;
  return hostsMentioned(first, names).length > 0 && userIn(raw) !== undefined && [first, ...others].every(isShort);
}

/** "On `db01`", "as the user `postgres`". */
const NAMED_WORDS_MAX = 4;
const PARAGRAPH_LENGTH_MAX = 2000;
const GOES_ON = new RegExp(piece`^${'and'}\s`.source, 'u');
const LOOKS = /^(?:verify|monitor|validate)$/;
/** A question that makes it a case: "Did it stop half way? Take it from the top:" */
const ASKS = /\p{L}[^.!?]{4,}\?(?:\W*$|\s+\S)/u;

/** The lines of prose that stand together directly above the commands. */
function paragraphOf(leads: readonly Lead[]): {line: number; endLine: number; text: string} | undefined {
  const prose = leads.filter(({as}) => as === 'prose').toSorted((a, b) => b.line - a.line);
  const [last] = prose;
  if (last === undefined) return undefined;
  let [{line}, text] = [last, last.text];
  for (const lead of prose) {
    if (lead.line !== line - 1) continue;
    line = lead.line;
    text = `${lead.text} ${text}`;
  }
  return {line, endLine: last.line, text};
}
