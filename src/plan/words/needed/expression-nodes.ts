/** Parses the source of a regular expression into nodes that say where letters stand and where words begin and end. */
import {matchesOf} from '../../../text/matches.ts';
import {memoizeObject} from '../../../text/memoize.ts';

export type Node = {
  /**
   * `letters`: one of these. `none`: a character that is no letter. `look`: consumes nothing. `any`: anything may
   * match.
   */
  kind: 'letters' | 'none' | 'not-english' | 'any' | 'begin' | 'begin-english' | 'end' | 'look' | 'group';
  letters: readonly string[];
  sequences: readonly (readonly Node[])[];
  isOptional: boolean;
  isRepeated: boolean;
};

const QUANTIFIER = /(?:[*+?]|\{(\d+)(?:,\d*)?\})\??/y;
const ESCAPE = /\\(?:[pP]\{[^}]*\}|u\{[\da-f]+\}|u[\da-f]{4}|x[\da-f]{2}|k<[^>]*>|[\s\S])/iy;
const GROUP = /\((?:\?(?::|<?[=!]|<[^>]*>))?/y;
const NOT_A_LETTER = /^\(\?<?!(?:\[(?:[^\]^][^\]]*)?\\p\{L\}[^\]]*\]|\\p\{L\})\)$/;
const NOT_ENGLISH = /^\(\?<!(?:\[[^\]^]*\\w[^\]]*\]|\\w)\)$/;
const RANGE_OF_LETTERS = /\\(?:[wSDPW]|p\{(?:L|Script|Alpha))|[a-z\xaa-\uffff]-/i;

/** A part of a regular expression: as it is written, or phrases of which any may stand there. */
export type PartOfExpression = string | Alternatives;
type Alternatives = {readonly all: readonly string[]};

/** The alternatives of a regular expression, each as a sequence of nodes. */
export function nodesOf(parts: readonly PartOfExpression[]): Node[][] {
  const places = parts.filter(part => typeof part !== 'string');
  const source = parts.map(part => (typeof part === 'string' ? part : PLACE)).join('');
  return new Parser(source, places).alternatives();
}

/** The same of each phrase by itself. */
export const nodesOfPhrases = memoizeObject(({all}: Alternatives): Node['sequences'][] =>
  all.map(one => nodesOf([one])),
);

/** The phrases stand in many expressions. */
const groupOf = memoizeObject((phrases: Alternatives) => simple('group', nodesOfPhrases(phrases).flat()));

/** Stands for phrases in the text of an expression. */
const PLACE = '\u{f0000}';

class Parser {
  readonly #source: string;
  readonly #places: readonly Alternatives[];
  #place = 0;
  #at = 0;

  constructor(source: string, places: readonly Alternatives[]) {
    this.#source = source;
    this.#places = places;
  }

  alternatives(): Node[][] {
    const all = [this.#sequence()];
    while (this.#source[this.#at] === '|') {
      this.#at += 1;
      all.push(this.#sequence());
    }
    return all;
  }

  #sequence(): Node[] {
    const nodes: Node[] = [];
    for (;;) {
      const end = this.#endOfLetters();
      if (end > this.#at) {
        nodes.push(lettersOf(this.#source.slice(this.#at, end)));
        this.#at = end;
      }
      const char = this.#source[this.#at];
      if (char === undefined || char === '|' || char === ')') return nodes;
      const node = this.#element(char);
      nodes.push(this.#isQuantified(this.#at) ? this.#quantified(node) : node);
    }
  }

  /**
   * The end of the English letters at this place. A letter before a quantifier stands alone: in "steps?" only the "s"
   * is optional.
   */
  #endOfLetters(): number {
    let end = this.#at;
    while (isEnglish(this.#source.charCodeAt(end))) end += 1;
    return end > this.#at && this.#isQuantified(end) ? end - 1 : end;
  }

  #isQuantified(at: number): boolean {
    const char = this.#source[at];
    return char === '?' || char === '*' || char === '+' || char === '{';
  }

  #quantified(node: Node): Node {
    const [text = '', least] = this.#read(QUANTIFIER) ?? [];
    const isOptional = least === undefined ? !text.startsWith('+') : Number(least) === 0;
    return {...node, isOptional, isRepeated: !text.startsWith('?')};
  }

  #element(char: string): Node {
    switch (char) {
      case '(':
        return this.#group();
      case '[':
        return this.#class();
      case '\\':
        return escaped(this.#read(ESCAPE)?.[0] ?? '');
      case '^':
      case '$':
      case '.':
        this.#at += 1;
        return simple(char === '^' ? 'begin' : char === '$' ? 'end' : 'any');
      default: {
        const one = String.fromCodePoint(this.#source.codePointAt(this.#at) ?? 0);
        this.#at += one.length;
        const phrases = one === PLACE ? this.#places[this.#place++] : undefined;
        return phrases === undefined ? character(one) : groupOf(phrases);
      }
    }
  }

  #group(): Node {
    const start = this.#at;
    const [opening = ''] = this.#read(GROUP) ?? [];
    const sequences = this.alternatives();
    this.#at += 1;
    if (!/[=!]/.test(opening)) return simple('group', sequences);
    const whole = this.#source.slice(start, this.#at);
    if (NOT_A_LETTER.test(whole)) return simple(opening.includes('<') ? 'begin' : 'end');
    return simple(NOT_ENGLISH.test(whole) ? 'begin-english' : 'look');
  }

  #class(): Node {
    let end = this.#at + 1;
    while (this.#source[end] !== ']') {
      // In a row of words a ";" ends the phrase: within brackets it is written \x3b.
      if (end >= this.#source.length) throw new SyntaxError(`a "[" is not closed in ${this.#source}`);
      end += this.#source[end] === '\\' ? 2 : 1;
    }
    const inside = this.#source.slice(this.#at + 1, end);
    this.#at = end + 1;
    const known = CLASSES.get(inside) ?? classOf(inside);
    CLASSES.set(inside, known);
    return known;
  }

  #read(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#source);
    if (found !== null) this.#at = pattern.lastIndex;
    return found ?? undefined;
  }
}

/** Character classes that were parsed before: expressions repeat the same few. */
const CLASSES = new Map<string, Node>();

function classOf(inside: string): Node {
  if (inside.startsWith('^')) return simple(inside.includes('\\p{L}') ? 'none' : 'any');
  const rest = inside.replaceAll(/\\[sd]|\\p\{N\}|0-9/g, ' ');
  if (/^(?:\\W|[^\p{L}\\])+$/u.test(rest) && rest.includes('\\W')) return simple('not-english');
  if (RANGE_OF_LETTERS.test(rest)) return simple('any');
  const nodes = matchesOf(rest, /\\(?:u\{[\da-f]+\}|u[\da-f]{4}|x[\da-f]{2}|.)|./giu).map(([one]) =>
    one.startsWith('\\') ? escaped(one) : character(one),
  );
  if (nodes.every(({kind}) => kind === 'none')) return simple('none');
  return nodes.every(({kind}) => kind === 'letters')
    ? lettersOf(...nodes.flatMap(({letters}) => letters))
    : simple('any');
}

function escaped(text: string): Node {
  switch (text.charAt(1)) {
    case 's':
    case 'd':
      return simple('none');
    case 'W':
      return simple('not-english');
    case 'b':
      return simple('begin-english');
    case '<':
      return simple('begin');
    case '>':
      return simple('end');
    case 'P':
      return simple(text === '\\P{L}' ? 'none' : 'any');
    case 'p':
      return simple(text === '\\p{N}' ? 'none' : 'any');
    case 'u':
    case 'x':
      return character(String.fromCodePoint(Number.parseInt(text.replaceAll(/[\\ux{}]/g, ''), 16)));
    case 'n':
    case 't':
    case 'r':
      return simple('none');
    default:
      return /^\\[A-Za-z0-9]/.test(text) ? simple('any') : character(text.slice(1));
  }
}

function character(char: string): Node {
  const lower = char.toLowerCase();
  return isEnglish(lower.charCodeAt(0)) || /\p{L}/u.test(lower) ? lettersOf(lower) : simple('none');
}

export function isEnglish(code: number): boolean {
  return code >= 97 && code <= 122;
}

function lettersOf(...letters: readonly string[]): Node {
  return {kind: 'letters', letters, sequences: [], isOptional: false, isRepeated: false};
}

function simple(kind: Node['kind'], sequences: Node['sequences'] = []): Node {
  return {kind, letters: [], sequences, isOptional: false, isRepeated: false};
}
