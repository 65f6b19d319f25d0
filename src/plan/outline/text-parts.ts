/** The parts of a document in which something may be lost: items, lines of paragraphs, blocks of code. */
import type {Block, CodeBlock} from '../document/blocks.ts';
import {plainText} from '../document/inline.ts';
import {personAskedBefore, startsByItself} from '../words/orders.ts';

/** `isLead`: it leads to the block below, in a paragraph whose last line is `endOfLead`. */
export type Part = {line: number; endLine: number} & (
  | {kind: 'item'; text: string}
  | {kind: 'line'; text: string; isLead: boolean; endOfLead: number; isBehindCodeBlock: boolean}
  | {kind: 'code-block'; codeBlock: CodeBlock}
);

export function partsIn(blocks: readonly Block[]): Part[] {
  return blocks.flatMap((block, index): Part[] => {
    const {line, endLine} = block;
    if (block.kind === 'quote') return partsIn(block.blocks);
    if (block.kind === 'code-block') return [{kind: 'code-block', line, endLine, codeBlock: block}];
    if (block.kind === 'paragraph') {
      const leads = LED.has(blocks[index + 1]?.kind);
      const text = block.lines.map(one => plainText(one.text)).join(' ');
      const asked = leads ? personAskedBefore(text)?.asked : undefined;
      const endOfLead = block.lines.at(-1)?.line ?? endLine;
      return block.lines.map(({line: at, text}) => {
        // What is asked of a person before the last sentence leads to nothing.
        const isLead = leads && !asked?.startsWith(plainText(text).slice(0, asked.length));
        const isBehindCodeBlock = at === line && blocks[index - 1]?.kind === 'code-block';
        return {kind: 'line', line: at, endLine: at, text, isLead, endOfLead, isBehindCodeBlock};
      });
    }
    if (block.kind !== 'list' || startsByItself(textAbove(blocks[index - 1]))) return [];
    return block.items.flatMap(item => [
      {kind: 'item', line: item.line, endLine: item.endLine, text: item.text.map(one => one.text).join(' ')},
      ...partsIn(item.blocks),
    ]);
  });
}

function textAbove(block: Block | undefined): string {
  return block?.kind === 'paragraph' ? block.lines.map(({text}) => text).join(' ') : '';
}

/** The kinds of blocks to which a sentence directly above leads. */
const LED: ReadonlySet<Block['kind'] | undefined> = new Set<Block['kind'] | undefined>(['code-block', 'list', 'table']);
