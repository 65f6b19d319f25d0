/** The points a chart draws: the readings that are still kept, and buckets for the time before them. Pure. */
import type {Sample} from '../../run/outcome.ts';
import {bucketWidth} from '../../run/rules/signal-buckets.ts';
import {percentile} from '../../run/rules/statistics.ts';
import type {Bucket} from '../../run/state.ts';
import {compact} from '../../text/compact.ts';
import type {Reading} from './chart-columns.ts';
import type {ChartModel} from './chart-content.ts';

/** A median of fewer readings, or of a shorter time, would only repeat the line. */
const MEDIAN_OF_MIN = 5;
const SPREAD_MIN = 1.25;

/** The visible readings and the one before them, which may still count. Readings of the old version do not count for the new one. */
export function lineOf(model: ChartModel, fromMs: number): readonly Reading[] {
  const line = endedLine(model, wholeLine(model, fromMs));
  const first = line.findIndex(({at}) => at >= model.since);
  const old = first < 0 ? line.length : first;
  return old === 0 || model.since === 0 ? line : [...line.slice(0, old), {at: model.since}, ...line.slice(old)];
}

/** Where nothing is measured any more, the last reading counts until then, and not until the next one would be late. */
function endedLine({silence}: ChartModel, line: readonly Reading[]): readonly Reading[] {
  const newest = line.at(-1)?.at;
  if (silence?.cut === undefined || newest === undefined) return line;
  return [...line, {at: Math.max(newest, silence.cut.since)}];
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

/** The running median of a line that goes up and down: the usual value below the peaks. */
export function medianOf(model: ChartModel, fromMs: number, now: number, columns: number): readonly Reading[] {
  const untilMs = Math.min(now, model.silence?.cut?.since ?? now);
  const samples = sinceMs(model.samples, fromMs - model.windowMs).filter(({value}) => value !== undefined);
  const newest = samples.flatMap(({at, value}) =>
    at >= Math.max(model.since, untilMs - model.windowMs) ? (value ?? []) : [],
  );
  const usual = percentile(newest, 50);
  if (usual === undefined || (percentile(newest, 90) ?? 0) < usual * SPREAD_MIN) return [];
  const stepMs = (now - fromMs) / Math.max(1, columns);
  let [begin, end] = [0, 0];
  return Array.from({length: columns}, (_, column): Reading => {
    const at = fromMs + column * stepMs;
    if (at > untilMs) return {at};
    while ((samples[end]?.at ?? Number.POSITIVE_INFINITY) <= at) end++;
    const start = Math.max(at - model.windowMs, at >= model.since ? model.since : 0);
    while ((samples[begin]?.at ?? Number.POSITIVE_INFINITY) < start) begin++;
    const values = samples.slice(begin, end).flatMap(({value}) => value ?? []);
    const median = values.length < MEDIAN_OF_MIN ? undefined : percentile(values, 50);
    return median === undefined ? {at} : {at, value: median, forMs: stepMs};
  });
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
 * The share of failed measurements in %, at each measurement over the window that ends there. The deploy starts a new
 * count, as for the verdicts: the old version's share is not used for the new one. The first measurement has a share
 * already. Whether that is enough for a verdict is said in the headline.
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
    return compact({at, value: (100 * failed) / n, forMs});
  });
}

/** The total over the window that ends at each reading. A bound on a count is compared with it. */
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

/** The samples since then, and the last one before. It searches from the newest, so that old samples cost no time. */
function sinceMs(samples: readonly Sample[], fromMs: number): readonly Sample[] {
  let index = samples.length;
  while (index > 0 && (samples[index - 1]?.at ?? 0) >= fromMs) index--;
  return samples.slice(Math.max(0, index - 1));
}

function from(fromMs: number): (reading: Reading, index: number, all: readonly Reading[]) => boolean {
  return ({at}, index, all) => at >= fromMs || (all[index + 1]?.at ?? 0) >= fromMs;
}
