/** Bounds relative to what was before: "P95 > 3x baseline", ">50% degradation", "within 10% of normal". */
import type {Operator} from '../plan.ts';
import {WORD_END, WORD_START} from '../words/letters.ts';
import {anyOf} from '../words/vocabulary.ts';
import type {Comparison} from './comparison.ts';

export type Relative = {op: Operator; value: number; unit: 'x'};

/**
 * The bound as a multiple of the baseline. `unclear`: relative to something that nothing measures, such as the other
 * half of a canary. Undefined for a bound that is not relative.
 */
export function relativeBound({op, value, unit, after, before, written}: Comparison): Relative | 'unclear' | undefined {
  if (unit === 'x') return isMultipleOfBaseline(after) ? {op, value, unit} : 'unclear';
  if (unit !== '%') return undefined;
  if (OF_PEER.test(after)) return 'unclear';
  const base = OF_BASELINE.exec(after);
  if (WITHIN.test(written)) return base === null ? 'unclear' : {op: '<=', value: 1 + value / 100, unit: 'x'};
  const way =
    (base ?? RISES.exec(after) ?? DROPS.exec(after))?.[0] ?? (LEVEL.test(written) ? undefined : changeIn(before));
  if (way === undefined) return undefined;
  if (DOWN.test(way)) return {op: flipped(op), value: 1 - value / 100, unit: 'x'};
  // "99 % of normal" is a share of it, "10 % above normal" more than it.
  return {op, value: UP.test(way) ? 1 + value / 100 : value / 100, unit: 'x'};
}

/** "3x", "3x baseline", "2x normal", "3x for 5 minutes"; not "2x the table". */
function isMultipleOfBaseline(after: string): boolean {
  return !/^\s*\p{L}/u.test(after) || OF_BASELINE.test(after) || CLAUSE.test(after);
}

function changeIn(before: string): string | undefined {
  return ENDING.exec(before)?.[1];
}

/** What drops by more than 50 % is below half of what it was. */
function flipped(op: Operator): Operator {
  const other: Partial<Record<Operator, Operator>> = {'>': '<', '>=': '<=', '<': '>', '<=': '>='};
  return other[op] ?? op;
}

const WAY = String.raw`(?:(?:above|over|below|under|(?:higher|lower|more|less|slower|faster|worse) than|compared (?:to|with)|of|than|from|de|del|que|von|vom|als|über|unter)\s+)?(?:(?:the|a|our|lo|la|el|der|dem|den)\s+)?(?:\p{L}+\s)?`;
const OF_BASELINE = new RegExp(String.raw`^\s*${WAY}${anyOf('baseline')}${WORD_END}`, 'iu');
const OF_PEER = new RegExp(String.raw`^\s*${WAY}${anyOf('peer')}${WORD_END}`, 'iu');
const CLAUSE = new RegExp(String.raw`^\s*(?:${anyOf('sustained')}|${anyOf('span')})${WORD_END}`, 'iu');
const RISES = new RegExp(String.raw`^\s*${anyOf('rise')}${WORD_END}`, 'iu');
const DROPS = new RegExp(String.raw`^\s*${anyOf('drop')}${WORD_END}`, 'iu');
const UP = new RegExp(
  String.raw`^\s*(?:above|over|higher|more|slower|worse|compared|than|über|${anyOf('rise')})`,
  'iu',
);
const DOWN = new RegExp(String.raw`^\s*(?:below|under|lower|less|faster|unter|${anyOf('drop')})`, 'iu');
const ENDING = new RegExp(
  String.raw`${WORD_START}(${anyOf('rise')}|${anyOf('drop')})\s*(?:of|by|de|von|um)?:?\s*$`,
  'iu',
);
const WITHIN = /^(?:within|dentro de|innerhalb(?: von)?)$/i;
/** "drops below 95%" and "rises over 5%" name a level, not a change. */
const LEVEL = new RegExp(
  `^(?:below|under|above|over|beneath|beyond|exceeds?|exceeding|between|${anyOf('exactly')}|bajo|por (?:debajo|encima) del?|unter|über)$`,
  'iu',
);
