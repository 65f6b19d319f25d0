/** Finds the comparisons in a sentence ("< 500 ms", "at least 3"), with the text around each. */
import {matchesOf} from '../../text/matches.ts';
import {memoize} from '../../text/memoize.ts';
import type {Operator, Unit} from '../plan.ts';
import type {Topic} from '../words/language.ts';
import {everyPhrase, phrase, piece} from '../words/vocabulary.ts';
import {quantityAt} from './quantity.ts';

export type Comparison = {
  op: Operator;
  value: number;
  unit: Unit;
  /** The text since the previous comparison, or since the start. */
  before: string;
  /** The text up to the next comparison, or to the end. */
  after: string;
  /** As written: `<=`, `less than`, `+`. */
  written: string;
  /** Written in words, or as a `+` behind the number: this is more often an amount than a bound. */
  worded: boolean;
  /** What a rate counts: "errors" of "5 errors per minute". */
  of?: string;
  /** It stands in brackets: "(<50% of pool)". */
  bracketed: boolean;
};

type Placed = Omit<Comparison, 'before' | 'after' | 'bracketed'> & {start: number; end: number};

export const readComparisons = memoize(comparisonsIn);

function comparisonsIn(given: string): Comparison[] {
  if (!/\d/.test(given)) return [];
  const text = given.replace(SPACED, figure => figure.replaceAll(/(?<=\d) (?=\d)/g, '\u202f'));
  const found: Placed[] = between(text);
  for (const match of OPERATOR.all(text)) {
    if (found.some(({start, end}) => start <= match.index && match.index < end)) continue;
    const at = match.index + match[0].length;
    const quantity = quantityAt(text, at);
    if (quantity === undefined) continue;
    const money = /[$€£]$/.test(match[0]);
    const written = match[1] ?? match[2] ?? '';
    const end = at + quantity.length;
    const counts = quantity.of === '' || money ? {} : {of: quantity.of};
    const {value, unit} = money ? amountAt(text, at, quantity) : quantity;
    // "below 0.1 % over 15 minutes": the time is the window of the bound, and no bound itself.
    if (unit === 'ms' && isStretch(written, text.slice(0, match.index), found.at(-1))) continue;
    // A worse latency is a longer one; a worse share may be a smaller one.
    if (unit !== 'ms' && WORSE.test(written)) continue;
    // "(min 1000 requests)": how many samples the figure needs; no bound itself.
    if (found.length > 0 && LEAST.test(written) && SAMPLED.test(text.slice(end))) continue;
    found.push({
      op: operatorFor(written),
      value,
      unit,
      ...counts,
      written,
      worded: match[1] === undefined,
      start: match.index,
      end,
    });
  }
  const all = (found.length > 0 ? found : openEnded(text)).sort((a, b) => a.start - b.start);
  return all.map(({start, end, ...comparison}, index) => ({
    ...comparison,
    bracketed: isInBrackets(text, start),
    before: text.slice(Math.min(all[index - 1]?.end ?? 0, start), start),
    after: text.slice(end, all.slice(index + 1).find(next => next.start >= end)?.start ?? text.length),
  }));
}

/** "below 0.1 % over 15 minutes", but not "below 800 ms. Over 2 s", which begins anew. */
function isStretch(written: string, before: string, last: Placed | undefined): boolean {
  if (last === undefined) return false;
  const between = before.slice(last.end);
  if (between.trim() === '' && LASTING.test(written)) return true;
  const isNew = last.unit === 'ms' ? /[.,;]\s*$/ : /[.;]\s*$/;
  return (STRETCH.test(written) && !isNew.test(between)) || LASTS.test(before);
}

/** "$500/day" is an amount of money: what stands behind the slash is no unit. */
function amountAt(text: string, at: number, quantity: {value: number; unit: Unit}): {value: number; unit: Unit} {
  const figure = quantityAt(/^[\d.,]+k?/i.exec(text.slice(at))?.[0].replace(/[.,]$/, '') ?? '', 0);
  return {value: figure?.value ?? quantity.value, unit: 'count'};
}

