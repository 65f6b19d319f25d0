/** What is kept of the readings of each signal: the newest one by one, all of them in buckets. */
import type {Plan, Rule} from '../../plan/plan.ts';
import type {Sample} from '../outcome.ts';
import {type RunState, SAMPLES_KEPT_MAX, type Signal} from '../state.ts';
import {addToBuckets} from './signal-buckets.ts';

/** Without a rule that looks further back: what a chart shows reading by reading. */
const KEPT_MS_MIN = 3_600_000;
/** What is too old goes a part at a time, so that most readings are appended without looking for it. */
const KEPT_SLACK = 1.25;

export function addSamples(plan: Plan, state: RunState, samples: readonly Sample[]): RunState['signals'] {
  const signals: Record<string, Signal> = {...state.signals};
  for (const sample of samples) {
    const keptMs = longestWindow(plan.rules, state.afterRollback, sample.signal);
    signals[sample.signal] = withSample(signals[sample.signal], sample, keptMs);
  }
  return signals;
}

const NOTHING: Signal = {samples: [], baseline: [], lastAt: 0};

function withSample(before: Signal = NOTHING, sample: Sample, keptMs: number): Signal {
  const {failing: _, failingSince, unasked: __, ...kept} = before;
  if (sample.unasked !== undefined) return {...kept, unasked: sample.unasked};
  const next = {
    ...kept,
    samples: append(before.samples, sample, keptMs),
    history: addToBuckets(before.history ?? [], sample),
    lastAt: Math.max(before.lastAt, sample.at),
  };
  if (sample.error === undefined) return {...next, lastValueAt: Math.max(before.lastValueAt ?? 0, sample.at)};
  return {...next, failing: sample.error, failingSince: failingSince ?? sample.at};
}

/** How far back a rule on this signal, or on a part of it, may look. */
function longestWindow(rules: readonly Rule[], more: readonly Rule[] = [], signal: string): number {
  let longest = KEPT_MS_MIN;
  for (const rule of [...rules, ...more]) {
    if (rule.windowMs <= longest || rule.signal === undefined) continue;
    if (rule.signal === signal || rule.signal.startsWith(`${signal}.`)) longest = rule.windowMs;
  }
  return longest;
}

function append(samples: readonly Sample[], sample: Sample, keptMs: number): readonly Sample[] {
  const oldest = samples[0]?.at ?? sample.at;
  if (samples.length < SAMPLES_KEPT_MAX && oldest >= sample.at - keptMs * KEPT_SLACK) return [...samples, sample];
  const from = samples.findIndex(({at}) => at >= sample.at - keptMs);
  const tooOld = from < 0 ? samples.length : from;
  const tooMany = samples.length < SAMPLES_KEPT_MAX ? 0 : SAMPLES_KEPT_MAX / 4;
  return [...samples.slice(Math.max(tooOld, tooMany)), sample];
}
