/** Phrases of a pattern, without those that no text can hold which was read so far. */
import {ANY_SCRIPT, type Script, writtenFor} from '../letters.ts';
import {BEGINNING_MAX, runsOfPhrases} from './needed-words.ts';

// A document has the words of a language or two, and a topic has the phrases of all. To compile the others takes most
// of the time, and each of them makes every search longer. A phrase needs runs of letters: a text that has none of them
// cannot hold it. So a pattern is made of those phrases of which some text had a run, and made again when a text brings
// runs that no other had. What it finds is the same.

/** A part of a pattern: as it is written, or phrases of which any may stand there. */
export type Part = string | Phrases;

export class Parts {
  readonly parts: readonly Part[];

  constructor(parts: readonly Part[]) {
    this.parts = parts;
  }

  get source(): string {
    return this.parts.map(part => (typeof part === 'string' ? writtenFor(ANY_SCRIPT, part) : part.source)).join('');
  }
}

/** The runs of at most `BEGINNING_MAX` letters, in lower case, in the texts that were read so far. */
const met = new Set<string>();
/** The words that they stand in. */
const words = new Set<string>();

/** Grows with every text that brings new runs. */
export function runsMet(): number {
  return met.size;
}

/** `word`: a run of letters in lower case. */
export function meetWord(word: string): void {
  if (words.has(word)) return;
  words.add(word);
  for (let from = 0; from < word.length; from++)
    for (let to = from + 1; to <= Math.min(word.length, from + BEGINNING_MAX); to++) met.add(word.slice(from, to));
}

/** All that there are, by name. */
export const PHRASES = new Map<string, Phrases>();

export class Phrases {
  /** Under which the build keeps what they need. */
  readonly name: string;
  readonly all: readonly string[];
  /** By the number of a phrase that no text could hold so far, the runs of which it needs one. */
  #waiting: Map<number, readonly string[]> | undefined;
  readonly #possible = new Map<Script, {source: string; runs: number}>();

  constructor(name: string, all: readonly string[]) {
    this.name = name;
    this.all = all;
    PHRASES.set(name, this);
  }

  get parts(): readonly Part[] {
    return [this];
  }

  get source(): string {
    return writtenFor(ANY_SCRIPT, groupOf(this.all));
  }

  inLower(script: Script): string {
    return lowerFor(script, groupOf(this.all));
  }

  /** The group of those that a text may hold, in lower case and in their order. */
  possible(script: Script): string {
    const made = this.#possible.get(script);
    if (made?.runs === met.size) return made.source;
    this.#waiting ??= this.#needed();
    for (const [number, runs] of this.#waiting) if (runs.some(run => met.has(run))) this.#waiting.delete(number);
    const source = lowerFor(script, groupOf(this.all.filter((_, number) => this.#waiting?.has(number) !== true)));
    this.#possible.set(script, {source, runs: met.size});
    return source;
  }

  #needed(): Map<number, readonly string[]> {
    const needed = new Map<number, readonly string[]>();
    // What is left out may capture nothing, because the groups behind it would be counted anew.
    for (const [number, runs] of runsOfPhrases(this).entries())
      if (runs !== undefined && !CAPTURES.test(this.all[number] ?? '')) needed.set(number, runs);
    return needed;
  }
}

const CAPTURES = /(?<!\\)\((?:(?!\?)|\?<[^=!])/;

/** As a group of a regular expression; one of no phrases matches nothing. */
function groupOf(phrases: readonly string[]): string {
  return phrases.length === 0 ? '(?!)' : `(?:${phrases.join('|')})`;
}

/** Puts an expression for texts of the script into lower case, but not its escapes. */
export function lowerFor(script: Script, expression: string): string {
  const source = writtenFor(script, expression);
  return source.replaceAll(/\\[pP]\{[^}]*\}|(?<!\\)[A-Z]+/g, part =>
    part.startsWith('\\') ? part : part.toLowerCase(),
  );
}
