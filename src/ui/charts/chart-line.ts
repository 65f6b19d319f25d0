/** What a chart draws of its signal: every reading while it is kept, what the run remembers of it before. Pure. */
import type {Sample} from '../../run/outcome.ts';
import {bucketWidth} from '../../run/rules/history.ts';
import {percentile} from '../../run/rules/statistics.ts';
import type {Bucket} from '../../run/state.ts';
import {compact} from '../../text/compact.ts';
import type {Reading} from './chart-columns.ts';
import type {ChartModel} from './charts-model.ts';

/** A share of fewer measurements is not drawn. */
const SHARE_OF_MIN = 10;
/** A median of fewer readings, or of readings that lie closer together, says nothing that the line does not. */
const MEDIAN_OF_MIN = 5;
const SPREAD_MIN = 1.25;

/** The readings in view, and the one before them that may still hold: but what the old version did says nothing of the new. */
export function lineOf(model: ChartModel, fromMs: number): readonly Reading[] {
  const line = wholeLine(model, fromMs);
  const first = line.findIndex(({at}) => at >= model.since);
  const old = first < 0 ? line.length : first;
  return old === 0 || model.since === 0 ? line : [...line.slice(0, old), {at: model.since}, ...line.slice(old)];
}

function wholeLine(model: ChartModel, fromMs: number): readonly Reading[] {
  if (model.share) return runningShare(countsSince(model, fromMs - model.windowMs), model).filter(from(fromMs));
  if (model.total) return runningTotal(readingsSince(model, fromMs - model.windowMs), model).filter(from(fromMs));
  return readingsSince(model, fromMs);
}

function readingsSince(model: ChartModel, fromMs: number): readonly Reading[] {
  const first = model.samples[0]?.at ?? Number.POSITIVE_INFINITY;
  const kept = sinceMs(model.samples, fromMs);
  if (first <= fromMs) return kept;
  return [...olderThan(model.history, first, fromMs).flatMap(bucketReadings(model)), ...kept];
}

/** The running median beside a line that is all ups and downs: what is usual, below what sticks out. */
export function medianOf(model: ChartModel, fromMs: number, now: number, columns: number): readonly Reading[] {
  const samples = sinceMs(model.samples, fromMs - model.windowMs).filter(({value}) => value !== undefined);
  const newest = samples.flatMap(({at, value}) =>
    at >= Math.max(model.since, now - model.windowMs) ? (value ?? []) : [],
  );
  const usual = percentile(newest, 50);
  if (usual === undefined || (percentile(newest, 90) ?? 0) < usual * SPREAD_MIN) return [];
  const stepMs = (now - fromMs) / Math.max(1, columns);
  let [begin, end] = [0, 0];
  return Array.from({length: columns}, (_, column): Reading => {
    const at = fromMs + column * stepMs;
    while ((samples[end]?.at ?? Number.POSITIVE_INFINITY) <= at) end++;
    const start = Math.max(at - model.windowMs, at >= model.since ? model.since : 0);
    while ((samples[begin]?.at ?? Number.POSITIVE_INFINITY) < start) begin++;
    const values = samples.slice(begin, end).flatMap(({value}) => value ?? []);
    const median = values.length < MEDIAN_OF_MIN ? undefined : percentile(values, 50);
    return median === undefined ? {at} : {at, value: median, forMs: stepMs};
  });
}

/** How many measurements a share still lacks before it is drawn. */
export function shareLacks({samples, windowMs, since}: ChartModel, now: number): number {
  const start = Math.max(now - windowMs, since);
  return Math.max(0, SHARE_OF_MIN - samples.filter(({at}) => at >= start).length);
}

function bucketReadings({history, reduce, total}: ChartModel): (bucket: Bucket) => Reading[] {
  const forMs = bucketWidth(history);
  return bucket => {
    const value = total ? totalOf(bucket) : bucket[reduce];
    const failed = bucket.errors > 0 ? [{at: bucket.at, error: `${bucket.errors} failed`}] : [];
    return value === undefined ? failed : [{at: bucket.at, value, forMs}, ...failed];
  };
}

function totalOf({mean, n, errors}: Bucket): number | undefined {
  return mean === undefined ? undefined : mean * (n - errors);
}

type Count = {at: number; n: number; errors: number; forMs?: number};

function countsSince({samples, history}: ChartModel, fromMs: number): readonly Count[] {
  const first = samples[0]?.at ?? Number.POSITIVE_INFINITY;
  const counts = sinceMs(samples, fromMs).map(({at, error}) => ({at, n: 1, errors: error === undefined ? 0 : 1}));
  if (first <= fromMs) return counts;
  const forMs = bucketWidth(history);
  return [...olderThan(history, first, fromMs).map(({at, n, errors}) => ({at, n, errors, forMs})), ...counts];
}

/**
 * At each measurement, the share of failed ones over the window that ends there, in %. The deploy begins a new count,
 * as it does for the verdicts; until there are enough measurements a share would be all noise, so there is none, and
 * what the old version's was does not stand for it.
 */
function runningShare(counts: readonly Count[], {windowMs, since}: ChartModel): Reading[] {
  let [first, n, failed] = [0, 0, 0];
  return counts.map(({at, n: added, errors, forMs}) => {
    n += added;
    failed += errors;
    const start = Math.max(at - windowMs, at >= since ? since : 0);
    for (let old = counts[first]; old !== undefined && old.at < start && old.at < at; old = counts[++first]) {
      n -= old.n;
      failed -= old.errors;
    }
    return n < SHARE_OF_MIN ? {at} : compact({at, value: (100 * failed) / n, forMs});
  });
}

/** At each reading, how many there were over the window that ends there: what a bound on a count is held against. */
function runningTotal(readings: readonly Reading[], {windowMs, since}: ChartModel): Reading[] {
  let [first, total] = [0, 0];
  return readings.map(reading => {
    const {at, value} = reading;
    total += value ?? 0;
    const start = Math.max(at - windowMs, at >= since ? since : 0);
    for (let old = readings[first]; old !== undefined && old.at < start && old.at < at; old = readings[++first]) {
      total -= old.value ?? 0;
    }
    return value === undefined ? reading : {...reading, value: total};
  });
}

function olderThan(history: readonly Bucket[], first: number, fromMs: number): readonly Bucket[] {
  const width = bucketWidth(history);
  return history.filter(({at}) => at + width <= first && at + width >= fromMs);
}

/** The samples since then, and the last one before. Searches from the newest, so that old samples cost nothing. */
function sinceMs(samples: readonly Sample[], fromMs: number): readonly Sample[] {
  let index = samples.length;
  while (index > 0 && (samples[index - 1]?.at ?? 0) >= fromMs) index--;
  return samples.slice(Math.max(0, index - 1));
}

function from(fromMs: number): (reading: Reading, index: number, all: readonly Reading[]) => boolean {
  return ({at}, index, all) => at >= fromMs || (all[index + 1]?.at ?? 0) >= fromMs;
}
