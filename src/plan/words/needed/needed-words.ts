/** Finds the words that a text must have so that a regular expression can match in it. */
import {isEnglish, type Node, nodesOf, nodesOfPhrases, type PartOfExpression} from './expression-nodes.ts';
import {type KnownWords, keyOf, knownWords} from './known-words.ts';

// A word is a run of letters, and only its beginning is kept: at most BEGINNING_MAX letters in lower case; a space
// behind them means that the word ends there. "roll(?:ed|ing)? ?back|undo" needs a word that begins with "roll" or with
// "undo".

export const BEGINNING_MAX = 5;
/** With more words than this, the search for them is no faster than the expression itself. */
const BEGINNINGS_MAX = 600;
const SPREAD_MAX = 60;

/** What stands before a place in the text. 0: perhaps a letter; 1: no English letter; 2: no letter. */
type Edge = 0 | 1 | 2;

/** `common`: how often texts have one of these words, estimated from their length. */
type Words = {beginnings: readonly string[]; common: number};

/** A regular expression, and the text that the build knows it by. */
type Expression = {readonly key: string; readonly parts: readonly PartOfExpression[]};

/** Phrases, and the name that the build knows them by. */
type Named = {readonly name: string; readonly all: readonly string[]};

/** For each expression; undefined where it needs no word, or where the word cannot be found out. */
export function neededWords(expressions: readonly Expression[]): (readonly string[] | undefined)[] {
  const known = knownWords();
  return expressions.map(({key, parts}) => {
    const numbers = known?.ofPattern[keyOf(key)];
    if (numbers !== undefined) return wordsOf(numbers, known);
    const {beginnings} = bestOf(nodesOf(parts), 0, false) ?? {beginnings: undefined};
    return beginnings === undefined || beginnings.length > BEGINNINGS_MAX ? undefined : beginnings;
  });
}

/** For each phrase the runs of letters of which a text must have one, wherever in a word; undefined where it needs none. */
export function runsOfPhrases(phrases: Named): (readonly string[] | undefined)[] {
  const known = knownWords();
  const ofPhrases = known?.ofPhrases[phrases.name];
  if (ofPhrases !== undefined) return ofPhrases.map(numbers => wordsOf(numbers, known));
  return nodesOfPhrases(phrases).map(nodes =>
    bestOf(nodes, 2, false)?.beginnings.map(beginning => beginning.trimEnd()),
  );
}

function wordsOf(numbers: readonly number[] | null, known: KnownWords | undefined): string[] | undefined {
  return numbers?.map(number => known?.words[number] ?? '');
}

/** What the build keeps of the patterns and their phrases, so that no start has to read them. */
export function wordsToKnow(expressions: readonly Expression[], phrases: Iterable<Named>): KnownWords {
  const numbers = new Map<string, number>();
  const numbersOf = (words: readonly string[] | undefined) => words?.map(word => numberOf(word, numbers)) ?? null;
  const ofPattern: Record<string, readonly number[] | null> = {};
  for (const [index, needed] of neededWords(expressions).entries())
    ofPattern[keyOf(expressions[index]?.key ?? '')] = numbersOf(needed);
  const ofPhrases = [...phrases].map(named => [named.name, runsOfPhrases(named).map(numbersOf)] as const);
  return {words: [...numbers.keys()], ofPattern, ofPhrases: Object.fromEntries(ofPhrases)};
}

function numberOf(word: string, numbers: Map<string, number>): number {
  const number = numbers.get(word) ?? numbers.size;
  numbers.set(word, number);
  return number;
}

/** Takes the rarest words of each alternative, because any of the alternatives may match. */
function bestOf(sequences: Node['sequences'], edge: Edge, endsWord: boolean): Words | undefined {
  const known = BEST.get(sequences) ?? [];
  const key = 2 * edge + (endsWord ? 1 : 0);
  if (key in known) return known[key];
  BEST.set(sequences, known);
  const beginnings: string[] = [];
  let common = 0;
  known[key] = undefined;
  for (const sequence of sequences) {
    const best = bestIn(sequence, edge, endsWord);
    if (best === undefined) return undefined;
    beginnings.push(...best.beginnings);
    common += best.common;
  }
  known[key] = {beginnings, common};
  return known[key];
}

