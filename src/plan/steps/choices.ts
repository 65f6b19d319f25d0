/** Reads choices, of which one option is taken: sibling headings, items, and answers on one line. */

import {compact} from '../../text/compact.ts';
import {matchesOf} from '../../text/matches.ts';
import {memoize} from '../../text/memoize.ts';
import {type Item, type TextLine, textOfLines} from '../document/blocks.ts';
import {plainText, readInline} from '../document/inline.ts';
import type {SectionNode} from '../outline/sections.ts';
import {hasBlank, withoutBlanks} from '../phrases/blanks.ts';
import {isOptionTitle} from '../words/variant-titles.ts';
import {phrase, topicPattern} from '../words/vocabulary.ts';
import {type Found, type FoundArm, type FoundStep, type Label, type Setting, type Under, withStep} from './found.ts';

/** Sibling headings "Option A", "Option B": one of them is done. */
type OptionGroup = {options: readonly SectionNode[]; parent: SectionNode | undefined};

function optionGroups(nodes: readonly SectionNode[]): OptionGroup[] {
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
  return isOptionTitle(node.section.title) || isRecommendedWay(node);
}

const RECOMMENDED = phrase`\(\s*${'recommended'}\s*\)`;
const ADVISED = phrase`\(\s*(?:${'not'} )?${'recommended'}\s*\)`;

const USING = phrase`^(?:[\d.]+\s+)?${'using'}\s`;

/** "Using Helm (Recommended)" beside "Using kubectl (Not Recommended)". */
function isRecommendedWay({section}: SectionNode): boolean {
  return ADVISED.test(section.title) && USING.test(section.title);
}

/**
 * `arms`: the option of each section, its own or that of a section around it. `choices`: the choices, each by the
 * section before which it stands.
 */
export function optionSections(nodes: readonly SectionNode[]): {
  arms: ReadonlyMap<string, Under>;
  choices: ReadonlyMap<string, FoundStep>;
} {
  const choices = new Map<string, FoundStep>();
  const arms = new Map<string, Under>();
  for (const {options, parent} of optionGroups(nodes)) {
    const [first] = options;
    const node = parent ?? first;
    if (first === undefined || node === undefined) continue;
    const told = options.map(({section}) => ({title: section.title, line: section.line}));
    const choice = choiceOf(node.section.id, undefined, parent?.section.title ?? 'Choose one', told, {});
    choices.set(first.section.id, choice);
    for (const {section} of options) arms.set(section.id, {choice, arm: `L${section.line}`});
  }
  for (const {section} of nodes) {
    const around = section.parent === undefined ? undefined : arms.get(section.parent);
    if (around !== undefined && !arms.has(section.id)) arms.set(section.id, around);
  }
  return {arms, choices};
}

export function choiceFound(
  setting: Setting,
  title: string,
  options: readonly {title: string; line: number}[],
  marks: Pick<FoundStep, 'condition' | 'gate'>,
): {found: Found; armOf: (line: number) => Under} {
  const choice = choiceOf(setting.node.section.id, setting.arm, title, options, marks);
  return {
    found: withStep(setting, choice),
    armOf: line => ({choice, arm: `L${line}`}),
  };
}

function choiceOf(
  section: string,
  arm: Under | undefined,
  title: string,
  options: readonly {title: string; line: number}[],
  marks: Pick<FoundStep, 'condition' | 'gate'>,
): FoundStep {
  const line = options[0]?.line ?? 0;
  const arms = options.map(option =>
    compact({id: `L${option.line}`, ...option, recommended: RECOMMENDED.test(option.title) ? true : undefined}),
  );
  return {...answersOf(title, line, arms), section, ...compact({arm}), ...marks};
}

function answersOf(title: string, line: number, arms: readonly FoundArm[]): Omit<FoundStep, 'section'> {
  const action = {kind: 'choice' as const, arms};
  return {title, line, action, expectations: [], instructions: [], boxes: [], endLine: line};
}

/**
 * Whether a task list asks for one answer: a label such as "Final Status:" above boxes that only name possible answers.
 */
export function isRadio(label: string | undefined, items: readonly Item[], inNotes: boolean): boolean {
  if (label === undefined || items.length < 2 || !items.every(isAnswer)) return false;
  return RADIO_LABEL.test(label) || inNotes;
}

const RADIO_LABEL = phrase`${'answer'}\s*[:?]?$`;

function isAnswer(item: Item): boolean {
  const text = textOfLines(item.text);
  return (
    item.ticked !== undefined && item.blocks.length === 0 && text.length <= 80 && readInline(text).codes.length === 0
  );
}

export function radioFound(setting: Setting, label: Label, items: readonly Item[]): Found {
  const arms = items.map(item => {
    const title = readInline(textOfLines(item.text)).text;
    return {id: `L${item.line}`, title, line: item.line, ...compact({rollback: rollbackAnswer(title)})};
  });
  const line = items[0]?.line ?? label.line;
  const gate = GATE.test(label.text) ? true : undefined;
  const endLine = items.at(-1)?.endLine ?? label.line;
  return choiceFoundAt(
    setting,
    {...answersOf(label.text, line, arms), boxes: items.map(item => item.line), endLine},
    gate,
  );
}

