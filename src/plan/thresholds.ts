/** Thresholds in prose: "store_message: <1000ms (target 745ms)", "Error rate > 10% for 5 minutes". */
import {type Comparison, readComparisons} from './comparison.ts';
import {isJudgedByPeople, normaliseMetric, statisticIn} from './metric.ts';
import type {Operator, Statistic, Unit} from './plan.ts';
import {MINUTE_MS, PHRASE_LENGTH_MAX, readDuration, readQuantity, readWindow} from './quantity.ts';

/** One bound on one metric. `value` and `target` are in `unit`; `person`: nothing measures it, somebody reports it. */
export type Threshold = {
  metric: string;
  statistic?: Statistic;
  op: Operator;
  value: number;
  unit: Unit;
  target?: number;
  windowMs?: number;
  forMs?: number;
  text: string;
  line: number;
  person?: boolean;
};

/** What "stable" and "no leaks" allow: a warm process still grows a little, and a fit over minutes is never exactly flat. */
export const STABLE_MB_PER_HOUR = 50;

/** Every threshold the text states; none for durations, counts, versions, canary steps and queries. */
export function readThresholds(text: string, line: number): Threshold[] {
  const clean = plainText(text.slice(0, PHRASE_LENGTH_MAX));
  if (isQuery(clean)) return [];
  const stated = readComparisons(clean);
  const found: Threshold[] = [];
  for (const comparison of stated) {
    const threshold = fromComparison(comparison, clean, line, found.at(-1));
    if (threshold !== undefined) found.push(threshold);
  }
  if (found.length > 0) return found;
  const unstated = withoutNumber(clean, line);
  return unstated === undefined ? [] : [unstated];
}

function fromComparison(
  comparison: Comparison,
  text: string,
  line: number,
  previous: Threshold | undefined,
): Threshold | undefined {
  const metric = metricOf(comparison, previous);
  if (metric === undefined || !isBound(comparison, metric)) return undefined;
  const {op, value, unit} = comparison;
  const statistic = statisticOf(comparison, metric, previous);
  const target = targetOf(comparison, unit);
  const windowMs = windowOf(comparison.after);
  const forMs = windowMs === undefined ? sustainedFor(comparison.after) : undefined;
  return {
    metric,
    ...(statistic === undefined ? {} : {statistic}),
    op,
    value,
    unit,
    ...(target === undefined ? {} : {target}),
    ...(windowMs === undefined ? {} : {windowMs}),
    ...(forMs === undefined ? {} : {forMs}),
    text,
    line,
    ...(isJudgedByPeople(metric) ? {person: true} : {}),
  };
}

