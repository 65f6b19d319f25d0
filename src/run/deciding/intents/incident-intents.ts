/** What a person wants written and sent about an incident, and the complaints that are counted. */
import {compact} from '../../../text/compact.ts';
import {type Console, personOf} from '../../console.ts';
import type {Intent} from '../../event.ts';
import type {IncidentIntent} from '../../events/incident-events.ts';
import {settleRules} from '../assess-rules.ts';
import {type Draft, Refusal} from '../decision-draft.ts';

export function onIncidentIntent(draft: Draft, console: Console, {type}: IncidentIntent): Refusal | undefined {
  const by = personOf(console);
  if (type === 'write-incident') {
    draft.ask({type, by});
    return undefined;
  }
  const {incident, run} = draft.state;
  const why = whyNotSent(draft);
  if (why !== undefined || incident?.files === undefined) return new Refusal(why ?? 'no issue text is written yet');
  if (run.rehearsal === true || run.dryRun) {
    return new Refusal('this is practice: no issue is created; copy its text where you want it');
  }
  const file = incident.files.issue;
  draft.say({type: 'issue-asked', file});
  draft.ask({type, by, file});
  return undefined;
}

/** An issue is created once: where nobody saw how that ended, a person has to look. */
function whyNotSent({state: {incident}}: Draft): string | undefined {
  if (incident?.files === undefined) return 'no issue text is written yet: I writes it';
  if (!incident.hasGh) return 'gh is not installed here: copy the issue text instead';
  switch (incident.issue?.status) {
    case 'created':
      return `the issue was created already: ${incident.issue.detail}`;
    case 'asked':
      return 'the issue is being created, or nobody saw whether it was: look into the repository first';
    default:
      return undefined;
  }
}

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
