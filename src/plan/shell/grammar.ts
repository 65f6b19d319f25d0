/** Parses shell text. The only file that knows the shell's parser. Positions are offsets into the given text. */

import {forEachChild, type ParsedScript, parse, type SyntaxNode} from 'unbash';
import {matchesOf} from '../../text/matches.ts';
import {memoize} from '../../text/memoize.ts';

export type {SyntaxNode} from 'unbash';

export type Tree = {
  text: string;
  script: ParsedScript;
  /** `open`: something is not closed (a quote, an `if`), so that the following text may belong to it. */
  error?: {message: string; at: number; open: boolean};
};

/**
 * The tree of a shell text. Every text gives a tree; invalid text has an `error`. Placeholders count as plain words.
 */
export const parseShell = memoize(treeOfText);

function treeOfText(text: string): Tree {
  const known = trees.get(text);
  if (known !== undefined) return known;
  const tree = treeOf(text, masked(text));
  if (text.length > REMEMBERED_CHARACTERS_MAX) return tree;
  if (trees.size >= REMEMBERED_MAX) trees.clear();
  trees.set(text, tree);
  return tree;
}

/** The tree of a text exactly as a shell reads it: `<name>` is a redirection and no placeholder. */
export function parseExactly(text: string): Tree {
  return treeOf(text, text);
}

export function eachChild(node: SyntaxNode, visit: (child: SyntaxNode) => void): void {
  forEachChild(node, visit);
}

/** The program of a simple command and its arguments, as they are written. */
export function wordsOfCommand({name, args}: Extract<SyntaxNode, {type: 'Command'}>): string[] {
  return [
    ...(name === undefined ? [] : [name.value]),
    ...args.map(word => (word.type === 'Word' ? word.value : word.text)),
  ];
}

/** Turns masked text of the tree back into the text of the document. */
export function unmasked(text: string): string {
  return MASKED.test(text) ? text.replaceAll(MASKS, sign => String.fromCharCode(sign.charCodeAt(0) - MASK)) : text;
}

/** Many readers ask for the same few texts, so each is parsed once. */
const trees = new Map<string, Tree>();
const REMEMBERED_MAX = 512;
const REMEMBERED_CHARACTERS_MAX = 4096;

function treeOf(text: string, shown: string): Tree {
  if (documentsOnOneLine(text) > DOCUMENTS_PER_LINE_MAX) {
    return {text, script: parse(''), error: {message: 'too many here-documents on one line', at: 0, open: true}};
  }
  if (isNestedTooDeep(text)) {
    return {text, script: parse(''), error: {message: 'brackets are nested too deep', at: 0, open: true}};
  }
  const script = parse(shown);
  const [first] = script.errors ?? [];
  const unclosed = first === undefined ? unclosedDocument(text, script) : undefined;
  const error =
    first === undefined ? unclosed : {message: first.message, at: first.pos, open: OPEN.test(first.message)};
  return error === undefined ? {text, script} : {text, script, error};
}

const OPEN = /^(?:unterminated|expected '?\S+ to close|expected|unclosed|missing|unexpected end)/;

/** The parser's time grows with the square of the here-documents on one line. */
const DOCUMENTS_PER_LINE_MAX = 64;

function documentsOnOneLine(text: string): number {
  if (!text.includes('<<')) return 0;
  return Math.max(...text.split('\n').map(line => line.split('<<').length - 1));
}

/** The parser bounds how deep it follows every nesting but that of `<(…)`, which ends in an overflow of the stack. */
const NESTING_MAX = 200;

function isNestedTooDeep(text: string): boolean {
  if (!/[<>]\(/.test(text)) return false;
  let depth = 0;
  for (const [bracket] of matchesOf(text, /[()]/g)) {
    depth = bracket === '(' ? depth + 1 : Math.max(0, depth - 1);
    if (depth > NESTING_MAX) return true;
  }
  return false;
}

function unclosedDocument(text: string, script: ParsedScript): Tree['error'] {
  if (!text.includes('<<')) return undefined;
  let found: Tree['error'];
  const visit = (node: SyntaxNode) => {
    if (node.type === 'HereDoc' && node.closing === undefined) {
      found ??= {message: `no line "${node.delimiter?.value ?? ''}" ends the here-document`, at: node.pos, open: true};
    }
    if (!node.type.startsWith('Word')) forEachChild(node, visit);
  };
  forEachChild(script, visit);
  return found;
}

/**
 * Masks placeholders (`<commit hash>`, `<major|minor>`, `[pod name]`, `{{ image }}`), which are no grammar. Each
 * character moves to the private use area, which the parser reads as letters; so offsets stay the same.
 */
function masked(text: string): string {
  if (!/<[A-Za-z]|\[[A-Za-z]|\{\{/.test(text)) return text;
  return text.replaceAll(BLANKS, (blank: string) =>
    blank.replaceAll(/[\0-\x7f]/g, sign => String.fromCharCode(sign.charCodeAt(0) + MASK)),
  );
}

const BLANKS =
  /(?<!<)<[A-Za-z](?:[\w\u00aa-\u1fff .,:/@-]{0,58}[\w\u00aa-\u1fff.])?>|(?<!<)<[A-Za-z][\w.-]{0,30}(?:\|[A-Za-z][\w.-]{0,30}){1,8}>(?=\s|$)|(?<![\w$\]}[])\[[A-Za-z][\w.,:/@-]{0,40}(?: [\w.,:/@-]{1,40}){1,6}\]|\{\{[ \w.$|"'-]{1,60}\}\}/g;
const MASK = 0xe000;
const MASKED = /[\ue000-\ue07f]/;
const MASKS = /[\ue000-\ue07f]/g;