/** Results for sequences that were seen before: the same word lists stand in many expressions. */
const BEST = new WeakMap<Node['sequences'], (Words | undefined)[]>();

function bestIn(sequence: readonly Node[], before: Edge, endsWord: boolean): Words | undefined {
  let best: Words | undefined;
  let edge = before;
  const offer = (words: Words | undefined) => {
    if (words !== undefined && (best === undefined || words.common < best.common)) best = words;
  };
  for (const [index, node] of sequence.entries()) {
    const isGroup = node.kind === 'group';
    const inside =
      isGroup && !node.isOptional
        ? bestOf(node.sequences, edge, !node.isRepeated && endsAfter(sequence, index, endsWord))
        : undefined;
    offer(inside);
    if (edge !== 0 && inside === undefined && (isGroup || node.kind === 'letters'))
      offer(wordAt(sequence, index, edge, endsWord));
    edge = edgeAfter(node, edge);
  }
  return best;
}

function endsAfter(sequence: readonly Node[], index: number, endsWord: boolean): boolean {
  const next = sequence[index + 1];
  return next === undefined ? endsWord : !next.isOptional && (next.kind === 'end' || next.kind === 'none');
}

function edgeAfter(node: Node, edge: Edge): Edge {
  const behind = edgeBehind(node, edge);
  return node.isOptional && behind > edge ? edge : behind;
}

function edgeBehind({kind, sequences}: Node, edge: Edge): Edge {
  switch (kind) {
    case 'letters':
    case 'any':
      return 0;
    case 'none':
    case 'begin':
      return 2;
    case 'not-english':
      return 1;
    case 'begin-english':
      return edge === 2 ? 2 : 1;
    case 'end':
    case 'look':
      return edge;
    case 'group':
      return Math.min(
        ...sequences.map(sequence => sequence.reduce<Edge>((at, node) => edgeAfter(node, at), edge)),
      ) as Edge;
  }
}

/** The beginnings of the word that starts at node `at`; undefined when nothing is known of them. */
function wordAt(nodes: readonly Node[], at: number, edge: Edge, endsWord: boolean): Words | undefined {
  const beginnings: string[] = [];
  for (const text of extendBeginnings(nodes, at, NOTHING, beginnings, endsWord))
    beginnings.push(endsWord ? `${text} ` : text);
  let common = 0;
  for (const beginning of beginnings) {
    const first = beginning.charCodeAt(0);
    if (!isEnglish(first) && (edge === 1 || first === SPACE || !LETTER.test(beginning))) return undefined;
    common += 4 ** (BEGINNING_MAX - beginning.length);
  }
  return {beginnings, common};
}

const NOTHING = [''];
const SPACE = 32;
const LETTER = /^\p{L}/u;

/**
 * Extends every beginning in `start` by the nodes. Returns those that the nodes leave open; those of which no more can
 * be known go to `closed`.
 */
function extendBeginnings(
  nodes: readonly Node[],
  at: number,
  start: readonly string[],
  closed: string[],
  endsWord: boolean,
): readonly string[] {
  let open = start;
  for (let index = at; index < nodes.length && open.length > 0; index++) {
    const node = nodes[index] as Node;
    if (node.kind === 'look' || node.kind === 'begin' || node.kind === 'begin-english') continue;
    const behind = node.isOptional ? [...open] : [];
    const goOn = (text: string) => {
      if (text.length >= BEGINNING_MAX) closed.push(text.slice(0, BEGINNING_MAX));
      else if (node.isRepeated || behind.length > SPREAD_MAX) closed.push(text);
      else behind.push(text);
    };
    if (node.kind === 'letters') for (const text of open) for (const letters of node.letters) goOn(text + letters);
    else if (node.kind === 'group') {
      const ends = !node.isRepeated && endsAfter(nodes, index, endsWord);
      for (const sequence of node.sequences)
        for (const text of extendBeginnings(sequence, 0, open, closed, ends)) goOn(text);
    } else for (const text of open) closed.push(isEnd(node, text) ? `${text} ` : text);
    open = behind;
  }
  return open;
}

/**
 * Behind a letter that is not English, `\W` and `\b` may match before another letter, so that the word need not end
 * there.
 */
function isEnd({kind}: Node, text: string): boolean {
  return kind === 'none' || kind === 'end' || (kind === 'not-english' && /^[a-z]+$/.test(text));
}
