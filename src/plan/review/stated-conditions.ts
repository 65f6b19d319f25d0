/** Doubts about conditions: those that were read from words, and cases of a rollback from which none was read. */
import {isRun} from '../action-traits.ts';
import {plainText} from '../document/inline.ts';
import {commandsOf, type Plan, type Step} from '../plan.ts';
import {isAsked} from '../words/lead-orders.ts';
import {isOrder, NO_COMMAND} from '../words/orders.ts';
import {phrase} from '../words/vocabulary.ts';
import {sentencesOf} from '../words/warning-words.ts';
import {ASKED_THEN, type FoundDoubt, type LineIndex, mayNotRun, NEVER_ASKED} from './found-doubt.ts';
import {isAskedBefore} from './lead-ins.ts';
import type {Leads} from './lines-above.ts';

/**
 * One for the steps of a section with the same condition. The run asks a person when it reaches them, but the condition
 * itself was assumed from words.
 */
export function statedConditionDoubts(plan: Plan, lines: LineIndex, leadsOf: Leads): FoundDoubt[] {
  return [...readConditions(plan, lines), ...bracketedCaseDoubts(plan, lines, leadsOf)];
}

function readConditions({steps, source}: Plan, {byId}: LineIndex): FoundDoubt[] {
  const found = steps.flatMap(conditionsOf);
  return [...Map.groupBy(found, ({step, words}) => `${step.section} ${words}`).values()].flatMap(alike => {
    const [first] = alike;
    if (first === undefined) return [];
    const lines = [...new Set(alike.map(({line}) => line))];
    const which = lines.length > 1 ? `lines ${lines.join(', ')} are` : `line ${first.line} is`;
    const before = alike.map(({step, words}) => askedWithout(step, words, source)).find(Boolean);
    const rest = alike.map(({step, words}) => otherArm(step, words, source)).find(Boolean);
    const told = {
      code: 'condition-assumed' as const,
      line: first.line,
      steps: [...new Set(alike.map(({step}) => step.id))],
      because: first.words,
    };
    if (rest !== undefined)
      return {
        ...told,
        message: `${which} done ${whenDone(first.words)}, though the text goes on "${rest}", which is for the other case`,
        settle: 'confirm that the condition is for all of it, do it by hand, or write an item for each case',
      };
    const joined = alike.map(({step, words}) => joinedAhead(step.title, words)).find(Boolean);
    if (joined !== undefined)
      return {
        ...told,
        message: `${which} done ${whenDone(first.words)}, though "${joined}" may be asked for in every case`,
        settle: 'confirm that the condition is for all of it, or do what else it asks by hand',
      };
    const isUnasked = byId.get(first.step.section)?.use === 'rollback' && alike.some(({step}) => isRun(step));
    if (before === undefined && isUnasked) return {...told, ...unasked(which, first, source)};
    if (before === undefined)
      return {
        ...told,
        message: `${which} done ${whenDone(first.words)}`,
        settle: 'confirm it: the run asks when it comes to it',
        proposed: ASKED_THEN,
      };
    return {
      ...told,
      message: `${which} done ${whenDone(first.words)}, though its commands may be for "${before}", which stands before that without a condition`,
      settle: 'confirm that the condition is for these commands, do them by hand, or leave them out',
    };
  });
}

/** Who asks for the rollback has decided: none of its commands asks for its case, and none looks at the clock. */
function unasked(
  which: string,
  {step, words}: Condition,
  source: readonly string[],
): Pick<FoundDoubt, 'message' | 'settle' | 'proposed'> {
  const settle = 'confirm that every rollback does it, do it by hand, or leave it out';
  const until = CLOCK.exec(sentenceWith(step, words, source))?.[0].trim();
  const message = `${which} done ${whenDone(words)}; a rollback does not ask`;
  if (until === undefined) return {message, settle, proposed: NEVER_ASKED};
  return {message: `${message}, nor does it look whether it is past ${until}`, settle};
}

/** The sentence at the step, or close above it, that says the condition; or else the condition. */
function sentenceWith({line, endLine}: Step, condition: string, source: readonly string[]): string {
  const from = Math.max(0, line - 1 - LEAD_LINES_MAX);
  const text = source.slice(from, Math.min(endLine, line + LEAD_LINES_MAX)).join(' ');
  const words = condition.toLowerCase().slice(0, WORDS_COMPARED);
  return sentencesOf(plainText(text)).findLast(one => one.toLowerCase().includes(words)) ?? condition;
}

/** "19:00", "19h30", "7 pm". */
const CLOCK = /(?<![\d.:])\d{1,2}(?:[:h]\d{2}|(?:\.\d{2})?\s*(?:[ap]\.?m\b|h\b))(?![\p{L}\d])/iu;

/**
 * "Copy it to the new server. If the network is slow, use the disk:" above `scp`: the order ahead of the condition, of
 * which the commands may be.
 */
