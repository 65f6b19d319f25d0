/** What a rule or a signal is about, in the words of several languages. */
import type {Aspect} from '../words/language.ts';
import type {Topic} from '../words/topics.ts';
import {phrasesOf, speaksOfAspect} from '../words/vocabulary.ts';
import {WordPattern} from '../words/word-pattern.ts';

/** In this order: "database connection failures" are failures. */
const ASPECTS = (
  [
    'errors',
    'success',
    'uptime',
    'lag',
    'connections',
    'query',
    'memory',
    'processor',
    'disk',
    'latency',
    'duration',
  ] satisfies Aspect[]
).map(aspect => [aspect, new WordPattern(speaksOfAspect(aspect).source, 'giu')] as const);

/** The first aspect that the words speak of; undefined when they speak of none. */
export function aspectIn(words: string): Aspect | undefined {
  return ASPECTS.find(([, pattern]) => words.search(pattern) !== -1)?.[0];
}

/** What the words name beside the aspect: `booking` in "booking response time". As `wordsOf` gives them. */
export function namesIn(words: string, aspect: Aspect | undefined): string[] {
  const rest = ASPECTS.filter(([one]) => one === aspect || HOW.has(one)).reduce(
    (left, [, pattern]) => left.replace(pattern, ' '),
    words,
  );
  const ofDatabases = aspect === 'connections' || aspect === 'query' || aspect === 'lag';
  return wordsOf(rest).filter(word => !FILLERS.has(word) && !(ofDatabases && DATABASES.has(word)));
}

/** That it is a time says how it is measured, not what. */
const HOW: ReadonlySet<Aspect> = new Set(['latency', 'duration']);

/** Words that many services have in their names: alone they tell nothing. */
export function isGeneric(word: string): boolean {
  return GENERIC.has(word);
}

/** All words of a name, `storeMessage` and `store_message` alike. */
export function wordsOf(text: string): string[] {
  return text
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(word => word !== '')
    .map(word => word.replace(/(?<=\p{L}{3})s$/u, ''));
}

/** Words that tell no signal from another: how it is measured, and that it is ours. */
const FILLERS: ReadonlySet<string> = plain('signal-filler');

/** Whose connections, queries and replicas these are goes without saying; whose memory, not. */
const DATABASES: ReadonlySet<string> = plain('database-name');

function plain(topic: Topic): ReadonlySet<string> {
  return new Set(phrasesOf(topic).flatMap(wordsOf));
}

const GENERIC: ReadonlySet<string> = new Set(
  wordsOf('api apis http https endpoint endpoints web website page site rest url'),
);