/** A choice of which the answers stand on one line. */
export function inlineChoiceFound(
  setting: Setting,
  choice: InlineChoice,
  line: number,
  boxes: readonly number[],
): Found {
  const title = choice.label === '' ? setting.node.section.title : choice.label;
  const arms = choice.answers.map(answer => ({title: answer, line}));
  const gate = GATE.test(`${title} ${choice.answers.join('/')}`) ? true : undefined;
  return choiceFoundAt(setting, {...answersOf(title, line, arms), boxes}, gate);
}

function choiceFoundAt(setting: Setting, choice: Omit<FoundStep, 'section'>, gate: true | undefined): Found {
  return withStep(setting, {...choice, section: setting.node.section.id, ...compact({gate, arm: setting.arm})});
}

function rollbackAnswer(title: string): FoundArm['rollback'] {
  if (!ROLLBACK.test(title) || NO_ROLLBACK.test(title)) return undefined;
  return ROLLBACK_NEEDED.test(title) ? 'needed' : 'done';
}

const GATE = topicPattern('gate');
const ROLLBACK = topicPattern('rollback');
const NO_ROLLBACK = topicPattern('no-rollback');
const ROLLBACK_NEEDED = topicPattern('rollback-needed');

export type InlineChoice = {label: string; answers: readonly string[]; rest: string};

/** The answers that a line offers; undefined when it offers none. A legend of signs offers none. */
export const readInlineChoice = memoize(raw => boxedAnswers(raw) ?? answersBetweenStrokes(raw));

const BOX = /\[[ xX]?\]|[☐☑☒□▢◻⬜○◯]\ufe0f?|\(\s\)/gu;
const ANSWER_LENGTH_MAX = 40;
const ANSWERS_MAX = 8;

/** At least two boxes, each with a short answer behind it. */
function boxedAnswers(raw: string): InlineChoice | undefined {
  const boxes = matchesOf(raw, BOX);
  const [first] = boxes;
  if (first === undefined || boxes.length < 2 || boxes.length > ANSWERS_MAX) return undefined;
  const answers = boxes.map((box, index) => {
    const end = boxes[index + 1]?.index ?? raw.length;
    return answerIn(raw.slice(box.index + box[0].length, end));
  });
  if (answers.some(answer => answer === '' || answer.length > ANSWER_LENGTH_MAX)) return undefined;
  const label = labelOf(raw.slice(0, first.index));
  // Without a question, several boxes are several tasks; and signs of progress may be a legend.
  if (label === '' && !answers.every(isVerdict)) return undefined;
  return {label, answers, rest: ''};
}

const PARTED = phrase`\s*[/|]\s*|\s+${'or'}\s+`;

/** A question with answers separated by strokes: `**Decision**: ✅ GO / ❌ NO-GO`, `Result: Pass / Fail`. */
function answersBetweenStrokes(raw: string): InlineChoice | undefined {
  const text = plainText(raw);
  const match = QUESTION.exec(text);
  if (match?.[1] === undefined || match[2] === undefined) return undefined;
  const answers = match[2]
    .replace(/\s*[?.]$/, '')
    .split(PARTED)
    .map(answer => answer.trim());
  if (answers.length < 2 || answers.length > ANSWERS_MAX || !answers.every(isVerdict)) return undefined;
  return {label: match[1].trim(), answers, rest: ''};
}

/** Only the verdict of an answer with a blank behind it: "NO-GO  signed ____". */
function answerIn(raw: string): string {
  const text = hasBlank(raw) ? (VERDICT_FIRST.exec(plainText(raw))?.[0] ?? withoutBlanks(raw)) : plainText(raw);
  return text.replaceAll(/^[\s/|,;·-]+|[\s/|,;·:-]+$/g, '');
}

const QUESTION = /^([^:?]{2,80})[:?]\s*(\S.{1,80})$/u;
const VERDICT = phrase`^(?:${'verdict'})$`;
const VERDICT_FIRST = phrase`^\s*${'verdict'}\>`;

function isVerdict(answer: string): boolean {
  return VERDICT.test(answer.replaceAll(/[_\s.]+$/g, ''));
}

function labelOf(before: string): string {
  return plainText(before.replace(/^\s*(?:[-*+]|\d+[.)])\s/, '')).replace(/[\s:：?|-]+$/, '');
}

const RADIO = /^(?:\(\s?\)|[○◯])\s*(\S.{0,79})$/u;

/** The answers on lines such as `( ) Fail back today`; undefined when there is only one. */
export function readRadioLines(lines: readonly TextLine[]): {line: number; answer: string}[] | undefined {
  const found = lines.flatMap(({line, text}) => {
    const answer = RADIO.exec(text)?.[1];
    return answer === undefined ? [] : [{line, answer: plainText(answer)}];
  });
  return found.length > 1 && found.length === lines.length ? found : undefined;
}