function askedWithout(step: Step, condition: string, source: readonly string[]): string | undefined {
  const first = Math.min(...commandsOf(step).map(({line}) => line), source.length + 1);
  if (!isRun(step) || first <= step.line) return undefined;
  const lead = source.slice(step.line - 1, Math.min(first - 1, step.line + LEAD_LINES_MAX)).join(' ');
  const sentences = sentencesOf(plainText(lead.replace(ITEM_MARK, '')));
  const words = condition.toLowerCase().slice(0, WORDS_COMPARED);
  const at = sentences.findIndex(one => one.toLowerCase().includes(words));
  const then = /^[^(,]*(?:\([^()]*\)[^(,]*)*,(.*)$/.exec(sentences[at] ?? '')?.[1];
  if (at < 1 || then === undefined || THIS.test(then)) return undefined;
  return sentences.slice(0, at).findLast(one => isOrder(one) && !NO_COMMAND.test(one) && !/[:：].*\p{L}/u.test(one));
}

/** "Post it on the board and flush the line if it was dirty": the order that may have no condition. */
function joinedAhead(title: string, condition: string): string | undefined {
  const at = title.toLowerCase().indexOf(condition.toLowerCase().slice(0, WORDS_COMPARED));
  if (at < 1) return undefined;
  const [, ahead, behind = ''] = JOINED.exec(sentencesOf(title.slice(0, at)).at(-1) ?? '') ?? [];
  return isAsked(behind) ? ahead : undefined;
}

const JOINED = phrase`^\W*([^,;:：]*?\p{L}\s+\p{L}[^,;:：]*?)\s+${'and'}\s+([^,;:：]+)$`;

/** "If it shows anything else, stop. Otherwise `migrate 88`": what the text asks for where the condition does not hold. */
function otherArm(step: Step, condition: string, source: readonly string[]): string | undefined {
  const isToldApart = commandsOf(step).some(one => one.condition !== undefined && one.condition !== step.condition);
  if (isToldApart || !IF.test(condition)) return undefined;
  const raw = source.slice(step.line - 1, Math.min(step.endLine, step.line + LEAD_LINES_MAX)).join(' ');
  const text = plainText(raw.replace(ITEM_MARK, ''));
  const at = text.toLowerCase().indexOf(condition.toLowerCase().slice(0, WORDS_COMPARED));
  const rest = at === -1 ? undefined : OTHERWISE.exec(text.slice(at));
  return rest?.[1]?.slice(0, SHOWN_MAX);
}

const IF = phrase`^(?:${'condition'}|${'if'})\>`;
const OTHERWISE = phrase`[.;!?:]\s+((?:${'otherwise'})\>[^\p{L}]*[^;!?]{2,})`;

/** "… then it is just this:" */
const THIS = phrase`\<(?:${'pronoun'}|${'this-place'})\>`;
const LEAD_LINES_MAX = 8;
const WORDS_COMPARED = 30;
const ITEM_MARK = /^\s*(?:[-*+]|\d+[.)])\s+(?:\[.\]\s+)?/;

type Condition = {step: Step; line: number; words: string};

function conditionsOf(step: Step): Condition[] {
  const own = step.condition ?? step.scope;
  return [
    ...(own === undefined ? [] : [{step, line: step.line, words: own}]),
    ...commandsOf(step).flatMap(({line, condition}) =>
      condition === undefined || condition === step.condition ? [] : [{step, line, words: condition}],
    ),
  ];
}

function whenDone(condition: string): string {
  if (/^unless\b/i.test(condition)) return condition;
  return /^(?:if|when|only|for)\b/i.test(condition)
    ? `only ${condition.replace(/^only /i, '')}`
    : `only if: ${condition}`;
}

/** Of a rollback: cases in brackets from which no condition was read. */
function bracketedCaseDoubts(plan: Plan, lines: LineIndex, leadsOf: Leads): FoundDoubt[] {
  const own = plan.steps.filter(({section}) => lines.byId.get(section)?.use === 'rollback');
  return own.flatMap(step => (isAskedBefore(step) ? [] : casesOf(step, leadsOf)));
}

/** "**Database** (only if 5.4 was done)" above what is run. */
function casesOf(step: Step, leadsOf: Leads): FoundDoubt[] {
  const lead = leadsOf(step).find(({text}) => CASE.test(text));
  if (lead === undefined) return [];
  const message = `line ${lead.line} reads as if what follows were for some cases only: "${lead.text.slice(0, SHOWN_MAX)}"`;
  return [mayNotRun(lead.line, [step], message, CASE.exec(lead.text)?.[0] ?? lead.text)];
}

const CASE = phrase`\(\s*(?:${'only'}\s+)?(?:${'condition'}|${'only'})\s[^()]*\)`;
const SHOWN_MAX = 100;
