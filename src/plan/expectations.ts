/** What a document says should come out: "# Expected: …", "Should return 301", "(expected: < 50%)". */
import {readComparisons} from './comparison.ts';
import {ALL_PASSING, joinedLines, type Statement, statementIn, unmarked} from './expectation-phrases.ts';
import {normaliseMetric} from './metric.ts';
import type {Check, Expectation, Operator} from './plan.ts';
import {PHRASE_LENGTH_MAX, quantityAt, readQuantity} from './quantity.ts';
import {readThresholds} from './thresholds.ts';

/**
 * Every expectation the text states, [] when it states none. What no machine can judge has `readable: false` and no
 * check. Bounds on a named signal ("P95: <850ms (store_message)") carry metric, op, value and unit, and no check either.
 */
export function readExpectations(text: string, line: number): Expectation[] {
  return joinedLines(text).flatMap(({text: one, offset}) => {
    const clean = unmarked(one.slice(0, PHRASE_LENGTH_MAX));
    const statement = statementIn(clean);
    if (statement === undefined) return [];
    const found = read(statement, clean, line + offset);
    const isComment = /^\s*(?:#|--|\/\/)/.test(one);
    return statement.prose === true && !isComment ? found.filter(({readable}) => readable) : found;
  });
}

function read({said, negated, literal}: Statement, text: string, line: number): Expectation[] {
  const base = {text, line};
  const value = said.trim();
  if (negated) return [absent(value, literal, base)];
  for (const reader of READERS) {
    const found = reader(value, text);
    if (found === undefined) continue;
    // "HTTP 200 in under 300ms" says two things.
    const time = found.check?.kind === 'status' ? readTime(value) : undefined;
    return [found, ...(time === undefined ? [] : [time])].map(reading => ({...base, readable: true, ...reading}));
  }
  const quoted = OR_LATER.test(value) || /^[{[]/.test(value) ? undefined : literalText(value, literal);
  return [
    quoted === undefined
      ? {...base, readable: false}
      : {...base, readable: true, check: {kind: 'contains', text: quoted, words: true}},
  ];
}

/** A version that may be higher cannot be looked for as text. */
const OR_LATER = /\b(?:or|o) (?:higher|later|newer|above|better|superior|similar)\b/i;

function absent(value: string, literal: boolean, base: {text: string; line: number}): Expectation {
  const quoted = literalText(value, literal) ?? (literal ? value : undefined);
  return quoted === undefined
    ? {...base, readable: false}
    : {...base, readable: true, check: {kind: 'absent', text: quoted}};
}

type Reading = Omit<Expectation, 'text' | 'line' | 'readable'>;

/** In order: the first that understands the words wins. */
const READERS: readonly ((said: string, text: string) => Reading | undefined)[] = [
  readJson,
  readSignal,
  readAllPassing,
  readStatus,
  readEmpty,
  readTime,
  readNumber,
];

function readJson(said: string): Reading | undefined {
  const text = said.replace(/^`+|`+$/g, '').trim();
  if (!/^[{[]/.test(text)) return undefined;
  // Documents leave parts of an answer out: {"status": "healthy", ...}
  for (const candidate of [
    text,
    text.replace(/,?\s*(?:\.{3}|…)\s*(?=[}\]])/g, ''),
    text.slice(0, text.search(/[}\]][^}\]]*$/) + 1),
  ]) {
    try {
      return {check: {kind: 'json', subset: JSON.parse(candidate)}};
    } catch {
      // Not this way of writing it.
    }
  }
  return undefined;
}

/** A percentile or a name in brackets is about samples, not about this one answer. */
function readSignal(said: string, text: string): Reading | undefined {
  if (!/\bp(?:50|90|95|99)\b|\baverage\b|%/i.test(`${text} ${said}`) && !/\)\s*$/.test(said)) return undefined;
  const threshold = readThresholds(text, 0)[0];
  if (
    threshold === undefined ||
    (threshold.unit === 'ms' && threshold.statistic === undefined && !/\(\w+\)\s*$/.test(said))
  )
    return undefined;
  const {metric, op, value, unit} = threshold;
  return {metric, op, value, unit};
}

