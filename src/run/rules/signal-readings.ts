/** What was measured under the name of a signal or of a part of it. */
import type {Plan, SignalSource} from '../../plan/plan.ts';
import type {Sample} from '../outcome.ts';
import type {RunState, Signal} from '../state.ts';

/**
 * What was measured under a signal's name. `store_message.first-byte` reads that part of the samples of
 * `store_message`; a signal whose own name has a dot in it is found first.
 */
export function readingsOf(state: RunState, name: string): Signal | undefined {
  const whole = state.signals[name];
  if (whole !== undefined) return whole;
  const signal = state.signals[sourceNameOf(name)];
  if (signal === undefined) return undefined;
  const {history: _, lastValueAt: __, ...kept} = signal;
  const pick = (samples: readonly Sample[]) => samples.flatMap(sample => readingIn(sample, name) ?? []);
  const samples = pick(signal.samples);
  const lastValueAt = samples.findLast(({value}) => value !== undefined)?.at;
  const picked = {...kept, samples, baseline: pick(signal.baseline)};
  return lastValueAt === undefined ? picked : {...picked, lastValueAt};
}

/** A sample as a reading of the signal `name`, or nothing when it says nothing of it. A failed request failed in all its parts. */
export function readingIn(sample: Sample, name: string): Sample | undefined {
  if (sample.signal === name) return sample;
  if (sourceNameOf(name) !== sample.signal) return undefined;
  const {at, error, parts} = sample;
  if (error !== undefined) return {signal: name, at, error};
  const value = parts?.[name.slice(sample.signal.length + 1)];
  return value === undefined ? undefined : {signal: name, at, value};
}

/** What measures a signal: its own source, or that of the signal it is a part of. */
export function sourceOf({signals}: Plan, name: string): SignalSource | undefined {
  return signals?.[name] ?? signals?.[sourceNameOf(name)];
}

/** `store_message.first-byte` comes from `store_message`. */
export function sourceNameOf(name: string): string {
  const dot = name.lastIndexOf('.');
  return dot > 0 ? name.slice(0, dot) : name;
}
