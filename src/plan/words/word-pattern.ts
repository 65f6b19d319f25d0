/** WordPattern: a regular expression made of words, compiled late and tried only on texts that have a word it needs. */
import {matchesOf} from '../../text/matches.ts';
import {forgetAll, memoize} from '../../text/memoize.ts';
import {ANY_SCRIPT, isLatin, LATIN, type Script} from './letters.ts';
import {BEGINNING_MAX, neededWords} from './needed/needed-words.ts';
import {lowerFor, meetWord, type Part, Parts, runsMet} from './needed/phrases.ts';

// Hundreds of patterns are tried on nearly every line, and nearly all of them find nothing. To compile a pattern takes
// milliseconds. So the words of a line are looked up first, in one index for all patterns: each word says which
// patterns it allows. That costs as much as running one pattern, and is done once for a word and once for a line.

/** The last text, because one text is tried with many patterns in turn. */
let lastText: string | undefined;
let lastKnown: TextWords | undefined;

/** `runs`: how many there were when it was made; `times`: how often it was made. `isWhole`: with all phrases. */
type Made = {pattern: RegExp; source: string; runs: number; times: number; isWhole: boolean};

/** Used like a RegExp: by its own methods and by those of strings. Create it once, at the top of a module. */
export class WordPattern extends Parts {
  readonly flags: string;
  /** Where the pattern's bit stands in `Possible`: index of the word, and mask. */
  readonly #at: number;
  readonly #bit: number;
  #wholeMade: RegExp | undefined;
  readonly #lowerMade = new Map<Script, Made>();

  constructor(parts: string | readonly Part[], flags: string) {
    super(typeof parts === 'string' ? [parts] : parts);
    this.flags = flags;
    const number = PATTERNS.push(this) - 1;
    this.#at = number >> 5;
    this.#bit = 1 << (number & 31);
    lastKnown = undefined;
  }

  /** Tells patterns apart, and is shorter than the source. */
  get key(): string {
    return this.parts.map(part => (typeof part === 'string' ? part : `\0${part.name}\0`)).join('');
  }

