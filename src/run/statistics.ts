import type {Sample} from './outcome.ts';

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

export function hasValue(sample: Sample): sample is Reading {
  return sample.value !== undefined;
}
