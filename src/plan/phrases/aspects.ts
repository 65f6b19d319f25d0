/** Finds what a rule or a signal is about: errors, latency, memory, a service's name. */
import type {Aspect, Topic} from '../words/language.ts';
import {ASPECT_NAMES, aspectPattern, everyPhrase, phrasesOf} from '../words/vocabulary.ts';

/** The first that matches wins: "database connection failures" are errors, not connections. */
const ASPECTS = ASPECT_NAMES.map(aspect => [aspect, everyPhrase`${aspectPattern(aspect)}`] as const);

/** The aspect of the words; undefined when they name none. */
export function aspectIn(words: string): Aspect | undefined {
  return ASPECTS.find(([, pattern]) => words.search(pattern) !== -1)?.[0];
}

/** Whether less is better of what the words name. */
export function isWorseUpwards(words: string): boolean {
  return WORSE_UPWARDS.has(aspectIn(words) ?? '');
}

const WORSE_UPWARDS: ReadonlySet<string> = new Set(['errors', 'lag', 'latency', 'memory', 'processor']);

/** What the words name beside the aspect, in the form of `wordsOf`: `booking` in "booking response time". */
export function namesIn(words: string, aspect: Aspect | undefined): string[] {
  const rest = ASPECTS.filter(([one]) => one === aspect || HOW.has(one)).reduce(
    (left, [, pattern]) => left.replace(pattern, ' '),
    words,
  );
  const ofDatabases = aspect === 'connections' || aspect === 'query' || aspect === 'lag';
  return wordsOf(rest).filter(word => !FILLERS.has(word) && !(ofDatabases && DATABASES.has(word)));
}

/** These say how something is measured and not what, so they are never part of a name. */
const HOW: ReadonlySet<Aspect> = new Set(['latency', 'duration']);

/** A word that many services have in their names, so that it does not identify one. */
export function isGeneric(word: string): boolean {
  return GENERIC.has(word);
}

/** The words of a name in lower case, without the plural: `storeMessage` and `store_messages` give the same. */
export function wordsOf(text: string): string[] {
  return text
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(word => word !== '')
    .map(word => word.replace(/(?<=\p{L}{3})s$/u, ''));
}

/** Words that do not tell signals apart. */
const FILLERS: ReadonlySet<string> = plain('signal-filler');

/**
 * Left out for connections, queries and replication, which are always a database's; "database memory" needs the word.
 */
const DATABASES: ReadonlySet<string> = plain('database-name');

function plain(topic: Topic): ReadonlySet<string> {
  return new Set(phrasesOf(topic).flatMap(wordsOf));
}

const GENERIC: ReadonlySet<string> = new Set(
  wordsOf('api apis http https endpoint endpoints web website page site rest url'),
);
