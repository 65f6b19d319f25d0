/** Finds a bound that stands beside a rule on the same line and was read into none: "Hold over 0.5 %. Over 2 %: go back". */
import {boundWordsIn} from '../../phrases/thresholds.ts';
import type {Rule} from '../../plan.ts';

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
