/** A document as blocks with their lines. The only file that knows the Markdown parser. */
import type {Code, Heading, List, ListItem, Paragraph, Root, RootContent, Table, Yaml} from 'mdast';
import remarkFrontmatter from 'remark-frontmatter';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import {type Processor, unified} from 'unified';
import {compact} from '../../text/compact.ts';
import type {Block, Fence, Item, TextLine} from './blocks.ts';
import {halves, type Piece, pieces} from './cut-document.ts';
import {asInFence, isTrap, swallowed} from './repairs.ts';
import {closesFence, comparison, plainParagraph, whole} from './source-lines.ts';

/** The document's blocks in order. Never throws: a part that the parser cannot swallow is read as plain paragraphs. */
export function readMarkdown(lines: readonly string[]): Block[] {
  const blocks = readFrom(lines, 0);
  for (let repairs = 0; repairs < REPAIRS_MAX; repairs += 1) {
    const found = swallowed(blocks);
    if (found === undefined) break;
    const {index, fence, line} = found;
    const rest = readFrom(lines, line - 1);
    blocks.splice(index, blocks.length, fence, ...(index === blocks.length - 1 ? rest.map(asInFence) : rest));
  }
  return blocks;
}

/** A document that leaves more fences open than this is left as it stands. */
const REPAIRS_MAX = 8;

function readFrom(lines: readonly string[], from: number): Block[] {
  const rest = from === 0 ? lines : lines.slice(from);
  return pieces(rest).flatMap(({offset, lines: own}) => readPiece({offset: offset + from, lines: own}, lines));
}

/**
 * Nesting thousands deep overflows the parser's stack, and a few odd mixtures of containers trip its assertions.
 * What fails is parted and tried again, so that one bad place costs the lines around it and not the document.
 */
function readPiece(piece: Piece, lines: readonly string[]): Block[] {
  let root: Root;
  try {
    const parser = piece.offset === 0 ? wholeParser : laterParser;
    root = parser.parse(piece.lines.join('\n')) as Root;
  } catch {
    const parts = halves(piece);
    if (parts !== undefined) return parts.flatMap(part => readPiece(part, lines));
    return piece.lines.map((text, index) => plainParagraph(piece.offset + index + 1, text));
  }
  const place: Place = {lines, offset: piece.offset, depth: 0};
  return root.children.flatMap(node => blocksOf(node, place));
}

type Place = {lines: readonly string[]; offset: number; depth: number};

/**
 * Inline markup is read line by line elsewhere (inline.ts): it keeps columns, and leaves out the constructs
 * whose cost grows with the square of the text.
 */
function blocksOnly(this: Processor): void {
  const settings = this.data() as {
    micromarkExtensions?: Syntax[];
    fromMarkdownExtensions?: unknown[];
  };
  const extensions = (settings.micromarkExtensions ?? []).map(withoutInline);
  settings.micromarkExtensions = [...extensions, {disable: {null: INLINE_CONSTRUCTS}}];
  settings.fromMarkdownExtensions = withoutTransforms(settings.fromMarkdownExtensions ?? []);
}

const INLINE_CONSTRUCTS = [
  'attention',
  'autolink',
  'characterEscape',
  'characterReference',
  'codeText',
  'emailAutolink',
  'gfmFootnoteCall',
  'gfmPotentialFootnoteCall',
  'gfmFootnoteDefinition',
  'definition',
  'hardBreakEscape',
  'htmlText',
  'labelEnd',
  'labelStartImage',
  'labelStartLink',
  'protocolAutolink',
  'strikethrough',
  'wwwAutolink',
];

/** What may begin at a character, by its code. */
type Constructs = Readonly<Record<string, Construct | readonly Construct[]>>;
type Construct = {name?: string};
type Syntax = {text?: Constructs; disable?: {null: string[]}};

/** A construct that is only switched off is still tried; those for addresses at every letter and figure. */
function withoutInline(syntax: Syntax): Syntax {
  if (syntax.text === undefined) return syntax;
  const kept = Object.entries(syntax.text).flatMap(([code, constructs]) => {
    const left = [constructs].flat().filter(({name = ''}) => !INLINE_CONSTRUCTS.includes(name));
    return left.length === 0 ? [] : [[code, left] as const];
  });
  return {...syntax, text: Object.fromEntries(kept)};
}

const wholeParser = unified().use(remarkParse).use(remarkGfm).use(remarkFrontmatter).use(blocksOnly).freeze();
/** Further down a document, lines between dashes are no front matter. */
const laterParser = unified().use(remarkParse).use(remarkGfm).use(blocksOnly).freeze();

// The transforms look for bare addresses in every text node, which nobody here asks for.
function withoutTransforms(extensions: readonly unknown[]): unknown[] {
  return extensions.map(extension =>
    Array.isArray(extension) ? withoutTransforms(extension) : {...(extension as object), transforms: []},
  );
}

