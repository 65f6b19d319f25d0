/** Doubts about sentences which hold work back or ask for something, and which no step, rule or question shows. */
import type {Block} from '../../document/blocks.ts';
import {codeSpans, plainText} from '../../document/inline.ts';
import {decisiveSentence, turningBackIn} from '../../phrases/consequences.ts';
import {saysNoRollback} from '../../phrases/decisions.ts';
import {placeIn} from '../../phrases/host-mentions.ts';
import {commandsOf, type Plan, type Section, type Step} from '../../plan.ts';
import {userIn} from '../../words/named-users.ts';
import {orderInProse} from '../../words/orders.ts';
import {everyPhrase, phrase, topicPattern} from '../../words/vocabulary.ts';
import type {FoundDoubt, LineIndex} from '../found-doubt.ts';
import {holdsBack, type Said, sentencesOf} from '../general/sentences.ts';

// The other checks look at texts that they know: the lead of a block, the note of a step, a whole paragraph. This one asks
// of each sentence whether anybody will see it: above the first section, in a paragraph or an item which is a step for
// another reason, behind a table.

/** `isHeld`: whether an open question is about the line. `isQuoted`: whether a question shows the text. */
type Asked = {isHeld(line: number): boolean; isQuoted(line: number, text: string): boolean};
type Given = {
  plan: Plan;
  lines: LineIndex;
  fields: ReadonlySet<number>;
  titles: ReadonlySet<number>;
  isCommand(code: string): boolean;
  asked: Asked;
};
type Left = {line: number; text: string; section: Section; next: Step | undefined; isHead: boolean} & Answer;
/** What can be proposed; without it, a person must answer. */
type Answer = {proposed?: string};

/** One for each step which they stand before. */
export function leftSentenceDoubts(plan: Plan, blocks: readonly Block[], lines: LineIndex, asked: Asked): FoundDoubt[] {
  const {sections, steps, meta} = plan;
  const arms = steps.flatMap(({action}) => (action.kind === 'choice' ? action.arms : []));
  const commands = new Set(steps.flatMap(step => commandsOf(step).map(({text}) => text)));
  const given = {
    plan,
    lines,
    fields: new Set(meta.map(({line}) => line)),
    titles: new Set([...sections, ...arms].map(({line}) => line)),
    isCommand: (code: string) => commands.has(code),
    asked,
  };
  const all = sentencesOf(blocks).flatMap(said => fieldsApart(said, given));
  const runs = sections.filter(({use}) => use === 'run');
  const first =
    runs.find(({id}) => lines.stepsIn(id).length > 0) ?? runs[0] ?? (lines.isForeign ? sections[0] : undefined);
  const left = all.flatMap((said, index): Left | [] => {
    const isHead = isAbove(said.line, given);
    const section = isHead ? first : lines.sectionAt(said.line);
    if (section === undefined || asked.isHeld(said.line)) return [];
    const answer = isHead ? inHead(said, all[index - 1], given) : inSection(said, section, given);
    if (answer === undefined || isShown(said, given) || asked.isQuoted(said.line, said.raw)) return [];
    const next = lines.nearest(section.id, said.line);
    return {...answer, line: said.line, text: plainText(said.raw), section, next, isHead};
  });
  const alike = Map.groupBy(left, ({section, next, proposed}) => [section.id, next?.id, proposed].join(' '));
  return [...alike.values()].flatMap(own => doubtOf(own) ?? []);
}

/** Above the first section, or above the first work of a document that begins without one. */
function isAbove(line: number, {plan, lines}: Given): boolean {
  const own = lines.sectionAt(line);
  if (own === undefined) return true;
  if (own !== plan.sections[0] || own.title !== plan.title) return false;
  const work = lines.stepsIn(own.id).find(({action}) => action.kind !== 'input');
  return line < (work?.line ?? Infinity);
}

/** "Duration: 45 minutes" and "Window: 21 h" below it are no sentence. */
function fieldsApart(said: Said, given: Given): Said[] {
  const {line, raw, cells} = said;
  const next = given.plan.source[line]?.trim().slice(0, LETTERS) ?? '';
  const isApart = cells === undefined && next !== '' && (given.fields.has(line) || given.fields.has(line + 1));
  const at = isApart ? raw.indexOf(next) : -1;
  if (at <= 0) return [said];
  return [{...said, raw: raw.slice(0, at)}, ...fieldsApart({...said, line: line + 1, raw: raw.slice(at)}, given)];
}

