/** Splits a sentence of bounds: reasons joined by "or", several names with one figure, numbers as words. */
import {anyNumber, everyPhrase, numberOf, phrase, topicPattern} from '../words/vocabulary.ts';
import {aspectIn} from './aspects.ts';
import {statisticIn} from './metric.ts';

/** The parts of a sentence joined by "or": "error rate > 5 % or latency doubles". */
export function reasonsIn(text: string): string[] {
  const parts = text.split(OR);
  return parts.length > 1 && parts.every(part => part.trim() !== '') ? parts : [text];
}

const OR = phrase`,?\s+${'or'}\s+`;

/** The metrics that share one figure: "timeouts or 5xx errors", "CPU and memory", "p95/p99". */
export function subjectsOf(before: string): string[] {
  const parts = before
    .replace(LEADS, ' ')
    .split(EACH)
    .map(part => part.trim())
    .filter(part => part !== '');
  const last = parts.at(-1)?.split(/\s+/) ?? [];
  if (!JOINED.test(before) || parts.length < 2 || parts.length > SUBJECTS_MAX || !parts.every(isSubject))
    return [before];
  // In "5xx or login errors" the first part is a metric by itself; in "login or checkout errors" the parts share the
  // noun.
  return parts.map(part => (COUNTABLE.test(part) || aspectIn(part) !== undefined ? part : `${part} ${last.at(-1)}`));
}

const EACH = phrase`\s*(?:,\s*(?:${'or'}|${'and'})?\s|\s(?:${'or'}|${'and'})\s|/(?=\p{L}))`;
/** Without "or", "and" or a slash, a comma only continues the sentence. */
const JOINED = phrase`\s(?:${'or'}|${'and'})\s|\p{L}/\p{L}`;
const SUBJECTS_MAX = 4;

/** A short name of something that is measured. */
function isSubject(part: string): boolean {
  const words = part.replace(/[:\s]+$/, '').split(/\s+/);
  if (words.length > 3 || /[.:(]/.test(part.slice(0, -1))) return false;
  return aspectIn(part) !== undefined || statisticIn(part) !== undefined || COUNTABLE.test(part);
}

/** "more than three complaints": turns number words behind a comparison into figures. */
export function withFigures(text: string): string {
  return text.replace(IN_WORDS, (word: string) => String(numberOf(word) ?? word));
}

const IN_WORDS = everyPhrase`(?<=(?:^|${'above'}|${'below'}|${'at-least'}|${'at-most'})\s?)\<${{source: anyNumber()}}\>`;

/** "Roll back if error rate": the metric comes after it. */
export const LEADS = phrase`^\W*(?:${'rollback-if'}|${'alert-if'})\>`;

const COUNTABLE = topicPattern('countable');
