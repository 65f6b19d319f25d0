/** The document parted at its headings and at the lines that stand for one. */
import type {Block} from '../document/blocks.ts';
import {plainText} from '../document/inline.ts';
import {isOptionTitle} from '../words/option-titles.ts';
import {withFenceRollbacks} from './fence-rollbacks.ts';
import {isBareHeading, isPseudoHeading, leadIn, pseudoTitle} from './pseudo-headings.ts';
import {opensCommands, wayBack} from './rollback-sentences.ts';
import {roleOf} from './section-role.ts';

/**
 * `option`: begun by a label and no heading. `sentence`: a rollback told in one.
 * `heading`: it is one, and no line that stands for one.
 */
export type Run = {
  title: string;
  depth: number;
  line: number;
  blocks: Block[];
  option?: true;
  sentence?: true;
  heading?: true;
};

/** Quotations are read as what they quote. */
function opened(block: Block): Block[] {
  return block.kind === 'quote' ? block.blocks.flatMap(opened) : [block];
}

/** What stands under each heading, and under each line that stands for one; first what stands above them all. */
export function parted(given: readonly Block[]): Run[] {
  const blocks = withFenceRollbacks(given.flatMap(opened));
  const runs: Run[] = [{title: '', depth: 0, line: 1, blocks: []}];
  let depth = 0;
  let labelled = false;
  let inRollback = false;
  // Without a heading anywhere, lines in capitals and labels part the document.
  const isHeadless = !blocks.some(block => block.kind === 'heading');
  let goesOn: Run | undefined;
  for (const block of blocks) {
    const lead = block.kind === 'paragraph' ? leadIn(block) : undefined;
    const back = block.kind === 'paragraph' && !inRollback ? wayBack(block) : undefined;
    const under = Math.min(6, Math.max(2, depth + 1));
    const around = goesOn;
    goesOn = undefined;
    if (block.kind === 'heading') {
      depth = block.depth;
      labelled = false;
      inRollback = roleOf(plainText(block.text)) === 'rollback';
      runs.push({title: plainText(block.text), depth, line: block.line, blocks: [], heading: true});
    } else if (block.kind === 'paragraph' && isPseudoHeading(block, labelled, inRollback)) {
      const {title, isRole} = pseudoTitle(block);
      labelled = isRole;
      const option = isOptionTitle(title) ? {option: true as const} : {};
      runs.push({title, depth: under, line: block.line, blocks: [], ...option});
    } else if (block.kind === 'paragraph' && isHeadless && isBareHeading(block)) {
      runs.push({title: pseudoTitle(block).title, depth: under, line: block.line, blocks: []});
    } else if (lead !== undefined) {
      labelled = true;
      if (saysAll(lead)) goesOn = around ?? runs.at(-1);
      runs.push({title: lead.title, depth: under, line: block.line, blocks: [lead.rest]});
    } else if (around !== undefined) {
      // What stands behind reasons that are told in their own line is for the part around them.
      runs.push({title: around.title, depth: around.depth, line: block.line, blocks: [block]});
    } else if (isLedTo(runs.at(-1), block)) {
      runs.at(-1)?.blocks.push(block);
    } else if (back !== undefined) {
      runs.push({title: back.title, depth: under, line: block.line, blocks: [block], sentence: true});
    } else if (runs.at(-1)?.sentence === true || (block.kind === 'paragraph' && endsOptions(runs))) {
      // What stands behind short options, or behind a sentence, belongs to what is around it again.
      const around = runs.findLast(run => run.depth < (runs.at(-1)?.depth ?? 0));
      runs.push({title: around?.title ?? '', depth: around?.depth ?? depth, line: block.line, blocks: [block]});
    } else runs.at(-1)?.blocks.push(block);
  }
  return runs;
}

/** "To go back, run:" holds the commands right below it. */
function isLedTo(run: Run | undefined, block: Block): boolean {
  const [lead, ...others] = run?.sentence === true ? run.blocks : [];
  if (lead?.kind !== 'paragraph' || others.length > 0 || (block.kind !== 'fence' && block.kind !== 'list'))
    return false;
  return opensCommands(lead.lines.map(({text}) => text).join(' '));
}

/** Options that hold a list or a fence each and nothing else end where running text goes on. */
function endsOptions(runs: readonly Run[]): boolean {
  const [before, last] = [runs.at(-2), runs.at(-1)];
  return [before, last].every(run => {
    const [only, ...others] = run?.blocks ?? [];
    return run?.option === true && others.length === 0 && (only?.kind === 'fence' || only?.kind === 'list');
  });
}

/** "Revert if: errors > 5 %, or a leak": figures on the line itself, and no colon that leads to more. */
function saysAll({title, rest}: {title: string; rest: Block}): boolean {
  const text = rest.kind === 'paragraph' ? rest.lines.map(line => line.text).join(' ') : '';
  return roleOf(title) === 'triggers' && /\d/.test(text) && !/[:：]\s*$/.test(text);
}
