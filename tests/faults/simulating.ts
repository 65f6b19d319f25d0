/** The thread of the simulations: several classes at once, for many only wait. Each is answered with what it found. */
import {parentPort, workerData} from 'node:worker_threads';
import {faultClasses} from './classes.ts';
import {together} from './performer.ts';
import type {Result} from './tally.ts';

const AT_ONCE = 4;
const {names, times} = workerData as {names: readonly string[]; times: number};
await together(names, AT_ONCE, async name => parentPort?.postMessage({name, result: await simulated(name)}));

async function simulated(name: string): Promise<Result> {
  const simulate = faultClasses.find(each => each.name === name)?.simulate;
  try {
    if (typeof simulate !== 'function') throw new Error('it cannot be simulated');
    return await simulate(times);
  } catch (error) {
    const what = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return {injected: 0, problems: [{kind: 'broken', what}]};
  }
}
