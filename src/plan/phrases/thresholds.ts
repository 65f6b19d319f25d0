/** Thresholds in prose: "store_message: <1000ms (target 745ms)", "Error rate > 10% for 5 minutes". */
import {compact} from '../../text/compact.ts';
import type {Operator, Statistic, Unit} from '../plan.ts';
import {WORD_END, WORD_START} from '../words/letters.ts';
import {anyMetric, anyOf, speaksOf, wholeWords} from '../words/vocabulary.ts';
import {type Comparison, readComparisons} from './comparison.ts';
import {isJudgedByPeople, isKnown, normaliseMetric, statisticIn} from './metric.ts';
import {DAY_MS, HOUR_MS, MINUTE_MS, PHRASE_LENGTH_MAX, readQuantity} from './quantity.ts';
import {clausesIn, RECENTLY, recently, type Threshold} from './threshold-clauses.ts';
import {relativeBound} from './threshold-relative.ts';
import {unstatedThreshold} from './threshold-unstated.ts';

/**
 * Every threshold the text states; none for durations, counts, versions, canary steps and queries. Where people
 * decide on trouble, as `asTrigger`, any amount of anything is one: "more than 10 one-star reviews".
 */
export function readThresholds(text: string, line: number, asTrigger = false): Threshold[] {
  const clean = plainText(text.slice(0, PHRASE_LENGTH_MAX));
  if (isQuery(clean) || SHARES.test(clean)) return [];
  const stated = readComparisons(clean);
  const found: Threshold[] = [];
  for (const comparison of stated) {
    const threshold = fromComparison(comparison, clean, line, found.at(-1), asTrigger);
    if (threshold !== undefined) found.push(threshold);
  }
  if (found.length > 0) return found;
  const unstated = unstatedThreshold(clean, line);
  return unstated === undefined ? [] : [unstated];
}

function fromComparison(
  comparison: Comparison,
  text: string,
  line: number,
  previous: Threshold | undefined,
  asTrigger: boolean,
): Threshold | undefined {
  const metric = metricOf(comparison, previous);
  if (metric === undefined || !isBound(comparison, metric, asTrigger)) return undefined;
  const negated = previous === undefined && NEGATED.test(text);
  // "No orders for > 5 minutes" is trouble by what is missing: somebody has to say so.
  if (negated && asTrigger) return undefined;
  const relative = relativeBound(comparison);
  if (relative === 'unclear') return undefined;
  const {op: written, value, unit} = relative ?? comparison;
  const op = negated ? opposite(written) : written;
  const statistic = statisticOf(comparison, metric, previous);
  const target = targetOf(comparison, unit);
  const counts = comparison.of === undefined ? comparison.after : `${comparison.of} per`;
  const reported = isJudgedByPeople(metric) || (/^(?:count|\/min)$/.test(unit) && isJudgedByPeople(counts));
  const person = reported || (asTrigger && comparison.worded && unit === 'count' && !isCountable(metric));
  return compact({
    metric,
    statistic,
    op,
    ...(person && unit === '/min' ? reportedPer(value) : {value, unit}),
    ...(target === undefined ? {} : {target}),
    ...recently(comparison.before),
    ...clausesIn(comparison.after),
    text,
    line,
    ...(person ? {person} : {}),
  });
}

/** People count what they hear of in an hour or a day, not by the minute. */
function reportedPer(perMinute: number): {value: number; unit: 'count'; windowMs: number} {
  const windowMs = [MINUTE_MS, HOUR_MS, DAY_MS].find(ms => (perMinute * ms) / MINUTE_MS >= 1) ?? DAY_MS;
  return {value: Math.round((perMinute * windowMs) / MINUTE_MS), unit: 'count', windowMs};
}

/** "No queries > 1s", "Latency > 500ms not seen": the bound is what must not be. */
const NEGATED = new RegExp(`^${anyOf('none-of')}${WORD_END}|${WORD_START}${anyOf('not-seen')}${WORD_END}`, 'iu');

function opposite(op: Operator): Operator {
  const other: Partial<Record<Operator, Operator>> = {'>': '<=', '>=': '<', '<': '>=', '<=': '>'};
  return other[op] ?? op;
}

