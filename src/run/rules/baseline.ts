/** How it was before the deploy: sampled, or as the document states it. */
import {type Plan, type ReferenceValue, type Rule, sameMetric} from '../../plan/plan.ts';
import type {Baseline, Sample} from '../outcome.ts';
import type {RunState} from '../state.ts';
import {isUsable, measure} from './measure.ts';
import {BASELINE_SAMPLES_MIN, isRelative, measuredUnit} from './relative.ts';
import {readingsOf} from './signal-readings.ts';

/** The rule's own statistic over what was sampled before the deploy; else what the document states. */
export function baselineOf(plan: Plan, state: RunState, rule: Rule): Baseline | undefined {
  const samples = rule.signal === undefined ? [] : (readingsOf(state, rule.signal)?.baseline ?? []);
  const isEnough = !isRelative(rule) || samples.filter(one => isUsable(rule, one)).length >= BASELINE_SAMPLES_MIN;
  const sampled = isEnough ? baselineValue(rule, samples) : undefined;
  const unit = isRelative(rule) ? {unit: measuredUnit(plan, rule)} : {};
  if (sampled !== undefined) return {value: sampled, from: 'samples', ...unit};
  const stated = referenceOf(plan, 'baseline', {...rule, unit: measuredUnit(plan, rule)}, rule.signal);
  return stated === undefined ? undefined : {value: stated.value, from: 'document', ...unit};
}

/** Measured once: a baseline does not change, and every evaluation of a rule asks for it. */
export function baselineValue(rule: Rule, baseline: readonly Sample[]): number | undefined {
  if (baseline.length === 0) return undefined;
  const values = measured.get(baseline) ?? new WeakMap<Rule, {value: number | undefined}>();
  measured.set(baseline, values);
  const known = values.get(rule) ?? {value: measure(rule, baseline)};
  values.set(rule, known);
  return known.value;
}

const measured = new WeakMap<readonly Sample[], WeakMap<Rule, {value: number | undefined}>>();

/** Percent of the baseline that the rule's value is more than it; nothing where there is none to divide by. */
export function changeOf(rule: Rule, baseline: Baseline | undefined, value: number | undefined): number | undefined {
  if (!isRelative(rule)) return changeAgainst(baseline, value);
  return value === undefined ? undefined : 100 * (value - 1);
}

/** A value of the document's baseline table: by the rule's metric, else by the name of the signal that feeds it. */
export function referenceOf(
  plan: Plan,
  kind: ReferenceValue['kind'],
  {metric, unit}: {metric: string; unit: ReferenceValue['unit']},
  signal: string | undefined,
): ReferenceValue | undefined {
  const fitting = plan.references.filter(one => one.kind === kind && one.unit === unit);
  const names = signal === undefined ? [metric] : [metric, signal];
  return (
    fitting.find(one => names.includes(one.metric)) ??
    fitting.find(one => names.some(name => sameMetric(spoken(name), spoken(one.metric))))
  );
}

/** Percent of the baseline; nothing where there is none to divide by. */
export function changeAgainst(baseline: Baseline | undefined, value: number | undefined): number | undefined {
  if (baseline === undefined || value === undefined || baseline.value === 0) return undefined;
  return (100 * (value - baseline.value)) / Math.abs(baseline.value);
}

/** `+12 %`, `-69 %` */
export function changeText(change: number): string {
  return `${change > 0 ? '+' : ''}${Math.round(change)} %`;
}

function spoken(name: string): string {
  return name.toLowerCase().replace(/[_-]+/g, ' ').trim();
}
