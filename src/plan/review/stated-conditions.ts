/** Doubts about conditions that were read from words: one for the steps of a section that have the same condition. */
import {commandsOf, type Plan, type Step} from '../plan.ts';
import type {FoundDoubt} from './found-doubt.ts';

/** The run asks a person when it reaches the steps, but the condition itself was assumed from words. */
export function statedConditionDoubts({steps}: Plan): FoundDoubt[] {
  const found = steps.flatMap(conditionsOf);
  return [...Map.groupBy(found, ({step, words}) => `${step.section} ${words}`).values()].flatMap(alike => {
    const [first] = alike;
    if (first === undefined) return [];
    const lines = [...new Set(alike.map(({line}) => line))];
    const which = lines.length > 1 ? `lines ${lines.join(', ')} are` : `line ${first.line} is`;
    return [
      {
        code: 'condition-assumed' as const,
        line: first.line,
        steps: [...new Set(alike.map(({step}) => step.id))],
        message: `${which} done ${whenDone(first.words)}`,
        because: first.words,
        settle: 'confirm it: the run asks when it comes to it',
        proposed: 'it is asked when its time comes',
      },
    ];
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
