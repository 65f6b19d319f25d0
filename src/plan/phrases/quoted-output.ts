/** Whether code that a sentence about the result quotes is what comes out. */
import {phrase} from '../words/vocabulary.ts';

export function quotesCode(text: string): boolean {
  return CODE.test(text);
}

/**
 * Whether the first code in `said`, which a statement in `text` expects, stands there plainly. Not in "It should be
 * empty. If it lists `OLD`, stop", where another sentence quotes it, nor in "No pod should show `Error`". `negated`: the
 * statement says itself that it must not.
 */
export function quotesPlainly(said: string, text: string, negated: boolean): boolean {
  const quoted = CODE.exec(said);
  if (quoted === null) return true;
  const before = said.slice(0, quoted.index);
  if (SENTENCE_ENDS.test(before)) return false;
  const clause = said.slice(quoted.index).replaceAll(QUOTATIONS, '¶').split(CLAUSE_END)[0] ?? '';
  const start = text.slice(0, Math.max(0, text.indexOf(said))).replaceAll(QUOTATIONS, '¶');
  const opening = start.split(SENTENCE_START).at(-1) ?? '';
  if (LIMITS.test(`${opening} ${before}`)) return false;
  return !DENIES.test(`${before} ${clause}`) && !(negated ? DEPENDS : DENIES).test(opening);
}

/** "At most the session of `reader` may be left", "between `0` and `5`": others are as good, or as bad. */
const LIMITS = phrase`\<(?:${'at-most'}|${'at-least'}|${'between'})\>`;
const CODE = /`[^`]+`/;
const QUOTATIONS = /`[^`]*`|["“][^"“”]*["”]/g;
const SENTENCE_ENDS = /[.!?;]\s/;
const SENTENCE_START = /[.!?:]\s+/;
const CLAUSE_END = /[,;()]|[.!?](?=\s|$)|\s[-–—]/;
const DENIES = phrase`\<(?:${'denies'}|${'condition'})\>`;
const DEPENDS = phrase`\<${'condition'}\>`;