function doubtOf(left: readonly Left[]): FoundDoubt | undefined {
  const [one] = left;
  if (one === undefined) return undefined;
  const {line, text, section, next, isHead, proposed} = one;
  const shown = left.map(own => `line ${own.line} "${own.text.slice(0, SHOWN_MAX)}"`).join(', ');
  return {
    code: 'not-read',
    line,
    section: section.id,
    steps: next === undefined ? [] : [next.id],
    message: `${isHead ? 'above the first section stands what was read into no step' : 'no step shows this'}: ${shown}`,
    because: text.slice(0, BECAUSE_MAX),
    settle: 'do it by hand, or leave it out',
    ...(proposed === undefined ? {} : {proposed}),
  };
}

const SHOWN_MAX = 400;
const BECAUSE_MAX = 80;

/** Below a title, the other checks know the orders of whole lines. */
function inSection(
  {line, raw, text, isLead}: Said,
  {use}: Section,
  {lines, fields, titles, isCommand}: Given,
): Answer | undefined {
  if ((use !== 'run' && use !== 'rollback' && use !== 'watch') || lines.isForeign) return undefined;
  if (isLead || fields.has(line) || titles.has(line) || CASE_OF_FAULT.test(text)) return undefined;
  // "Stop the draw" is an order; in "if it is late we stop" another word makes the case.
  if (!holdsBack(text.replace(STOPS, ' ')) || saysNoRollback(text) || /[?？]\W*$/.test(text)) return undefined;
  const isBan = BANS.test(text);
  const rest = text.replace(BARE, ' ');
  if (isBan ? HOLDS_START.test(rest) : holdsBack(rest)) return {};
  if (isBan) return {proposed: 'a person keeps to it'};
  // "`make up` must say \"done\"" is judged with the command.
  return codeSpans(raw).some(isCommand) ? undefined : {proposed: 'a person looks whether it holds'};
}

/** "If a command fails, repeat it": the run stops there, and asks. */
const CASE_OF_FAULT = phrase`\<${'condition'}\s[^,]*\<${'goes-wrong'}\>`;
/** "Never two", "Ask first, and do not touch it": it holds nothing back that is to be done. */
const BANS = phrase`(?:^|[,;:.!?–—]\s+|\<${'and'}\s+)\W*${'never'}\>`;
const STOPS = everyPhrase`\<${'calls-off'}\>`;
const BARE = everyPhrase`\<(?:${'should'}|${'never'})\>`;

/** Above the first section: orders, and when or in what case the work may begin at all. */
function inHead(said: Said, before: Said | undefined, {plan, lines, fields}: Given): Answer | undefined {
  const {line, raw, cells = [], follows} = said;
  const text = plainText(raw.replace(LABEL, ''));
  const [key = ''] = cells;
  if (raw === key || (NAMES.test(raw) && !ENDS.test(raw))) return undefined;
  const field = key === '' ? text : `${plainText(key)}: ${text}`;
  const value = fields.has(line) ? field.replace(KEY, '') : text;
  if (fields.has(line) && (DESCRIBES.test(field) || NAMED.test(value))) return undefined;
  if (lines.isForeign) return (fields.has(line) ? LONG : SOME_WORDS).test(value) ? {} : undefined;
  const hours = HOURS.all(text.replaceAll(/\([^()]*\)/g, ' ')).length;
  // The console shows it.
  if (line === plan.windowEnd?.line && (hours === 1 || hours === 2) && !BANS.test(text)) return undefined;
  const isHeld = HOLDS_START.test(text) || (NEVER_FIRST.test(text) && !LASTING.test(text));
  const isPlain =
    lines.stepsAt(line).length > 0 ||
    LINK.test(raw) ||
    (fields.has(line) && !(KEY.test(field) && SOME_WORDS.test(value)));
  const isAsked = !isPlain && [decisiveSentence, turningBackIn, orderInProse].some(read => read(text) !== undefined);
  if (THIS_DOCUMENT.test(text)) return isHeld || isAsked ? {proposed: 'it is about the document'} : undefined;
  // "If you see this prompt, you are on the wrong box. Log out."
  if (isAsked && !isHeld && follows && CASE.test(before?.text ?? ''))
    return {proposed: 'it is for a case that has not come'};
  if (isAsked || isHeld || (hours > 0 && WINDOW.test(field))) return {};
  // Where and as whom is another question.
  if (placeIn(text) !== undefined || userIn(raw) !== undefined) return undefined;
  return holdsBack(text) || hours > 0 ? {proposed: 'a person keeps to it'} : undefined;
}

