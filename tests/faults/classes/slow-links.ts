/** A job prints far more than its link carries in the time it runs, and the link breaks in between. */
import {setTimeout as sleep} from 'node:timers/promises';
import {eventually} from '../../helpers/eventually.ts';
import {seededRandom} from '../../helpers/seeded-random.ts';
import {held} from '../ledger.ts';
import {hostBindings, stepsOf, together, withPerformer} from '../performer.ts';
import {onHost, type SharedHost} from '../shared.ts';
import {simulateSlowLinks} from '../simulated-host.ts';
import type {FaultClass, Result} from '../tally.ts';

const SEEDS = 2;
const JOBS = 3;
const LINES = 25_000;
const FAULTS = 17;
const BYTES_PER_SECOND = 1_500_000;

export const slowLinks: FaultClass = {
  name: 'slow, lossy link under large output',
  real: () =>
    Array.from({length: SEEDS}, (_, seed) => ({name: `seed ${seed}`, run: () => onHost(host => slowed(host, seed))})),
  simulate: simulateSlowLinks,
};

/** Several jobs at once; every other one fails at its end, and that is what must be told of it. */
async function slowed(host: SharedHost, seed: number): Promise<Result> {
  const {directory, link} = host;
  const over = new AbortController();
  link.throttle(BYTES_PER_SECOND);
  const codeBlocks = Array.from({length: JOBS}, (_, index) => {
    const mark = `seed${seed}job${index}`;
    return `sh mark.sh ${mark}\nseq -f 'line %0100g' ${LINES}\nsh -c 'exit ${index % 2}'`;
  });
  const steps = stepsOf(codeBlocks, hostBindings(host));
  const disturbing = begun(host).then(() => disturb(host, seed, over.signal));
  const found = await withPerformer({directory, bindings: hostBindings(host)}, performer =>
    together([...steps.entries()], JOBS, async ([index, step]) => {
      const {verdict, printed} = await performer.perform(step);
      const begun = host.ledger().filter(line => line === `seed${seed}job${index} begin`).length;
      const may = [index % 2 === 0 ? 'passed' : 'failed'] as const;
      return held(`job ${index}`, {verdict, times: begun, may, whole: isWhole(printed)});
    }),
  );
  over.abort();
  return {injected: await disturbing, problems: found.flat()};
}

/** What cannot begin is refused, and nothing is lost of it. */
async function begun({ledger}: SharedHost): Promise<void> {
  await eventually('all jobs to begin', () => ledger().filter(line => line.endsWith(' begin')).length === JOBS);
}

/** Each line once, in order. */
function isWhole(printed: string): boolean {
  const lines = printed.split('\n').filter(line => line.startsWith('line '));
  return lines.length === LINES && lines.every((line, index) => Number(line.slice('line '.length)) === index + 1);
}

async function disturb({link}: SharedHost, seed: number, over: AbortSignal): Promise<number> {
  const random = seededRandom(7000 + seed);
  for (let times = 0; ; times += 1) {
    await sleep(200 + random.below(600));
    if (over.aborted || times === FAULTS) return times;
    const how = random.below(3);
    if (how === 0) link.cut();
    else if (how === 1) link.stall();
    else link.throttle(20_000 + random.below(100_000));
    await sleep(50 + random.below(400));
    link.mend();
    link.throttle(BYTES_PER_SECOND);
  }
}
