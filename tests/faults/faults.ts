/** `npm run faults`: breaks links, processes, files, clocks and input, and counts what was told wrong because of it. */
import {sshdMissing} from '../helpers/sshd.ts';
import {clockScenarios} from './classes/clocks.ts';
import {cutJournalScenarios} from './classes/cut-journal.ts';
import {dayScenarios} from './classes/days.ts';
import {diskScenarios} from './classes/disks.ts';
import {floodScenarios} from './classes/floods.ts';
import {hostileScenarios} from './classes/hostile-input.ts';
import {hostScenarios} from './classes/hosts.ts';
import {killScenarios} from './classes/killed-engine.ts';
import {linkScenarios} from './classes/links.ts';
import {raceScenarios} from './classes/races.ts';
import {isClean, type Scenario, type Skipped, type Tally, table} from './tally.ts';

const AT_ONCE = 5;
/** Only ends what hangs: none takes a twentieth of this, and load multiplies. */
const SCENARIO_MS_MAX = 700_000;
/** Of one scenario's problems: the table counts them all. */
const SHOWN_MAX = 5;

const [only] = process.argv.slice(2);
process.exit(await main());

async function main(): Promise<number> {
  if (sshdMissing) {
    process.stderr.write('the fault suite needs the OpenSSH server (openssh-server)\n');
    return 1;
  }
  const startedAt = performance.now();
  const skipped: Skipped[] = [];
  const scenarios = [
    ...linkScenarios(),
    ...killScenarios(),
    ...cutJournalScenarios(),
    ...hostScenarios(),
    ...diskScenarios(skipped),
    ...clockScenarios(),
    ...dayScenarios(),
    ...raceScenarios(),
    ...floodScenarios(),
    ...hostileScenarios(),
  ].filter(({kind, name}) => only === undefined || `${kind}: ${name}`.includes(only));
  const tallies = await runAll(scenarios);
  process.stdout.write(`\n${table(tallies, skipped)}\n`);
  process.stdout.write(`\n${Math.round((performance.now() - startedAt) / 1000)} s\n`);
  return isClean(tallies) ? 0 : 1;
}

/** In the order given, several at once; those that want to be alone come last. */
async function runAll(scenarios: readonly Scenario[]): Promise<readonly Tally[]> {
  const tallies: Tally[] = [];
  const waiting = scenarios.filter(({alone}) => alone !== true);
  const work = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) tallies.push(await tallyOf(next));
  };
  await Promise.all(Array.from({length: AT_ONCE}, work));
  for (const scenario of scenarios.filter(({alone}) => alone === true)) tallies.push(await tallyOf(scenario));
  const order = scenarios.map(({kind}) => kind);
  return tallies.toSorted((one, other) => order.indexOf(one.scenario.kind) - order.indexOf(other.scenario.kind));
}

async function tallyOf(scenario: Scenario): Promise<Tally> {
  const startedAt = performance.now();
  const result = await Promise.race([attempt(scenario), patience()]);
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  const state = result.problems.length === 0 ? 'ok' : 'NOT OK';
  process.stdout.write(`${state.padEnd(6)} ${seconds.padStart(6)} s  ${scenario.kind}: ${scenario.name}\n`);
  for (const {kind, what} of result.problems.slice(0, SHOWN_MAX)) process.stdout.write(`         ${kind}: ${what}\n`);
  return {...result, scenario};
}

async function attempt(scenario: Scenario): Promise<Omit<Tally, 'scenario'>> {
  try {
    return await scenario.run();
  } catch (error) {
    const what = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return {injected: 1, problems: [{kind: 'broken', what}]};
  }
}

function patience(): Promise<Omit<Tally, 'scenario'>> {
  return new Promise(resolve => {
    const late = {injected: 1, problems: [{kind: 'broken', what: `not over after ${SCENARIO_MS_MAX} ms`} as const]};
    setTimeout(() => resolve(late), SCENARIO_MS_MAX).unref();
  });
}
