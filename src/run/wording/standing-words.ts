/** How a rule stands, and its bound, in the words of an operator. */
import {type Rule, type Unit, unreachable} from '../../plan/plan.ts';
import {boundQuantity, quantityText} from '../../text/figures.ts';
import {stretchText} from '../../text/times.ts';
import type {Standing} from '../outcome.ts';

/** What the specification calls blind, disarmed, warming and grey; help tells both. */
export const STANDING_WORDS: Readonly<Record<Standing['kind'], string>> = {
  blind: 'not measured',
  disarmed: 'not judged',
  warming: 'measuring',
  ok: 'ok',
  grey: 'watch',
  breached: 'past limit',
  tripped: 'TRIPPED',
};

/** `<850`; of a bound that means trouble where it holds, also what it calls for: `(rollback >1500)`. */
export function boundWords(rule: Pick<Rule, 'role'>, bound: string): string {
  if (rule.role === 'trigger') return `(rollback ${bound})`;
  return rule.role === 'alert' ? `(alert ${bound})` : bound;
}

/**
 * A value of this rule, never a bare figure where more can be said: `612 ms`, `40 in 60 s`, `1.4 on average`.
 * `measuredIn`: the unit of its signal, as `%` where errors are counted as a share of requests.
 */
export function measuredText({unit, statistic, windowMs}: Measured, value: number, measuredIn?: Unit): string {
  if (unit === 'count' && measuredIn !== undefined && measuredIn !== 'count') return quantityText(value, measuredIn);
  const text = quantityText(value, unit);
  if (unit !== 'count') return text;
  if (statistic === 'count') return `${text} in ${stretchText(windowMs)}`;
  return statistic === 'mean' || statistic === undefined ? `${text} on average` : text;
}

/** A smaller change tells nothing, and two figures that say the same are one too many. */
const ALIKE_SHARE = 0.05;

export function areAlike(now: number, then: number): boolean {
  return Math.abs(now - then) <= ALIKE_SHARE * Math.abs(then);
}

type Measured = Pick<Rule, 'unit' | 'statistic' | 'windowMs'>;

type Bounded = Pick<Rule, 'role' | 'op' | 'value' | 'unit'>;

/**
 * How a value stands that is past its bound, and the bound so that it reads true beside it, with its unit: `TRIPPED,
 * limit 1500 ms`, `TRIPPED, must be >99.9 %`, `past limit, must be 0`, `TRIPPED (rollback >5 %)`.
 */
export function pastWords(rule: Bounded, kind: 'breached' | 'tripped'): string {
  const word = STANDING_WORDS[kind];
  const bound = boundQuantity(rule.value, rule.unit);
  if (rule.role === 'trigger' || rule.role === 'alert') return `${word} ${boundWords(rule, `${rule.op}${bound}`)}`;
  switch (rule.op) {
    case '<':
    case '<=':
      return kind === 'breached' ? `${word} ${bound}` : `${word}, limit ${bound}`;
    case '>':
    case '>=':
      return `${word}, must be ${rule.op}${bound}`;
    case '=':
      return `${word}, must be ${bound}`;
    case '!=':
      return `${word}, must not be ${bound}`;
    default:
      return unreachable(rule.op);
  }
}
