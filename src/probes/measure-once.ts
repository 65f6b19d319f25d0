import {setTimeout as sleep} from 'node:timers/promises';
import type {World} from '../actions/world.ts';
import type {Bindings} from '../plan/plan.ts';
import type {Bind, Reading} from './reading.ts';
import {measureOf} from './schedule.ts';

/** A share of time is one of the time between two readings. */
const BETWEEN_READINGS_MS = 1000;

/**
 * One measurement of a probe, before any run. Undefined for what cannot be measured so: lines of a log, which are
 * counted from the start of a run on, and the duration of steps.
 */
export async function measureOnce(
  name: string,
  bindings: Bindings,
  world: World,
  bind: Bind,
): Promise<Reading | undefined> {
  const probe = bindings.probes[name];
  if (probe === undefined || probe.kind === 'log' || probe.kind === 'capture' || probe.kind === 'step')
    return undefined;
  const options = {report: () => {}, bind, spoolLines: noLines, now: Date.now};
  const measure = measureOf(probe, {bindings, world, options, countSamples: () => undefined});
  if (measure === undefined) return undefined;
  const first = await measure();
  if (first.kind !== 'nothing' || probe.kind !== 'cpu') return first;
  await sleep(BETWEEN_READINGS_MS);
  return await measure();
}

function noLines(): never {
  throw new Error('no log is followed yet');
}
