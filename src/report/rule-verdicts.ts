import {type Plan, type Rule, unreachable} from '../plan/plan.ts';
import type {Assessment, Standing} from '../run/outcome.ts';
import {assessNow} from '../run/selectors.ts';
import {measure} from '../run/standing.ts';
import type {RunState} from '../run/state.ts';
import {boundText, quantityText} from './rule-text.ts';

/** A rule at the end of the run, held against what was measured before the deploy. */
export type RuleVerdict = {
  rule: Rule;
  assessment: Assessment;
  /** In the rule's unit. `document`: stated there, not sampled. */
  baseline?: {value: number; from: 'samples' | 'document'};
  /** Percent of the baseline. */
  change?: number;
};

/** In the document's order. */
export function ruleVerdicts(plan: Plan, state: RunState): readonly RuleVerdict[] {
  return plan.rules.map(rule => {
    const assessment = state.rules[rule.id] ?? assessNow(state, rule, state.lastAt, false);
    const baseline = baselineOf(plan, state, rule);
    const verdict = {rule, assessment, ...(baseline === undefined ? {} : {baseline})};
    const {value} = assessment;
    if (baseline === undefined || value === undefined || baseline.value === 0) return verdict;
    return {...verdict, change: (100 * (value - baseline.value)) / baseline.value};
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

function baselineOf(plan: Plan, state: RunState, rule: Rule): RuleVerdict['baseline'] {
  const samples = rule.signal === undefined ? [] : (state.signals[rule.signal]?.baseline ?? []);
  const sampled = samples.length === 0 ? undefined : measure(rule, samples);
  if (sampled !== undefined) return {value: sampled, from: 'samples'};
  const stated = plan.references.find(
    ({kind, metric, unit}) => kind === 'baseline' && metric === rule.metric && unit === rule.unit,
  );
  return stated === undefined ? undefined : {value: stated.value, from: 'document'};
}
