/** Percentiles, means and shares of samples. */
import type {Sample} from '../outcome.ts';

/** A sample that measured something. */
export type Reading = Sample & {value: number};

/**
 * Percentile by nearest rank: the smallest value that at least `p` percent of all values do not exceed. Always one of
 * the values, never a mixture; `p` in 0…100. Undefined for no values.
 */
export function percentile(values: readonly number[], p: number): number | undefined {
  if (values.length === 0) return undefined;
  const sorted = [...values].sort((a, b) => a - b);
  const rank = Math.max(1, Math.ceil((p * sorted.length) / 100));
  return sorted[rank - 1];
}

export function mean(values: readonly number[]): number | undefined {
  return values.length === 0 ? undefined : values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Share of error samples in percent. Undefined for no samples. */
export function errorRate(samples: readonly Sample[]): number | undefined {
  if (samples.length === 0) return undefined;
  return (100 * samples.filter(sample => sample.error !== undefined).length) / samples.length;
}

/** Probability that `hits` or more of `n` independent tries succeed, each with probability `p`: the binomial upper tail, exactly. */
export function chanceOfSoMany(hits: number, n: number, p: number): number {
  let term = (1 - p) ** n;
  let below = 0;
  for (let count = 0; count < hits; count += 1) {
    below += term;
    term *= ((n - count) / (count + 1)) * (p / (1 - p));
  }
  // Rounded, so that a chance of exactly one in twenty is not more than that.
  return Math.max(0, Number((1 - below).toFixed(12)));
}

export function hasValue(sample: Sample): sample is Reading {
  return sample.value !== undefined;
}
