/** Whether code that a sentence about the result quotes is what comes out. */
import {matchesOf} from '../../text/matches.ts';
import type {Check} from '../script.ts';
import {anyNumber, numberOf, phrase, piece} from '../words/vocabulary.ts';

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

/**
 * The checks for the quoted texts of a sentence: "all four have to say `present`" counts them. undefined: a person judges,
 * because each of some lines has to say it, or another text is as good ("`OK` (or `Passed`)").
 */
export function quotedChecks(quoted: readonly string[], sentence: string): readonly Check[] | undefined {
  const bare = sentence.replaceAll(QUOTATIONS, '¶');
  if (quoted.length === 0 || OR_ANOTHER.test(bare) || EVERY_LINE.test(bare)) return undefined;
  const times = quoted.length === 1 ? timesTold(bare) : undefined;
  return quoted.map(text => ({kind: 'contains', text, words: true, ...(times === undefined ? {} : {times})}));
}

/** How often the code (`¶`) in the sentence has to come out, where it says so. */
function timesTold(bare: string): number | undefined {
  if (BOTH.test(bare)) return 2;
  const [, ahead, times, behind] = COUNTED.exec(bare) ?? [];
  const word = ahead ?? times ?? behind;
  if (word === undefined) return undefined;
  const number = /^\d+$/.test(word) ? Number(word) : numberOf(word);
  return number === undefined || number < 2 || number > TIMES_MAX ? undefined : number;
}

const TIMES_MAX = 99;
const NUMBER = piece`(${anyNumber()}|\d{1,2})`;
/** "`OK` twice" and "both". In "both `a` and `b`" two texts come out once each. */
const BOTH = phrase`^[^¶]*\<(?:${'both'})\>(?!\s*¶\s*(?:${'and'})\s*¶)[^¶]*¶|\<(?:${'so-often'})\>`;
/** "All four say `OK`", "three times `OK`", "`OK` 3 times", "the two lines end with `OK`". */
const COUNTED = phrase`^[^¶]*?\<(?:${'all-those'})\s+${NUMBER}(?!\.?\d|:)\>[^¶]*¶|(?:^|[^\p{L}\d.])${NUMBER}\s?(?:${'times'})\>|^\W*${NUMBER}\s+(?:${'rows'}|${'listed'}|${'expected-what'})\>[^¶]*¶`;
const EVERY_LINE = phrase`^[^¶]*(?<!\p{L})(?:${'every-one'})\s+(?!(?:${'all-those'}|${'both'})\>|${anyNumber()}\>|\d)[^¶]*¶`;
const OR_ANOTHER = phrase`¶[^¶.]{0,12}(?<!\p{L})${'or'}\s+¶`;

/**
 * The codes of a text that is nothing but output: "`0` and `t`.", "Twice `OK`", "→ `200`". [] for any other text.
 */
export function onlyQuoted(text: string): readonly string[] {
  const codes = matchesOf(text, CODES).map(([, code = '']) => code);
  return codes.length > 0 && ONLY_QUOTED.test(text.replaceAll(CODES, '¶')) ? codes : [];
}

const CODES = /`([^`]+)`/g;
const OFTEN = piece`(?:${'so-often'}|(?:${anyNumber()}|\d{1,2})\s?(?:${'times'}))`;
const ONLY_QUOTED = phrase`^[^\p{L}\p{N}¶]*(?:${OFTEN}\s*:?\s*)?¶(?:\s*(?:,|,?\s*(?:${'and'}))\s*¶)*(?:\s*,?\s*${OFTEN})?[^\p{L}\p{N}¶]*$`;
