/** The clock of the machine that T-Minus runs on jumps in the middle of a deploy, and of a rollback. */
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import {fileURLToPath} from 'node:url';
import {seededRandom} from '../../helpers/seeded-random.ts';
import {examineRun} from '../ledger.ts';
import {simulateClocks} from '../simulated-runs.ts';
import {endOf, onStage, type Stage} from '../stage.ts';
import type {FaultClass, Problem, Result} from '../tally.ts';
import {dayScenarios} from './days.ts';

const HOUR_MS = 3_600_000;
const JUMP_EVERY_MS = 350;
const JUMPS_MAX = 25;
const preload = fileURLToPath(new URL('../jumping-clock.mjs', import.meta.url));

type Random = ReturnType<typeof seededRandom>;

/** By how much it is off, from one moment to the next. */
const JUMPS: readonly (readonly [string, (random: Random) => number])[] = [
  ['back', random => -random.below(48 * HOUR_MS)],
  ['forward', random => random.below(48 * HOUR_MS)],
  ['to and fro', random => (random.below(2) === 0 ? -1 : 1) * random.below(4 * HOUR_MS)],
];

export const leapingClocks: FaultClass = {
  name: 'clocks leap',
  real: () => [
    ...JUMPS.flatMap(([name, offset], index) =>
      (['deploy', 'rollback'] as const).map(what => ({
        name: `in a ${what}, ${name}`,
        run: () => withClock(clock => jumping(clock, what, seededRandom(500 + 10 * index), offset)),
      })),
    ),
    ...dayScenarios(),
  ],
  simulate: simulateClocks,
};

async function withClock(work: (clock: string) => Promise<Result>): Promise<Result> {
  const directory = mkdtempSync(join(tmpdir(), 'tminus-clock-'));
  try {
    return await work(join(directory, 'offset'));
  } finally {
    rmSync(directory, {recursive: true, force: true});
  }
}

async function jumping(
  clock: string,
  what: 'deploy' | 'rollback',
  random: Random,
  offset: (random: Random) => number,
): Promise<Result> {
  writeFileSync(clock, '0');
  // In a zone whose clocks change: the jumps cross that, too.
  const env = {NODE_OPTIONS: `--import=${preload}`, FAULTS_CLOCK: clock, TZ: 'Europe/Berlin'};
  return await onStage(
    async stage => {
      stage.pace(what === 'deploy' ? 1 : 0);
      const deploy = stage.deploy();
      if (what === 'rollback') await deploy.ended;
      stage.pace(1);
      const {ended} = what === 'deploy' ? deploy : stage.operator.start('rollback', '--plain');
      const over = new AbortController();
      const jumps = jump(() => writeFileSync(clock, String(offset(random))), over.signal);
      const end = await endOf(ended);
      over.abort();
      return await judged(stage, await jumps, end?.code, what === 'deploy' ? 0 : 4);
    },
    {env},
  );
}

async function jump(once: () => void, over: AbortSignal): Promise<number> {
  for (let times = 0; ; times += 1) {
    if (over.aborted || times === JUMPS_MAX) return times;
    once();
    await sleep(JUMP_EVERY_MS);
  }
}

async function judged(
  stage: Stage,
  injected: number,
  code: number | null | undefined,
  wanted: number,
): Promise<Result> {
  const events = await stage.operator.journal();
  const problems: Problem[] = [...examineRun(await stage.operator.runDirectory(), events, stage.ledger())];
  if (code !== wanted) problems.push({kind: 'broken', what: `exit ${code}; last: ${JSON.stringify(events.at(-1))}`});
  return {injected, problems};
}
