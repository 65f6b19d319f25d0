/**
 * `npm run faults [-- CLASS… --full]`: breaks links, processes, files, clocks, databases and input, and counts what was told
 * wrong because of it. A class is named by any part of its name; without one all are run.
 */
import {parseArgs} from 'node:util';
import {Worker} from 'node:worker_threads';
import {sshdMissing} from '../helpers/sshd.ts';
import {faultClasses} from './classes.ts';
import {closeShared} from './shared.ts';
import {
  type FaultClass,
  failuresOf,
  joined,
  type Kinds,
  type Problem,
  type Result,
  type Scenario,
  type Tally,
  table,
} from './tally.ts';

const AT_ONCE = 6;
/** Only ends what hangs: none takes a twentieth of this, and load multiplies. */
const SCENARIO_MS_MAX = 700_000;
/** Of one scenario's problems: the table counts them all. */
const SHOWN_MAX = 5;
const SIMULATED = 1000;
const SIMULATED_IN_FULL = 20_000;

const {values, positionals} = parseArgs({
  allowPositionals: true,
  options: {full: {type: 'boolean', default: false}, real: {type: 'boolean'}, simulated: {type: 'boolean'}},
});
process.exit(await main());

async function main(): Promise<number> {
  if (sshdMissing) {
    process.stderr.write('the fault suite needs the OpenSSH server (openssh-server)\n');
    return 1;
  }
  const startedAt = performance.now();
  const chosen = faultClasses.filter(
    ({name}) => positionals.length === 0 || positionals.some(part => name.includes(part)),
  );
  if (chosen.length === 0) {
    process.stderr.write(`no class is called so; there are:\n${faultClasses.map(({name}) => `  ${name}\n`).join('')}`);
    return 2;
  }
  const [simulated, real] = await Promise.all([
    values.real === true ? new Map<string, Result>() : simulateAll(chosen),
    values.simulated === true ? new Map<string, Tally['real']>() : runAll(chosen),
  ]);
  await closeShared();
  const tallies = chosen.map(({name}): Tally => {
    const [one, other] = [real.get(name), simulated.get(name)];
    return {name, ...(one === undefined ? {} : {real: one}), ...(other === undefined ? {} : {simulated: other})};
  });
  process.stdout.write(`\n${table(chosen, tallies)}\n`);
  const failures = failuresOf(tallies);
  for (const failure of failures) process.stdout.write(`NOT OK  ${failure}\n`);
  process.stdout.write(`\n${Math.round((performance.now() - startedAt) / 1000)} s\n`);
  return failures.length === 0 ? 0 : 1;
}

/** In the order given, several at once. */
async function runAll(classes: readonly FaultClass[]): Promise<Map<string, Tally['real']>> {
  const found = new Map<string, {injected: number; problems: Problem[]; impossible: string[]; kinds: Kinds}>();
  const waiting = classes.flatMap(({name, real}) => {
    if (typeof real === 'string') return [];
    found.set(name, {injected: 0, problems: [], impossible: [], kinds: {}});
    return real(values.full).map(scenario => ({name, scenario}));
  });
  const work = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const {name, scenario} = next;
      const tally = found.get(name);
      if (scenario.impossible !== undefined) tally?.impossible.push(scenario.impossible);
      else {
        const {injected, problems, kinds} = await reported(`${name}: ${scenario.name}`, () => withPatience(scenario));
        tally?.problems.push(...problems);
        if (tally === undefined) continue;
        tally.injected += injected;
        tally.kinds = joined(tally.kinds, kinds);
      }
    }
  };
  await Promise.all(Array.from({length: AT_ONCE}, work));
  return found;
}

/** In a thread of their own: they keep it busy, and nothing else is to seem slow because of it. */
async function simulateAll(classes: readonly FaultClass[]): Promise<Map<string, Result>> {
  const found = new Map<string, Result>();
  const names = classes.filter(({simulate}) => typeof simulate !== 'string').map(({name}) => name);
  const times = values.full ? SIMULATED_IN_FULL : SIMULATED;
  const worker = new Worker(new URL('./simulating.ts', import.meta.url), {workerData: {names, times}});
  const failed = new Promise<never>((_, reject) => worker.once('error', reject));
  failed.catch(() => {});
  const answers = new Map(names.map(name => [name, Promise.withResolvers<Result>()]));
  worker.on('message', ({name, result}: {name: string; result: Result}) => answers.get(name)?.resolve(result));
  for (const [name, {promise}] of answers) {
    const run = () => Promise.race([promise, failed]);
    found.set(name, await reported(`${name}: simulated`, () => withPatience({name, run})));
  }
  await worker.terminate();
  return found;
}

async function reported(name: string, work: () => Promise<Result>): Promise<Result> {
  const startedAt = performance.now();
  const result = await work();
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  const state = result.problems.length === 0 ? 'ok' : 'NOT OK';
  process.stdout.write(`${state.padEnd(6)} ${seconds.padStart(6)} s  ${name} (${result.injected})\n`);
  for (const {kind, what} of result.problems.slice(0, SHOWN_MAX)) process.stdout.write(`         ${kind}: ${what}\n`);
  return result;
}

function withPatience(scenario: Scenario): Promise<Result> {
  return new Promise(resolve => {
    const late = () => resolve(asBroken(new Error(`not over after ${SCENARIO_MS_MAX} ms`)));
    const timer = setTimeout(late, SCENARIO_MS_MAX);
    scenario
      .run()
      .catch(asBroken)
      .then(result => {
        clearTimeout(timer);
        resolve(result);
      });
  });
}

function asBroken(error: unknown): Result {
  const what = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return {injected: 1, problems: [{kind: 'broken', what}]};
}
