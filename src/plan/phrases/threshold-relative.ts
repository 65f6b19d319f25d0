/** Reads bounds relative to the baseline: "P95 > 3x baseline", "latency doubles", "drops by 20 %". */
import type {Operator} from '../plan.ts';
import {phrase, piece} from '../words/vocabulary.ts';
import type {Comparison} from './comparison.ts';

export type Relative = {op: Operator; value: number; unit: 'x'};

/**
 * The bound as a multiple of the baseline. `unclear`: it is relative to something that nothing measures, such as the
 * control group of a canary. Undefined: it is not relative.
 */
export function relativeBound({op, value, unit, after, before, written}: Comparison): Relative | 'unclear' | undefined {
  if (unit === 'x') return isMultipleOfBaseline(after) ? {op, value, unit} : 'unclear';
  if (unit !== '%') return undefined;
  if (OF_PEER.test(after)) return 'unclear';
  const base = OF_BASELINE.exec(after);
  if (WITHIN.test(written)) return base === null ? 'unclear' : {op: '<=', value: 1 + value / 100, unit: 'x'};
  const way =
    (base ?? RISES.exec(after) ?? DROPS.exec(after))?.[0] ??
    (LEVEL.test(written) ? undefined : ENDING.exec(before)?.[1]);
  if (way === undefined) return undefined;
  if (DOWN.test(way)) return {op: flipped(op), value: 1 - value / 100, unit: 'x'};
  // "99 % of normal" is that share of it; "10 % above normal" is 110 %.
  return {op, value: UP.test(way) ? 1 + value / 100 : value / 100, unit: 'x'};
}

/** "Within 30 % of before": as far below it as above. */
export function isBothWays({unit, after, written}: Comparison): boolean {
  return unit === '%' && WITHIN.test(written) && OF_BASELINE.test(after);
}

/** "3x", "3x baseline", "2x normal", "3x for 5 minutes"; but not "2x the table". */
function isMultipleOfBaseline(after: string): boolean {
  return !/^\s*\p{L}/u.test(after) || OF_BASELINE.test(after) || CLAUSE.test(after);
}

/** "Drops by more than 50 %" means: below 50 % of the baseline. */
function flipped(op: Operator): Operator {
  const other: Partial<Record<Operator, Operator>> = {'>': '<', '>=': '<=', '<': '>', '<=': '>='};
  return other[op] ?? op;
}

const WAY = piece`(?:${'than'}\s+)?(?:${'the'}\s+)?(?:\p{L}+\s)?`;
const OF_BASELINE = phrase`^\s*${WAY}${'baseline'}\>`;
const OF_PEER = phrase`^\s*${WAY}${'peer'}\>`;
const CLAUSE = phrase`^\s*(?:${'sustained'}|${'span'})\>`;
const RISES = phrase`^\s*${'rise'}\>`;
const DROPS = phrase`^\s*${'drop'}\>`;
const UP = phrase`^\s*(?:${'upward'}|${'rise'})`;
const DOWN = phrase`^\s*(?:${'downward'}|${'drop'})`;
/** Up to two short words stand between a change and its figure: "drops by", "caen en un". */
const LINK = piece`(?:\s+\p{L}{1,5}){0,2}`;
const ENDING = phrase`\<(${'rise'}|${'drop'})${LINK}:?\s*$`;
const WITHIN = phrase`^${'within'}$`;
/** "drops below 95%" and "rises over 5%" name a level and not a change. */
const LEVEL = phrase`^(?:${'level'}|${'exactly'})$`;

/** A change without a comparison sign: the text before it, the multiple, the text behind it. */
export type Change = Relative & {before: string; after: string};

/** "p95 latency doubles", "twice the usual", "3x slower than usual", "drops by 20 %", "a 20 % drop in traffic". */
export function changeOf(text: string): Change | undefined {
  return multipleIn(text) ?? shareIn(text);
}

function multipleIn(text: string): Change | undefined {
  const match = MULTIPLE.exec(text);
  if (match === null) return undefined;
  const [whole, above, below, two, three, half, figure = '', verb] = match;
  const after = text.slice(match.index + whole.length);
  // "Paged twice" is no multiple. The baseline must be named, or the word itself must mean growth ("doubles").
  const word = two ?? three ?? half ?? '';
  const isGrowth = GROWTH.test(word) || (GROWTH_LAST.test(word) && /^\W*$/.test(after));
  if (verb === undefined && !isGrowth && !OF_BASELINE.test(after)) return undefined;
  const value =
    two !== undefined ? 2 : three !== undefined ? 3 : half !== undefined ? 1 / 2 : Number(figure.replace(',', '.'));
  const op = above !== undefined ? '>' : below !== undefined ? '<' : value < 1 ? '<=' : '>=';
  return {op, value, unit: 'x', before: text.slice(0, match.index), after};
}

const MULTIPLE = phrase`\<(?:(${'above'}|>)\s*|(${'below'}|<)\s*)?(?:(${'twofold'})|(${'threefold'})|(${'halved'})|(\d+(?:[.,]\d+)?)\s?(?:[x×]|-?${'times'}))(?:\s+(${'more-times'}))?\>`;

/** Verbs which mean a change from the value before. */
const GROWTH = phrase`^${'multiplies'}$`;
const GROWTH_LAST = phrase`^${'multiplies-last'}$`;

function shareIn(text: string): Change | undefined {
  const behind = CHANGE_BY.exec(text);
  if (behind !== null) {
    const [whole, way = '', figure = ''] = behind;
    return changeBy(way, figure, text.slice(0, behind.index), text.slice(behind.index + whole.length));
  }
  const around = CHANGE_OF.exec(text);
  if (around !== null) {
    const [whole, way = '', what = '', figure = ''] = around;
    return changeBy(way, figure, text.slice(0, around.index), what + text.slice(around.index + whole.length));
  }
  const first = BY_CHANGE.exec(text);
  if (first === null) return undefined;
  const [whole, figure = '', way = ''] = first;
  return changeBy(way, figure, text.slice(0, first.index), text.slice(first.index + whole.length));
}

function changeBy(way: string, figure: string, before: string, after: string): Change {
  const share = Number(figure.replace(',', '.')) / 100;
  const isDown = DOWN.test(way);
  return {op: isDown ? '<=' : '>=', value: isDown ? 1 - share : 1 + share, unit: 'x', before, after};
}

const FIGURE = piece`(?<![\d.,–-])(\d{1,3}(?:[.,]\d+)?)\s?%`;
const CHANGE_BY = phrase`\<(${'rise'}|${'drop'})${LINK}\s*~?\s*${FIGURE}`;
/** "A drop in traffic of 20 %", "chute du trafic de 30 %". */
const CHANGE_OF = phrase`\<(${'rise'}|${'drop'})(\s+${'of-what'}\s+(?:\p{L}+\s+){1,3}?)\p{L}{1,5}\s+~?\s*${FIGURE}`;
const BY_CHANGE = phrase`${FIGURE}\s+(${'rise'}|${'drop'})\>`;
