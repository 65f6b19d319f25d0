import fc from 'fast-check';
import {expect, test} from 'vitest';
import type {Sample} from '../../../src/run/outcome.ts';
import {addToBuckets, BUCKETS_MAX, bucketOf, bucketWidth, merge} from '../../../src/run/rules/signal-buckets.ts';
import type {Bucket} from '../../../src/run/state.ts';

const T0 = 1_790_000_000_000;

const reading = fc.option(fc.double({min: -1e6, max: 1e6, noNaN: true}), {freq: 4, nil: undefined});
const readings = fc.array(reading, {minLength: 1, maxLength: 60});

function sample(value: number | undefined, at: number): Sample {
  return value === undefined ? {signal: 's', at, error: 'refused'} : {signal: 's', at, value};
}

function ofAll(samples: readonly Sample[]): Bucket {
  return samples.map(bucketOf).reduce((a, b) => merge(a, b));
}

function expectSame(bucket: Bucket, samples: readonly Sample[]): void {
  const values = samples.flatMap(({value}) => value ?? []);
  expect(bucket.n).toBe(samples.length);
  expect(bucket.errors).toBe(samples.length - values.length);
  expect(bucket.min).toBe(values.length === 0 ? undefined : Math.min(...values));
  expect(bucket.max).toBe(values.length === 0 ? undefined : Math.max(...values));
  expect(bucket.last).toBe(values.at(-1));
  if (values.length === 0) expect(bucket.mean).toBeUndefined();
  else expect(bucket.mean).toBeCloseTo(values.reduce((sum, value) => sum + value, 0) / values.length, 3);
}

test('merging buckets in any grouping gives the bucket of all their samples', () => {
  fc.assert(
    fc.property(readings, readings, readings, (...groups) => {
      const samples = groups.flat().map((value, index) => sample(value, T0 + index));
      const cuts = [groups[0].length, groups[0].length + groups[1].length];
      const [a, b, c] = [samples.slice(0, cuts[0]), samples.slice(cuts[0], cuts[1]), samples.slice(cuts[1])].map(ofAll);
      if (a === undefined || b === undefined || c === undefined) throw new Error('three groups');
      expectSame(merge(merge(a, b), c), samples);
      expectSame(merge(a, merge(b, c)), samples);
    }),
  );
});

test('however samples come, the history holds all of them, in order and within its bound', () => {
  const gap = fc.oneof(fc.integer({min: 0, max: 20_000}), fc.integer({min: 0, max: 7_200_000}));
  fc.assert(
    fc.property(fc.array(fc.tuple(gap, reading), {minLength: 1, maxLength: 900}), steps => {
      let at = T0;
      const samples = steps.map(([ms, value]) => {
        at += ms;
        return sample(value, at);
      });
      const history = samples.reduce<readonly Bucket[]>(addToBuckets, []);
      expect(history.length).toBeLessThanOrEqual(BUCKETS_MAX);
      expectSame(
        history.reduce((a, b) => merge(a, b)),
        samples,
      );
      const width = bucketWidth(history);
      for (const [index, bucket] of history.entries()) {
        expect(bucket.at % width).toBe(0);
        expectSame(
          bucket,
          samples.filter(one => one.at >= bucket.at && one.at < bucket.at + width),
        );
        expect(bucket.at).toBeGreaterThan(history[index - 1]?.at ?? 0);
      }
    }),
    {numRuns: 40},
  );
});

test('the history of an hour has a bucket for each quarter of a minute, that of two days for each four minutes', () => {
  const every = (count: number) =>
    Array.from({length: count}, (_, index) => sample(index, T0 + index * 5000)).reduce<readonly Bucket[]>(
      addToBuckets,
      [],
    );
  expect(bucketWidth(every(720))).toBe(15_000);
  const long = every(2 * 17_280);
  expect(bucketWidth(long)).toBe(240_000);
  expect(long.length).toBeGreaterThan(BUCKETS_MAX / 2);
});

test('a sample that comes late is counted, and changes no older bucket', () => {
  const history = [sample(1, T0), sample(2, T0 + 60_000)].reduce<readonly Bucket[]>(addToBuckets, []);
  const late = addToBuckets(history, sample(9, T0 + 1000));
  expect(late[0]).toEqual(history[0]);
  expect(late.at(-1)).toMatchObject({at: history.at(-1)?.at, n: 2, max: 9});
});
