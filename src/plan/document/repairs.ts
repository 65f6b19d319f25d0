/** Repairs mistakes in Markdown that change what the author meant: unclosed fences, ruled lines read as headings. */
import type {Block, Fence, TextLine} from './blocks.ts';

/**
 * The parser reads text above a line of dashes as a heading. A sentence, a key with its value, or several lines are no
 * heading: there the author drew a line under a paragraph.
 */
export function isRuledText(lines: readonly TextLine[]): boolean {
  const [only, ...others] = lines;
  if (only === undefined || others.length > 0) return true;
  return only.text.length > HEADING_LENGTH_MAX || /[.:;,?!]$/.test(only.text) || /^(?:\*\*|__)[^*_]+:/.test(only.text);
}

const HEADING_LENGTH_MAX = 90;

/** Text that stands in no program: where a fence holds it, the author forgot to close the fence. */
const MARKDOWN = /^(?:#{2,6}\s+\S|\s*(?:[-*+]|\d+[.)])\s\[[ xX]\]\s)/;
/** The same for a fence of commands: a command begins with no bullet and no bold word. */
const NO_COMMAND = /^(?:\s*(?:[-*+•]|\d+[.)])\s+\S|\*\*[^*]+\*\*)/;
const COMMANDS = /^(?:$|(?:bash|sh|shell|zsh|console|terminal|sql)\b)/i;
const OPENER = /^\s{0,3}(?:`{3,}|~{3,})[a-z]+$/i;

export type UnclosedFence = {index: number; fence: Fence; line: number};

/**
 * Finds the first fence that took later text as its body because nobody closed it. The fence ends before the first
 * heading, task or opening fence in its body. Returns the shortened fence, its index, and the line from which the
 * document must be parsed again.
 */
export function findUnclosedFence(blocks: readonly Block[]): UnclosedFence | undefined {
  for (const [index, block] of blocks.entries()) {
    if (block.kind !== 'fence' || block.indented) continue;
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
    return {index, fence: {...block, endLine: Math.max(block.line, line - 1), body, unclosed: true}, line};
  }
  return undefined;
}

/** Other fences may show Markdown with fences; a fence of commands that holds an opening fence was not closed. */
function holdsAnother({info, body}: Fence): boolean {
  return COMMANDS.test(info) && body.some(({text}) => OPENER.test(text));
}

/** Behind an unclosed fence a lone `#` is more likely a comment than the title of the document. */
export function withoutTopHeading(block: Block): Block {
  if (block.kind !== 'heading' || block.depth > 1) return block;
  const {line, endLine, text} = block;
  return {kind: 'paragraph', line, endLine, lines: [{line, text}]};
}
