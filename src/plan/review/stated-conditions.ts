/** Doubts about conditions: those that were read from words, and cases of a rollback from which none was read. */
import {commandsOf, type Plan, type Step} from '../plan.ts';
import {phrase} from '../words/vocabulary.ts';
import {type FoundDoubt, type LineIndex, mayNotRun} from './found-doubt.ts';
import {isAskedBefore} from './lead-ins.ts';
import type {Leads} from './lines-above.ts';

/**
 * One for the steps of a section with the same condition. The run asks a person when it reaches them, but the condition
 * itself was assumed from words.
 */
export function statedConditionDoubts(plan: Plan, lines: LineIndex, leadsOf: Leads): FoundDoubt[] {
  return [...readConditions(plan), ...bracketedCaseDoubts(plan, lines, leadsOf)];
}

function readConditions({steps}: Plan): FoundDoubt[] {
  const found = steps.flatMap(conditionsOf);
  return [...Map.groupBy(found, ({step, words}) => `${step.section} ${words}`).values()].flatMap(alike => {
    const [first] = alike;
    if (first === undefined) return [];
    const lines = [...new Set(alike.map(({line}) => line))];
    const which = lines.length > 1 ? `lines ${lines.join(', ')} are` : `line ${first.line} is`;
    return {
      code: 'condition-assumed' as const,
      line: first.line,
      steps: [...new Set(alike.map(({step}) => step.id))],
      message: `${which} done ${whenDone(first.words)}`,
      because: first.words,
      settle: 'confirm it: the run asks when it comes to it',
      proposed: 'it is asked when its time comes',
    };
  });
}

function conditionsOf(step: Step): {step: Step; line: number; words: string}[] {
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
