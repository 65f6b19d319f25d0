/** How a rule stands, and its bound, in the words of an operator. */
import type {Rule} from '../../plan/plan.ts';
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
