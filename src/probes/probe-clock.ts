/** The clock of one probe: it measures at a steady pace, more slowly where nothing answers. */
import {messageOf} from '../actions/link-error.ts';
import {within} from '../actions/waiting.ts';
import {type Measure, type Reading, unreached} from './reading.ts';

export type ProbeClock = {
  everyMs: number;
  timeoutMs: number;
  measure: Measure;
  /** `at` is when the measurement began: a request sent before the deploy says nothing about what was deployed. */
  report(reading: Exclude<Reading, {kind: 'nothing'}>, at: number): void;
  /** Epoch ms. */
  now(): number;
};

/** Probes of one file would otherwise all fire in the same instant. */
const JITTER_SHARE = 0.1;
const JITTER_MS_MAX = 1000;
/** Failures in a row before each further one doubles the interval. */
const FAILURES_BEFORE_BACKOFF = 3;
const BACKOFF_MAX = 4;
/** The world keeps the timeout itself and says more about it; this is for a world that does not answer at all. */
const GRACE_MS = 1000;

/**
 * Measures on a grid of its own until stopped. A measurement that takes longer than the interval leaves out the
 * slots it has overrun; two of them never run at once. The grid does not follow the wall clock, which may jump.
 */
export function startClock(clock: ProbeClock): {stop(): void} {
  const firstMs = performance.now() + Math.random() * Math.min(clock.everyMs * JITTER_SHARE, JITTER_MS_MAX);
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  let slot = 0;
  let failures = 0;
  let outstanding = false;

  const schedule = (): void => {
    if (!stopped) timer = setTimeout(tick, Math.max(0, firstMs + slot * clock.everyMs - performance.now()));
  };
  const tick = async (): Promise<void> => {
    const at = clock.now();
    const reading = outstanding ? unreached('the last measurement has not come back yet') : await attempt();
    if (stopped) return;
    failures = reading.kind === 'error' && !reading.reached ? failures + 1 : 0;
    if (reading.kind !== 'nothing') clock.report(reading, at);
    slot = nextSlot(slot, (performance.now() - firstMs) / clock.everyMs, backoff(failures));
    schedule();
  };
  const attempt = (): Promise<Reading> => {
    outstanding = true;
    const measured = measureSafely(clock.measure).finally(() => {
      outstanding = false;
    });
    const limitMs = clock.timeoutMs + GRACE_MS;
    const late = () => new Error(`no answer within ${Math.round(limitMs / 1000)} s`);
    return within(measured, limitMs, late).catch(error => unreached(messageOf(error)));
  };

  schedule();
  return {
    stop: () => {
      stopped = true;
      clearTimeout(timer);
    },
  };
}

/** The slot `stride` after this one, or the first that is still to come. */
function nextSlot(slot: number, elapsedSlots: number, stride: number): number {
  return Math.max(slot + stride, Math.floor(elapsedSlots) + 1);
}

function backoff(failures: number): number {
  return Math.min(BACKOFF_MAX, 2 ** Math.max(0, failures - FAILURES_BEFORE_BACKOFF));
}

// A link that is down rejects; the probe reports it and lives on.
async function measureSafely(measure: Measure): Promise<Reading> {
  try {
    return await measure();
  } catch (error) {
    return unreached(messageOf(error));
  }
}
