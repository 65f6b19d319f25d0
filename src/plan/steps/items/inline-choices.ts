/** Answers to choose from on one line: `**Status**: [ ] PASS [ ] FAIL`, `☐ Sí ☐ No`, `✅ GO / ❌ NO-GO`. */
import {compact} from '../../../text/compact.ts';
import {memoize} from '../../../text/memoize.ts';
import type {TextLine} from '../../document/blocks.ts';
import {plainText} from '../../document/inline.ts';
import {idAt} from '../../ids.ts';
import {hasBlank, withoutBlanks} from '../../phrases/blanks.ts';
import type {ChoiceArm} from '../../plan.ts';
import {WORD_END} from '../../words/letters.ts';
import {anyOf, speaksOf} from '../../words/vocabulary.ts';
import {addStep, type Draft, type Place} from '../draft.ts';

export type InlineChoice = {label: string; answers: readonly string[]; rest: string};

/** The answers that a line offers; undefined when it offers none. A legend of signs offers none. */
export const readInlineChoice = memoize(inlineChoiceIn);

function inlineChoiceIn(raw: string): InlineChoice | undefined {
  return boxed(raw) ?? signed(raw);
}

const BOX = /\[[ xX]?\]|[☐☑☒□▢◻⬜○◯]\ufe0f?|\(\s\)/gu;
const ANSWER_LENGTH_MAX = 40;
const ANSWERS_MAX = 8;

/** At least two boxes, each with a short answer behind it. */
function boxed(raw: string): InlineChoice | undefined {
  const boxes = [...raw.matchAll(BOX)];
  const [first] = boxes;
  if (first === undefined || boxes.length < 2 || boxes.length > ANSWERS_MAX) return undefined;
  const answers = boxes.map((box, index) => {
    const end = boxes[index + 1]?.index ?? raw.length;
    return answerIn(raw.slice(box.index + box[0].length, end));
  });
  if (answers.some(answer => answer === '' || answer.length > ANSWER_LENGTH_MAX)) return undefined;
  const label = labelOf(raw.slice(0, first.index));
  // Without a question several boxes are several tasks, and signs of progress explain what the signs mean.
  if (label === '' && !answers.every(isVerdict)) return undefined;
  return {label, answers, rest: ''};
}

/** A question with its answers parted by strokes: `**Decision**: ✅ GO / ❌ NO-GO`, `Result: Pass / Fail`. */
function signed(raw: string): InlineChoice | undefined {
  const text = plainText(raw);
  const match = QUESTION.exec(text);
  if (match?.[1] === undefined || match[2] === undefined) return undefined;
  const answers = match[2]
    .replace(/\s*[?.]$/, '')
    .split(/\s*[/|]\s*|\s+(?:or|o|oder)\s+/i)
    .map(answer => answer.trim());
  if (answers.length < 2 || answers.length > ANSWERS_MAX || !answers.every(isVerdict)) return undefined;
  return {label: match[1].trim(), answers, rest: ''};
}

/** What stands behind it on the line to be filled is another matter: "NO-GO  signed ____". */
function answerIn(raw: string): string {
  const text = hasBlank(raw) ? (VERDICT_FIRST.exec(plainText(raw))?.[0] ?? withoutBlanks(raw)) : plainText(raw);
  return text.replaceAll(/^[\s/|,;·-]+|[\s/|,;·:-]+$/g, '');
}

const QUESTION = /^([^:?]{2,80})[:?]\s*(\S.{1,80})$/u;
const VERDICT = new RegExp(`^(?:${anyOf('verdict')})$`, 'iu');
const VERDICT_FIRST = new RegExp(`^\\s*${anyOf('verdict')}${WORD_END}`, 'iu');
const GO = speaksOf('gate');

function isVerdict(answer: string): boolean {
  return VERDICT.test(answer.replaceAll(/[_\s.]+$/g, ''));
}

function labelOf(before: string): string {
  return plainText(before.replace(/^\s*(?:[-*+]|\d+[.)])\s/, '')).replace(/[\s:：?|-]+$/, '');
}

/** The step at which one of the answers is given. */
export function addInlineChoice(
  draft: Draft,
  place: Place,
  choice: InlineChoice,
  at: TextLine,
  boxes: readonly number[],
): void {
  const title = choice.label === '' ? place.node.section.title : choice.label;
  const arms = choice.answers.map(
    (answer): ChoiceArm => ({id: idAt(draft, 'A', at.line), title: answer, line: at.line, steps: []}),
  );
  addStep(
    draft,
    place,
    compact({
      title,
      line: at.line,
      kind: 'choice',
      action: {kind: 'choice', arms},
      expectations: [],
      instructions: [],
      boxes,
      endLine: at.line,
      gate: GO.test(`${title} ${choice.answers.join('/')}`) ? true : undefined,
    }),
  );
}

const RADIO = /^(?:\(\s?\)|[○◯])\s*(\S.{0,79})$/u;

/** `( ) Fail back today` and its neighbours, one on each line: the answers; undefined when there is only one. */
export function readRadioLines(lines: readonly TextLine[]): {line: number; answer: string}[] | undefined {
  const found = lines.flatMap(({line, text}) => {
    const answer = RADIO.exec(text)?.[1];
    return answer === undefined ? [] : [{line, answer: plainText(answer)}];
  });
  return found.length > 1 && found.length === lines.length ? found : undefined;
}
