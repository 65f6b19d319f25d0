/** A robust slope of readings over time, with its confidence interval. */
import type {Sample} from '../outcome.ts';
import {hasValue, type Reading} from './statistics.ts';

/** Per hour. `low` and `high` enclose the true slope; absent where the readings are too few to say. */
export type Slope = {perHour: number; low?: number; high?: number};

/** Half the width of a 95 % interval in standard deviations: one healthy series in forty lies wholly above its bound by chance. */
const Z_95 = 1.96;

/** Readings compared with each other at most: a longer series is thinned evenly first, and its interval is that of the fewer. */
const POINTS_MAX = 120;

/**
 * Theil–Sen slope: the median of the slopes between all pairs of readings, which one outlier in four does not move.
 * Its interval is Sen's (1968) as in Gilbert, "Statistical Methods for Environmental Pollution Monitoring" (1987),
 * §16.4.2: the ranks of those slopes that lie z standard deviations of Kendall's S around the middle, rounded outwards.
 * Readings that follow each other are alike (a sawtooth, a ramp), which makes plain intervals too narrow: the variance
 * is corrected for it after Hamed and Rao (1998). Undefined when no two readings differ in time.
 */
export function theilSen(samples: readonly Sample[], z: number = Z_95): Slope | undefined {
  const points = thin(samples.filter(hasValue));
  const slopes = pairSlopes(points);
  const perHour = medianOf(slopes);
  if (perHour === undefined) return undefined;
  const spread = z * Math.sqrt(kendallVariance(points) * serialFactor(points, perHour));
  const low = slopes[Math.floor((slopes.length - spread) / 2) - 1];
  const high = slopes[Math.ceil((slopes.length + spread) / 2)];
  return low === undefined || high === undefined ? {perHour} : {perHour, low, high};
}

const HOUR_MS = 3_600_000;

/** Ascending. Readings of one moment make no pair. */
function pairSlopes(points: readonly Reading[]): Float64Array {
  const slopes = new Float64Array((points.length * (points.length - 1)) / 2);
  let count = 0;
  for (const [index, from] of points.entries()) {
    for (let later = index + 1; later < points.length; later += 1) {
      const to = points[later];
      if (to === undefined || to.at <= from.at) continue;
      slopes[count] = ((to.value - from.value) * HOUR_MS) / (to.at - from.at);
      count += 1;
    }
  }
  return slopes.subarray(0, count).sort();
}

/** The middle of an ascending series; the mean of the two in the middle when there are two. */
function medianOf(sorted: Float64Array): number | undefined {
  const [one, other] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.ceil((sorted.length - 1) / 2)]];
  return one === undefined || other === undefined ? undefined : (one + other) / 2;
}

/** Variance of Kendall's S with ties among the values and among the times. */
function kendallVariance(points: readonly Reading[]): number {
  const n = points.length;
  const inValues = tieSizes(points.map(({value}) => value));
  const inTimes = tieSizes(points.map(({at}) => at));
  const single = n * (n - 1) * (2 * n + 5) - spreadOf(inValues) - spreadOf(inTimes);
  const pairs = (sumOf(inValues, pairsOf) * sumOf(inTimes, pairsOf)) / (2 * n * (n - 1));
  const triples = n < 3 ? 0 : (sumOf(inValues, triplesOf) * sumOf(inTimes, triplesOf)) / (9 * n * (n - 1) * (n - 2));
  return Math.max(0, single / 18 + pairs + triples);
}

function spreadOf(ties: readonly number[]): number {
  return sumOf(ties, size => size * (size - 1) * (2 * size + 5));
}

const pairsOf = (size: number) => size * (size - 1);
const triplesOf = (size: number) => size * (size - 1) * (size - 2);

function sumOf(sizes: readonly number[], of: (size: number) => number): number {
  return sizes.reduce((sum, size) => sum + of(size), 0);
}

function tieSizes(values: readonly number[]): readonly number[] {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts.values()];
}

/**
 * By how much the likeness of neighbours widens the variance of S: from the autocorrelations of the ranks of what the
 * line leaves over, as far as they are more than chance. Never below 1: it is there for caution.
 */
function serialFactor(points: readonly Reading[], perHour: number): number {
  const n = points.length;
  if (n < SERIAL_POINTS_MIN) return 1;
  const ranks = ranksOf(points.map(({at, value}) => value - (perHour * at) / HOUR_MS));
  const middle = (n - 1) / 2;
  const centred = ranks.map(rank => rank - middle);
  const whole = centred.reduce((sum, one) => sum + one * one, 0);
  if (whole === 0) return 1;
  let sum = 0;
  for (let lag = 1; lag <= n - 3; lag += 1) {
    let product = 0;
    for (let index = 0; index + lag < n; index += 1) product += (centred[index] ?? 0) * (centred[index + lag] ?? 0);
    const correlation = product / whole;
    if (Math.abs(correlation) > Z_95 / Math.sqrt(n)) sum += triplesOf(n - lag) * correlation;
  }
  return Math.max(1, 1 + (2 * sum) / triplesOf(n));
}

const SERIAL_POINTS_MIN = 10;

/** From 0; equal values share the mean of their ranks. */
function ranksOf(values: readonly number[]): readonly number[] {
  const order = values.map((_, index) => index).sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0));
  const ranks = new Array<number>(values.length).fill(0);
  for (let first = 0; first < order.length; ) {
    let last = first;
    while (last + 1 < order.length && values[order[last + 1] ?? 0] === values[order[first] ?? 0]) last += 1;
    for (const index of order.slice(first, last + 1)) ranks[index] = (first + last) / 2;
    first = last + 1;
  }
  return ranks;
}

function thin(points: readonly Reading[]): readonly Reading[] {
  if (points.length <= POINTS_MAX) return points;
  const step = (points.length - 1) / (POINTS_MAX - 1);
  return Array.from({length: POINTS_MAX}, (_, index) => points[Math.round(index * step)]).filter(
    point => point !== undefined,
  );
}
