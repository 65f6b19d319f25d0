/** Looks words up: the phrases of a topic in all languages, as regular expressions. */

// A language is one table (`english.ts` and its neighbours) with the phrases for every topic. To add one, copy a table,
// translate its phrases, leave empty what the language has no word for, and name the table in `LANGUAGES` below.
// Nothing else has to change: all languages are always looked for, because teams mix them.
//
// The phrases of a topic are one string, separated by semicolons. A phrase is part of a regular expression, matched as
// whole words in any case: `roll-?\s?back` does not match `rollbacks`, and `deploy\p{L}*` matches every word that
// begins so. `{rollback}` stands for the language's own words for a rollback. Phrases must have no nested repetition,
// so that no document can make them slow.

import {matchesOf} from '../../text/matches.ts';
import {memoize} from '../../text/memoize.ts';
import {ENGLISH} from './english.ts';
import {FRENCH} from './french.ts';
import {GERMAN} from './german.ts';
import type {Aspect, KnownMetric, RoleTopic, Topic, Words} from './language.ts';
import {type Part, Parts, PHRASES, Phrases} from './needed/phrases.ts';
import {OTHER_SCRIPT, OTHERS, OTHERS_COMMON} from './other-languages.ts';
import {PORTUGUESE} from './portuguese.ts';
import {SPANISH} from './spanish.ts';
import {WordPattern} from './word-pattern.ts';

const LANGUAGES: readonly Words[] = [ENGLISH, SPANISH, GERMAN, FRENCH, PORTUGUESE];

/** The phrases of a topic in all languages. */
const anyOf = memoize((topic: string) => new Phrases(topic, phrasesOf(topic as Topic)));

export function anyMetric(metric: KnownMetric): Piece {
  return phrasesAs(`metric ${metric}`, words => phrases(words.metrics[metric]));
}

/** The more specific aspect comes first. */
export const ASPECT_NAMES = Object.keys(ENGLISH.aspects) as readonly Aspect[];

export function aspectPattern(aspect: Aspect): WordPattern {
  return phrase`\<${phrasesAs(`aspect ${aspect}`, words => phrases(words.aspects[aspect]))}\>`;
}

/** The phrases of topics, but only in the languages that write numbers with a decimal comma. */
export function anyWithDecimalComma(...topics: Topic[]): Piece {
  return phrasesAs(`comma ${topics.join(' ')}`, words =>
    words.decimalComma ? topics.flatMap(topic => phrases(words.topics[topic], words)) : [],
  );
}

export function phrasesOf(topic: Topic): string[] {
  return [...LANGUAGES.flatMap(words => phrases(words.topics[topic], words)), ...phrases(OTHERS[topic])];
}

/** The number that a word names ("three", "drei", "tres"); undefined for any other word. */
export function numberOf(word: string): number | undefined {
  for (const numbers of NUMBERS) {
    const at = numbers.findIndex(one => one.test(word));
    if (at !== -1) return at + 1;
  }
  return undefined;
}

const NUMBERS = LANGUAGES.map(({numbers}) => phrases(numbers).map(one => new WordPattern(`^(?:${one})$`, 'iu')));

export function anyNumber(): Piece {
  return phrasesAs('number', words => phrases(words.numbers));
}

function phrasesAs(name: string, ofLanguage: (words: Words) => string[]): Piece {
  return PHRASES.get(name) ?? new Phrases(name, LANGUAGES.flatMap(ofLanguage));
}

/** A part of a pattern. */
type Piece = {readonly source: string; readonly parts?: readonly Part[]};

/**
 * A pattern of words in any case. A topic in it stands for its phrases in all languages, and `\<` and `\>` for the
 * borders of a word: letters beyond English count as letters.
 */
export function phrase(texts: TemplateStringsArray, ...parts: readonly (Topic | Piece)[]): WordPattern {
  return new WordPattern(partsOf(texts, parts), 'iu');
}

/** The same, to find every match. */
export function everyPhrase(texts: TemplateStringsArray, ...parts: readonly (Topic | Piece)[]): WordPattern {
  return new WordPattern(partsOf(texts, parts), 'giu');
}

/** A part of several patterns, written in the same way. */
export function piece(texts: TemplateStringsArray, ...parts: readonly (Topic | Piece)[]): Piece {
  return new Parts(partsOf(texts, parts));
}

function partsOf({raw}: TemplateStringsArray, parts: readonly (Topic | Piece)[]): Part[] {
  return raw.flatMap((text, index) => {
    const part = parts[index];
    const own = typeof part === 'string' ? [anyOf(part)] : (part?.parts ?? [part?.source ?? '']);
    return [text, ...own];
  });
}

/** Finds a topic anywhere in a text, as whole words. */
export function topicPattern(topic: Topic): WordPattern {
  return phrase`\<${topic}\>`;
}

export function rolePattern(role: RoleTopic): WordPattern {
  return phrase`\<${phrasesAs(`role ${role}`, words => phrases(words.roles[role], words))}\>`;
}

/** Whether a text is in a language that has a file here; undefined where nothing shows it (one word, only code). */
export function isKnownLanguage(text: string): boolean | undefined {
  return isKnownOf(countedIn(text), text);
}