/** "**Note:** …", "[!WARNING] …" */
const LABEL = /^\s*(?:\[!\w+\]|(?:\*\*|__)[^*_.!?]+(?:\*\*|__))\s+(?=\p{Lu})/u;
/** "**1. Stop workers**", "Until then:", "~~change quota~~": a title of what is below, or struck out. */
const NAMES = /^\s*(?:\*\*|__)[^*]+(?:\*\*|__)\W*$|[:：]\W*$|~~/;
const ENDS = /\p{L}[.!][*_\s]*$/u;
/** "Change: Upgrade the till", "Owner: Mark Reed": a field that describes the work, or names people. */
const DESCRIBES = phrase`^\W*(?:${'describing-key'}|${'owner'}|${'person'}|${'duration'})(?:\s\p{L}+)?\W*[:：]`;
const KEY = /^[^:：]*[:：]\s*/;
const NAMED = /^\p{Lu}\p{L}+\s\p{Lu}\p{L}+\s*(?:[^\s\p{L}]|$)/u;
const LINK = /^\W*\[[^\]]*\]\([^)]*\)\W*$/;
const SOME_WORDS = /(?:\p{L}+\P{L}+){2}\p{L}/u;
const LONG = /(?:\p{L}+\P{L}+){5}\p{L}/u;
/** "Never release during the exams." */
const NEVER_FIRST = phrase`(?:^|[.!?,;]\s+|\<${'and'}\s+)\W*${'never'}\>[^.!?]{12,}`;
/** "Only" and "one of" describe things as well. */
const HOLDS_START = phrase`\<(?:${'holds-back'}|${'calls-off'}|${'later-only'}|${'later-day'}|${'once-done'}|${'before-what'}|${'should'})\>`;
/** "For more than 4 hours" is about the work itself. */
const LASTING = phrase`\d\s?(?:${'minute'}|${'hour'})\>`;
const HOURS = everyPhrase`(?<![\d.:])(?:[01]?\d|2[0-4])(?:\s?[:h]\s?[0-5]\d(?![\d.:])|\s?h\s?[–-]|\s?(?:[ap]m|${'o-clock'})\>)`;
const WINDOW = topicPattern('change-window');
const THIS_DOCUMENT = topicPattern('this-document');
const CASE = phrase`^\W*${'condition'}\>`;

/**
 * Whether a step, a rule or another entry of the plan holds the words, without their code. What stands ahead of the case
 * that makes the step is not for that case, which may never come.
 */
function isShown({line, raw, follows}: Said, {plan, lines}: Given): boolean {
  const [longest = ''] = raw
    .split(/`[^`]*`/)
    .map(lettersOf)
    .toSorted((a, b) => b.length - a.length);
  if (longest.length < LETTERS_MIN) return true;
  if ([...plan.contacts, ...plan.references].some(one => one.line === line)) return true;
  const steps = [line - 1, line, line + 1].flatMap(at => lines.stepsAt(at));
  const texts = [
    ...steps.flatMap(({title, instructions, condition = '', scope = '', expectations}) => [
      title,
      condition,
      scope,
      ...(follows || condition === '' || !title.toLowerCase().includes(condition) ? instructions : []),
      ...expectations.map(one => one.text),
    ]),
    ...plan.rules.flatMap(rule => (Math.abs(rule.line - line) <= 1 ? rule.text : [])),
  ].map(lettersOf);
  return texts.some(one => one.includes(longest.slice(0, LETTERS)) || one.includes(longest.slice(-LETTERS)));
}

const LETTERS_MIN = 8;
const LETTERS = 24;

function lettersOf(text: string): string {
  return plainText(text)
    .toLowerCase()
    .replaceAll(/[^\p{L}\d]+/gu, '');
}
