/** Splits a sentence of bounds: reasons joined by "or", several names with one figure, numbers as words. */
import {anyNumber, everyPhrase, numberOf, phrase, topicPattern} from '../words/vocabulary.ts';
import {aspectIn} from './aspects.ts';
import type {Comparison} from './comparison.ts';
import {isJudgedByPeople, isKnown, normaliseMetric, statisticIn} from './metric.ts';
import {type Threshold, WINDOW_BEFORE} from './threshold-clauses.ts';

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

const IN_WORDS = everyPhrase`(?<=(?:^|${'above'}|${'below'}|${'at-least'}|${'at-most'})\s?)\<${anyNumber()}\>`;

/** "Roll back if error rate": the metric comes after it. */
const LEADS = phrase`^\W*(?:${'rollback-if'}|${'alert-if'})\>`;

const COUNTABLE = topicPattern('countable');

/** A name in brackets behind the number is the most precise: "Response Time: P95 < 850ms (store_message)". */
export function metricOf(comparison: Comparison, previous: Threshold | undefined): string | undefined {
  const bracketed = /^[^(<>]{0,20}\(([^()]*)\)/.exec(comparison.after)?.[1];
  const named = normaliseMetric(
    comparison.before.replace(LEADS, ' ').replace(WINDOW_BEFORE, ' ').replace(STRETCH_NAME, ''),
  );
  // "above 800 ms for 5 minutes, more than 5 events": the time belongs to the bound before it.
  const before = STRETCH.test(named) ? '' : named;
  if (bracketed !== undefined && isName(bracketed)) {
    const name = normaliseMetric(bracketed);
    // "Response Time: P95 < 850ms (store_message)" is about store_message; "App size: <80 MB (Android)" about both
    // names.
    if (before === '' || comparison.unit === 'ms') return name;
    // "Crash-free sessions >= 99.5 % (Crashlytics)": the brackets say who counts.
    if (comparison.unit === '%') return isKnown(before) ? name : before;
    return `${before} ${name}`;
  }
  // "Kibana: fewer than 10 exceptions/min": the counted noun says more than the place.
  if (before !== '' && isCounted(comparison.of) && !isCountable(before) && aspectIn(before) === undefined)
    return normaliseMetric(comparison.of ?? '');
  if (before !== '') return before;
  if (comparison.bracketed && previous !== undefined) return undefined;
  const behind = normaliseMetric((/^\s*([^(,;.]*)/.exec(comparison.after)?.[1] ?? '').split(CLAUSE)[0] ?? '');
  if (comparison.unit === 'count' && behind !== '') return behind;
  if (comparison.of !== undefined && comparison.before.trim().length < COUNTED_LEAD_MAX)
    return normaliseMetric(comparison.of);
  if (previous !== undefined && (previous.unit === comparison.unit || !isLatency(comparison))) return previous.metric;
  if (isLatency(comparison)) return 'response time';
  return behind === '' ? undefined : behind;
}

const STRETCH = phrase`^\d+\s*(?:${'second'}|${'minute'}|${'hour'}|${'day'})$`;
const STRETCH_NAME = phrase`(?:/|\s${'per'}\s)(?:${'second'}|${'minute'}|${'hour'}|${'day'}|s|min|h)s?(?=[\s:(]*$)`;

/** In "or > 10 calls per day", the noun is a new metric and not the one before. */
const COUNTED_LEAD_MAX = 6;

/** "errors in 10 minutes", "calls per hour": the noun ends before the time. */
const CLAUSE = phrase`(?:^|\s)(?:${'span'}|${'sustained'})\s`;

/** "P95 < 200ms" names no metric: a percentile without a name is a response time. */
function isLatency(comparison: Comparison): boolean {
  return statisticIn(comparison.before) !== undefined && (comparison.unit === 'ms' || comparison.unit === 'x');
}

const NO_NAMES =
  /\b(?:than|baseline|worse|better|target|goal|expected|normal|average|mean|median|sustained|critical|warning|unchanged|faster|slower|optimal|acceptable|if|when|after|before|from|per|for|in|of|max|min|required|optional|always|never|each|all|above|below|current|previous|async|typical|good|bad|ok|p\d\d)\b/i;

function isName(text: string): boolean {
  const words = text.trim().split(/\s+/);
  return words.length <= 3 && words.every(word => /^[a-z][\w/-]*$/i.test(word)) && !NO_NAMES.test(text);
}

/** Whether it can be counted, by a signal or by people. */
export function isCountable(metric: string): boolean {
  return COUNTABLE.test(metric) || isJudgedByPeople(metric);
}

function isCounted(of: string | undefined): boolean {
  return of !== undefined && COUNTABLE.test(of);
}
