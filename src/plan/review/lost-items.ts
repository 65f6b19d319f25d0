/** Items of lists that no step says anything of. */
import {coverage} from '../checks/accounting.ts';
import type {Block} from '../document/blocks.ts';
import type {Plan} from '../plan.ts';
import {startsByItself} from '../words/told-sentences.ts';
import type {Lines, Said} from './said.ts';

/** Items of lists where something is to be done, of which no step says anything. They wait with the step behind them. */
export function ofLostItems(plan: Plan, blocks: readonly Block[], lines: Lines): Said[] {
  const known = linesOfPlan(plan);
  return itemsIn(blocks).flatMap(({line, endLine, text}): Said[] => {
    const section = isKnown(known, line, endLine) ? undefined : lines.sectionAt(line);
    if (section === undefined || (section.use !== 'run' && section.use !== 'rollback')) return [];
    const next = lines.nearest(section.id, line);
    return [
      {
        code: 'not-read',
        line,
        section: section.id,
        steps: next === undefined ? [] : [next.id],
        message: 'this item was read into no step',
        because: text.slice(0, 80),
        settle: 'do it by hand, or leave it out',
      },
    ];
  });
}

/** It, or something in it: "**Freeze**" over steps of its own names them. */
function isKnown(known: (line: number) => boolean, line: number, endLine: number): boolean {
  for (let at = line; at <= endLine; at += 1) if (known(at)) return true;
  return false;
}

function itemsIn(blocks: readonly Block[]): {line: number; endLine: number; text: string}[] {
  return blocks.flatMap((block, index) => {
    if (block.kind === 'quote') return itemsIn(block.blocks);
    if (block.kind !== 'list' || startsByItself(textAbove(blocks[index - 1]))) return [];
    return block.items.flatMap(item => [
      {line: item.line, endLine: item.endLine, text: item.text.map(one => one.text).join(' ')},
      ...itemsIn(item.blocks),
    ]);
  });
}

function textAbove(block: Block | undefined): string {
  return block?.kind === 'paragraph' ? block.lines.map(({text}) => text).join(' ') : '';
}

function linesOfPlan(plan: Plan): (line: number) => boolean {
  const {steps, rules, contacts, meta, references, incident = [], problems} = plan;
  const own = steps.flatMap(({line, endLine, boxes, action}) => [
    [line, endLine] as const,
    ...boxes.map(box => [box, box] as const),
    ...(action.kind === 'choice' ? action.arms.map(arm => [arm.line, arm.line] as const) : []),
  ]);
  const others = [...rules, ...contacts, ...meta, ...references, ...incident, ...problems];
  return coverage([...own, ...others.map(({line}) => [line, line] as const)], plan.source.length);
}
