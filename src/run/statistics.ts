import type {Sample} from './outcome.ts';

/** Nearest-rank percentile, `p` in 0…100. Undefined for no values. */
export function percentile(values: readonly number[], p: number): number | undefined {
  if (values.length === 0) return undefined;
  const sorted = [...values].sort((a, b) => a - b);
  const rank = Math.max(1, Math.ceil((p / 100) * sorted.length));
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

/** Pairs compared at most: a longer series is thinned evenly first. */
const SLOPE_POINTS_MAX = 120;

/**
 * Theil–Sen slope (the median of all pairwise slopes) in units per hour: one outlier in four does not move it.
 * Undefined under two readings.
 */
export function slopePerHour(samples: readonly Sample[]): number | undefined {
  const points = thin(samples.filter(hasValue));
  const slopes: number[] = [];
  for (const [index, from] of points.entries()) {
    for (const to of points.slice(index + 1)) {
      const hours = (to.at - from.at) / 3_600_000;
      if (hours > 0) slopes.push((to.value - from.value) / hours);
    }
  }
  return percentile(slopes, 50);
}

type Reading = Sample & {value: number};

export function hasValue(sample: Sample): sample is Reading {
  return sample.value !== undefined;
}

function thin(points: readonly Reading[]): readonly Reading[] {
  if (points.length <= SLOPE_POINTS_MAX) return points;
  const step = (points.length - 1) / (SLOPE_POINTS_MAX - 1);
  return Array.from({length: SLOPE_POINTS_MAX}, (_, index) => points[Math.round(index * step)]).filter(
    point => point !== undefined,
  );
}
