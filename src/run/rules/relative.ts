/** Rules whose bound is a multiple of how it was before the deploy: "P95 > 3x baseline". */
import type {Plan, Rule, Unit} from '../../plan/plan.ts';
import {compact} from '../../text/compact.ts';
import type {Assessment, Baseline, Sample} from '../outcome.ts';
import {sourceOf} from './signal-readings.ts';

/** Fewer readings than this are no picture of how it was. */
export const BASELINE_SAMPLES_MIN = 5;

export function isRelative({unit}: Rule): boolean {
  return unit === 'x';
}

/** The unit of what the rule measures: its own, or of a multiple that of the signal it is a multiple in. */
export function measuredUnit(plan: Plan, rule: Rule): Unit {
  if (!isRelative(rule)) return rule.unit;
  if (rule.statistic === 'error-rate') return '%';
  const source = rule.signal === undefined ? undefined : sourceOf(plan, rule.signal);
  return source?.unit ?? (source?.kind === 'http' ? 'ms' : 'count');
}

/** The rule as one in the unit of its signal, with the bound that the multiple comes to. Others stay as they are. */
export function absolute(plan: Plan, rule: Rule, baseline: Baseline | undefined): Rule | undefined {
  if (!isRelative(rule)) return rule;
  if (baseline === undefined || baseline.value === 0) return undefined;
  const {target, ...kept} = rule;
  const own: Rule = {...kept, unit: measuredUnit(plan, rule), value: rule.value * baseline.value};
  return target === undefined ? own : {...own, target: target * baseline.value};
}

/** Samples as multiples of the baseline. Failures stay what they are. */
export function asMultiples(samples: readonly Sample[], baseline: number): readonly Sample[] {
  return samples.map(sample => (sample.value === undefined ? sample : {...sample, value: sample.value / baseline}));
}

/** Why a multiple cannot be judged; undefined when it can. */
export function lacksBaseline(rule: Rule, baseline: Baseline | undefined): string | undefined {
  if (rule.statistic === 'count' || rule.statistic === 'slope')
    return 'a total or a growth is held against no multiple';
  if (baseline === undefined) return 'no baseline was sampled before the deploy';
  return baseline.value === 0 ? 'the baseline is 0: nothing is a multiple of it' : undefined;
}

/** The same verdict in the unit of the signal, for what draws its readings. */
export function inSignalUnit(assessment: Assessment, baseline: Baseline | undefined): Assessment {
  if (baseline?.unit === undefined) return assessment;
  const {value, low, high, ...kept} = assessment;
  const times = (multiple: number) => multiple * baseline.value;
  return {
    ...kept,
    ...compact({
      value: value === undefined ? undefined : times(value),
      low: low === undefined ? undefined : times(low),
      high: high === undefined ? undefined : times(high),
    }),
  };
}
