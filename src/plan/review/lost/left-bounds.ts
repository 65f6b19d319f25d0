/** The doubts about a bound; and finds one that stands beside a rule on the same line and was read into none: "Hold over 0.5 %. Over 2 %: go back". */
import {boundWordsIn} from '../../phrases/thresholds.ts';
import type {Rule, Section, Step} from '../../plan.ts';
import type {FoundDoubt} from '../found-doubt.ts';

/** The first sentence with a bound that no rule of the line holds. */
export function sentenceLeft(text: string, rules: readonly Rule[]): string | undefined {
  return rules.length === 0 ? undefined : text.split(SENTENCES).find(one => isLeft(one, rules));
}

function isLeft(sentence: string, rules: readonly Rule[]): boolean {
  const words = boundWordsIn(sentence);
  return (
    words !== undefined &&
    !rules.some(
      ({text, assumed = ''}) => text.includes(words) || sentence.includes(text) || assumed.includes(`"${words}`),
    )
  );
}

const SENTENCES = /(?<=[.!?])\s+(?=\p{Lu})/u;

/** A bound that nothing judges: a step that waits for it, or else its section. */
export function doubtAboutBound(line: number, words: string, section: Section, steps: readonly Step[]): FoundDoubt {
  const step = steps.find(one => one.line === line);
  if (step !== undefined) return unmeasured(line, words, section, step);
  const message = `"${words}" was read into no rule`;
  return {code: 'not-read', line, section: section.id, steps: [], because: words, message, settle: SETTLE};
}

const SETTLE = 'tie it under rules: in the bindings, or look at it by hand';

export function unmeasured(line: number, words: string, {id: section}: Section, step: Step | undefined): FoundDoubt {
  return {
    code: 'expectation-assumed',
    line,
    section,
    steps: step === undefined ? [] : [step.id],
    because: words,
    message: `"${words}" is measured by nothing`,
    settle: SETTLE,
    proposed: 'a person looks whether it holds',
  };
}
