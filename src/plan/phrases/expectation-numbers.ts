/** Reads numbers that an answer must hold: counts, times, amounts. */
import {matchesOf} from '../../text/matches.ts';
import type {Check, Expectation, Operator} from '../plan.ts';
import {phrase} from '../words/vocabulary.ts';
import {type Comparison, readComparisons} from './comparison.ts';
import {ALL_PASSING} from './expectation-phrases.ts';
import {normaliseMetric} from './metric.ts';
import {quantityAt, readQuantity} from './quantity.ts';

export type NumberReading = Pick<Expectation, 'metric' | 'op' | 'value' | 'unit' | 'check'>;

export function readAllPassing(said: string): NumberReading | undefined {
  const match = ALL_PASSING.exec(said);
  if (match === null) return undefined;
  return numbered('passing', '>=', Number(match[1] ?? match[2]));
}

/** "Response in <1000ms", "< 2 seconds", "completes within 5s". An age or a remaining time is not meant. */
export function readTime(said: string): NumberReading | undefined {
  if (/\b(?:last|past|ago|old|older|newer|left|remaining)\b/i.test(said)) return undefined;
  const comparison = readComparisons(said)[0] ?? readComparisons(said.replace(/^.*?\bin\s+(?=\d)/i, 'under '))[0];
  if (comparison === undefined || comparison.unit !== 'ms' || !LASTS.test(comparison.before)) return undefined;
  const {op, value} = comparison;
  return {metric: 'response time', op, value, unit: 'ms', check: {kind: 'duration', op, value}};
}

/** Says that the time is the command's own. "It should show up in the back office within 2 minutes" is not. */
const LASTS = phrase`^[\s\W]*$|\b\d{3}\W*$|\<${'lasting'}`;

/** "14+ indexes", "at least 3", "8,234", "0 errors related to new code". */
export function readNumber(said: string): NumberReading | undefined {
  const comparison = readComparisons(said)[0];
  if (comparison !== undefined && beginsWithIt(comparison)) {
    return counted(comparison.op, comparison.value, comparison.after, comparison.unit);
  }
  if (ZERO.test(said)) return counted('=', 0, said.replace(ZERO, ''), 'count');
  const start = said.search(/\d/);
  if (start !== 0 && !EXACTLY.test(said)) return undefined;
  const quantity = quantityAt(said, start);
  if (quantity === undefined || quantity.unit !== 'count') return undefined;
  const behind = said.slice(start + quantity.length);
  // "4 to add, 2 to change": with several figures the answer is not one number.
  return /^[\s.]*$|^\s(?!and\b|or\b|with\b)\p{L}[^\d]*$/u.test(behind)
    ? counted('=', quantity.value, behind, 'count')
    : undefined;
}

/** "0 to 3", "200-250 rows": two bounds. */
export function readRange(said: string): NumberReading[] {
  const match = RANGE.exec(said);
  if (match === null) return [];
  const [low, high] = [match[1], match[2]].map(figure => quantityAt(figure ?? '', 0));
  if (low?.unit !== 'count' || high?.unit !== 'count' || low.value >= high.value) return [];
  const ends = [counted('>=', low.value, match[3] ?? '', 'count'), counted('<=', high.value, match[3] ?? '', 'count')];
  return ends.flatMap(end => (end === undefined ? [] : [end]));
}

const RANGE = phrase`^(?:${'between'}\s+)?(\d[\d,]*)\s*(?:${'to'}|${'and'}|[-–])\s*(\d[\d,]*)(?:\s+(\p{L}[\p{L} ]{0,30}))?\.?$`;
const ZERO = phrase`^${'zero'}(?![\p{L}\p{N}_])`;
const EXACTLY = phrase`^(?:${'exactly'}\s|count(?: of)?:? |total:? )`;

function beginsWithIt({before}: Comparison): boolean {
  return /^\W*$|^(?:count|total|value|rows?)\b/i.test(before.trim());
}

function counted(op: Operator, value: number, noun: string, unit: Expectation['unit']): NumberReading | undefined {
  const words = noun.trim();
  // "3 times `OK`" counts the text behind it.
  if (TIMES.test(words)) return undefined;
  if (ROWS.test(words)) return {metric: 'rows', op, value, unit: 'count', check: {kind: 'rows', op, value}};
  // The number of lines or entries is no value that the answer shows, so there is no metric.
  if (LISTED.test(words)) return {check: {kind: 'number', op, value}};
  if (/^(?:errors?|failures?|warnings?)\b/i.test(words))
    return numbered(normaliseMetric(words.split(/\s+/)[0] ?? ''), op, value);
  if (unit === undefined || unit === 'count') return numbered('count', op, value);
  // Nobody can know in which unit an answer counts bytes.
  return unit === '%' || unit === 'ms'
    ? {metric: 'value', op, value, unit, check: {kind: 'number', op, value}}
    : undefined;
}

const TIMES = phrase`^${'times'}\>`;
const ROWS = phrase`^${'rows'}\>`;
const LISTED = phrase`^${'listed'}\>`;

function numbered(metric: string, op: Operator, value: number): NumberReading {
  const check: Check = {kind: 'number', op, value};
  return {metric, op, value, unit: 'count', check};
}

/**
 * The literal texts: quoted text (several when each is quoted); behind a colon also a single word, or what looks
 * printed.
 */
