/** Alternatives that no heading names: items "Option A: …", and blocks with nothing but `or` between them. */
import type {Block, Item} from '../../document/blocks.ts';
import {plainText, readInline} from '../../document/inline.ts';
import {isOptionTitle} from '../../words/option-titles.ts';
import {anyOf} from '../../words/vocabulary.ts';
import type {Place} from '../draft.ts';
import {aroundNow, conditionNow, type Walk} from '../walk/walk-state.ts';
import {addChoice} from './choices.ts';
import {readItem} from './items.ts';

const OR = new RegExp(String.raw`^[\W_]*${anyOf('or')}[\W_]*$`, 'iu');

/** "Alternatively, by hand:": a label that sets what it leads to against what stands before. */
const OR_ELSE = new RegExp(String.raw`^\W*${anyOf('or')}[ ,:][^:：]{0,120}[:：]$`, 'iu');

/** How many blocks from `index` on are arms with an `or` between them, once they have been read; 0 when none. */
export function walkAlternatives(
  walk: Walk,
  blocks: readonly Block[],
  index: number,
  walkBlock: (walk: Walk, block: Block) => void,
): number {
  const arms = [index];
  while (isOr(blocks[index + 2 * arms.length - 1]) && isArm(blocks[index + 2 * arms.length]))
    arms.push(index + 2 * arms.length);
  if (arms.length < 2 || !isArm(blocks[index])) return 0;
  const {draft, place, label} = walk;
  const title = label?.text ?? place.node.section.title;
  const condition = conditionNow(walk);
  const options = arms.map((at, index) => ({
    title: (index === 0 ? undefined : labelOf(blocks[at - 1])) ?? nameOf(blocks[at] as Block),
    line: blocks[at]?.line ?? 0,
  }));
  const choice = addChoice(draft, place, title, options, condition === undefined ? {} : {condition});
  for (const at of arms) {
    const block = blocks[at] as Block;
    const arm: Place = {node: place.node, arm: {choice, arm: `L${block.line}`}};
    walkBlock({...walk, place: arm, afterFence: false}, block);
  }
  walk.label = undefined;
  return 2 * arms.length - 1;
}

function isOr(block: Block | undefined): boolean {
  if (block?.kind !== 'paragraph' || block.lines.length !== 1) return false;
  const text = plainText(block.lines[0]?.text ?? '');
  return OR.test(text) || OR_ELSE.test(text);
}

/** What an alternative is called, where its label says more than "or". */
function labelOf(block: Block | undefined): string | undefined {
  const text = block?.kind === 'paragraph' ? plainText(block.lines[0]?.text ?? '') : '';
  return OR.test(text) ? undefined : text.replace(/\s*[:：]$/, '');
}

function isArm(block: Block | undefined): boolean {
  return block?.kind === 'list' || block?.kind === 'fence';
}

function nameOf(block: Block): string {
  if (block.kind === 'list') return plainText(block.items[0]?.text[0]?.text ?? '') || 'list';
  if (block.kind !== 'fence') return 'alternative';
  return block.body.find(({text}) => /^\s*[^\s#]/.test(text))?.text.trim() ?? 'commands';
}

/** Items that each begin with "Option A", "Path 2" become a choice; whether they did. */
export function addOptionItems(walk: Walk, items: readonly Item[]): boolean {
  if (items.length < 2 || !items.every(item => isOptionTitle(readInline(item.text[0]?.text ?? '').text))) return false;
  const {draft, place, label} = walk;
  const options = items.map(item => ({
    title: readInline(item.text[0]?.text ?? '').text.replace(/[:：]$/, ''),
    line: item.line,
  }));
  const choice = addChoice(draft, place, label?.text ?? place.node.section.title, options, {});
  for (const item of items) {
    readItem(draft, {node: place.node, arm: {choice, arm: `L${item.line}`}}, item, aroundNow(walk));
  }
  return true;
}
