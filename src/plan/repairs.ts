import type {Block, Fence, TextLine} from './markdown.ts';

/**
 * Text above a line of dashes is a heading to the parser. Where it is a sentence, a key with its value or several
 * lines, its author drew a rule under it.
 */
export function isTrap(lines: readonly TextLine[]): boolean {
  const [only, ...others] = lines;
  if (only === undefined || others.length > 0) return true;
  return only.text.length > HEADING_LENGTH_MAX || /[.:;,?!]$/.test(only.text) || /^(?:\*\*|__)[^*_]+:/.test(only.text);
}

const HEADING_LENGTH_MAX = 90;

/** Only text that no program holds shows that the author took the fence for closed. */
const MARKDOWN = /^(?:#{2,6}\s+\S|\s*[-*+]\s\[[ xX]\]\s)/;

/**
 * A fence that nobody closed takes the rest of the document for its text. Where headings or tasks stand in it, it ends
 * before the first of them: the fence that is left, and the line from which to read on.
 */
export function swallowedFrom(block: Block | undefined): {fence: Fence; line: number} | undefined {
  if (block?.kind !== 'fence' || block.unclosed !== true) return undefined;
  const at = block.body.findIndex(({text}, index) => MARKDOWN.test(text) || (index > 0 && /^`{3,}[a-z]+$/.test(text)));
  const line = block.body[at]?.line;
  if (line === undefined) return undefined;
  const body = block.body.slice(0, at);
  return {fence: {...block, endLine: Math.max(block.line, line - 1), body}, line};
}

/** Behind a fence that was left open a lone `#` is more likely a comment than the title of the document. */
export function asInFence(block: Block): Block {
  if (block.kind !== 'heading' || block.depth > 1) return block;
  const {line, endLine, text} = block;
  return {kind: 'paragraph', line, endLine, lines: [{line, text}]};
}
