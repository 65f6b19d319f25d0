/** Makes rollbacks inside a part of the deploy into sections: below `# ROLLBACK` in a code block, or below a list item. */
import {allBlocks, type Block, type CodeBlock, type Item} from '../document/blocks.ts';
import {plainText} from '../document/inline.ts';
import {quotesCommand} from '../shell/command-likeness.ts';
import {phrase, rolePattern, topicPattern} from '../words/vocabulary.ts';
import {roleOf} from './section-role.ts';

type Heading = Extract<Block, {kind: 'heading'}>;

/**
 * The commands below `# ROLLBACK` in a code block become a section, because running them with the rest would undo the
 * deploy.
 */
export function withCodeBlockRollbacks(blocks: readonly Block[]): readonly Block[] {
  let heading: Heading | undefined;
  return blocks.flatMap((block, index) => {
    if (block.kind === 'heading') heading = block;
    if (block.kind !== 'code-block' || !SHELLS.test(block.info) || BACK.test(heading?.text ?? '')) return [block];
    const parts = splitAtRollback(block);
    if (parts === undefined) return [block];
    const {before, title, after} = parts;
    const depth = heading?.depth ?? 2;
    const at = {line: title.line, endLine: title.line};
    const back: Heading = {kind: 'heading', depth, text: title.text, ...at};
    return [...(before === undefined ? [] : [before]), back, after, ...headingAgain(heading, blocks[index + 1])];
  });
}

const SHELLS = /^(?:|bash|sh|shell|zsh|console)(?:\s|$)/i;
const BACK = rolePattern('rollback');
const TITLE = phrase`^\s*#+[\s=*#-]*((?:(?:${'in-order-to'}|${'emergency'})\s+)?${'rollback'}(?:\s+${'rollback-end'})?)[\s=*#:.-]*$`;
const OPENS = topicPattern('rollback');

function splitAtRollback(
  codeBlock: CodeBlock,
): {before: CodeBlock | undefined; title: {text: string; line: number}; after: CodeBlock} | undefined {
  const at = codeBlock.body.findIndex(({text}) => TITLE.test(text) && OPENS.test(text));
  const found = codeBlock.body[at];
  const after = codeBlock.body.slice(at + 1);
  if (found === undefined || !after.some(isCommand)) return undefined;
  const before = codeBlock.body.slice(0, at);
  const title = {text: TITLE.exec(found.text)?.[1] ?? '', line: found.line};
  return {
    before: before.some(isCommand) ? {...codeBlock, body: before, endLine: found.line - 1} : undefined,
    title,
    after: {...codeBlock, body: after, line: found.line},
  };
}

function isCommand({text}: {text: string}): boolean {
  return text.trim() !== '' && !/^\s*#/.test(text);
}

/** What follows the rollback belongs to the section around it again. */
function headingAgain(heading: Heading | undefined, following: Block | undefined): Heading[] {
  const goesOn = heading !== undefined && following !== undefined && following.kind !== 'heading';
  return goesOn ? [{...heading, line: following.line}] : [];
}

/** "- Rollback:" above its own commands becomes a section, because running it with the list would undo the deploy. */
export function withItemRollbacks(blocks: readonly Block[]): readonly Block[] {
  let heading: Heading | undefined;
  let around: Heading | undefined;
  return blocks.flatMap((block, index): readonly Block[] => {
    if (block.kind === 'heading') {
      heading = block;
      if (around !== undefined && block.depth <= around.depth) around = undefined;
      if (around === undefined && BACK.test(block.text)) around = block;
    }
    if (block.kind !== 'list' || around !== undefined) return [block];
    const at = block.items.findIndex(isWayBack);
    const item = block.items[at];
    if (item === undefined) return [block];
    const depth = Math.min(6, (heading?.depth ?? 1) + 1);
    const title = titleOf(item);
    const [before, after] = [block.items.slice(0, at), block.items.slice(at + 1)];
    const rest: Block[] = after.length === 0 ? [] : [{...block, items: after, line: after[0]?.line ?? block.line}];
    return [
      ...(before.length === 0 ? [] : [{...block, items: before, endLine: before.at(-1)?.endLine ?? block.endLine}]),
      {kind: 'heading', depth, text: title, line: item.line, endLine: item.line},
      ...item.blocks,
      ...headingAgain(heading, rest[0] ?? blocks[index + 1]),
      ...withItemRollbacks(rest),
    ];
  });
}

function isWayBack(item: Item): boolean {
  if (item.text.length !== 1 || !/[:：]\s*$/.test(plainText(item.text[0]?.text ?? ''))) return false;
  const title = titleOf(item);
  return (
    title.split(/\s+/).length <= TITLE_WORDS_MAX &&
    roleOf(title) === 'rollback' &&
    allBlocks(item.blocks).some(holdsCommand)
  );
}

const TITLE_WORDS_MAX = 6;

function titleOf({text: [first]}: Item): string {
  return plainText(first?.text ?? '').replace(/\s*[:：]\s*$/, '');
}

function holdsCommand(block: Block): boolean {
  if (block.kind === 'code-block') return block.body.some(isCommand);
  return block.kind === 'list' && block.items.some(({text}) => text.some(line => quotesCommand(line.text)));
}
