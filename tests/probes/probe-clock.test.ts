import {afterEach, beforeEach, expect, test, vi} from 'vitest';
import {startClock} from '../../src/probes/probe-clock.ts';
import {type Measure, type Reading, unreached, valueRead, wrongAnswer} from '../../src/probes/reading.ts';

beforeEach(() => void vi.useFakeTimers({now: 0}));
afterEach(() => void vi.useRealTimers());

function clocked(measure: Measure, timeoutMs = 500) {
  const readings: (Reading & {at: number})[] = [];
  const clock = startClock({
    everyMs: 1000,
    timeoutMs,
    measure,
    report: (reading, at) => readings.push({...reading, at}),
    now: () => Date.now(),
  });
  return {readings, stop: clock.stop};
}

test('readings come one interval apart, the first within a tenth of it', async () => {
  const {readings, stop} = clocked(async () => valueRead(1));
  await vi.advanceTimersByTimeAsync(5050);
  stop();
  expect(readings.length).toBeGreaterThanOrEqual(5);
  expect(readings[0]?.at).toBeLessThanOrEqual(100);
  const steps = readings.slice(1).map(({at}, index) => at - (readings[index]?.at ?? 0));
  for (const step of steps) expect(Math.abs(step - 1000)).toBeLessThanOrEqual(1);
});

test('a slow measurement leaves slots out and never runs twice at once', async () => {
  let running = 0;
  let most = 0;
  const {readings, stop} = clocked(async () => {
    most = Math.max(most, ++running);
    await new Promise(resolve => setTimeout(resolve, 1400));
    running--;
    return valueRead(1400);
  }, 2000);
  await vi.advanceTimersByTimeAsync(8600);
  stop();
  expect(most).toBe(1);
  expect(readings).toHaveLength(4);
});

test('a place that never answers is reported again and again without being asked again', async () => {
  let asked = 0;
  const {readings, stop} = clocked(() => {
    asked++;
    return new Promise(() => {});
  });
  await vi.advanceTimersByTimeAsync(4000);
  stop();
  expect(asked).toBe(1);
  expect(readings.length).toBeGreaterThanOrEqual(2);
  expect(readings[0]).toMatchObject({kind: 'error', error: 'no answer within 2 s', reached: false});
  expect(readings[1]).toMatchObject({error: 'the last measurement has not come back yet'});
});

test('a place that cannot be reached is asked at most four times more seldom, until it can', async () => {
  let up = false;
  const {readings, stop} = clocked(async () => (up ? valueRead(1) : unreached('no connection')));
  await vi.advanceTimersByTimeAsync(40_000);
  const gaps = readings.slice(1).map(({at}, index) => Math.round((at - (readings[index]?.at ?? 0)) / 1000));
  expect(gaps.slice(0, 6)).toEqual([1, 1, 1, 2, 4, 4]);
  expect(Math.max(...gaps)).toBe(4);
  up = true;
  await vi.advanceTimersByTimeAsync(10_000);
  stop();
  const last = readings.slice(-3).map(({at}) => Math.round(at / 1000));
  expect((last[2] ?? 0) - (last[1] ?? 0)).toBe(1);
});

test('wrong answers are evidence and keep coming at full pace', async () => {
  const {readings, stop} = clocked(async () => wrongAnswer('status 503, expected 2xx'));
  await vi.advanceTimersByTimeAsync(20_050);
  stop();
  expect(readings.length).toBeGreaterThanOrEqual(20);
});

test('a measurement that throws is an error reading, and nothing to measure is no reading', async () => {
  const outcomes = [() => Promise.reject(new Error('link lost')), async (): Promise<Reading> => ({kind: 'nothing'})];
  const {readings, stop} = clocked(() => outcomes.shift()?.() ?? Promise.resolve(valueRead(3)));
  await vi.advanceTimersByTimeAsync(2200);
  stop();
  expect(readings).toMatchObject([
    {kind: 'error', error: 'link lost', reached: false},
    {kind: 'value', value: 3},
  ]);
});

test('after stop nothing is reported, not even what was under way', async () => {
  const {readings, stop} = clocked(async () => {
    await new Promise(resolve => setTimeout(resolve, 300));
    return valueRead(1);
  });
  await vi.advanceTimersByTimeAsync(200);
  stop();
  await vi.advanceTimersByTimeAsync(5000);
  expect(readings).toEqual([]);
  expect(vi.getTimerCount()).toBe(0);
});
