/** Runs the probes of a run and gathers their samples, once a second unless the watch is idle; says when a log has grown. */
import type {World} from '../actions/world.ts';
import type {Spool} from '../journal/spool/spool.ts';
import type {Bindings} from '../plan/plan.ts';
import type {Lookup} from '../plan/script.ts';
import {bindProbes} from '../probes/reading.ts';
import {type ProbeOptions, startProbes} from '../probes/schedule.ts';
import type {Sample} from '../run/outcome.ts';
import type {Engine} from './engine.ts';

const TICK_MS = 1000;
/** With nobody there and nothing wrong. */
const IDLE_TICK_MS = 10_000;

export type SamplingParts = {
  engine: Engine;
  spool: Spool;
  bindings: Bindings;
  world: World;
  lookup(): Lookup;
  grown(): void;
  now(): number;
  /** Nobody is there and nothing is wrong. */
  isIdle?(): boolean;
};

/** Samples are gathered for a tick and become one decision: rules are assessed at each, whatever else happens. */
export function startSampling({
  engine,
  spool,
  bindings,
  world,
  lookup,
  grown,
  now,
  isIdle = () => false,
}: SamplingParts): () => void {
  let gathered: Sample[] = [];
  const report = (samples: readonly Sample[]) => {
    gathered.push(...samples.map(shortSample));
  };
  const probes = startProbes(bindings, world, {
    report,
    bind: bindProbes(lookup),
    spoolLines: source => linesOf(spool, source),
    now,
  });
  let seen = '';
  const lookAtSpool = () => {
    const grownTo = spool
      .statuses()
      .map(
        source => `${source.id}:${source.lines}:${source.gone}:${source.linesPerSecond}:${source.up}:${source.detail}`,
      )
      .join();
    if (grownTo !== seen) grown();
    seen = grownTo;
  };
  spool.onChange(lookAtSpool);
  const tick = () => {
    const samples = gathered;
    gathered = [];
    engine.report(samples.length > 0 ? {type: 'samples-reported', samples} : {type: 'ticked'});
    // A rate falls while nothing is written.
    lookAtSpool();
    timer = setTimeout(tick, isIdle() ? IDLE_TICK_MS : TICK_MS);
  };
  let timer = setTimeout(tick, TICK_MS);
  return () => {
    probes.stop();
    clearTimeout(timer);
    spool.onChange(() => {});
  };
}

/** A log whose lines do not arrive, or are not kept, has not fallen silent. */
function linesOf(spool: Spool, source: string): ReturnType<ProbeOptions['spoolLines']> {
  const status = spool.statuses().find(one => one.id === source);
  const lines = {
    length: spool.lines(source),
    first: status?.gone ?? 0,
    read: (from: number) => spool.linesSince(source, from),
  };
  const down = status?.up === false ? status.detail : spool.trouble(source);
  return down === undefined ? lines : {...lines, down};
}

/**
 * Keeps only the digits that a measurement can have: a watch of two days writes a hundred thousand of them. Digits
 * before the point stay as they are, because the value may be a time or a count.
 */
export function shortSample(sample: Sample): Sample {
  const {value, parts} = sample;
  const short = value === undefined ? sample : {...sample, value: shortNumber(value)};
  if (parts === undefined) return short;
  return {...short, parts: Object.fromEntries(Object.entries(parts).map(([name, ms]) => [name, tenths(ms)]))};
}

function shortNumber(value: number): number {
  if (Number.isInteger(value)) return value;
  if (Math.abs(value) < 1) return Number(value.toPrecision(5));
  return Number(value.toFixed(Math.abs(value) < 100 ? 4 : 2));
}

function tenths(value: number): number {
  return Math.round(value * 10) / 10;
}
