/** The words that the program's own patterns need, as its build has found them: reading them takes 50 ms of a start. */
import {hash} from 'node:crypto';
import {once} from '../../../text/memoize.ts';

/** Set by `.tools/build.mjs` in the bundle. Where the program runs from its sources, nothing is known beforehand. */
const FROM_BUILD: string | undefined = undefined;

export type KnownWords = {
  words: readonly string[];
  /** By `keyOf` the numbers of the words that a pattern needs; null where it needs none. */
  ofPattern: Readonly<Record<string, readonly number[] | null>>;
  /** By name the same of each phrase. */
  ofPhrases: Readonly<Record<string, readonly (readonly number[] | null)[]>>;
};

export function keyOf(pattern: string): string {
  return hash('sha1', pattern, 'base64');
}

export const knownWords = once(() => (FROM_BUILD === undefined ? undefined : (JSON.parse(FROM_BUILD) as KnownWords)));
