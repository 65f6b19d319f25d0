/** The value of a rule over its samples, and on which side of the bound it lies. */
import {type Operator, type Rule, unreachable} from '../../plan/plan.ts';
import type {Sample} from '../outcome.ts';
import {type Slope, theilSen} from './slope.ts';
import {errorRate, hasValue, mean, percentile} from './statistics.ts';

/** A value in the rule's unit; `low` and `high` where it is an estimate. */
export type Measured = {value: number; low?: number; high?: number};

/** The rule's statistic over these samples, in the rule's unit. */
export function measure(rule: Rule, samples: readonly Sample[]): number | undefined {
  return estimate(rule, samples)?.value;
}

/** The same, with the interval that a slope is known to lie in. */
export function estimate(rule: Rule, samples: readonly Sample[]): Measured | undefined {
  if (rule.statistic === 'slope') {
    const slope = slopeOf(samples);
    if (slope === undefined) return undefined;
    const {perHour, ...ends} = slope;
    return {value: perHour, ...ends};
  }
  const value = plainly(rule, samples);
  return value === undefined ? undefined : {value};
}

/**
 * Several rules look at one signal over one window, and look again while nothing new has come. Samples come in a row, so
 * the first and the last of a stretch and their number say which it is.
 */
function slopeOf(samples: readonly Sample[]): Slope | undefined {
  const [first, last] = [samples[0], samples.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  const known = slopes.get(last);
  if (known?.first === first && known.n === samples.length) return known.slope;
  const slope = theilSen(samples);
  slopes.set(last, {first, n: samples.length, slope});
  return slope;
}

const slopes = new WeakMap<Sample, {first: Sample; n: number; slope: Slope | undefined}>();

function plainly(rule: Rule, samples: readonly Sample[]): number | undefined {
  const values = samples.filter(hasValue).map(sample => sample.value);
  switch (rule.statistic) {
    case 'error-rate':
      return errorRate(samples);
    case 'count':
      return rule.unit === 'count' && values.length > 0 ? values.reduce((sum, value) => sum + value, 0) : undefined;
    case 'p50':
      return percentile(values, 50);
    case 'p90':
      return percentile(values, 90);
    case 'p95':
      return percentile(values, 95);
    case 'p99':
      return percentile(values, 99);
    case 'max':
      return values.length === 0 ? undefined : Math.max(...values);
    case 'last':
      return values.at(-1);
    case 'mean':
    case undefined:
      return mean(values);
    case 'slope':
      return undefined;
    default:
      return unreachable(rule.statistic);
  }
}

/** What a rule's statistic is made of: failed measurements count for a rate, for everything else only readings do. */
export function isUsable(rule: Rule, sample: Sample): boolean {
  return rule.statistic === 'error-rate' || hasValue(sample);
}

/** A trigger is bad when its comparison holds, every other rule when it does not. */
export function isBad(rule: Rule, value: number): boolean {
  return isInverted(rule) === holds(rule.op, value, rule.value);
}

/** Past the target, whatever the bound says. */
export function isPastTarget(rule: Rule, value: number): boolean {
  return rule.target !== undefined && isInverted(rule) === holds(rule.op, value, rule.target);
}

/** The comparison of triggers and alerts says what is bad; that of all other rules says what is good. */
export function isInverted({role}: Rule): boolean {
  return role === 'trigger' || role === 'alert';
}

/** Larger values are the bad ones. Meaningless for rules that ask for one exact value. */
export function growsBad(rule: Rule): boolean {
  return rule.op.startsWith('>') === isInverted(rule);
}

export function holds(op: Operator, value: number, bound: number): boolean {
  switch (op) {
    case '<':
      return value < bound;
    case '<=':
      return value <= bound;
    case '>':
      return value > bound;
    case '>=':
      return value >= bound;
    case '=':
      return value === bound;
    case '!=':
      return value !== bound;
  }
}