function blocksOf(node: RootContent, outer: Place): Block[] {
  const place = {...outer, depth: outer.depth + 1};
  if (place.depth > NESTING_MAX) return [];
  const at = {
    line: (node.position?.start.line ?? 1) + place.offset,
    endLine: (node.position?.end.line ?? 1) + place.offset,
  };
  switch (node.type) {
    case 'heading':
      return headingOf(node, at);
    case 'paragraph':
      return [{kind: 'paragraph', ...at, lines: linesOf(node, at.line)}];
    case 'code':
      return [fenceOf(node, at, place)];
    case 'list':
      return [listOf(node, at, place)];
    case 'table':
      return [tableOf(node, at, place)];
    case 'blockquote':
      return [{kind: 'quote', ...at, blocks: node.children.flatMap(child => blocksOf(child, place))}];
    case 'html':
      return [{kind: 'html', ...at, text: node.value}];
    case 'yaml':
      return [frontMatterOf(node, at)];
    case 'thematicBreak':
      return [{kind: 'break', ...at}];
    default:
      return [];
  }
}

function headingOf(node: Heading, at: At): Block[] {
  const lines = linesOf(node, at.line);
  if (node.depth === 2 && at.endLine > at.line && isTrap(lines)) {
    const endLine = at.endLine - 1;
    return [
      {kind: 'paragraph', line: at.line, endLine, lines},
      {kind: 'break', line: at.endLine, endLine: at.endLine},
    ];
  }
  return [{kind: 'heading', ...at, depth: node.depth, text: textOf(node).replaceAll('\n', ' ').trim()}];
}

/** Lists in lists in lists beyond this say nothing. */
const NESTING_MAX = 100;

type At = {line: number; endLine: number};

function frontMatterOf(node: Yaml, at: At): Block {
  return {kind: 'front-matter', ...at, text: node.value};
}

function fenceOf(node: Code, at: At, place: Place): Fence {
  const lines = node.value.split('\n');
  // A fence has a line more than its text, its first; indented code has none.
  const indented = node.lang === null && lines.length === at.endLine - at.line + 1;
  const first = indented ? at.line : at.line + 1;
  const info = [node.lang ?? '', node.meta ?? ''].join(' ').trim();
  const body =
    node.value === ''
      ? []
      : lines.map((text, index) => ({line: first + index, text: whole(text, place.lines[first + index - 1])}));
  const closed = indented || (at.endLine > at.line && closesFence(place.lines[at.endLine - 1]));
  return {kind: 'fence', ...at, info, indented, body, ...compact({unclosed: closed ? undefined : true})};
}

function listOf(node: List, at: At, place: Place): Block {
  return {kind: 'list', ...at, ordered: node.ordered === true, items: node.children.map(item => itemOf(item, place))};
}

function itemOf(node: ListItem, place: Place): Item {
  const line = (node.position?.start.line ?? 1) + place.offset;
  const endLine = (node.position?.end.line ?? 1) + place.offset;
  const [first, ...rest] = node.children;
  const ticked = typeof node.checked === 'boolean' ? {ticked: node.checked} : {};
  const blocks = (children: readonly RootContent[]) => children.flatMap(child => blocksOf(child, place));
  if (first?.type === 'paragraph') {
    const from = (first.position?.start.line ?? 1) + place.offset;
    return {line, endLine, ...ticked, text: linesOf(first, from), blocks: blocks(rest)};
  }
  if (first?.type === 'blockquote') {
    const oneLine = first.position?.start.line === first.position?.end.line;
    const bound = oneLine ? comparison(line, place.lines[line - 1]) : undefined;
    if (bound !== undefined) return {line, endLine, ...ticked, text: [bound], blocks: blocks(rest)};
  }
  return {line, endLine, ...ticked, text: [], blocks: blocks(node.children)};
}

function tableOf(node: Table, at: At, place: Place): Block {
  const rows = node.children.map(row => ({
    line: (row.position?.start.line ?? 1) + place.offset,
    // What keeps a bar from ending its cell is no part of the text, in code neither: `df \| tail` runs `df | tail`.
    cells: row.children.map(cell => cell.children.map(inlineText).join('').replaceAll('\\|', '|').trim()),
  }));
  return {kind: 'table', ...at, rows};
}

function linesOf(node: Paragraph | Heading, line: number): TextLine[] {
  return textOf(node)
    .split('\n')
    .map((text, index) => ({line: line + index, text: text.trim()}));
}

function textOf(node: Paragraph | Heading): string {
  return node.children.map(inlineText).join('');
}

function inlineText(node: {type: string; value?: string}): string {
  return node.type === 'break' ? '\n' : (node.value ?? '');
}
