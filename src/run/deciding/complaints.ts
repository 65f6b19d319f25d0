/** Complaints and incidents that a person counts. */
import {compact} from '../../text/compact.ts';
import type {Intent} from '../event.ts';
import {settleRules} from './assess-rules.ts';
import {type Draft, Refusal} from './decision-draft.ts';

/**
 * A person reports what nothing measures: a complaint, or with `ruleId` that what a trigger says in words has happened
 * ("critical bugs affecting bookings"). It may fire a trigger like any measurement.
 */
export function complain(draft: Draft, {text = '', ruleId}: Extract<Intent, {type: 'complain'}>): Refusal | undefined {
  const said = text.trim();
  if (ruleId !== undefined) {
    const rule = draft.plan.rules.find(({id}) => id === ruleId);
    if (rule === undefined) return new Refusal(`there is no rule ${ruleId}`);
    if (rule.signal !== undefined) return new Refusal(`nobody needs to report it: ${rule.signal} measures it`);
  }
  draft.say(
    compact({
      type: 'complaint-counted',
      text: said === '' ? undefined : said,
      ruleId,
    }),
  );
  settleRules(draft, []);
  return undefined;
}
