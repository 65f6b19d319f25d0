/** The value of a rule that tripped as it is now, beside what it was then. Pure. */
import type {Plan} from '../../plan/plan.ts';
import type {RunState} from '../../run/state.ts';
import {quantityText} from '../../text/figures.ts';
import {isUnseen, liveVerdict} from './live-verdicts.ts';

/** `now 450 ms · when it tripped 820 ms`; empty for a rule without figures, as of what persons report. */
export function thenAndNow(plan: Plan, state: RunState, {ruleId, value}: RunState['tripped'][number]): string {
  const line = liveVerdict(plan, state, ruleId);
  if (line === undefined || line.rule.person) return '';
  const {rule, assessment} = line;
  // Failures are what an error rate is made of.
  const isOld = rule.statistic === 'error-rate' ? line.staleMs !== undefined : isUnseen(line);
  const now = assessment.value === undefined || isOld ? 'no reading' : quantityText(assessment.value, rule.unit);
  const then = value === undefined ? '' : ` · when it tripped ${quantityText(value, rule.unit)}`;
  return `now ${now}${then}`;
}
