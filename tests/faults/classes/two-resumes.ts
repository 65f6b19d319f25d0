/** A run whose engine was killed is taken up by several at once. */
import {mkdtempSync, rmSync} from 'node:fs';
import {hostname, tmpdir} from 'node:os';
import {join} from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import {acquireLock} from '../../../src/journal/lock.ts';
import {EXIT} from '../../../src/run/exit-codes.ts';
import {eventually} from '../../helpers/eventually.ts';
import {seededRandom} from '../../helpers/seeded-random.ts';
import {examineRun} from '../ledger.ts';
import {together} from '../performer.ts';
import {endOf, onStage, type Stage} from '../stage.ts';
import type {FaultClass, Problem, Result} from '../tally.ts';
import {killEngine} from './killed-engine.ts';

const RUNS = 4;
const RIVALS = 4;
const MARKS = ['migrate', 'build'];
const STEP_SECONDS = 3;
const SIMULATED_AT_ONCE = 20;

export const rivalResumes: FaultClass = {
  name: 'two resumes at once',
  real: () => Array.from({length: RUNS}, (_, run) => ({name: `run ${run + 1}`, run: () => onStage(contended)})),
  simulate,
};

/** Each rival is a fault: one begins an engine, the others attach to that or are told who holds the run. */
async function contended(stage: Stage): Promise<Result> {
  stage.pace(STEP_SECONDS);
  let running = [stage.deploy()];
  const problems: Problem[] = [];
  for (const mark of MARKS) {
    await eventually(`${mark} to begin`, () => stage.ledger().includes(`${mark} begin`));
    await killEngine(stage);
    problems.push(...(await endsOf(running, [0, EXIT.unknown, EXIT.lockHeld])));
    running = Array.from({length: RIVALS}, () => stage.operator.start('resume', '--plain'));
  }
  problems.push(...(await endsOf(running, [0, EXIT.lockHeld])));
  await stage.operator.idle();
  const events = await stage.operator.journal();
  problems.push(...examineRun(await stage.operator.runDirectory(), events, stage.ledger()));
  const closed = events.filter(({type}) => type === 'run-closed').length;
  if (closed !== 1) problems.push({kind: 'broken', what: `the run was closed ${closed} times`});
  return {injected: MARKS.length * RIVALS, problems};
}

async function endsOf(
  running: readonly ReturnType<Stage['deploy']>[],
  may: readonly number[],
): Promise<readonly Problem[]> {
  const ends = await Promise.all(running.map(({ended}) => endOf(ended)));
  return ends.flatMap((end): Problem[] => {
    // One that comes when the run is over is told so.
    const isLate = end?.said.includes('is closed (succeeded') === true;
    return isLate || may.includes(end?.code ?? -1) ? [] : [{kind: 'broken', what: `exit ${end?.code}: ${end?.said}`}];
  });
}

/** Claimants of one lock at once; each that gets it keeps it until all have been answered, or gives it back at once. */
async function simulate(times: number): Promise<Result> {
  const home = mkdtempSync(join(tmpdir(), 'tminus-locks-'));
  const seeds = Array.from({length: times}, (_, seed) => seed);
  try {
    const found = await together(seeds, SIMULATED_AT_ONCE, async (seed): Promise<readonly Problem[]> => {
      const random = seededRandom(91_000 + 3 * seed);
      const claimants = 2 + random.below(3);
      const answers = await Promise.all(
        Array.from({length: claimants}, async (_, index) => {
          await sleep(random.below(10));
          const since = Date.now();
          const holder = {user: `u${index}`, host: hostname(), pid: process.pid, runId: `${seed}`, since};
          return await acquireLock(home, `${seed}`, holder);
        }),
      );
      const held = answers.filter(answer => 'release' in answer);
      for (const lock of held) await lock.release();
      if (held.length > 1) return [{kind: 'twice', what: `seed ${seed}: ${held.length} hold one lock`}];
      return held.length === 1 ? [] : [{kind: 'lost', what: `seed ${seed}: nobody holds the lock`}];
    });
    return {injected: times, problems: found.flat()};
  } finally {
    rmSync(home, {recursive: true, force: true});
  }
}
