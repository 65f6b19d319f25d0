/** Mistakes in Markdown that change what the author meant: open fences, rules taken for headings. */
import type {Block, Fence, TextLine} from './blocks.ts';

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
const MARKDOWN = /^(?:#{2,6}\s+\S|\s*(?:[-*+]|\d+[.)])\s\[[ xX]\]\s)/;
/** The same of a fence of commands, which begin with no bullet and no bold word. */
const NO_COMMAND = /^(?:\s*(?:[-*+•]|\d+[.)])\s+\S|\*\*[^*]+\*\*)/;
const COMMANDS = /^(?:$|(?:bash|sh|shell|zsh|console|terminal|sql)\b)/i;
const OPENER = /^\s{0,3}(?:`{3,}|~{3,})[a-z]+$/i;

export type Swallowed = {index: number; fence: Fence; line: number};

/**
 * A fence that nobody closed takes the rest of the document for its text, or all up to the end of the next. Where
 * headings, tasks or another fence begin in it, it ends before the first of them: the fence that is left, and the line
 * from which to read on.
 */
export function swallowed(blocks: readonly Block[]): Swallowed | undefined {
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

/** What shows Markdown may show fences; a fence of commands that holds the beginning of another was not closed. */
function holdsAnother({info, body}: Fence): boolean {
  return COMMANDS.test(info) && body.some(({text}) => OPENER.test(text));
}

/** Behind a fence that was left open a lone `#` is more likely a comment than the title of the document. */
export function asInFence(block: Block): Block {
  if (block.kind !== 'heading' || block.depth > 1) return block;
  const {line, endLine, text} = block;
  return {kind: 'paragraph', line, endLine, lines: [{line, text}]};
}
