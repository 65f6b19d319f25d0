/** Triggers that a person dismissed, for the record. */
import type {Plan} from '../../plan/plan.ts';
import {proposeThreshold} from '../../run/rules/proposed-threshold.ts';
import type {RunState} from '../../run/state.ts';
import {utcTime} from '../../text/times.ts';
import {boundText, measuredText} from '../rule-text.ts';
import {markdownText} from './markdown-text.ts';

/** Alarms that a person dismissed: why, what they fired on, and the bound that would have kept silent. */
export function falseAlarmLines(plan: Plan, state: RunState): readonly string[] {
  return (state.dismissals ?? []).flatMap(({ruleId, at, by, reason, evidence}) => {
    const rule = plan.rules.find(({id}) => id === ruleId);
    const name = rule === undefined ? ruleId : `${measuredText(rule)} ${boundText(rule)} (line ${rule.line})`;
    const proposal = proposeThreshold(plan, state, ruleId);
    return [
      `- ${utcTime(at)} ${markdownText(`${name}: dismissed by ${by}: ${reason}`)}`,
      `  - Evidence: ${markdownText(evidence)}`,
      `  - Proposed threshold: ${proposal === undefined ? 'none, what was measured asks for no other' : markdownText(proposal.text)}`,
    ];
  });
}
