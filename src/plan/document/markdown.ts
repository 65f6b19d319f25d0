/** Turns the lines of a document into blocks. The only file that knows the Markdown parser. */
import MarkdownIt, {type StateBlock, type Token} from 'markdown-it';
import {compact} from '../../text/compact.ts';
import {type Block, type CodeBlock, type Item, type TextLine, textOfLines} from './blocks.ts';
import {boundInQuote, cellsOf, cutLongLine, frontMatterEnd, lastTextLines} from './source-lines.ts';

/** The document's blocks in order. Never throws. */
export function readMarkdown(lines: readonly string[]): Block[] {
  const end = frontMatterEnd(lines);
  const blocks = end === undefined ? readFrom(lines, 0) : [frontMatter(lines, end), ...readFrom(lines, end)];
  for (let repairs = 0; repairs < REPAIRS_MAX; repairs += 1) {
    const found = findUnclosedCodeBlock(blocks);
    if (found === undefined) break;
    const {index, codeBlock, line} = found;
    const rest = readFrom(lines, line - 1);
    blocks.splice(
      index,
      blocks.length,
      codeBlock,
      ...(index === blocks.length - 1 ? rest.map(withoutTopHeading) : rest),
    );
  }
  return blocks;
}

/** A document with more unclosed code blocks than this is not repaired further. */
const REPAIRS_MAX = 8;

function frontMatter(lines: readonly string[], end: number): Block {
  return {kind: 'front-matter', line: 1, endLine: end, text: lines.slice(1, end - 1).join('\n')};
}

function readFrom(lines: readonly string[], offset: number): Block[] {
  const tokens: Token[] = [];
  const text = lines.slice(offset).join('\n').replaceAll('\0', '\ufffd');
  // Inline markup is read line by line elsewhere (inline.ts), which keeps columns.
  parser.block.parse(text, parser, {}, tokens);
  const place = {lines, offset, lastText: lastTextLines(lines)};
  return treeOf(tokens).flatMap(node => blocksOf(node, place));
}

/** Below this depth of nested lists and quotations each line is read as running text. */
const NESTING_MAX = 100;

const parser = new MarkdownIt({html: true, maxNesting: 2 * NESTING_MAX});
const {ruler} = parser.block;
const [table = nestedTooDeep] = ruler.getRules('');
// The item rule comes before the table rule: `1. a
// b` begins an item, and the table stands in it.
ruler.after('list', 'table-in-item', table, {alt: ['paragraph', 'reference']});
ruler.before('table', 'deep', nestedTooDeep);
parser.disable(['table', 'reference']);

function nestedTooDeep(state: StateBlock, line: number): boolean {
  if (state.level < NESTING_MAX) return false;
  state.push('paragraph_open', 'p', 1).map = [line, line + 1];
  state.push('inline', '', 0).content = state.getLines(line, line + 1, state.blkIndent, false);
  state.push('paragraph_close', 'p', -1);
  state.line = line + 1;
  return true;
}

type Node = {token: Token; children: readonly Node[]};

function treeOf(tokens: readonly Token[]): Node[] {
  const top: Node[] = [];
  const around: Node[][] = [];
  let inside = top;
  for (const token of tokens) {
    if (token.nesting === -1) {
      inside = around.pop() ?? top;
      continue;
    }
    const children: Node[] = [];
    inside.push({token, children});
    if (token.nesting === 1) {
      around.push(inside);
      inside = children;
    }
  }
  return top;
}

type Place = {lines: readonly string[]; offset: number; lastText: readonly number[]};
type At = {line: number; endLine: number};

/** The parser counts the empty lines behind a block as part of it; here a block ends with its last line of text. */
function atOf({map}: Token, {offset, lastText}: Place): At {
  const [first, end] = map ?? [0, 1];
  const line = first + offset + 1;
  return {line, endLine: Math.max(line, lastText[end + offset] ?? lastText.at(-1) ?? 0)};
}

function blocksOf(node: Node, place: Place): Block[] {
  const {token, children} = node;
  const at = atOf(token, place);
  switch (token.type) {
    case 'heading_open':
      return headingOf(node, at);
    case 'paragraph_open':
      return [{kind: 'paragraph', ...at, lines: textLines(node, at.line)}];
    case 'fence':
      return [codeBlockOf(token, at)];
    case 'code_block':
      return [{kind: 'code-block', ...at, info: '', indented: true, body: bodyLines(token, at.line)}];
    case 'bullet_list_open':
    case 'ordered_list_open':
      return [listOf(node, at, place)];
    case 'table_open':
      return [{kind: 'table', ...at, rows: rowsOf(node, place)}];
    case 'blockquote_open':
      return [{kind: 'quote', ...at, blocks: children.flatMap(child => blocksOf(child, place))}];
    case 'html_block':
      return [{kind: 'html', ...at, text: token.content.replace(/\n$/, '')}];
    case 'hr':
      return [{kind: 'break', ...at}];
    default:
      return [];
  }
}

function headingOf(node: Node, at: At): Block[] {
  const lines = textLines(node, at.line);
  const depth = Number(node.token.tag.slice(1));
  if (depth === 2 && at.endLine > at.line && isRuledText(lines)) {
    const endLine = at.endLine - 1;
    return [
      {kind: 'paragraph', line: at.line, endLine, lines},
      {kind: 'break', line: at.endLine, endLine: at.endLine},
    ];
  }
  return [{kind: 'heading', ...at, depth, text: textOfLines(lines)}];
}