  get #whole(): RegExp {
    this.#wholeMade ??= new RegExp(this.source, this.flags);
    this.#wholeMade.lastIndex = 0;
    return this.#wholeMade;
  }

  /** For texts in lower case. With the flag `i` it would take three times as long to compile. */
  #lowerFor(script: Script): RegExp {
    const runs = runsMet();
    const known = this.#lowerMade.get(script);
    const made = known?.runs === runs || known?.isWhole === true ? known : this.#make(script, runs, known);
    made.pattern.lastIndex = 0;
    return made.pattern;
  }

  #make(script: Script, runs: number, before: Made | undefined): Made {
    const isWhole = before?.times === MADE_MAX;
    const source = this.parts
      .map(part =>
        typeof part === 'string' ? lowerFor(script, part) : isWhole ? part.inLower(script) : part.possible(script),
      )
      .join('');
    const pattern = before?.source === source ? before.pattern : new RegExp(source, `d${this.flags.replace('i', '')}`);
    const times = (before?.times ?? 0) + (pattern === before?.pattern ? 0 : 1);
    const made = {pattern, source, runs, times, isWhole};
    this.#lowerMade.set(script, made);
    return made;
  }

  /** What is known of the text; undefined when it has none of the words that the expression needs. */
  #possibleIn(text: string): TextWords | undefined {
    const known = lastKnown !== undefined && lastText === text ? lastKnown : wordsFor(text);
    return ((known.possible[this.#at] ?? 0) & this.#bit) === 0 ? undefined : known;
  }

  /** The pattern was tried on the text and found nothing: the next reader of the same text need not try it again. */
  #excludeIn({possible}: TextWords): void {
    possible[this.#at] = (possible[this.#at] ?? 0) & ~this.#bit;
  }

  test(text: string): boolean {
    const known = this.#possibleIn(text);
    if (known === undefined) return false;
    const isFound = known.lower === undefined ? this.#whole.test(text) : this.#lowerFor(known.script).test(known.lower);
    if (!isFound) this.#excludeIn(known);
    return isFound;
  }

  exec(text: string): RegExpExecArray | null {
    const known = this.#possibleIn(text);
    if (known === undefined) return null;
    const found = known.lower === undefined ? this.#whole.exec(text) : this.#lowerFor(known.script).exec(known.lower);
    if (found === null) this.#excludeIn(known);
    return found === null || known.lower === undefined ? found : inOriginalCase(text, found);
  }

  /** All matches; without the flag `g` only the first. */
  all(text: string): RegExpExecArray[] {
    if (!this.flags.includes('g')) return [this.exec(text)].filter(found => found !== null);
    const known = this.#possibleIn(text);
    if (known === undefined) return [];
    const found =
      known.lower === undefined ? matchesOf(text, this.#whole) : matchesOf(known.lower, this.#lowerFor(known.script));
    if (found.length === 0) this.#excludeIn(known);
    return known.lower === undefined ? found : found.map(one => inOriginalCase(text, one));
  }

  [Symbol.match](text: string): RegExpMatchArray | null {
    if (!this.flags.includes('g')) return this.exec(text);
    const [first, ...others] = this.all(text).map(([found]) => found);
    return first === undefined ? null : [first, ...others];
  }

  [Symbol.search](text: string): number {
    return this.exec(text)?.index ?? -1;
  }

  /** `by`: the replacement as it is, or a function of the match and its groups. */
  [Symbol.replace](text: string, by: string | ((found: string, ...groups: string[]) => string)): string {
    let replaced = '';
    let at = 0;
    for (const found of this.all(text)) {
      replaced += text.slice(at, found.index) + (typeof by === 'string' ? by : by(found[0], ...found.slice(1)));
      at = found.index + found[0].length;
    }
    return replaced + text.slice(at);
  }

  [Symbol.split](text: string, limit?: number): string[] {
    return this.#possibleIn(text) !== undefined ? this.#whole[Symbol.split](text, limit) : [text];
  }
}

/** Turns a match in a text in lower case into the match in the text itself. */
function inOriginalCase(text: string, found: RegExpExecArray): RegExpExecArray {
  for (const [group, span] of (found.indices ?? []).entries())
    if (span !== undefined) found[group] = text.slice(...span);
  found.input = text;
  return found;
}

/** Where texts of ever other languages are read, all phrases are needed in the end. */
const MADE_MAX = 3;

export const PATTERNS: WordPattern[] = [];

/** A set of patterns: one bit for each, by number. */
type Possible = Uint32Array;

/** `byBeginning`: the patterns that need a word with this beginning. `always`: the patterns that need no word. */
type Index = {size: number; always: Possible; byBeginning: ReadonlyMap<string, Possible>};
let index: Index = {size: -1, always: new Uint32Array(), byBeginning: new Map()};

/** Builds the index. It is built again when modules were loaded since and have created more patterns. */
function buildIndex(): void {
  const length = Math.ceil(PATTERNS.length / 32);
  const always = new Uint32Array(length);
  const byBeginning = new Map<string, Possible>();
  for (const [number, needed] of neededWords(PATTERNS).entries()) {
    if (needed === undefined) add(always, number);
    for (const beginning of needed ?? []) {
      const known = byBeginning.get(beginning) ?? new Uint32Array(length);
      add(known, number);
      byBeginning.set(beginning, known);
    }
  }
  index = {size: PATTERNS.length, always, byBeginning};
  forgetAll();
}

function add(possible: Possible, number: number): void {
  possible[number >> 5] = (possible[number >> 5] ?? 0) | (1 << (number & 31));
}

/** `lower`: the text in lower case; undefined where that changes its length. */
type TextWords = {possible: Possible; lower: string | undefined; script: Script};

function wordsFor(text: string): TextWords {
  if (index.size !== PATTERNS.length) buildIndex();
  const known = readTextWords(text);
  lastText = text;
  lastKnown = known;
  return known;
}

const readTextWords = memoize((text): TextWords => {
  const possible = index.always.slice();
  // With the flag `i`, the long s (ſ) matches s.
  const lower = text.toLowerCase().replaceAll('ſ', 's');
  for (const word of wordsOf(lower)) merge(possible, possibleForWord(word));
  const script = isLatin(lower) ? LATIN : ANY_SCRIPT;
  return {possible, lower: lower.length === text.length ? lower : undefined, script};
});

/** Makes the words of a whole document known before its lines are read: a pattern is then made once. */
export function meetText(text: string): void {
  for (const word of new Set(text.toLowerCase().match(/\p{L}+/gu))) meetWord(word);
}

const possibleForWord = memoize((word): Possible => {
  meetWord(word);
  const possible = new Uint32Array(index.always.length);
  for (let length = 1; length <= Math.min(word.length, BEGINNING_MAX); length++)
    merge(possible, index.byBeginning.get(word.slice(0, length)));
  if (word.length <= BEGINNING_MAX) merge(possible, index.byBeginning.get(`${word} `));
  return possible;
});

function merge(into: Possible, from: Possible | undefined): void {
  if (from === undefined) return;
  for (let at = 0; at < into.length; at++) into[at] = (into[at] ?? 0) | (from[at] ?? 0);
}

/**
 * Runs of letters. For `\b` and `\W` only English letters are letters, so English runs inside longer words count too.
 */
function wordsOf(lower: string): readonly string[] {
  const english = lower.match(/[a-z]+/g) ?? [];
  return /[^\0-\x7f]/.test(lower) ? [...english, ...(lower.match(/\p{L}+/gu) ?? [])] : english;
}
