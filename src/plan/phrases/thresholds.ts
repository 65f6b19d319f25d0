/** Reads thresholds from prose: "store_message: <1000ms (target 745ms)", "Error rate > 10% for 5 minutes". */
import {compact} from '../../text/compact.ts';
import type {Operator, Statistic, Unit} from '../plan.ts';
import type {Aspect} from '../words/language.ts';
import {anyMetric, phrase, topicPattern} from '../words/vocabulary.ts';
import {aspectIn, isWorseUpwards} from './aspects.ts';
import {type Comparison, readComparisons} from './comparison.ts';
import {isJudgedByPeople, statisticIn} from './metric.ts';
import {DAY_MS, HOUR_MS, MINUTE_MS, PHRASE_LENGTH_MAX, readQuantity} from './quantity.ts';
import {clausesIn, qualified, type Threshold, windowBefore} from './threshold-clauses.ts';
import {implicitThreshold, troubleInWords} from './threshold-implicit.ts';
import {isCountable, metricOf, reasonsIn, subjectsOf, withFigures} from './threshold-parts.ts';
import {changeOf, isBothWays, relativeBound} from './threshold-relative.ts';

/**
 * Every threshold in the text. Durations, counts, versions, canary steps and queries are none. With `asTrigger` (the
 * text is in a list of triggers) every amount is one: "more than 10 one-star reviews".
 */
export function readThresholds(text: string, line: number, asTrigger = false): Threshold[] {
  const clean = plainText(text.slice(0, PHRASE_LENGTH_MAX));
  if (isQuery(clean) || SHARES.test(clean)) return [];
  const reasons = asTrigger ? reasonsIn(clean) : [clean];
  const each = reasons.map(reason => readOne(asTrigger ? withFigures(reason) : reason, line, asTrigger));
  const found =
    reasons.length > 1 && each.some(one => one.length === 0) ? readOne(clean, line, asTrigger) : each.flat();
  return found.map(threshold => ({...threshold, text: clean}));
}

function readOne(text: string, line: number, asTrigger: boolean): Threshold[] {
  const found: Threshold[] = [];
  for (const comparison of readComparisons(text)) {
    // "between" names a target; in a trigger it does not say which side is trouble.
    if (asTrigger && comparison.written === 'between') continue;
    const subjects = subjectsOf(comparison.before);
    for (const before of subjects) {
      const threshold = fromComparison({...comparison, before}, text, line, found.at(-1), asTrigger);
      if (threshold === undefined) continue;
      found.push(asTrigger ? markedIfAlone(threshold, comparison) : threshold);
      // A fall of what should be high is as much a change; of errors and delays it is none to ask about.
      if (isBothWays(comparison) && !isWorseUpwards(threshold.metric))
        found.push({...threshold, op: '>=', value: Math.round((2 - threshold.value) * 1000) / 1000});
    }
  }
  if (found.length > 0) return found;
  const unstated = (asTrigger ? troubleInWords(text, line) : undefined) ?? implicitThreshold(text, line);
  return unstated === undefined ? [] : [unstated];
}

/** "p95 > 2 s and error rate > 1 %": no rule checks that both hold, so each is taken alone. */
function markedIfAlone(threshold: Threshold, {before}: Comparison): Threshold {
  if (!BOTH.test(before)) return threshold;
  return {...threshold, assumed: 'each of its bounds is taken for a reason by itself'};
}

const BOTH = phrase`^[\s,]*${'and'}\s`;

function fromComparison(
  given: Comparison,
  text: string,
  line: number,
  previous: Threshold | undefined,
  asTrigger: boolean,
): Threshold | undefined {
  const comparison = asRate(given);
  const metric = metricOf(comparison, previous);
  if (metric === undefined || !isBound(comparison, metric, asTrigger)) return undefined;
  const negated = previous === undefined && NEGATED.test(text);
  // "No orders for > 5 minutes": the trouble is that something is missing, which a person must report.
  if (negated && asTrigger) return undefined;
  // A burn rate or a ratio has its own scale; its "x" is no multiple of the baseline.
  const relative = OWN_SCALE.test(metric) ? scaledCount(comparison) : relativeBound(comparison);
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
    ...(unit === '/min' && (person || value < 1) ? countedPer(value) : {value, unit}),
    ...(target === undefined ? {} : {target}),
    ...windowBefore(comparison.before),
    ...clausesIn(comparison.after),
    text,
    line,
    ...(person ? {person} : qualified(comparison.after)),
  });
}

/** Rates below one a minute, and what people report, are counted over an hour or a day instead. */
function countedPer(perMinute: number): {value: number; unit: 'count'; windowMs: number} {
  const windowMs = [MINUTE_MS, HOUR_MS, DAY_MS].find(ms => (perMinute * ms) / MINUTE_MS >= 1) ?? DAY_MS;
  return {value: Math.round((perMinute * windowMs) / MINUTE_MS), unit: 'count', windowMs};
}

const OWN_SCALE = /\b(?:burn|ratio|factor)\b/;

function scaledCount({op, value, unit}: Comparison): {op: Operator; value: number; unit: Unit} | undefined {
  return unit === 'x' ? {op, value, unit: 'count'} : undefined;
}

