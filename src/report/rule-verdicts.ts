import {type Plan, type Rule, unreachable} from '../plan/plan.ts';
import {assessNow} from '../run/assessing.ts';
import {type Baseline, baselineOf, changeAgainst} from '../run/baseline.ts';
import type {Assessment, Standing} from '../run/outcome.ts';
import type {RunState} from '../run/state.ts';
import {boundText, quantityText} from './rule-text.ts';

/** A rule at the end of the run, held against what was measured before the deploy. */
export type RuleVerdict = {
  rule: Rule;
  assessment: Assessment;
  baseline?: Baseline;
  /** Percent of the baseline. */
  change?: number;
};

/** In the document's order. */
export function ruleVerdicts(plan: Plan, state: RunState): readonly RuleVerdict[] {
  return plan.rules.map(rule => {
    const assessment = state.rules[rule.id] ?? assessNow(plan, state, rule, state.lastAt, false);
    const baseline = baselineOf(plan, state, rule);
    const verdict = {rule, assessment, ...(baseline === undefined ? {} : {baseline})};
    const change = changeAgainst(baseline, assessment.value);
    return change === undefined ? verdict : {...verdict, change};
  });
}

/** `ok 612 ms, < 850 ms, n=143` */
export function standingText(rule: Rule, {standing, value, n}: Assessment): string {
  const measured =
    value === undefined ? standingWord(standing) : `${standingWord(standing)} ${quantityText(value, rule.unit)}`;
  return `${measured}, ${boundText(rule)}, n=${n}`;
}

export function standingWord(standing: Standing): string {
  switch (standing.kind) {
    case 'warming':
      return `not judged (${standing.missing} more samples needed)`;
    case 'blind':
      return 'blind';
    case 'ok':
    case 'grey':
    case 'breached':
    case 'tripped':
    case 'disarmed':
      return standing.kind;
    default:
      return unreachable(standing);
  }
}

/** `-62 %` */
export function changeText(change: number | undefined): string {
  if (change === undefined) return '';
  return `${change > 0 ? '+' : ''}${Math.round(change)} %`;
}
