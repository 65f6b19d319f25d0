/** One fence that holds the way there and the way back, parted by nothing but a comment. */
import type {Block, Fence} from '../document/blocks.ts';
import {anyOf, speaksOf, speaksOfRole} from '../words/vocabulary.ts';

type Heading = Extract<Block, {kind: 'heading'}>;

/** What stands below `# ROLLBACK` in a fence becomes a section of its own: run with the rest, it would undo it at once. */
export function withFenceRollbacks(blocks: readonly Block[]): readonly Block[] {
  let heading: Heading | undefined;
  return blocks.flatMap((block, index) => {
    if (block.kind === 'heading') heading = block;
    if (block.kind !== 'fence' || !SHELLS.test(block.info) || BACK.test(heading?.text ?? '')) return [block];
    const parts = parted(block);
    if (parts === undefined) return [block];
    const {before, title, after} = parts;
    const depth = heading?.depth ?? 2;
    const at = {line: title.line, endLine: title.line};
    const back: Heading = {kind: 'heading', depth, text: title.text, ...at};
    const following = blocks[index + 1];
    const goesOn = following !== undefined && following.kind !== 'heading' && heading !== undefined ? [heading] : [];
    return [
      ...(before === undefined ? [] : [before]),
      back,
      after,
      ...goesOn.map(one => ({...one, line: following?.line ?? one.line})),
    ];
  });
}

const SHELLS = /^(?:|bash|sh|shell|zsh|console)(?:\s|$)/i;
const BACK = speaksOfRole('rollback');
const TITLE = new RegExp(
  String.raw`^\s*#+[\s=*#-]*((?:to\s+|how to\s+|emergency\s+)?${anyOf('rollback')}(?:\s+(?:plan|procedure|steps?|commands?|if needed|if necessary))?)[\s=*#:.-]*$`,
  'iu',
);
const OPENS = speaksOf('rollback');

function parted(
  fence: Fence,
): {before: Fence | undefined; title: {text: string; line: number}; after: Fence} | undefined {
  const at = fence.body.findIndex(({text}) => TITLE.test(text) && OPENS.test(text));
  const found = fence.body[at];
  const after = fence.body.slice(at + 1);
  if (found === undefined || !after.some(isCommand)) return undefined;
  const before = fence.body.slice(0, at);
  const title = {text: TITLE.exec(found.text)?.[1] ?? '', line: found.line};
  return {
    before: before.some(isCommand) ? {...fence, body: before, endLine: found.line - 1} : undefined,
    title,
    after: {...fence, body: after, line: found.line},
  };
}

function isCommand({text}: {text: string}): boolean {
  return text.trim() !== '' && !/^\s*#/.test(text);
}