/** A name in brackets behind the number is the most precise one: "Response Time: P95 < 850ms (store_message)". */
function metricOf(comparison: Comparison, previous: Threshold | undefined): string | undefined {
  const bracketed = /^[^(<>]{0,20}\(([^()]*)\)/.exec(comparison.after)?.[1];
  const before = normaliseMetric(comparison.before.replace(LEAD, ' ').replace(RECENTLY, ' '));
  if (bracketed !== undefined && isName(bracketed)) {
    const name = normaliseMetric(bracketed);
    // "Response Time: P95 < 850ms (store_message)" is of store_message, "App size: <80 MB (Android)" of both.
    if (before === '' || comparison.unit === 'ms') return name;
    // "Crash-free sessions >= 99.5 % (Crashlytics)": a name of its own in front, and behind it who counts them.
    if (comparison.unit === '%') return isKnown(before) ? name : before;
    return `${before} ${name}`;
  }
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

/** "Roll back if error rate": what follows is the name. */
const LEAD = new RegExp(`^\\W*(?:${anyOf('rollback-if')}|${anyOf('alert-if')})${WORD_END}`, 'iu');

/** "or > 10 calls per day": what is counted is something else than before. */
const COUNTED_LEAD_MAX = 6;

/** "errors in 10 minutes", "calls per hour": the noun ends where the stretch begins. */
const CLAUSE = new RegExp(String.raw`\s(?:${anyOf('span')}|${anyOf('sustained')})\s`, 'iu');

/** "P95 < 200ms" names no metric: percentiles without a name are of response times. */
function isLatency(comparison: Comparison): boolean {
  return statisticIn(comparison.before) !== undefined && (comparison.unit === 'ms' || comparison.unit === 'x');
}

const NO_NAMES =
  /\b(?:than|baseline|worse|better|target|goal|expected|normal|average|mean|median|sustained|critical|warning|unchanged|faster|slower|optimal|acceptable|if|when|after|before|from|per|for|in|of|max|min|required|optional|always|never|each|all|above|below|current|previous|async|typical|good|bad|ok|p\d\d)\b/i;

function isName(text: string): boolean {
  const words = text.trim().split(/\s+/);
  return words.length <= 3 && words.every(word => /^[a-z][\w/-]*$/i.test(word)) && !NO_NAMES.test(text);
}

/** A duration of a section, a version or a deadline is written like a threshold, and is none. */
function isBound(comparison: Comparison, metric: string, asTrigger: boolean): boolean {
  const {unit, value, worded} = comparison;
  if (VERSIONED.test(metric)) return false;
  const isAge = AGES.test(metric);
  if (unit === 'ms' && value >= MINUTE_MS && !isAge && (worded || /\(\s*$/.test(comparison.before))) return false;
  // How long a certificate lasts is looked up once; how old or how late something is can be watched.
  if (unit === 'ms' && value >= DAY_MS && !isAge) return false;
  // "20+ users", "48+ hours", "at least two reviewers": amounts to provide, not bounds to watch.
  if (worded && unit === 'count') return asTrigger || isCountable(metric) || COUNTABLE.test(comparison.after);
  return true;
}

const AGES = /\b(?:age|lag|delay|old|backlog|uptime)\b/;

const VERSIONED =
  /\b(?:version|versions|node|node\.?js|npm|yarn|pnpm|python|pip|ruby|php|java|go|golang|rust|docker|kubernetes|kubectl|helm|terraform|postgres|postgresql|mysql|redis|ubuntu|debian|step|phase|pr)$/i;

function isCountable(metric: string): boolean {
  return COUNTABLE.test(metric) || isJudgedByPeople(metric);
}

const ERROR_RATE = wholeWords(anyMetric('error rate'));
const COUNTABLE = speaksOf('countable');

function statisticOf(comparison: Comparison, metric: string, previous: Threshold | undefined): Statistic | undefined {
  if (comparison.unit === 'MB/h') return 'slope';
  const stated =
    statisticIn(comparison.before) ?? statisticIn(/^[^,;]*?(?=,|;|\band\b|$)/.exec(comparison.after)?.[0] ?? '');
  if (stated !== undefined) return stated;
  if (comparison.unit === '%' && (ERROR_RATE.test(metric) || /\b5xx\b/.test(metric))) return 'error-rate';
  if (/\b(?:errors|failures)\b/.test(metric)) return comparison.unit === '%' ? 'error-rate' : 'count';
  if (isJudgedByPeople(metric)) return 'count';
  return comparison.before.trim() === '' ? previous?.statistic : undefined;
}

function targetOf(comparison: Comparison, unit: Unit): number | undefined {
  const match = TARGET.exec(comparison.after);
  const target = match === null ? undefined : readQuantity(match[1] ?? '');
  return target !== undefined && target.unit === unit ? target.value : undefined;
}

const TARGET = new RegExp(String.raw`\(${anyOf('goal')}\b[:\s<≤=~]*([^)]*)\)`, 'iu');

/** "10–20% above before is fine, >50% is not": what is meant by the other share only a person understands. */
const SHARES = /\d\s?%?\s?[–-]\s?\d+(?:[.,]\d+)?\s?%/;

/** PromQL and code compare too, but for a machine. */
function isQuery(text: string): boolean {
  return /\b\w+\s*\([^)]*\[\d+[smhd]\]|\b(?:rate|sum|avg|histogram_quantile|increase)\s*\(|\w\{[^}]*=/.test(text);
}

/** Without list and task marks, comment marks, emphasis, code ticks and decorative signs. */
function plainText(text: string): string {
  return text
    .replace(/^\s*(?:[-*+]|\d+[.)])\s+(?=\[|[^\d\s])/, '')
    .replace(/^\s*\[[ xX]\]\s+/, '')
    .replace(/^\s*(?:#+|--|\/\/)\s+/, '')
    .replace(/\*\*|__|`/g, '')
    .replace(/[\u2600-\u27bf]\ufe0f?|[\u{1f300}-\u{1faff}]\ufe0f?/gu, '')
    .replace(/\s+/g, ' ')
    .trim();
}
