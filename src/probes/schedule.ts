/** Runs every probe of the bindings, each on its own clock. */
import type {World} from '../actions/world.ts';
import {type Bindings, unreachable} from '../plan/plan.ts';
import type {Sample} from '../run/outcome.ts';
import {compact} from '../text/compact.ts';
import {measureOf} from './kinds.ts';
import {startClock} from './probe-clock.ts';
import type {Bind, CountSamples, Reading, SpoolLines} from './reading.ts';

export type ProbeOptions = {
  report(samples: readonly Sample[]): void;
  bind: Bind;
  spoolLines: SpoolLines;
  now(): number;
};

/**
 * Starts every probe of the bindings, each on its own clock and over connections of its own: none waits for another,
 * and no step for any. A signal is named after its probe.
 */
export function startProbes(bindings: Bindings, world: World, options: ProbeOptions): {stop(): void} {
  const {bind, spoolLines} = options;
  const reported = new Map(Object.keys(bindings.probes).map(name => [name, 0]));
  // A name that is both is a log: a share of lines is taken of lines.
  const countSamples: CountSamples = name => (name in bindings.logs ? undefined : reported.get(name));
  const clocks = Object.entries(bindings.probes).flatMap(([signal, probe]) => {
    const measure = measureOf(probe, {bindings, world, bind, spoolLines, countSamples});
    if (measure === undefined) return [];
    const {everyMs, timeoutMs} = probe;
    const report = (reading: Reported, at: number) => {
      reported.set(signal, (reported.get(signal) ?? 0) + 1);
      options.report(samplesOf(signal, reading, at));
    };
    return [startClock({everyMs, timeoutMs, measure, report, now: options.now})];
  });
  return {
    stop: () => {
      for (const clock of clocks) clock.stop();
    },
  };
}

type Reported = Exclude<Reading, {kind: 'nothing'}>;

function samplesOf(signal: string, reading: Reported, at: number): Sample[] {
  switch (reading.kind) {
    case 'error':
      return [{signal, at, error: reading.error}];
    case 'unasked':
      return [{signal, at, unasked: reading.why}];
    case 'value': {
      const {value, parts} = reading;
      return [parts === undefined ? {signal, at, value} : {signal, at, value, parts}];
    }
    case 'values': {
      const {values, note} = reading;
      return values.map((value, index) =>
        compact({signal, at, value, note: index > 0 || note === undefined ? undefined : note}),
      );
    }
    default:
      return unreachable(reading);
  }
}
