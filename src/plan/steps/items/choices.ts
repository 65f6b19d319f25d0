/** Options of which one is taken, as sibling headings or items. */
import {compact} from '../../../text/compact.ts';
import type {Item} from '../../document/blocks.ts';
import {readInline} from '../../document/inline.ts';
import type {SectionNode} from '../../outline/sections.ts';
import type {ChoiceArm, Step} from '../../plan.ts';
import {isOptionTitle} from '../../words/option-titles.ts';
import {anyOf, speaksOf} from '../../words/vocabulary.ts';
import {addStep, type Draft, type Place} from '../draft.ts';

/** Sibling headings "Option A", "Option B": one of them is done. */
export type OptionGroup = {options: readonly SectionNode[]; parent: SectionNode | undefined};

export function optionGroups(nodes: readonly SectionNode[]): OptionGroup[] {
  const groups: {options: SectionNode[]; parent: SectionNode | undefined}[] = [];
  const byId = new Map(nodes.map(node => [node.section.id, node]));
  let open: SectionNode[] | undefined;
  for (const node of nodes) {
    const [first] = open ?? [];
    const deeper = first !== undefined && node.section.depth > first.section.depth;
    if (deeper) continue;
    const sibling =
      first !== undefined && node.section.parent === first.section.parent && node.section.depth === first.section.depth;
    if (!isOption(node)) open = undefined;
    else if (sibling) open?.push(node);
    else {
      open = [node];
      groups.push({
        options: open,
        parent: node.section.parent === undefined ? undefined : byId.get(node.section.parent),
      });
    }
  }
  return groups.filter(group => group.options.length > 1);
}

function isOption(node: SectionNode): boolean {
  return isOptionTitle(node.section.title) || isUsing(node);
}

const RECOMMENDED = new RegExp(String.raw`\(\s*${anyOf('recommended')}\s*\)`, 'iu');
const ADVISED = new RegExp(String.raw`\(\s*(?:not |no |nicht )?${anyOf('recommended')}\s*\)`, 'iu');

/** "Using Helm (Recommended)" beside "Using kubectl (Not Recommended)". */
function isUsing({section}: SectionNode): boolean {
  return ADVISED.test(section.title) && /^(?:[\d.]+\s+)?(?:using|via|with|mit|con|usando)\s/i.test(section.title);
}

/** The step that asks which option is taken; its arms learn their steps once these have been read. */
export function addOptions(draft: Draft, group: OptionGroup): string {
  const [first] = group.options;
  const place: Place = {node: group.parent ?? (first as SectionNode)};
  const options = group.options.map(({section}) => ({title: section.title, line: section.line}));
  return addChoice(draft, place, group.parent?.section.title ?? 'Choose one', options, {});
}

export function addChoice(
  draft: Draft,
  place: Place,
  title: string,
  options: readonly {title: string; line: number}[],
  marks: Pick<Step, 'condition' | 'gate'>,
): string {
  const line = options[0]?.line ?? 0;
  const arms = options.map(
    (option): ChoiceArm => ({
      id: `L${option.line}`,
      ...option,
      steps: [],
      ...compact({recommended: RECOMMENDED.test(option.title) ? true : undefined}),
    }),
  );
  return addStep(draft, place, {
    title,
    line,
    action: {kind: 'choice', arms},
    expectations: [],
    instructions: [],
    boxes: [],
    endLine: line,
    ...marks,
  }).id;
}

/** Says which steps stand under which option, when all have been read. */
export function fillArms(draft: Draft): void {
  const byArm = new Map<string, string[]>();
  for (const step of draft.steps) {
    if (step.arm === undefined) continue;
    const key = `${step.arm.choice} ${step.arm.arm}`;
    const ids = byArm.get(key);
    if (ids === undefined) byArm.set(key, [step.id]);
    else ids.push(step.id);
  }
  draft.steps.forEach((step, index) => {
    if (step.action.kind !== 'choice') return;
    const arms = step.action.arms.map(arm => ({...arm, steps: byArm.get(`${step.id} ${arm.id}`) ?? []}));
    draft.steps[index] = {...step, action: {kind: 'choice', arms}};
  });
}

/**
 * Whether a task list asks for one answer: a label such as "Final Status:" above boxes that only name
 * the possible answers.
 */
export function isRadio(label: string | undefined, items: readonly Item[], inNotes: boolean): boolean {
  if (label === undefined || items.length < 2 || !items.every(isAnswer)) return false;
  return RADIO_LABEL.test(label) || inNotes;
}

const RADIO_LABEL = new RegExp(`${anyOf('answer')}\\s*[:?]?$`, 'iu');

function isAnswer(item: Item): boolean {
  const text = item.text.map(line => line.text).join(' ');
  return (
    item.ticked !== undefined && item.blocks.length === 0 && text.length <= 80 && readInline(text).codes.length === 0
  );
}

export function addRadio(
  draft: Draft,
  place: Place,
  label: {text: string; line: number},
  items: readonly Item[],
): void {
  const arms = items.map((item): ChoiceArm => {
    const title = readInline(item.text.map(line => line.text).join(' ')).text;
    return {id: `L${item.line}`, title, line: item.line, steps: []};
  });
  addStep(
    draft,
    place,
    compact({
      title: label.text,
      line: items[0]?.line ?? label.line,
      kind: 'choice',
      action: {kind: 'choice', arms},
      expectations: [],
      instructions: [],
      boxes: items.map(item => item.line),
      gate: GATE.test(label.text) ? true : undefined,
      endLine: items.at(-1)?.endLine ?? label.line,
    }),
  );
}

const GATE = speaksOf('gate');
