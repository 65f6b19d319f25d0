/** Doubts about sentences of running text that were read into nothing: who decides, until when, what is done first. */
import {leadsOn} from '../../text/leads-on.ts';
import {type Block, textOfLines} from '../document/blocks.ts';
import {plainText} from '../document/inline.ts';
import type {Plan, Step} from '../plan.ts';
import {sentencesIn} from '../words/lead-orders.ts';
import {phrase} from '../words/vocabulary.ts';
import type {FoundDoubt, LineIndex} from './found-doubt.ts';

/**
 * What is asked about already. `isAsked`: whether the line is. `quotes`: whether a question about one of the lines shows
 * the text.
 */
export type AskedAlready = {
  isAsked: (line: number) => boolean;
  quotes: (lines: readonly number[], text: string) => boolean;
};

export const NOTHING_ASKED: AskedAlready = {isAsked: () => false, quotes: () => false};

/** Once for each section of that use. */
export function unreadSentenceDoubts(
  {notes = [], rules}: Plan,
  blocks: readonly Block[],
  lines: LineIndex,
  use: 'run' | 'rollback' | 'watch' | 'triggers' | 'criteria',
  {isAsked, quotes}: AskedAlready,
): FoundDoubt[] {
  const asked = new Set(notes);
  const judged = Map.groupBy(rules, ({line}) => line);
  const told = new Set<string>();
  // A quotation is an aside.
  const found = blocks.flatMap(block => {
    const [first] = block.kind === 'paragraph' ? block.lines : [];
    const section = first === undefined ? undefined : lines.sectionAt(first.line);
    if (block.kind !== 'paragraph' || first === undefined || section?.use !== use) return [];
    const ruled = block.lines.flatMap(({line}) => judged.get(line) ?? []);
    const whole = withoutReasons(plainText(textOfLines(block.lines)), ruled);
    const isLead = leadsOn(whole);
    const own = block.lines.map(({line}) => line);
    const text = own.some(isAsked) ? withoutShown(whole, sentence => quotes(own, sentence)) : whole;
    const isTold = own.every(
      line => (ruled.length > 0 || asked.has(line)) && (isLead || lines.stepsAt(line).length === 0),
    );
    const unread = isLead
      ? aheadOfLead(
          text,
          block.lines.flatMap(({line}) => lines.stepsAt(line)),
        )
      : text;
    if (!isTold || !SENTENCE.test(unread.slice(0, SENTENCE_LENGTH_MAX)) || told.has(unread)) return [];
    told.add(unread);
    return [{section: section.id, line: first.line, text: unread}];
  });
  return [...Map.groupBy(found, ({section}) => section)].flatMap(([section, all]) => {
    const [first] = all;
    const next = first === undefined ? undefined : lines.nearest(section, first.line);
    if (first === undefined) return [];
    const shown = all.map(({line, text}) => `line ${line} "${shownOf(text)}"`).join(', ');
    return {
      code: 'not-read',
      line: first.line,
      section,
      steps: next === undefined ? [] : [next.id],
      message: `this section says what was read into no step: ${shown}`,
      because: first.text.slice(0, BECAUSE_MAX),
      settle: 'do what it asks by hand, or leave it out',
      // Until when there is a way back, when alone it is taken, and what must come first is nothing to accept unread.
      ...(all.some(({text}) => OPEN.test(text)) ? {} : {proposed: 'a person knows it, and does what it asks'}),
    };
  });
}

/**
 * "If a call comes in, we hold until the officer says go." in a section of its own: a person is asked for it where the
 * section stands, and it holds all the time.
 */
export function standingCaseDoubts({steps, source}: Plan, {byId}: LineIndex): FoundDoubt[] {
  return steps.flatMap((step): FoundDoubt | [] => {
    const section = byId.get(step.section);
    if (section?.use !== 'run' || step.action.kind !== 'manual' || step.title !== section.title) return [];
    const line = rangeOf(step).find(at => STANDING.test(plainText(source[at - 1] ?? '')));
    if (line === undefined || step.condition !== undefined) return [];
    const text = plainText(source[line - 1] ?? '');
    return {
      code: 'not-read',
      line,
      steps: [step.id],
      message: `line ${line} may hold at any time, and a person is asked for it only where it stands: "${shownOf(text)}"`,
      because: text.slice(0, BECAUSE_MAX),
      settle: 'see to it by hand, or leave it out',
      proposed: 'a person knows it, and does what it asks',
    };
  });
}

function rangeOf({line, endLine}: Step): number[] {
  return Array.from({length: Math.min(endLine - line, LINES_MAX) + 1}, (_, index) => line + index);
}

const LINES_MAX = 40;
const STANDING = phrase`^\W*(?:${'condition'}|${'if'})\>.{10}`;

/** A question about one sentence of a paragraph does not ask what the others say. */
function withoutShown(text: string, isShown: (sentence: string) => boolean): string {
  return sentencesIn(text)
    .filter(sentence => LONG.test(sentence) && !isShown(sentence))
    .join(' ');
}

const LONG = /(?:\p{L}+\P{L}+){5}\p{L}/u;

/** The sentences from which no rule was made. */
function withoutReasons(text: string, rules: Plan['rules']): string {
  if (rules.length === 0) return text;
  const isRead = (sentence: string) => rules.some(rule => sentence.includes(rule.text) || rule.text.includes(sentence));
  return sentencesIn(text)
    .filter(sentence => !isRead(sentence))
    .join(' ');
}

const OPEN = phrase`\<(?:${'no-longer'}|${'later-only'})\>|(?:^|[.!?]\s+)\W*(?:${'only'}\s+${'condition'}\>|(?:${'never'}|${'nothing'})\s[^.!?]*\<${'before-what'}\>)`;

/** The sentences before the last one of a line that leads to commands, unless a step shows them. */
function aheadOfLead(text: string, steps: readonly Step[]): string {
  const shown = steps.map(({title, instructions}) => [title, ...instructions].join(' ')).join(' ');
  const ahead = sentencesIn(text).slice(0, -1);
  return ahead.filter(sentence => !shown.includes(sentence)).join(' ');
}

/** The point of a sentence often stands at its end: whoever accepts it must have read it. */
function shownOf(text: string): string {
  return text.length > SHOWN_MAX ? `${text.slice(0, SHOWN_MAX)}…` : text;
}

const SHOWN_MAX = 400;
const BECAUSE_MAX = 100;
/** Several words with an end, or many. */
const SENTENCE_LENGTH_MAX = 2000;
const SENTENCE = /\p{L}\P{L}+\p{L}.*\p{L}[^\p{L}]*[.!?)]\W*$|(?:\p{L}+\P{L}+){6}/u;