/** The name gives the unit of time: "Requests per second at least 400". */
function asRate(comparison: Comparison): Comparison {
  const {value, unit, before} = comparison;
  const stretch = unit !== 'count' ? undefined : PER_SECOND.test(before) ? 's' : PER_STRETCH.exec(before)?.[1];
  const rate = stretch === undefined ? undefined : readQuantity(`${value}/${stretch}`);
  return rate?.unit === '/min' ? {...comparison, ...rate} : comparison;
}

/** "QPS ≥ 1.5k". */
const PER_SECOND = /(?<![\p{L}\d])[qrt]ps[\s:(]*$/iu;
const PER_STRETCH = phrase`(?:/\s?|\s${'per'}\s)(\p{L}+)[\s:(]*$`;

/** Says that the bound must not be crossed: "No queries > 1s", "Latency > 500ms not seen". */
const NEGATED = phrase`^${'none-of'}\>|\<${'not-seen'}\>`;

/** The operator that holds when `op` does not. */
export function opposite(op: Operator): Operator {
  const other: Partial<Record<Operator, Operator>> = {'>': '<=', '>=': '<', '<': '>=', '<=': '>'};
  return other[op] ?? op;
}

/** False for what is written like a threshold and is none: a section's duration, a version, a deadline. */
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

/** "> 5% or p95 latency > 800ms": what comes after is about the next one. */
const OWN_WORDS = phrase`^[^,;]*?(?=,|;|\<(?:${'and'}|${'or'})\>|$)`;
const ERROR_RATE = phrase`\<${anyMetric('error rate')}\>`;
const COUNTABLE = topicPattern('countable');

function statisticOf(comparison: Comparison, metric: string, previous: Threshold | undefined): Statistic | undefined {
  if (comparison.unit === 'MB/h') return 'slope';
  const stated = statisticIn(comparison.before) ?? statisticIn(OWN_WORDS.exec(comparison.after)?.[0] ?? '');
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

const TARGET = phrase`\(${'goal'}\b[:\s<≤=~]*([^)]*)\)`;

/** "10–20% above before is fine, >50% is not": only a person can say what the first share means. */
const SHARES = /\d\s?%?\s?[–-]\s?\d+(?:[.,]\d+)?\s?%/;

/** PromQL and code hold comparisons too, but no thresholds. */
function isQuery(text: string): boolean {
  return /\b\w+\s*\([^)]*\[\d+[smhd]\]|\b(?:rate|sum|avg|histogram_quantile|increase)\s*\(|\w\{[^}]*=/.test(text);
}

/**
 * The words of something that may be a bound, also when it cannot be read: "< 5 %", "0.5–2 %". Durations, versions and
 * amounts that nothing counts are not.
 */
export function boundWordsIn(text: string): string | undefined {
  const clean = plainText(text.slice(0, PHRASE_LENGTH_MAX));
  if (isQuery(clean)) return undefined;
  const range = RANGE.exec(clean)?.[0];
  if (range !== undefined) return range;
  const found = readComparisons(clean).find(isPlainBound);
  if (found === undefined) return changeOf(clean) === undefined ? undefined : clean;
  return /^.*?\d+(?:[.,]\d+)*\s?(?:%|[\p{L}/]+)?/u.exec(clean.slice(found.before.length))?.[0];
}

/** The words of all of them: "below 0.5 % … under 800 ms". */
export function allBoundWordsIn(text: string): string | undefined {
  const first = boundWordsIn(text);
  if (first === undefined) return undefined;
  const clean = plainText(text.slice(0, PHRASE_LENGTH_MAX));
  const rest = clean.slice(clean.indexOf(first) + first.length);
  const more = rest.length < clean.length ? allBoundWordsIn(rest) : undefined;
  return more === undefined ? first : `${first} … ${more}`;
}

/** The sentence in which a figure decides what is done: "If the dump takes more than 25 min, abort". */
export function decidingSentence(text: string): string | undefined {
  return plainText(text.slice(0, PHRASE_LENGTH_MAX))
    .split(/(?<=[.!?])\s+/)
    .find(
      sentence =>
        DECIDES.test(sentence) &&
        !isQuery(sentence) &&
        readComparisons(sentence).some(({before}) => !VERSIONED.test(before.trim())),
    );
}

/** Shows that the sentence decides: "→ chapter 7", "= back out", "140 connected?", "DO NOT mount", "if", "back out". */
const DECIDES = phrase`(?:[→⇒=]|->|=>)\s*\p{L}|\?$|\<(?:${'condition'}|${'never'}|${'rollback'}|${'undo'})\>`;

const RANGE =
  /(?<![\d.,/:])\d+(?:[.,]\d+)?\s?(?:%\s?)?[–-]\s?\d+(?:[.,]\d+)?\s?(?:%|ms\b|\/\s?(?:min|s|h)\b|[GM]i?B\b|x\b)/u;

function isPlainBound({op, unit, value, worded, before, after}: Comparison): boolean {
  if (
    op === '=' ||
    (unit === 'ms' && (value >= MINUTE_MS || (!TIMED.has(aspectIn(before)) && statisticIn(before) === undefined)))
  )
    return false;
  if (VERSIONED.test(before.trim())) return false;
  return !(worded && unit === 'count') || COUNTABLE.test(after) || COUNTABLE.test(before);
}

/** Aspects that are measured in time. Of all others a time only says how long they last. */
const TIMED: ReadonlySet<Aspect | undefined> = new Set<Aspect | undefined>(['latency', 'lag', 'query']);

/** Removes marks of lists, tasks and comments, emphasis, code ticks and decoration. */
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
