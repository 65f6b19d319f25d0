/** Fences and commands that belong to the list item above them. */
import type {Block, Fence, Item} from '../../document/blocks.ts';
import {codeSpans} from '../../document/inline.ts';
import {looksLikeCommand} from '../../shell/command-likeness.ts';
import {wholeCommand} from './whole-commands.ts';

/**
 * Fences that belong to the item above them though Markdown says otherwise: their authors left out the indentation,
 * which ends the list. The item takes them in, and its list goes on.
 */
export function withFencesInItems(blocks: readonly Block[]): Block[] {
  const found: Block[] = [];
  blocks.forEach((block, index) => {
    const before = found.at(-1);
    if (block.kind === 'fence' && before?.kind === 'list' && belongs(before, block, blocks[index + 1])) {
      found[found.length - 1] = withFence(before, block);
    } else found.push(block);
  });
  return found;
}

type List = Extract<Block, {kind: 'list'}>;

function belongs(list: List, fence: Fence, after: Block | undefined): boolean {
  const last = list.items.at(-1);
  if (last === undefined || fence.indented || (!list.ordered && last.ticked === undefined)) return false;
  if (last.blocks.some(block => block.kind === 'fence')) return false;
  // An item that says its command itself needs no other.
  if (last.text.some(({text}) => codeSpans(text).some(looksLikeCommand))) return false;
  const text = last.text.at(-1)?.text ?? '';
  if (/[:：]\**\s*$/.test(text) && last.blocks.length === 0) return true;
  const adjacent = fence.line === list.endLine + 1;
  if (adjacent) return true;
  if (fence.line !== list.endLine + 2) return false;
  // The checklist goes on behind it, and it does not say itself what it is for.
  const isAmong = after?.kind === 'list' && !/^\s*(?:#|--)\s/.test(fence.body[0]?.text ?? '');
  return (list.ordered && list.items.length === 1) || (last.ticked !== undefined && isAmong);
}

function withFence(list: List, fence: Fence): List {
  const last = list.items.at(-1) as Item;
  const item: Item = {...last, endLine: fence.endLine, blocks: [...last.blocks, fence]};
  return {...list, endLine: fence.endLine, items: [...list.items.slice(0, -1), item]};
}

/** "1. Pause it" over a paragraph that is a command and nothing else: that is the item's own. */
export function withOwnCommands(item: Item): Item {
  const told = item.blocks.flatMap(block => (block.kind === 'paragraph' ? block.lines : []));
  const isOwn =
    told.length > 0 &&
    item.blocks.every(({kind}) => kind === 'paragraph') &&
    !item.text.some(({text}) => codeSpans(text).some(looksLikeCommand)) &&
    told.every(({text}) => /^`[^`]+`$/.test(text.trim()) && wholeCommand(text) !== undefined);
  return isOwn ? {...item, text: [...item.text, ...told], blocks: []} : item;
}
