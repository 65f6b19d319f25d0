/** The parts of a document in which something may be lost: items, lines of paragraphs, rows of tables, blocks of code. */
import {leadsOn} from '../../text/leads-on.ts';
import {memoizeObject} from '../../text/memoize.ts';
import {type Block, type CodeBlock, isLedTo, textOfLines} from '../document/blocks.ts';
import {plainText} from '../document/inline.ts';
import {quotesCommand} from '../shell/command-likeness.ts';
import {askedBeforeLead} from '../words/lead-orders.ts';
import {isOrder, startsByItself} from '../words/orders.ts';
import {phrase, topicPattern} from '../words/vocabulary.ts';

/** `isLead`: it leads to the block below, in a paragraph whose last line is `endOfLead`. */
export type Part = {line: number; endLine: number} & (
  | {kind: 'item'; text: string}
  | {kind: 'line'; text: string; isLead: boolean; endOfLead: number; isBehindCodeBlock: boolean}
  | {kind: 'row'; text: string; cells: readonly string[]}
  | {kind: 'code-block'; codeBlock: CodeBlock}
);

export const partsIn = memoizeObject(readParts);

function readParts(blocks: readonly Block[]): readonly Part[] {
  return blocks.flatMap((block, index): readonly Part[] => {
    const {line, endLine} = block;
    if (block.kind === 'quote') return readParts(block.blocks);
    if (block.kind === 'code-block') return [{kind: 'code-block', line, endLine, codeBlock: block}];
    if (block.kind === 'paragraph') {
      const leads = isLedTo(blocks[index + 1]?.kind);
      const text = block.lines.map(one => plainText(one.text)).join(' ');
      const asked = leads ? askedBeforeLead(text, codeIn(blocks[index + 1]))?.asked : undefined;
      const endOfLead = block.lines.at(-1)?.line ?? endLine;
      return block.lines.map(({line: at, text}) => {
        // What is asked of a person before the last sentence leads to nothing.
        const isLead = leads && !asked?.startsWith(plainText(text).slice(0, asked.length));
        const isBehindCodeBlock = at === line && blocks[index - 1]?.kind === 'code-block';
        return {kind: 'line', line: at, endLine: at, text, isLead, endOfLead, isBehindCodeBlock};
      });
    }
    if (block.kind === 'table') return rowsIn(block.rows);
    if (block.kind !== 'list' || startsByItself(textAbove(blocks[index - 1]))) return [];
    return block.items.flatMap(item => [
      {kind: 'item', line: item.line, endLine: item.endLine, text: textOfLines(item.text)},
      ...readParts(item.blocks),
    ]);
  });
}

/** Without the head. */
function rowsIn([, ...rows]: readonly {line: number; cells: readonly string[]}[]): Part[] {
  return rows.map(({line, cells}) => ({kind: 'row', line, endLine: line, text: cells.join(' | '), cells}));
}

function textAbove(block: Block | undefined): string {
  return block?.kind === 'paragraph' ? textOfLines(block.lines) : '';
}

function codeIn(block: Block | undefined): string {
  return block?.kind === 'code-block' ? textOfLines(block.body, '\n') : '';
}

/** A command, or what somebody does, behind the name of the row: "| IA050 | 60 min | inform the bridge |". */
export function asksInRow(cells: readonly string[]): boolean {
  return cells.some((cell, index) => {
    const text = plainText(cell);
    return quotesCommand(cell) || ASKS.test(text) || (index > 0 && isOrder(text) && text.includes(' '));
  });
}

const ASKS = phrase`^\W*(?:${'ask-people'}|${'rollback'}|${'undo'}|${'calls-off'}|(?:${'chapter'})\s+(?:\d|[A-Z]\W*$))(?!\p{L})`;

/** A title of the parts below it says no more: no sentence of its own, no hour, no words on which they hang. */
export function leadsOnly(text: string): boolean {
  if (!leadsOn(text)) return false;
  const bare = plainText(text);
  return !/[.!?]\s+\p{Lu}/u.test(bare.replace(LABEL, '')) && !HOUR.test(bare) && !HANGS.test(bare);
}

const LABEL = /^\W*(?:[A-Z]{0,3}[.-]?\d+(?:\.\d+)*[a-z]?|[A-Z](?:\.\d+)*)[.):]?\s+/;
const HOUR = /(?<![\d.:])(?:[01]?\d|2[0-3])[:.h][0-5]\d(?![\d.:])/;
const HANGS = topicPattern('hangs-on');