function codeBlockOf(token: Token, at: At): CodeBlock {
  const [first, end] = token.map ?? [0, 1];
  const body = bodyLines(token, at.line + 1);
  const bodyCount = token.content === '' ? 0 : token.content.replace(/\n$/, '').split('\n').length;
  const isClosed = end - first === bodyCount + 2;
  const info = token.info.trim().replace(/\s+/, ' ');
  return {kind: 'code-block', ...at, info, indented: false, body, ...compact({unclosed: isClosed ? undefined : true})};
}

/** A body of one empty line counts as empty. */
function bodyLines({content}: Token, line: number): TextLine[] {
  const text = content.replace(/\n$/, '');
  return text === '' ? [] : text.split('\n').map((one, index) => ({line: line + index, text: one.trimEnd()}));
}

function listOf({token, children}: Node, at: At, place: Place): Block {
  const ordered = token.type === 'ordered_list_open';
  return {kind: 'list', ...at, ordered, items: children.map(item => itemOf(item, place))};
}

function itemOf({token, children}: Node, place: Place): Item {
  const at = atOf(token, place);
  const blocks = children.flatMap(child => blocksOf(child, place));
  const [first, ...rest] = blocks;
  if (first?.kind === 'paragraph') return {...at, ...taskText(first.lines), blocks: rest};
  if (first?.kind === 'quote' && first.endLine === first.line) {
    const bound = boundInQuote(at.line, place.lines[at.line - 1]);
    if (bound !== undefined) return {...at, text: [bound], blocks: rest};
  }
  return {...at, text: [], blocks};
}

/** Reads `- [x] text`. A mark with no text behind it is not a task. */
function taskText(lines: readonly TextLine[]): Pick<Item, 'ticked' | 'text'> {
  const [first = {line: 0, text: ''}, ...others] = lines;
  const [mark, sign = ''] = /^\[([ \txX])\](?:\s+|$)/.exec(first.text) ?? [];
  if (mark === undefined || (mark === first.text && others.length === 0)) return {text: lines};
  const text = first.text.slice(mark.length);
  return {ticked: sign.trim() !== '', text: text === '' ? others : [{line: first.line, text}, ...others]};
}

/** A row keeps the cells that its author wrote, even when they are more or fewer than the table has columns. */
function rowsOf(table: Node, {lines, offset}: Place): {line: number; cells: readonly string[]}[] {
  const rows = table.children.flatMap(({children}) => children);
  return rows.map(({token}) => {
    const line = (token.map?.[0] ?? 0) + offset + 1;
    return {line, cells: cellsOf(lines[line - 1]).map(cutLongLine)};
  });
}

function textLines({children}: Node, line: number): TextLine[] {
  const content = children[0]?.token.content ?? '';
  return content.split('\n').map((text, index) => ({line: line + index, text: cutLongLine(text.trim())}));
}

/**
 * The parser reads text above a line of dashes as a heading. A sentence, a key with its value, or several lines are no
 * heading: there the author drew a line under a paragraph.
 */
function isRuledText(lines: readonly TextLine[]): boolean {
  const [only, ...others] = lines;
  if (only === undefined || others.length > 0) return true;
  return only.text.length > HEADING_LENGTH_MAX || /[.:;,?!]$/.test(only.text) || /^(?:\*\*|__)[^*_]+:/.test(only.text);
}

const HEADING_LENGTH_MAX = 90;

/** Text that no program contains: if a code block holds it, the author forgot to close the block. */
const MARKDOWN = /^(?:#{2,6}\s+\S|\s*(?:[-*+]|\d+[.)])\s\[[ xX]\]\s)/;
/** The same for a code block of commands: a command begins with no bullet and no bold word. */
const NO_COMMAND = /^(?:\s*(?:[-*+•]|\d+[.)])\s+\S|\*\*[^*]+\*\*)/;
const COMMANDS = /^(?:$|(?:bash|sh|shell|zsh|console|terminal|sql)\b)/i;
const OPENER = /^\s{0,3}(?:`{3,}|~{3,})[a-z]+$/i;

type UnclosedCodeBlock = {index: number; codeBlock: CodeBlock; line: number};

/**
 * Finds the first code block that took later text as its body because nobody closed it. The block ends before the first
 * heading, task or opening mark in its body. Returns the shortened block, its index, and the line from which the document
 * must be parsed again.
 */
function findUnclosedCodeBlock(blocks: readonly Block[]): UnclosedCodeBlock | undefined {
  for (const [index, block] of blocks.entries()) {
    if (block.kind !== 'code-block' || block.indented) continue;
    if (block.unclosed !== true && !holdsAnother(block)) continue;
    const holdsCommands = COMMANDS.test(block.info);
    const at = block.body.findIndex(
      ({text}, row) =>
        MARKDOWN.test(text) ||
        (holdsCommands && NO_COMMAND.test(text)) ||
        (OPENER.test(text) && (row > 0 || holdsCommands)),
    );
    const line = block.body[at]?.line;
    if (line === undefined) continue;
    const body = block.body.slice(0, at);
    return {index, codeBlock: {...block, endLine: Math.max(block.line, line - 1), body, unclosed: true}, line};
  }
  return undefined;
}

/** Commands hold no opening mark, so a block of commands with one was not closed. Other code blocks may show Markdown. */
function holdsAnother({info, body}: CodeBlock): boolean {
  return COMMANDS.test(info) && body.some(({text}) => OPENER.test(text));
}

/** Behind an unclosed code block a lone `#` is more likely a comment than the title of the document. */
function withoutTopHeading(block: Block): Block {
  if (block.kind !== 'heading' || block.depth > 1) return block;
  const {line, endLine, text} = block;
  return {kind: 'paragraph', line, endLine, lines: [{line, text}]};
}
