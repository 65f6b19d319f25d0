/** The value of a rule that tripped as it is now, beside what it was then. Pure. */
import type {Plan, Rule} from '../../plan/plan.ts';
import {baselineOf} from '../../run/rules/baseline.ts';
import {isBad} from '../../run/rules/measure.ts';
import type {RunState} from '../../run/state.ts';
import {areAlike} from '../../run/wording/standing-words.ts';
import {quantityText} from '../../text/figures.ts';
import {isUnseen, liveVerdict} from './live-verdicts.ts';

/** `now 450 ms · when it tripped 820 ms`, of alike figures only the first; empty for a rule without figures, as of what persons report. */
export function trippedValues(plan: Plan, state: RunState, {ruleId, value}: RunState['tripped'][number]): string {
  const line = liveVerdict(plan, state, ruleId);
  if (line === undefined || line.rule.person) return '';
  const {rule, assessment} = line;
  // Failures are what an error rate is made of.
  const isOld = rule.statistic === 'error-rate' ? line.staleMs !== undefined : isUnseen(line);
  const now = assessment.value === undefined || isOld ? 'no reading' : quantityText(assessment.value, rule.unit);
  const isSaid = value === undefined || (!isOld && assessment.value !== undefined && areAlike(assessment.value, value));
  return isSaid ? `now ${now}` : `now ${now}${WHEN_TRIPPED}${quantityText(value, rule.unit)}`;
}

/** `now 450 ms · when it tripped 820 ms`, then `now 450 ms, tripped at 820 ms`, then `now 450 ms`. */
export function valueForms(values: string): readonly string[] {
  const [now = '', then] = values.split(WHEN_TRIPPED);
  return then === undefined ? [values] : [values, `${now}, tripped at ${then}`, now];
}

const WHEN_TRIPPED = ' · when it tripped ';

/** A rollback brings back what was past the bound, too: that decides, not that the rule has tripped. */
const OLD_WAS_BAD = 'old version was past it too: rolling back will not mend it';

/** The same where there is little room; the end, which changes what one does, stays longest. */
export const OLD_WAS_BAD_SHORT = ['old version past it too: R will not mend it', 'R will not mend it'];

/** Whether the old version was past the bound of this rule as well. */
function wasPastBefore(plan: Plan, state: RunState, rule: Rule): boolean {
  const before = baselineOf(plan, state, rule);
  return before !== undefined && before.unit === undefined && isBad(rule, before.value);
}

/** `P95 response time >1500ms`: without an aside in brackets, where that says the opposite of how it was before. */
export function trippedName(plan: Plan, state: RunState, ruleId: string): {name: string; verdict: string} {
  const rule = plan.rules.find(({id}) => id === ruleId);
  const name = rule?.text ?? ruleId;
  if (rule === undefined || !wasPastBefore(plan, state, rule)) return {name, verdict: ''};
  return {name: name.replace(/\s*\([^()]*\)$/, '') || name, verdict: OLD_WAS_BAD};
}
