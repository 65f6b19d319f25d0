/** Splits sentences that give reasons to roll back into one reason each, and finds bounds that are said to be normal. */
import {compact} from '../../text/compact.ts';
import {phrase, piece} from '../words/vocabulary.ts';
import {readComparisons} from './comparison.ts';
import {readDuration} from './quantity.ts';
import type {Threshold} from './threshold-clauses.ts';

export const SENTENCES = /(?<=(?:\p{L}{2}|\d\s?\p{L}|[\d%)])[.!?])\s+(?=\p{Lu})/u;

/** The reasons of a sentence, without the words that lead to them. */
export function splitReasons(text: string): string[] {
  const said = withoutLeads(text);
  return (LABELLED.test(text) ? (said.split(SENTENCES)[0] ?? said) : said)
    .split(REASONS)
    .map(reason => reason.replace(OR, '').replace(/\.$/, '').trim());
}

/** The text behind the words that say that reasons follow. */
export function withoutLeads(text: string): string {
  return text.replace(LEADS, '');
}

/** Whether a rollback gives its reason: "Undo automatically if the error rate is above 2%", "Decision: Ann. Reasons: …". */
export function isReasonTold(text: string): boolean {
  return SAYS_WHEN.test(text) || LABELLED.test(text);
}

const SAYS_WHEN = phrase`^\W*(?:\p{L}+\s){0,4}?${'rollback-if'}\>`;
const LABELLED = phrase`(?:^|[.;]\s+)\W*(?:(?:${'reasons'})(?:\s+\p{L}+){0,3}?\s*[:：]\s+|${'used-if'}\s+)`;
/** The reasons follow: "The change is backed out when one of these happens: …". */
const LEADS = phrase`${SAYS_WHEN}[^:：\d]{0,60}[:：]\s*|^.*?${LABELLED}`;
const OR = phrase`^\W*${'or'}\s`;
/** A comma separates reasons only before a bound, or where "or" follows a comma. */
const REASONS = phrase`;\s+|[,;]\s+(?=${'or'}\>)|,\s+(?=[^,]*[<>≤≥]\s*\d)|,\s+(?=.*,\s+${'or'}\>)`;

/** `text`: with the subject of the first, where it names none itself. `own`: as written. `heldMs`: said ahead of its bound. */
export type BoundSentence = {text: string; own: string; heldMs?: number};

/**
 * The sentences of a text with a bound in the first and in a later one: "Search below 800 ms. Over 2 s for 10 minutes: back
 * out". Each is about what the first names, and has a role of its own. One, where they are not to be parted.
 */
export function boundSentences(text: string): BoundSentence[] {
  const [first = '', ...others] = text.split(PARTS);
  const subject = readComparisons(first)[0]?.before.replace(/[\s:]+$/, '') ?? '';
  if (!/\p{L}/u.test(subject) || !others.some(one => readComparisons(one).length > 0)) return [{text, own: text}];
  return [{text: first, own: first}, ...others.map(one => aboutSubject(one, subject))];
}

function aboutSubject(own: string, subject: string): BoundSentence {
  const [bound] = readComparisons(own);
  if (bound === undefined) return {text: own, own};
  const {before} = bound;
  const bare = before.replace(OPENS, ' ');
  const held = HELD.exec(before) ?? HELD_LONG.exec(before);
  const heldMs = held === null ? undefined : readDuration(`${held[1]} ${held[2]}`)?.maxMs;
  const isFree = PRONOUN.test(bare) || !/\p{L}{2}/u.test(bare);
  const told = isFree ? `${subject} ${own.slice(before.length)}` : own;
  return compact({text: told, own, heldMs});
}

const PARTS = /(?<=(?:\p{L}{2}|\d\s?\p{L}|[\d%)])[.!?])\s+(?=\p{Lu})|;\s+/u;
const OPENS = phrase`^\W*(?:${'rollback-if'}|${'alert-if'}|${'condition'}|${'if'})\>`;
const PRONOUN = phrase`\<${'pronoun'}\>`;
const TIME = piece`${'second'}|${'minute'}|${'hour'}`;
/** "If it is for 15 minutes above 2 s", "Wenn sie 15 Minuten lang …". */
const HELD = phrase`\<(?:${'sustained'})\s+(\d+)[\s-]*(${TIME})\>`;
const HELD_LONG = phrase`(?<!\d)(\d+)[\s-]*(${TIME})\s+(?:${'held-long'})\>`;

/** "More than 20, or two schools cannot log in: back out": what has no bound is a reason by itself. */
export function reasonsBeside(when: string): string[] {
  const parts = splitReasons(when.split(SENTENCES).at(-1) ?? when);
  return parts.filter(
    part => parts.length > 1 && !/\d/.test(part) && (part.match(/\p{L}{2,}/gu) ?? []).length >= WORDS_MIN,
  );
}

const WORDS_MIN = 3;

/** "Up to 5 is normal. More than 20: back out": the first is no trouble. */
export function normalIn(when: string): (threshold: Threshold) => boolean {
  const said = when.split(CLAUSES).filter(clause => NORMAL.test(clause));
  const bounds = new Set(said.flatMap(readComparisons).map(({op, value, unit}) => `${op} ${value} ${unit}`));
  return ({op, value, unit}) => bounds.has(`${op} ${value} ${unit}`);
}

/** Ends of sentences, and commas behind words. */
const CLAUSES = /(?<=[.!?;])\s+|(?<=\p{L}),\s+/u;
const NORMAL = phrase`\<(?:${'usual'})(?!\p{L})`;