function readStatus(said: string): Reading | undefined {
  const context =
    /\bhttp\b|\bstatus\b|\bcode\b|\bredirect\b|^[1-5]\d\d\s+(?:ok|created|accepted|no content|moved|found|not modified|bad|unauthori[sz]ed|forbidden|not found)\b|^[1-5]\d\d(?:\s*(?:,|or|\/)\s*(?:or\s+)?[1-5]\d\d)+\b|^[1-5]\d\d$/i;
  if (!context.test(said) || !/\b[1-5]\d\d\b/.test(said)) return undefined;
  const codes = [...said.matchAll(/(?<![\d.,\w-])[1-5]\d\d(?![\d.,]*\d|\s?(?:ms|s|%|mb|gb)\b|\w)/gi)].map(([code]) =>
    Number(code),
  );
  return codes.length === 0 ? undefined : {check: {kind: 'status', codes: [...new Set(codes)]}};
}

function readEmpty(said: string): Reading | undefined {
  if (/^(?:["'`]?empty(?: set| output| result)?["'`]?|no output|nothing|blank|\(?no output\)?)\.?$/i.test(said))
    return {check: {kind: 'empty'}};
  return /^(?:no|0|zero) (?:rows?|results|records)(?: returned)?\.?$|^empty set$/i.test(said)
    ? {check: {kind: 'rows', op: '=', value: 0}}
    : undefined;
}

function readAllPassing(said: string): Reading | undefined {
  const match = ALL_PASSING.exec(said);
  if (match === null) return undefined;
  return numbered('passing', '>=', Number(match[1] ?? match[2]));
}

/** "Response in <1000ms", "< 2 seconds", "completes within 5s". */
function readTime(said: string): Reading | undefined {
  const comparison = readComparisons(said)[0] ?? readComparisons(said.replace(/^.*?\bin\s+(?=\d)/i, 'under '))[0];
  if (comparison === undefined || comparison.unit !== 'ms') return undefined;
  const {op, value} = comparison;
  return {metric: 'response time', op, value, unit: 'ms', check: {kind: 'duration', op, value}};
}

/** "14+ indexes", "at least 3", "8,234", "0 errors related to new code". */
function readNumber(said: string): Reading | undefined {
  const comparison = readComparisons(said)[0];
  if (comparison !== undefined && /^\W*$|^(?:count|total|value|rows?)\b/i.test(comparison.before.trim())) {
    return counted(comparison.op, comparison.value, comparison.after, comparison.unit);
  }
  const start = said.search(/\d/);
  if (start !== 0 && !/^(?:zero|exactly |count(?: of)?:? |total:? )/i.test(said)) return undefined;
  if (/^zero\b/i.test(said)) return counted('=', 0, said.slice(4), 'count');
  const quantity = quantityAt(said, start);
  if (quantity === undefined || quantity.unit !== 'count') return undefined;
  const behind = said.slice(start + quantity.length);
  return /^[\s.]*$|^\s[a-z]/i.test(behind) ? counted('=', quantity.value, behind, 'count') : undefined;
}

function counted(op: Operator, value: number, noun: string, unit: Expectation['unit']): Reading | undefined {
  const words = noun.trim();
  if (/^(?:rows?|records?)\b/i.test(words))
    return {metric: 'rows', op, value, unit: 'count', check: {kind: 'rows', op, value}};
  if (/^(?:errors?|failures?|warnings?)\b/i.test(words))
    return numbered(normaliseMetric(words.split(/\s+/)[0] ?? ''), op, value);
  return unit === undefined || unit === 'count'
    ? numbered('count', op, value)
    : {metric: 'value', op, value, unit, check: {kind: 'number', op, value}};
}

function numbered(metric: string, op: Operator, value: number): Reading {
  const check: Check = {kind: 'number', op, value};
  return {metric, op, value, unit: 'count', check};
}

/** Quoted text; behind a colon also a single word or what looks like output rather than prose. */
function literalText(said: string, literal: boolean): string | undefined {
  const quoted = /^["'`“‘]([^"'`”’]+)["'`”’]/.exec(said) ?? /["`“]([^"`”]+)["`”]/.exec(said);
  if (quoted?.[1] !== undefined) return quoted[1];
  const bare = said.replace(/[.\s]+$/, '');
  if (!literal || bare === '') return undefined;
  if (/^\S+$/.test(bare)) return bare.length > 1 ? bare : undefined;
  return /\d+\.\d+|[=/\\[\]{}()_@#$]|^\S+:\s/.test(bare) && readQuantity(bare)?.unit !== '%' ? bare : undefined;
}
