/** The link is cut, stopped and slowed down at random moments of a deploy and of a rollback. */
import {setTimeout as sleep} from 'node:timers/promises';
import {seededRandom} from '../../helpers/seeded-random.ts';
import {examineRun} from '../ledger.ts';
import {simulateLinks} from '../simulated-host.ts';
import {endOf, onStage, type Stage} from '../stage.ts';
import type {FaultClass, Problem, Result} from '../tally.ts';

const DEPLOYS = 4;
const ROLLBACKS = 3;
/** A run that is disturbed without end has none either. */
const DISTURBED_MS = 14_000;
const STEP_SECONDS = 1.5;
/** One in five lasts up to this long. */
const LONG_MS = 6000;

type Random = ReturnType<typeof seededRandom>;

export const brokenLinks: FaultClass = {
  name: 'link cut, stalled, throttled',
  real: () => [
    ...Array.from({length: DEPLOYS}, (_, seed) => ({
      name: `in a deploy, seed ${seed}`,
      run: () => onStage(stage => disturbedDeploy(stage, seed)),
    })),
    ...Array.from({length: ROLLBACKS}, (_, seed) => ({
      name: `in a rollback, seed ${seed}`,
      run: () => onStage(stage => disturbedRollback(stage, 100 + seed)),
    })),
  ],
  simulate: simulateLinks,
};

async function disturbedDeploy(stage: Stage, seed: number): Promise<Result> {
  stage.pace(STEP_SECONDS);
  // Every third deploy has a step that fails, and that is what must be told of it.
  if (seed % 3 === 2) stage.status('build', 3);
  const {ended} = stage.deploy();
  return await disturbedEnd(stage, ended, seed);
}

async function disturbedRollback(stage: Stage, seed: number): Promise<Result> {
  stage.pace(0);
  await stage.deploy().ended;
  stage.pace(STEP_SECONDS);
  const {ended} = stage.operator.start('rollback', '--plain');
  return await disturbedEnd(stage, ended, seed);
}

async function disturbedEnd(stage: Stage, ended: Promise<unknown>, seed: number): Promise<Result> {
  const over = new AbortController();
  const disturbing = disturb(stage, seededRandom(seed), over.signal);
  const end = await endOf(ended as Parameters<typeof endOf>[0]);
  over.abort();
  const injected = await disturbing;
  const events = await stage.operator.journal();
  const found = examineRun(await stage.operator.runDirectory(), events, stage.ledger());
  const problems: Problem[] = [...found];
  if (end === undefined)
    problems.push({kind: 'broken', what: `it did not end; last: ${JSON.stringify(events.at(-1))}`});
  if (end?.code === 1) problems.push({kind: 'broken', what: `exit 1: ${end.said}`});
  return {injected, problems};
}

/** Returns how often. */
async function disturb({link}: Stage, random: Random, over: AbortSignal): Promise<number> {
  const until = performance.now() + DISTURBED_MS;
  let times = 0;
  while (!over.aborted && performance.now() < until) {
    await sleep(random.below(700));
    if (over.aborted) break;
    times += 1;
    const how = random.below(3);
    if (how === 0) link.cut();
    else if (how === 1) link.stall();
    else link.throttle(200 + random.below(3000));
    await sleep(50 + random.below(random.below(5) === 0 ? LONG_MS : 1000));
    link.mend();
  }
  return times;
}
