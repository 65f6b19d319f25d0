import type {ReportSamples, World} from '../actions/world.ts';
import {type Bindings, type ProbeBinding, unreachable} from '../plan/plan.ts';
import type {Sample} from '../run/outcome.ts';
import {cpuProbe} from './cpu-probe.ts';
import {diskProbe, placeOf, rssProbe, runProbe} from './host-probe.ts';
import {httpProbe} from './http-probe.ts';
import {type CountSamples, captureProbe, logProbe, type SpoolLines} from './log-probe.ts';
import {postgresProbe} from './postgres-probe.ts';
import {startClock} from './probe-clock.ts';
import {prometheusProbe} from './prometheus-probe.ts';
import type {Bind, Measure, Reading} from './reading.ts';
import {sqlProbe} from './sql-probe.ts';

export type ProbeOptions = {report: ReportSamples; bind: Bind; spoolLines: SpoolLines; now(): number};

/**
 * Starts every probe of the bindings, each on its own clock and over connections of its own: none waits for another,
 * and no step for any. A signal is named after its probe.
 */
export function startProbes(bindings: Bindings, world: World, options: ProbeOptions): {stop(): void} {
  const reported = new Map(Object.keys(bindings.probes).map(name => [name, 0]));
  // A name that is both is a log: a share of lines is taken of lines.
  const countSamples: CountSamples = name => (name in bindings.logs ? undefined : reported.get(name));
  const clocks = Object.entries(bindings.probes).flatMap(([signal, probe]) => {
    const measure = measureOf(probe, {bindings, world, options, countSamples});
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

export type Sources = {bindings: Bindings; world: World; options: ProbeOptions; countSamples: CountSamples};

/** Undefined for what comes by itself. */
export function measureOf(probe: ProbeBinding, {bindings, world, options, countSamples}: Sources): Measure | undefined {
  const {bind, spoolLines} = options;
  switch (probe.kind) {
    case 'http':
      return httpProbe(probe, world, bind);
    case 'rss':
      return rssProbe(probe, placeOf(probe.on, bindings.hosts), world, bind);
    case 'cpu':
      return cpuProbe(probe, placeOf(probe.on, bindings.hosts), world, bind);
    case 'disk':
      return diskProbe(probe, placeOf(probe.on, bindings.hosts), world, bind);
    case 'run':
      return runProbe(probe, placeOf(probe.on, bindings.hosts), world, bind);
    case 'log':
      return logProbe(probe, spoolLines, countSamples);
    case 'capture':
      return captureProbe(probe, spoolLines);
    case 'sql':
      return sqlProbe(probe, bindings.databases, world, bind);
    case 'postgres':
      return postgresProbe(probe, bindings.databases, world, bind);
    case 'prometheus':
      return prometheusProbe(probe, world, bind);
    case 'step':
      return undefined;
    default:
      return unreachable(probe);
  }
}

type Reported = Exclude<Reading, {kind: 'nothing'}>;

function samplesOf(signal: string, reading: Reported, at: number): Sample[] {
  switch (reading.kind) {
    case 'error':
      return [{signal, at, error: reading.error}];
    case 'value': {
      const {value, parts} = reading;
      return [parts === undefined ? {signal, at, value} : {signal, at, value, parts}];
    }
    case 'values': {
      const {values, note} = reading;
      return values.map((value, index) => ({signal, at, value, ...(index > 0 || note === undefined ? {} : {note})}));
    }
    default:
      return unreachable(reading);
  }
}
