/** How each kind of probe measures: one row a kind. What a kind is called and may say stands in the bindings' own table. */
import {setTimeout as sleep} from 'node:timers/promises';
import {placeOf, type World} from '../actions/world.ts';
import type {ProbeBinding} from '../plan/plan.ts';
import type {Place} from '../plan/script.ts';
import {cpuProbe} from './cpu-probe.ts';
import {diskProbe, rssProbe, runProbe} from './host-probe.ts';
import {httpProbe} from './http-probe.ts';
import {captureProbe, logProbe} from './log-probe.ts';
import {postgresProbe} from './postgres-probe.ts';
import {prometheusProbe} from './prometheus-probe.ts';
import type {Bind, Measure, Of, ProbeKind, ProbeSources, Reading} from './reading.ts';
import {sqlProbe} from './sql-probe.ts';

type Measuring<Kind extends ProbeKind> = {
  measure(probe: Of<Kind>, sources: ProbeSources): Measure;
  /**
   * Whether it can be tried before any run. `after-a-second`: a share of time is one of the time between two readings.
   * `no`: lines of a log are counted from the start of a run on.
   */
  tryOut: 'at-once' | 'after-a-second' | 'no';
};

/** `step` has no row: the duration of a step comes by itself when the step is over. */
const KINDS: {[Kind in Exclude<ProbeKind, 'step'>]: Measuring<Kind>} = {
  http: {measure: onHost(httpProbe), tryOut: 'at-once'},
  rss: {measure: onHost(rssProbe), tryOut: 'at-once'},
  cpu: {measure: onHost(cpuProbe), tryOut: 'after-a-second'},
  disk: {measure: onHost(diskProbe), tryOut: 'at-once'},
  run: {measure: onHost(runProbe), tryOut: 'at-once'},
  log: {
    measure: (probe, {spoolLines, countSamples}) => logProbe(probe, spoolLines, countSamples),
    tryOut: 'no',
  },
  capture: {measure: (probe, {spoolLines}) => captureProbe(probe, spoolLines), tryOut: 'no'},
  sql: {
    measure: (probe, {bindings, world, bind}) => sqlProbe(probe, bindings.databases, world, bind),
    tryOut: 'at-once',
  },
  postgres: {
    measure: (probe, {bindings, world, bind}) => postgresProbe(probe, bindings.databases, world, bind),
    tryOut: 'at-once',
  },
  prometheus: {measure: onHost(prometheusProbe), tryOut: 'at-once'},
};

/** A probe that looks at the host that it names, or asks from there, or here. */
function onHost<Probe extends {on?: string}>(
  measure: (probe: Probe, place: Place, world: World, bind: Bind) => Measure,
): (probe: Probe, sources: ProbeSources) => Measure {
  return (probe, {bindings, world, bind}) => measure(probe, placeOf(probe.on, bindings.hosts), world, bind);
}

/** Undefined for what comes by itself. */
export function measureOf(probe: ProbeBinding, sources: ProbeSources): Measure | undefined {
  return kindOf(probe)?.measure(probe, sources);
}

const BETWEEN_READINGS_MS = 1000;

/** One reading before any run; undefined for what only a run can measure. */
export async function measureOnce(
  name: string,
  {bindings, world, bind}: Pick<ProbeSources, 'bindings' | 'world' | 'bind'>,
): Promise<Reading | undefined> {
  const probe = bindings.probes[name];
  const kind = probe === undefined ? undefined : kindOf(probe);
  if (probe === undefined || kind === undefined || kind.tryOut === 'no') return undefined;
  const measure = kind.measure(probe, {bindings, world, bind, spoolLines: noLines, countSamples: () => undefined});
  const first = await measure();
  if (first.kind !== 'nothing' || kind.tryOut !== 'after-a-second') return first;
  await sleep(BETWEEN_READINGS_MS);
  return await measure();
}

/** Its row. That a row is only ever given probes of its own kind is more than the compiler can follow. */
function kindOf(probe: ProbeBinding): Measuring<ProbeKind> | undefined {
  return probe.kind === 'step' ? undefined : (KINDS[probe.kind] as Measuring<ProbeKind>);
}

function noLines(): never {
  throw new Error('no log is followed yet');
}