export function literalTexts(said: string, literal: boolean): string[] {
  const quoted = quotedTexts(said);
  if (quoted.length > 0) return quoted;
  const bare = said.replace(/[.\s]+$/, '');
  if (!literal || bare === '') return [];
  const emphasised = /^\*([^*]+)\*$/.exec(bare)?.[1];
  if (emphasised !== undefined) return [emphasised];
  // "PostgreSQL 14.x": every 14 version.
  const open = /^(\S+(?:\s\S+)?\d\.)x$/.exec(bare)?.[1];
  if (open !== undefined) return [open];
  if (/^\S+$/.test(bare)) return bare.length > 1 || /^[tfyn]$/i.test(bare) ? [bare] : [];
  return looksPrinted(bare) ? [bare] : [];
}

function quotedTexts(said: string): string[] {
  const all = matchesOf(said, /["“]([^"“”]+)["”]|`([^`]+)`/g).map(match => match[1] ?? match[2] ?? '');
  if (all.length > 1 && BOTH.test(said.replace(/["“][^"“”]+["”]|`[^`]+`/g, '¶'))) return all;
  // Code may hold quotation marks: `"version":"7.5"`.
  const first = /^`([^`]+)`/.exec(said) ?? /^["“]([^"“”]+)["”]/.exec(said) ?? /^['‘]([^'’]+)['’]\.?$/.exec(said);
  return [first?.[1] ?? all[0] ?? []].flat();
}

/** `"syntax is ok" and "test is successful"`: both must come out. */
const BOTH = phrase`^¶(?:(?:\s*,\s*|\s+)(?:${'and'}\s+)?¶)+\s*(?:\.{1,3}|…)?$`;

/** Whether text looks printed by a program: it has signs that people do not write in sentences, and few plain words. */
function looksPrinted(text: string): boolean {
  // "PostgreSQL 15" is a name with its version.
  if (/^\p{Lu}\p{L}+\s\d[\d.]*$/u.test(text)) return true;
  // `DELETE 312` is what a database prints.
  if (/^\S+:\s|^\p{Lu}{3,}(?:\s\p{Lu}+)*\s\d+$/u.test(text)) return true;
  if (!/\d+\.\d+|[=/\\[\]{}()_@#$]/.test(text) || /,\s/.test(text) || readQuantity(text)?.unit === '%') return false;
  const words = text.split(/\s+/);
  const plain = words.filter(word => /^\p{Ll}{2,}$/u.test(word)).length;
  return plain <= words.filter(word => /\d|[=/\\[\]{}()_@#$]/.test(word)).length;
}

/** "16 or later", "or similar", "9f2c41…e07b": such a version or text cannot be looked for literally. */
export function isOpenEnded(said: string): boolean {
  return OR_LATER.test(said) || SHORTENED.test(said);
}

const SHORTENED = /[\p{L}\d](?:…|\.{3})[\p{L}\d]/u;
const OR_LATER = phrase`\<(?:${'or-more'}|${'or-less'}|or similar)\>`;

/** Removes words in brackets for people: "401 (only after the old key was revoked)". Not "active (running)". */
export function withoutRemark(said: string): string {
  const bare = said.replace(/\s*\([^()]*\s[^()]*\)\s*\.?$/, '');
  return bare === '' || /\bp\d\d\b|\baverage\b|[<>≤≥]/i.test(said) ? said : bare;
}

/**
 * Adds the parts that the checks say nothing of, as the version in `"status": "ok"` and version 1.4.0: judged where it is a version, which the answer has to
 * hold; else left to a person.
 */
export function withJoinedParts(found: readonly Expectation[], said: string): Expectation[] {
  const [first] = found;
  const checks = found.flatMap(({check}) => (check === undefined ? [] : [check]));
  if (first === undefined || checks.length < found.length || !checks.every(({kind}) => JOINED.has(kind)))
    return [...found];
  const parts = partsOf(said);
  if (parts.length < 2 || !parts.some(part => isOf(checks, part))) return [...found];
  const rest = parts.filter(part => HARD.test(part) && !isOf(checks, part));
  return [
    ...found,
    ...rest.map((part): Expectation => {
      const version = VERSION.exec(part)?.[1];
      const {text, line} = first;
      if (version === undefined || !checks.some(({kind}) => kind !== 'status'))
        return {text: part, line, readable: false};
      return {text, line, readable: true, check: {kind: 'contains', text: version, words: true}};
    }),
  ];
}

const JOINED: ReadonlySet<Check['kind']> = new Set(['contains', 'json', 'status', 'duration']);
/** It says something that can be compared; several quoted texts are read as such. */
const HARD = /\d/;
const VERSION = /(?<![\w.])v?(\d+\.\d+\.\d+(?:-[\w.]+)?)(?![\w.]*\w)/;
/** What stands in one piece, whatever is in it. */
const WHOLE = /`[^`]*`|"[^"]*"|“[^”]*”|\{.*\}|\[.*\]|\([^()]*\)/g;
const BETWEEN = phrase`[,;]\s+(?:(?:${'and'})\s+)?|\s+(?:(?:${'and'})|&)\s+`;

function partsOf(said: string): string[] {
  const pieces: string[] = [];
  const masked = said.replaceAll(WHOLE, piece => `\u0001${pieces.push(piece) - 1}\u0002`);
  return masked
    .split(BETWEEN)
    .map(part => part.replaceAll(/\u0001(\d+)\u0002/g, (_, index: string) => pieces[Number(index)] ?? ''));
}

function isOf(checks: readonly Check[], part: string): boolean {
  return checks.some(check => {
    switch (check.kind) {
      case 'contains':
        return part.includes(check.text);
      case 'json':
        return /["{[]/.test(part);
      case 'status':
        return check.codes.some(code => part.includes(String(code)));
      default:
        return /\d\s*(?:ms|s|sec\w*|min\w*)\b/.test(part);
    }
  });
}
