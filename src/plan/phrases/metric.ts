/** Gives the metrics of a document normalised names, so that different wordings can be compared. */
import type {Statistic} from '../kinds.ts';
import type {KnownMetric} from '../words/language.ts';
import {anyMetric, everyPhrase, phrase, topicPattern} from '../words/vocabulary.ts';
import type {WordPattern} from '../words/word-pattern.ts';

/**
 * The name of what a text measures, in lower case: "**API health endpoint**:" and "the API Health endpoint is" give
 * `api health endpoint`. Empty when the text names nothing.
 */
export function normaliseMetric(text: string): string {
  const words = lastClause(text)
    .toLowerCase()
    .replace(/\bp(?:50|75|90|95|99(?:[.,]?9)?)\b(?:\s*\/\s*p\d+)*|\b\d+(?:th|st|nd|rd)?[ -]percentile\b/g, ' ')
    .replace(NOISE, ' ')
    .replace(/[^\p{L}\p{N}_./:-]+/gu, ' ')
    .replace(/(?<![\p{L}\p{N}_])[-./:]+|[-./:]+(?![\p{L}\p{N}_])/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  if (!/\p{L}/u.test(words)) return '';
  return KNOWN.find(([pattern]) => pattern.test(words))?.[1] ?? words;
}

/** Whether two names mean the same measurement: `booking` and `booking creation`, `errors` and `error rate`. */
export function sameMetric(one: string, other: string): boolean {
  if (one === other) return true;
  const [short, long] = [significant(one), significant(other)].sort((a, b) => a.length - b.length);
  return short !== undefined && long !== undefined && short.length > 0 && short.every(word => long.includes(word));
}

/** Whether people report it and nothing measures it: complaints, bugs. */
export function isJudgedByPeople(metric: string): boolean {
  return REPORTED.test(metric);
}

const REPORTED = topicPattern('reported');

/** The statistic that a text names; undefined when it names none. */
export function statisticIn(text: string): Statistic | undefined {
  return STATISTICS.find(([pattern]) => pattern.test(text))?.[1];
}

const STATISTICS: readonly (readonly [RegExp | WordPattern, Statistic])[] = [
  [percentile(95), 'p95'],
  [percentile(99), 'p99'],
  [percentile(90), 'p90'],
  [percentile(50), 'p50'],
  [/\bmedian\b/i, 'p50'],
  [topicPattern('mean'), 'mean'],
  [/\bmax(?:imum)?\b(?! of)|\bpeak\b|\bworst[ -]case\b/i, 'max'],
];

/** `p95`, "95th percentile", "percentil 95". */
function percentile(share: number): WordPattern {
  const figure = {source: String(share)};
  return phrase`\bp${figure}(?:[.,]?9)?\b|\b${figure}(?:${'ordinal'})?\.?[ -]${'percentile'}|${'percentile'} ${figure}\b`;
}

/**
 * One name for metrics that every service has and that are called differently; other metrics keep the document's name.
 */
const KNOWN = (
  ['complaints', 'memory', 'error rate', 'response time', 'cpu usage', 'database connections'] satisfies KnownMetric[]
).map(metric => [phrase`^${anyMetric(metric)}$`, metric] as const);

/** Whether it is one of those metrics. */
export function isKnown(metric: string): boolean {
  return KNOWN.some(([, name]) => name === metric);
}

// Words that are not part of the name: how certain, how good, when.
const NOISE = everyPhrase`\<${'filler'}\>`;

/**
 * The part of the text that names the metric, the one nearest to the bound: "Alert if: CPU", "errors (memory growing".
 */
function lastClause(text: string): string {
  const open = text.lastIndexOf('(');
  const inside = open > text.lastIndexOf(')') ? text.slice(open + 1) : '';
  if (/\p{L}{3}/u.test(inside.replace(NOISE, ''))) return inside;
  const outside = text
    .slice(0, inside === '' && open === -1 ? undefined : open === -1 ? undefined : open)
    .replace(/\([^()]*\)/g, ' ');
  const parts = outside.split(/[,;]|\band\b|\bor\b|\by\b/).filter(part => /\p{L}/u.test(part));
  const tail = parts.at(-1) ?? '';
  const labels = tail
    .split(/:(?!\S)/)
    .map(part => part.trim())
    .filter(part => /\p{L}/u.test(part));
  const named = labels.filter(part => significant(part.toLowerCase()).length > 0 && !/^p\d\d$/i.test(part));
  return named.at(-1) ?? tail;
}

function significant(metric: string): string[] {
  return metric
    .replace(/\bp(?:50|75|90|95|99)\b/g, ' ')
    .replace(NOISE, ' ')
    .split(/[^\p{L}\p{N}]+/u)
    .filter(word => word !== '')
    .map(word => word.replace(/(?<=\p{L}{3})s$/u, ''));
}