/** "between 200 and 1500 ms" gives two bounds. The first figure takes the second's unit when it has none. */
function between(text: string): Placed[] {
  const match = BETWEEN.exec(text);
  if (match === null) return [];
  const behind = match.index + match[0].length;
  const last = quantityAt(text, behind);
  const first =
    readAlone(`${match[1]}${last === undefined ? '' : unitText(text, behind, last.length)}`) ??
    readAlone(match[1] ?? '');
  if (first === undefined || last === undefined || first.unit !== last.unit || first.value > last.value) return [];
  const placed = {unit: last.unit, written: 'between', worded: false, start: match.index, end: behind + last.length};
  return [
    {...placed, op: '>=', value: first.value},
    {...placed, op: '<=', value: last.value},
  ];
}

function readAlone(text: string): {value: number; unit: Unit} | undefined {
  return quantityAt(text.trim(), 0);
}

function unitText(text: string, at: number, length: number): string {
  return text.slice(at, at + length).replace(/^[\d.,]+/, '');
}

const BETWEEN = phrase`\<${'between'}\s+([\d.,]+\s?[\p{L}%/]{0,12})\s+(?:${'and'}|to|[-–—])\s+(?=\d)`;

/** "95%+", "14+ indexes", "99 or higher". */
function openEnded(text: string): Placed[] {
  for (const {index} of matchesOf(text, /\d/g)) {
    const quantity = quantityAt(text, index);
    if (quantity === undefined) continue;
    const rest = text.slice(index + quantity.length);
    const suffix = /^\+(?!\d)/.exec(rest) ?? OR_MORE.exec(rest) ?? OR_LESS.exec(rest);
    if (suffix === null) continue;
    const {value, unit, length} = quantity;
    const end = index + length + suffix[0].length;
    return [{op: OR_LESS.test(rest) ? '<=' : '>=', value, unit, written: '+', worded: true, start: index, end}];
  }
  return [];
}

const OR_MORE = phrase`^\s*,?\s+${'or-more'}\>`;
const OR_LESS = phrase`^\s*,?\s+${'or-less'}\>`;

/** In this order, because "less than or equal to" (at-most) begins with "less than" (below). */
const WORDS: readonly (readonly [Topic, Operator])[] = [
  ['at-most', '<='],
  ['at-least', '>='],
  ['below', '<'],
  ['above', '>'],
  ['exactly', '='],
  ['worse-than', '>'],
];
const WHOLE_WORDS = WORDS.map(([topic, op]) => [phrase`^${topic}$`, op] as const);
const WORDED = piece`${'at-most'}|${'at-least'}|${'below'}|${'above'}|${'exactly'}|${'worse-than'}`;
const LEAST = phrase`^${'at-least'}$`;
const SAMPLED = phrase`^\s+${'sampled'}\>`;
const STRETCH = phrase`^(?:${'span'})$`;
const LASTING = phrase`^(?:${'sustained'})$`;
const WORSE = phrase`^(?:${'worse-than'})$`;
/** "> 30 s for more than 2 minutes": the second time says how long it must hold. */
const LASTS = phrase`\<${'sustained'}\s+$`;

// An arrow or a shift is no comparison (not behind "-", "=", "<"), and neither is a generic type ("P>").
const OPERATOR = everyPhrase`(?<![-=<>|\\→])(<=|>=|≤|≥|=<|=>(?=\s?\d+\s?%)|<|>|==)\s*~?\s*[$€£]?(?=\d)|(?<!/\s?)(?!(?<=\d\s?)min)\<(${WORDED})[:\s]+(?:${'the'}\s)?[~<>]?\s*[$€£]?(?=\d)`;

/** "> 1 500 ms": a space separates thousands only behind a comparison. */
const SPACED = everyPhrase`(?:[<>≤≥]=?|\<(?:${WORDED}))\s*\d{1,3}(?: \d{3})+(?![\d.,])`;

const SIGNS: Readonly<Record<string, Operator>> = {
  '<': '<',
  '>': '>',
  '<=': '<=',
  '=<': '<=',
  '≤': '<=',
  '>=': '>=',
  '=>': '>=',
  '≥': '>=',
  '==': '=',
};

function operatorFor(written: string): Operator {
  return SIGNS[written] ?? WHOLE_WORDS.find(([pattern]) => pattern.test(written))?.[1] ?? '=';
}

function isInBrackets(text: string, index: number): boolean {
  const before = text.slice(0, index);
  return before.lastIndexOf('(') > before.lastIndexOf(')');
}
