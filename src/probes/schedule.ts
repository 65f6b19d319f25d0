import type {ReportSamples, World} from '../actions/world.ts';
import type {Bindings, ProbeBinding} from '../plan/bindings.ts';
import {unreachable} from '../plan/plan.ts';
import type {Sample} from '../run/outcome.ts';
import {cpuProbe, placeOf, rssProbe, runProbe} from './host-probe.ts';
import {httpProbe} from './http-probe.ts';
import {type CountSamples, logProbe, type SpoolLines} from './log-probe.ts';
import {startClock} from './probe-clock.ts';
import {prometheusProbe} from './prometheus-probe.ts';
import type {Bind, Measure, Reading} from './reading.ts';
import {sqlProbe} from './sql-probe.ts';

export type ProbeOptions = {report: ReportSamples; bind: Bind; spoolLines: SpoolLines; now(): number};

/** Starts every probe of the bindings, each on its own clock. A signal is named after its probe. */
export function startProbes(bindings: Bindings, world: World, options: ProbeOptions): {stop(): void} {
  const reported = new Map(Object.keys(bindings.probes).map(name => [name, 0]));
  // A name that is both is a log: a share of lines is taken of lines.
  const countSamples: CountSamples = name => (name in bindings.logs ? undefined : reported.get(name));
  const clocks = Object.entries(bindings.probes).map(([signal, probe]) =>
    startClock({
      everyMs: probe.everyMs,
      timeoutMs: probe.timeoutMs,
      measure: measureOf(probe, {bindings, world, options, countSamples}),
      report: (reading, at) => {
        reported.set(signal, (reported.get(signal) ?? 0) + 1);
        options.report([sampleOf(signal, reading, at)]);
      },
      now: options.now,
    }),
  );
  return {
    stop: () => {
      for (const clock of clocks) clock.stop();
    },
  };
}

type Sources = {bindings: Bindings; world: World; options: ProbeOptions; countSamples: CountSamples};

function measureOf(probe: ProbeBinding, {bindings, world, options, countSamples}: Sources): Measure {
  const {bind} = options;
  switch (probe.kind) {
    case 'http':
      return httpProbe(probe, world, bind);
    case 'rss':
      return rssProbe(probe, placeOf(probe.on, bindings.hosts), world, bind);
    case 'cpu':
      return cpuProbe(probe, placeOf(probe.on, bindings.hosts), world, bind);
    case 'run':
      return runProbe(probe, placeOf(probe.on, bindings.hosts), world, bind);
    case 'log':
      return logProbe(probe, options.spoolLines, countSamples);
    case 'sql':
      return sqlProbe(probe, bindings.databases, world, bind);
    case 'prometheus':
      return prometheusProbe(probe, world, bind);
    default:
      return unreachable(probe);
  }
}

function sampleOf(signal: string, reading: Exclude<Reading, {kind: 'nothing'}>, at: number): Sample {
  return reading.kind === 'value' ? {signal, at, value: reading.value} : {signal, at, error: reading.error};
}