/** A name in brackets behind the number is the most precise one: "Response Time: P95 < 850ms (store_message)". */
function metricOf(comparison: Comparison, previous: Threshold | undefined): string | undefined {
  const bracketed = /^[^(<>]{0,20}\(([^()]*)\)/.exec(comparison.after)?.[1];
  if (bracketed !== undefined && isName(bracketed)) return normaliseMetric(bracketed);
  const before = normaliseMetric(comparison.before);
  if (before !== '') return before;
  if (comparison.bracketed && previous !== undefined) return undefined;
  const behind = normaliseMetric(/^\s*([^(,;.]*)/.exec(comparison.after)?.[1] ?? '');
  if (comparison.unit === 'count' && behind !== '') return behind;
  if (previous !== undefined && (previous.unit === comparison.unit || !isLatency(comparison))) return previous.metric;
  if (isLatency(comparison)) return 'response time';
  return behind === '' ? undefined : behind;
}

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
function isBound(comparison: Comparison, metric: string): boolean {
  const {unit, value, worded} = comparison;
  if (VERSIONED.test(metric)) return false;
  if (unit === 'ms' && value >= MINUTE_MS && (worded || /\(\s*$/.test(comparison.before))) return false;
  // "20+ users", "48+ hours", "at least two reviewers": amounts to provide, not bounds to watch.
  if (worded && unit === 'count') return isCountable(metric);
  return true;
}

const VERSIONED =
  /\b(?:version|versions|node|node\.?js|npm|yarn|pnpm|python|pip|ruby|php|java|go|golang|rust|docker|kubernetes|kubectl|helm|terraform|postgres|postgresql|mysql|redis|ubuntu|debian|step|phase|pr)$/i;

function isCountable(metric: string): boolean {
  return /\b(?:errors?|failures?|complaints?|tickets?|exceptions?|timeouts?|restarts?|crashes|alerts?|incidents?|reports?|connections?|score|lighthouse)\b/.test(
    metric,
  );
}

function statisticOf(comparison: Comparison, metric: string, previous: Threshold | undefined): Statistic | undefined {
  if (comparison.unit === 'MB/h') return 'slope';
  const stated =
    statisticIn(comparison.before) ?? statisticIn(/^[^,;]*?(?=,|;|\band\b|$)/.exec(comparison.after)?.[0] ?? '');
  if (stated !== undefined) return stated;
  if (metric === 'error rate' && comparison.unit === '%') return 'error-rate';
  if (/\b(?:errors|failures|complaints)\b/.test(metric)) return comparison.unit === '%' ? 'error-rate' : 'count';
  return comparison.before.trim() === '' ? previous?.statistic : undefined;
}

function targetOf(comparison: Comparison, unit: Unit): number | undefined {
  const match = /\((?:target|goal|aim|objetivo|ideal(?:ly)?)\b[:\s<≤=~]*([^)]*)\)/i.exec(comparison.after);
  const target = match === null ? undefined : readQuantity(match[1] ?? '');
  return target !== undefined && target.unit === unit ? target.value : undefined;
}

/** "in first hour", "over 5 minutes", "in the last 15 min": the stretch that the figure is taken over. */
function windowOf(after: string): number | undefined {
  const match =
    /\b(?:in|within|during|over)\s+(?:the\s+|a\s+)?(?:(first|last|past)\s+)?(?:(\d+)[\s-]*)?(seconds?|minutes?|mins?|hours?|days?)\b/i.exec(
      after,
    );
  if (match === null) return undefined;
  const window = readWindow(`first ${match[2] ?? ''} ${match[3] ?? ''}`);
  return window?.toMs;
}

function sustainedFor(after: string): number | undefined {
  const match = /\b(?:for|sustained(?: for)?)\s+(?:more than\s+|over\s+|at least\s+|>\s*)?(\d[^,;.)]*)/i.exec(after);
  return match === null ? undefined : readDuration(match[1] ?? '')?.maxMs;
}

/** Bounds that need no number: "No memory leaks", "Database connection failures", "Critical bugs affecting bookings". */
function withoutNumber(text: string, line: number): Threshold | undefined {
  const base = {text, line};
  if (/\bmemory\b/i.test(text) && STEADY.test(text)) {
    return {...base, metric: 'memory', statistic: 'slope', op: '<', value: STABLE_MB_PER_HOUR, unit: 'MB/h'};
  }
  if (
    /\bmemory (?:leaks?|growth)\b(?: (?:detected|observed|found|suspected))?$/i.test(text) &&
    !/^(?:check|verify|monitor|watch|look)\b/i.test(text)
  ) {
    return {...base, metric: 'memory', statistic: 'slope', op: '>', value: STABLE_MB_PER_HOUR, unit: 'MB/h'};
  }
  const none = /^(?:expected:?\s*)?(?:0|zero)(ms)?\s+([a-z][\w -]*)$/i.exec(text);
  if (none !== null) return zeroOf(normaliseMetric(headNoun(none[2] ?? '')), base);
  const blocking = text.search(/[\s(:,]0\s?ms\b/);
  if (blocking !== -1) {
    const metric = normaliseMetric(text.slice(0, blocking).replace(/\b\d+(?:\.\d+)?%.*$/, ''));
    return metric === '' ? undefined : {...base, metric, op: '<=', value: 0, unit: 'ms'};
  }
  if (PEOPLE_REPORT.test(text))
    return {
      ...base,
      metric: normaliseMetric(headNoun(text)),
      op: '>',
      value: 0,
      unit: 'count',
      statistic: 'count',
      person: true,
    };
  if (FAILURES.test(text))
    return {...base, metric: normaliseMetric(text), op: '>', value: 0, unit: 'count', statistic: 'count'};
  return undefined;
}

function zeroOf(metric: string, base: {text: string; line: number}): Threshold | undefined {
  if (!isCountable(metric)) return undefined;
  return {
    ...base,
    metric,
    statistic: 'count',
    op: '=',
    value: 0,
    unit: 'count',
    ...(isJudgedByPeople(metric) ? {person: true} : {}),
  };
}

/** "errors related to new code" are errors, "critical bugs affecting bookings" critical bugs. */
function headNoun(text: string): string {
  return text.split(/\s(?:in|on|of|at|for|from|during|related|affecting|reported|caused|since|after)\s/i)[0] ?? text;
}

const STEADY =
  /\bno\s+(?:\w+\s+)?(?:memory\s+)?(?:leaks?|growth)\b|\bstable\b|\bsteady\b|\bnot\s+(?:increasing|growing|leaking)\b|\bwithout\s+(?:leaks?|growth)\b/i;

/** The whole line is the name of a trouble; a line with a verb in front is an instruction. */
const FAILURES =
  /^(?!(?:check|verify|monitor|review|watch|document|fix|no|any|handle|test|log|list|report|track|create|look|without|application|import|for)\b)(?:[a-z]+\s){0,3}(?:failures|errors|crashes|outages?|timeouts|exceptions|downtime)(?: detected| observed)?$/i;
const PEOPLE_REPORT =
  /^(?:critical|severe|serious|major|blocking|show-?stopping|multiple|widespread)\s+(?:\w+\s)?(?:bugs?|issues?|complaints?|defects?|incidents?)\b[^:]*$/i;

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
