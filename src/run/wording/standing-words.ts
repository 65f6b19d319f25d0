/** How a rule stands, and its bound, in the words of an operator. */
import {type Rule, unreachable} from '../../plan/plan.ts';
import {boundFigure, quantityText} from '../../text/figures.ts';
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

type Bounded = Pick<Rule, 'role' | 'op' | 'value' | 'unit'>;

/**
 * How a value stands that is past its bound, and the bound so that it reads true beside it, with its unit: `TRIPPED,
 * limit 1500 ms`, `TRIPPED, must be >99.9 %`, `past limit, must be 0`, `TRIPPED (rollback >5 %)`.
 */
export function pastWords(rule: Bounded, kind: 'breached' | 'tripped'): string {
  const word = STANDING_WORDS[kind];
  const bound = boundQuantity(rule);
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

function boundQuantity({value, unit}: Pick<Rule, 'value' | 'unit'>): string {
  if (unit === 'x') return quantityText(value, unit);
  return unit === 'count' ? boundFigure(value) : `${boundFigure(value)} ${unit}`;
}
