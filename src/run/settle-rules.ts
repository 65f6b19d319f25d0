import type {Rule} from '../plan/plan.ts';
import {assessNow} from './assessing.ts';
import type {Draft} from './draft.ts';
import type {Assessment} from './outcome.ts';

/** Samples stored as evidence with a trigger. */
const EVIDENCE_SAMPLES_MAX = 20;

/** Assesses every rule anew; says which changed, and which triggers fired. `fresh`: signals with new samples. */
export function settleRules(draft: Draft, fresh: ReadonlySet<string>): void {
  for (const rule of draft.plan.rules) {
    const isFresh = rule.signal !== undefined && fresh.has(rule.signal);
    const assessment = assessNow(draft.plan, draft.state, rule, draft.at, isFresh);
    const before = draft.state.rules[rule.id];
    if (!hasChanged(before, assessment)) continue;
    draft.say({type: 'rule-changed', ruleId: rule.id, assessment});
    const newlyTripped = assessment.standing.kind === 'tripped' && before?.standing.kind !== 'tripped';
    if (newlyTripped && rule.role === 'trigger') fire(draft, rule, assessment);
  }
}

/** Where a rule stands before anything was measured is no news. */
function hasChanged(before: Assessment | undefined, {standing, n}: Assessment): boolean {
  if (before === undefined) return n > 0 && standing.kind !== 'warming';
  if (before.standing.kind !== standing.kind) return true;
  return (
    standing.kind === 'breached' && before.standing.kind === 'breached' && before.standing.times !== standing.times
  );
}

function fire(draft: Draft, rule: Rule, assessment: Assessment): void {
  const {state} = draft;
  const signal = rule.signal === undefined ? undefined : state.signals[rule.signal];
  const value = assessment.value === undefined ? '' : `${Math.round(assessment.value * 10) / 10} ${rule.unit}, `;
  draft.say({
    type: 'trigger-fired',
    ruleId: rule.id,
    evidence: `${value}${assessment.because}, n=${assessment.n}`,
    samples: (signal?.samples ?? []).slice(-EVIDENCE_SAMPLES_MAX),
  });
  if (state.phase === 'running' || state.phase === 'watching' || state.phase === 'ready') {
    draft.say({type: 'phase-changed', phase: 'held', because: `rollback trigger: ${rule.text}`});
  }
  if (draft.settings.autoRollback && draft.plan.rollback !== null && state.rollback.status === 'none') {
    const startsAt = draft.at + draft.settings.countdownMs;
    draft.say({type: 'rollback-requested', because: `rollback trigger: ${rule.text}`, startsAt});
  }
}