/** The same of long prose without code: a language of which nothing at all is known shows by words that are missing. */
export function isKnownProse(text: string): boolean | undefined {
  const counted = countedIn(text);
  const {words, found, different} = counted;
  const isMissing = found < words * COMMON_SHARE_MIN || different < COMMON_MIN;
  return words >= (found === 0 ? WORDLESS_MIN : PROSE_WORDS_MIN) && isMissing ? false : isKnownOf(counted, text);
}

/** Whether a part of a foreign text is in a known language beyond a word that both happen to have. */
export function isSurelyKnown(text: string): boolean {
  const counted = countedIn(text);
  const {words, found, different} = counted;
  return different >= COMMON_MIN && found >= words * COMMON_SHARE_MIN && isKnownOf(counted, text) === true;
}

/**
 * `known`, `other`: how many words the likeliest known and the likeliest other language have in common with the text.
 * `found`, `different`: of the known one without single letters, which are words of too many languages.
 */
type Counted = {words: number; known: number; other: number; found: number; different: number};

const countedIn = memoize(count);

function count(text: string): Counted {
  const counts = COMMON.map(() => 0);
  const long = COMMON.map(() => [] as string[]);
  const words = text.toLowerCase().match(/\p{L}+/gu) ?? [];
  for (const word of words) {
    for (const at of LANGUAGES_OF.get(word) ?? []) {
      counts[at] = (counts[at] ?? 0) + 1;
      if (word.length > 1) long[at]?.push(word);
    }
  }
  const best = long.slice(0, LANGUAGES.length).reduce((most, own) => (own.length > most.length ? own : most), []);
  return {
    words: words.length,
    known: Math.max(...counts.slice(0, LANGUAGES.length)),
    other: Math.max(...counts.slice(LANGUAGES.length)),
    found: best.length,
    different: new Set(best).size,
  };
}

function isKnownOf({known, other}: Counted, text: string): boolean | undefined {
  const foreign = text.match(OTHER_SCRIPT)?.length ?? 0;
  // One word may be a name, or an abbreviation.
  const balance = known - (known === 0 && other === 1 ? 0 : other) - foreign / LETTERS_OF_A_WORD;
  return balance === 0 ? undefined : balance > 0;
}

/** The common words of each language: first those of the known ones. */
const COMMON = [...LANGUAGES.map(({common}) => common), ...OTHERS_COMMON].map(words => new Set(words.split(' ')));
/** By each word, the languages that have it. */
const LANGUAGES_OF: ReadonlyMap<string, readonly number[]> = languagesByWord();

/** A word that nearly every sentence of some language has. */
export function isCommonWord(word: string): boolean {
  return LANGUAGES_OF.has(word);
}

/**
 * Whether a word that was found for a topic in that text is only a small word of the language of the document: the
 * Spanish "se" is no "if".
 */
export function isOnlySmallWord(word: string, topic: Topic, text: string, prose: string): boolean {
  const small = word.trim().toLowerCase();
  const at = LANGUAGES_OF.has(small) ? likeliestOf(prose) : -1;
  if (COMMON[at]?.has(small) !== true) return false;
  const own = matchesOf(text.toLowerCase(), ownPattern(`${at} ${topic}`));
  return !own.some(([found]) => found.split(/[^\p{L}]+/u).includes(small));
}

/** The phrases of a topic in one language. */
const ownPattern = memoize((key: string): RegExp => {
  const [at = 0, topic = ''] = key.split(' ');
  const own = LANGUAGES[Number(at)];
  const found = new Phrases(`${key} alone`, phrases(own?.topics[topic as Topic], own));
  return new RegExp(new Parts([String.raw`\<`, found, String.raw`\>`]).source, 'giu');
});

/** The number of the known language that has most words in common with the text; -1 where none has any. */
const likeliestOf = memoize((text: string): number => {
  const counts = LANGUAGES.map(() => 0);
  for (const word of text.toLowerCase().match(/\p{L}+/gu) ?? [])
    for (const at of LANGUAGES_OF.get(word) ?? []) if (at < counts.length) counts[at] = (counts[at] ?? 0) + 1;
  const most = Math.max(...counts);
  return most === 0 ? -1 : counts.indexOf(most);
});

function languagesByWord(): Map<string, number[]> {
  const found = new Map<string, number[]>();
  for (const [at, words] of COMMON.entries())
    for (const word of words) found.set(word, [...(found.get(word) ?? []), at]);
  return found;
}

const PROSE_WORDS_MIN = 40;
/** Fewer words than this may be a list of names. */
const WORDLESS_MIN = 12;
/** Even terse lists of items have more of them. */
const COMMON_SHARE_MIN = 0.06;
const COMMON_MIN = 4;

const LETTERS_OF_A_WORD = 2;

function phrases(text = '', words?: Words): string[] {
  const rollback = words?.topics.rollback ?? '';
  return text
    .split(';')
    .map(phrase => phrase.trim().replaceAll('{rollback}', rollback))
    .filter(phrase => phrase !== '');
}
