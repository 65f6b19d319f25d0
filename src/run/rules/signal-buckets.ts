/** The whole run of one signal in buckets: what was least, most, usual and wrong in each stretch of time. */
import type {Sample} from '../outcome.ts';
import type {Bucket} from '../state.ts';

/** A run of two days keeps one bucket for every four minutes, one of an hour one for every fifteen seconds. */
export const BUCKETS_MAX = 768;
const WIDTH_MS_MIN = 15_000;

/**
 * Takes in one sample. All buckets are equally wide, and twice as wide once there would be too many of them. A sample
 * that comes late counts for the newest bucket.
 */
export function addToBuckets(history: readonly Bucket[], sample: Sample): readonly Bucket[] {
  const last = history.at(-1);
  const added = bucketOf(sample);
  if (last === undefined) return [{...added, at: slotOf(sample.at, WIDTH_MS_MIN)}];
  const newest = Math.max(last.at, sample.at);
  const before = widthOf(history, last.at);
  const width = widthOf(history, newest);
  const at = slotOf(newest, width);
  if (width !== before) return widened([...history, {...added, at}], width);
  if (at <= last.at) return history.with(-1, merge(last, added));
  return [...history, {...added, at}];
}

/** The bucket of the samples of both, `a` the older one. */
export function merge(a: Bucket, b: Bucket): Bucket {
  const {at, n, errors} = {at: a.at, n: a.n + b.n, errors: a.errors + b.errors};
  const [left, right] = [a.n - a.errors, b.n - b.errors];
  if (left + right === 0) return {at, n, errors};
  const mean = ((a.mean ?? 0) * left + (b.mean ?? 0) * right) / (left + right);
  return {
    at,
    n,
    errors,
    min: Math.min(a.min ?? Number.POSITIVE_INFINITY, b.min ?? Number.POSITIVE_INFINITY),
    max: Math.max(a.max ?? Number.NEGATIVE_INFINITY, b.max ?? Number.NEGATIVE_INFINITY),
    mean: Number(mean.toPrecision(DIGITS)),
    last: b.last ?? a.last ?? mean,
  };
}

/** More than anything is measured to; and a state that is sent to consoles is shorter for it. */
const DIGITS = 12;

export function bucketOf({at, value}: Sample): Bucket {
  if (value === undefined) return {at, n: 1, errors: 1};
  return {at, n: 1, errors: 0, min: value, max: value, mean: value, last: value};
}

/** How much time each bucket stands for, ms. */
export function bucketWidth(history: readonly Bucket[]): number {
  return widthOf(history, history.at(-1)?.at ?? 0);
}

/** By how long the run is at `at`: nothing else needs to be kept to tell it. */
function widthOf([first]: readonly Bucket[], at: number): number {
  let width = WIDTH_MS_MIN;
  if (first === undefined) return width;
  while (Math.floor(at / width) - Math.floor(first.at / width) >= BUCKETS_MAX) width *= 2;
  return width;
}

function widened(history: readonly Bucket[], width: number): readonly Bucket[] {
  const wide: Bucket[] = [];
  for (const bucket of history) {
    const at = slotOf(bucket.at, width);
    const last = wide.at(-1);
    if (last?.at === at) wide[wide.length - 1] = merge(last, bucket);
    else wide.push({...bucket, at});
  }
  return wide;
}

function slotOf(at: number, width: number): number {
  return Math.floor(at / width) * width;
}
