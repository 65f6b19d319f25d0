/** Doubts about text below commands that belongs before them: "Have Piet read it aloud before pressing Enter." */
import {leadsOn} from '../../../text/leads-on.ts';
import {traitsOf} from '../../action-traits.ts';
import {plainText} from '../../document/inline.ts';
import {isDone} from '../../doubt.ts';
import {commandsOf, type Plan, type Step} from '../../plan.ts';
import {quotesCommand} from '../../shell/command-likeness.ts';
import {sentencesIn} from '../../words/lead-orders.ts';
import {isCommonWord, phrase} from '../../words/vocabulary.ts';
import type {FoundDoubt, LineIndex} from '../found-doubt.ts';
import {isAskedBefore} from '../lead-ins.ts';
import type {Leads} from '../lines-above.ts';
import {textBelow} from './late-gates.ts';

// A run reads from top to bottom: what stands below a command is asked for when the command has run. Of what such a text
// comes before, nothing below may be known, and then only the command is left.

export function toldTooLateDoubts(plan: Plan, lines: LineIndex, leadsOf: Leads): FoundDoubt[] {
  const own = plan.steps.filter(
    step => isDone(lines.byId.get(step.section)?.use) && commandsOf(step).length > 0 && !isAskedBefore(step),
  );
  return own.flatMap((step, index): FoundDoubt | [] => {
    const next = own[index + 1];
    const leads = new Set(next === undefined ? [] : leadsOf(next).map(({line}) => line));
    const below = textBelow(step, plan.source, lines).filter(({line}) => line <= step.endLine || !leads.has(line));
    for (const {line, text} of paragraphsOf(below)) {
      const asked = lines.stepsAt(line).filter(one => one.line === line && traitsOf(one.action).by !== 'engine');
      if (quotesCommand(text) || leadsOn(lastOf(line, plan.source)) || asked.some(isAskedBefore)) continue;
      const words = sentencesIn(plainText(text))
        .map((sentence, at) => beforeIn({sentence, at, line, step, isStep: asked.length > 0}, lines))
        .find(Boolean);
      if (words === undefined) continue;
      const first = commandsOf(step)[0]?.line ?? step.line;
      return {
        code: 'condition-assumed',
        line,
        steps: [step.id, ...asked.map(({id}) => id)],
        message: `line ${line} comes "${words}", and line ${first} above it would be done first`,
        because: words,
        settle: 'put it above the commands, do them by hand, or confirm that the order is as it stands',
      };
    }
    return [];
  });
}

/** Lines directly below each other are one. */
function paragraphsOf(below: readonly Text[]): Text[] {
  const found: (Text & {end: number})[] = [];
  for (const {line, text: raw} of below) {
    const text = raw.trim();
    const last = found.at(-1);
    if (last?.end !== line - 1) found.push({line, text, end: line});
    else Object.assign(last, {text: `${last.text} ${text}`, end: line});
  }
  return found;
}

/** The last line of the paragraph. */
function lastOf(line: number, source: readonly string[]): string {
  let last = line;
  while (last < line + LINES_MAX && !ENDS.test(source[last] ?? '')) last += 1;
  return plainText(source[last - 1] ?? '');
}

const LINES_MAX = 8;
const ENDS = /^\s*(?:[-*+|]\s|\d+[.)]\s|`{3}|~{3}|#|$)/;

type Text = {line: number; text: string};
/** `isStep`: a person does what the sentence says; otherwise it must ask for something. */
type Told = {sentence: string; at: number; line: number; step: Step; isStep: boolean};

function beforeIn({sentence, at, line, step, isStep}: Told, lines: LineIndex): string | undefined {
  if (CASE.test(sentence)) return undefined;
  const last = isStep ? FIRST_LAST.exec(sentence)?.[1] : undefined;
  if (last !== undefined) return last.trim();
  if (!isStep && TELLS.test(sentence) && !BINDS.test(sentence)) return undefined;
  const [words, what = ''] = BEFORE.exec(sentence) ?? [];
  // "Not before that" means the sentence above it.
  if (words === undefined || ELSEWHEN.test(what) || (at > 0 && IT_ALONE.test(what))) return undefined;
  const named = wordsIn(what);
  const isBelow = lines.stepsIn(step.section).some(other => {
    const own = new Set(other.line > line ? wordsIn(textOf(other)) : []);
    return named.length > 0 && named.every(word => own.has(word));
  });
  return isBelow ? undefined : words.trim();
}

function textOf(step: Step): string {
  return [step.title, ...commandsOf(step).map(({text}) => text)].join(' ').slice(0, TEXT_LENGTH_MAX);
}

/** The beginnings of its words that are no small words. */
function wordsIn(text: string): string[] {
  const words = text.toLowerCase().match(/\p{L}[\p{L}\d]{2,}/gu) ?? [];
  return words.filter(word => !isCommonWord(word)).map(word => word.slice(0, BEGINNING_LENGTH));
}

const BEGINNING_LENGTH = 5;
const TEXT_LENGTH_MAX = 2000;
const BEFORE = phrase`\<${'before-what'}\s+([^,.;:：()!?]{2,60})`;
/** Another moment: a time, or what comes next. */
const ELSEWHEN = phrase`\d|\<(?:${'goes-well'}|${'time-begins'}|${'each-of'}|${'machine'}|${'later-day'}|${'minute'}|${'hour'}|${'long-time'})\>`;
/** What is so or happens by itself: "It takes a minute before the page loads." */
const TELLS = phrase`^\W*(?:${'subject'})\>`;
const BINDS = phrase`\<(?:${'should'}|${'never'}|${'nothing'}|${'denies'})\>`;
/** "Let Ana look at it first." */
const FIRST_LAST = phrase`\<${'it-itself'}\s+(${'do-first'})\W*$`;
const IT_ALONE = phrase`^(?:${'it-itself'})\W*$`;
const CASE = phrase`^\W*(?:(?:${'and-then'})\s+)?(?:${'condition'}|${'if'})\>`;
