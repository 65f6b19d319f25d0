/** Reads bounds without a comparison: "No memory leaks", "latency doubles", "3 failures in a row". */

import {compact} from '../../text/compact.ts';
import {anyMetric, anyNumber, numberOf, phrase, piece, topicPattern} from '../words/vocabulary.ts';
import {isJudgedByPeople, normaliseMetric, statisticIn} from './metric.ts';
import {clausesIn, type Threshold} from './threshold-clauses.ts';
import {changeOf} from './threshold-relative.ts';

/** What "stable" and "no leaks" allow: a warm process still grows a little, and a fit over minutes is never flat. */
export const STABLE_MB_PER_HOUR = 50;

export function implicitThreshold(text: string, line: number): Threshold | undefined {
  const base = {text, line};
  return ofMemory(text, base) ?? ofZero(text, base) ?? ofTrouble(text, base);
}

/** Trouble told by how much something changes, or how often in a row it occurs. */
export function troubleInWords(text: string, line: number): Threshold | undefined {
  const base = {text, line};
  return ofChange(text, base) ?? ofSeveralInARow(text, base);
}

function ofChange(text: string, base: Base): Threshold | undefined {
  const change = changeOf(text);
  if (change === undefined) return undefined;
  const {op, value, unit, before, after} = change;
  const behind = OF_WHAT.exec(after)?.[1] ?? '';
  const statistic = statisticIn(before) ?? statisticIn(behind);
  const isTimed = statistic !== undefined && statistic !== 'max';
  const metric = normaliseMetric(before) || normaliseMetric(behind) || (isTimed ? 'response time' : '');
  return metric === '' ? undefined : compact({...base, metric, statistic, op, value, unit, ...clausesIn(after)});
}

/** "a 20 % drop in traffic". */
const OF_WHAT = phrase`^\s*${'of-what'}(?:\s+|(?<=['’]))(?:${'the'}\s+)?([^,;.(]{3,40})`;

function ofSeveralInARow(text: string, base: Base): Threshold | undefined {
  const [, about = '', first, what] = ROW_FIRST.exec(text) ?? [];
  const [, before, times] = what === undefined ? (TIMES_IN_ROW.exec(text) ?? []) : [];
  const [, count, kind, rest] = what === undefined && before === undefined ? (ROW_LAST.exec(text) ?? []) : [];
  const figure = first ?? times ?? count ?? '';
  const value = /^\d+$/.test(figure) ? Number(figure) : numberOf(figure);
  const metric = normaliseMetric(about) || normaliseMetric(what ?? before ?? `${kind ?? ''}${rest ?? ''}`);
  if (value === undefined || metric === '') return undefined;
  const assumed = `${value} of them are counted, whether in a row or not`;
  return {...base, metric, statistic: 'count', op: '>=', value, unit: 'count', assumed};
}

const COUNT = piece`(?<![\p{L}\d.,])(\d{1,3}|${anyNumber()})`;
const TIMES = piece`${'second'}|${'minute'}|${'hour'}|${'day'}|${'week'}`;
/** "3 consecutive failures of the synthetic payment", but not "3 consecutive minutes". */
const ROW_FIRST = phrase`^(.*?)${COUNT}\s+${'consecutive'}\s+(?!${TIMES})(\p{L}.+)$`;
/** "Readiness probe fails 3 times in a row". */
const TIMES_IN_ROW = phrase`^(.{3,60}?)\s+${COUNT}[\s-]+${'times'}\s+${'consecutive'}\>`;
/** "3 failures in a row", "3 comprobaciones seguidas fallidas". */
const ROW_LAST = phrase`${COUNT}\s+(?!${TIMES})((?:\p{L}+\s){1,3}?)${'consecutive'}\>(.*)$`;

type Base = {text: string; line: number};

function ofMemory(text: string, base: Base): Threshold | undefined {
  const slope = {...base, metric: 'memory', statistic: 'slope', value: STABLE_MB_PER_HOUR, unit: 'MB/h'} as const;
  if (MEMORY.test(text) && (STEADY.test(text) || STABLE.test(text))) return {...slope, op: '<'};
  if (LEAKS.test(text) && !/^(?:check|verify|monitor|watch|look)\b/i.test(text)) return {...slope, op: '>'};
  return undefined;
}

const MEMORY = phrase`\<${anyMetric('memory')}\>`;
const STABLE = topicPattern('stable');
const STEADY =
  /\bno\s+(?:\w+\s+)?(?:memory\s+)?(?:leaks?|growth)\b|\bnot\s+(?:increasing|growing|leaking)\b|\bwithout\s+(?:leaks?|growth)\b/i;
const LEAKS = /\bmemory (?:leaks?|growth)\b(?: (?:detected|observed|found|suspected))?$/i;

function ofZero(text: string, base: Base): Threshold | undefined {
  const none = /^(?:expected:?\s*)?(?:0|zero)(ms)?\s+([a-z][\w -]*)$/i.exec(text);
  if (none !== null) return zeroOf(normaliseMetric(headNoun(none[2] ?? '')), base);
  const named = NAMED_ZERO.exec(text);
  if (named !== null) return zeroOf(normaliseMetric(named[1] ?? ''), base);
  const blocking = text.search(/[\s(:,]0\s?ms\b/);
  if (blocking === -1) return undefined;
  const metric = normaliseMetric(text.slice(0, blocking).replace(/\b\d+(?:\.\d+)?%.*$/, ''));
  return metric === '' ? undefined : {...base, metric, op: '<=', value: 0, unit: 'ms'};
}

/** "Rejected searches/min: 0", "Support tickets about outages: 0". */
const NAMED_ZERO = /^([^:]{3,60}):\s*(?:0|zero|none)\s*\.?$/i;

function zeroOf(metric: string, base: Base): Threshold | undefined {
  if (!COUNTABLE.test(metric) && !isJudgedByPeople(metric)) return undefined;
  const person = isJudgedByPeople(metric) ? {person: true} : {};
  return {...base, metric, statistic: 'count', op: '=', value: 0, unit: 'count', ...person};
}

const COUNTABLE = topicPattern('countable');

function ofTrouble(text: string, base: Base): Threshold | undefined {
  const some = {...base, op: '>', value: 0, unit: 'count', statistic: 'count'} as const;
  if (PEOPLE_REPORT.test(text)) return {...some, metric: normaliseMetric(headNoun(text)), person: true};
  return FAILURES.test(text) ? {...some, metric: normaliseMetric(text)} : undefined;
}

/** "errors related to new code" gives errors, "critical bugs affecting bookings" gives critical bugs. */
function headNoun(text: string): string {
  return text.split(/\s(?:in|on|of|at|for|from|during|related|affecting|reported|caused|since|after)\s/i)[0] ?? text;
}

/** The whole line names a trouble. With a verb in front it is an instruction. */
const FAILURES = phrase`^(?!${'no-failure'}\b)(?:[a-z]+\s){0,3}(?:${'trouble'})(?: detected| observed)?$`;
const PEOPLE_REPORT =
  /^(?:critical|severe|serious|major|blocking|show-?stopping|multiple|widespread)\s+(?:\w+\s)?(?:bugs?|issues?|complaints?|defects?|incidents?)\b[^:]*$/i;
