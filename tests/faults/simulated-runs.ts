/** Runs on the pure model: two people at once, clocks that leap, rollbacks whose evidence is mixed. */
import {setImmediate as turn} from 'node:timers/promises';
import type {Intent, Recorded} from '../../src/run/event.ts';
import {seededRandom} from '../helpers/seeded-random.ts';
import {ana, bo, exited, Run, smallPlan} from '../run/build.ts';
import {BY_DRIVER, wish} from './classes/races.ts';
import type {Problem, Result} from './tally.ts';

type Random = ReturnType<typeof seededRandom>;

const WISHES = 24;
const DAY_MS = 86_400_000;
const TICKS_MAX = 60;
const STEPS = ['review', 'migrate', 'look', 'stop', 'start'];

export function simulateRaces(times: number): Promise<Result> {
  return simulated(times, random => race(random));
}

/** The same run twice, once with leaps: what it comes to is the same. */
export function simulateClocks(times: number): Promise<Result> {
  return simulated(times, (random, seed) => {
    const [calm, leapt] = [0, random.below(2) === 0 ? DAY_MS : 100 * DAY_MS].map(most => played(seed, most));
    return calm === leapt ? [] : [{kind: 'wrong', what: `by a calm clock ${calm}, by one that leaps ${leapt}`}];
  });
}

async function simulated(times: number, work: (random: Random, seed: number) => readonly Problem[]): Promise<Result> {
  const problems: Problem[] = [];
  for (let seed = 0; seed < times; seed += 1) {
    // Others simulate in the same thread.
    await turn();
    const found = work(seededRandom(6000 + 13 * seed), seed);
    problems.push(...found.map(({kind, what}) => ({kind, what: `seed ${seed}: ${what}`})));
  }
  return {injected: times, problems};
}

function race(random: Random): readonly Problem[] {
  const run = new Run(smallPlan()).given({type: 'console-joined', console: bo}).ready();
  const problems: Problem[] = [];
  for (let round = 0; round < WISHES; round += 1) {
    const console = random.below(2) === 0 ? ana : bo;
    const drives = run.state.driver === console.id;
    const intent: Intent =
      random.below(6) === 0
        ? {type: 'pass-baton', to: console.id, takeOver: random.below(2) === 0}
        : wish(random, `${round}`, STEPS)[0];
    const before = JSON.stringify(run.state.steps);
    run.intend(intent, console);
    const acted = run.events.filter(({type}) => BY_DRIVER.includes(type as Recorded['type']));
    if (acted.length > 0 && !drives)
      problems.push({kind: 'wrong', what: `${console.name} acted and did not drive: ${JSON.stringify(acted[0])}`});
    if (run.refusal !== undefined && JSON.stringify(run.state.steps) !== before)
      problems.push({kind: 'wrong', what: `refused (${run.refusal}) and done: ${JSON.stringify(intent)}`});
    if (runs(run).length > 1) problems.push({kind: 'twice', what: `${runs(run).join(' and ')} run at once`});
    if (runs(run).length > 0 && random.below(3) === 0) run.ends(exited(random.below(3)));
  }
  return [...problems, ...unfounded(run)];
}

function runs(run: Run): readonly string[] {
  return STEPS.filter(id => run.status(id) === 'running');
}

/** What passed has an exit status of 0, or somebody who says so. */
function unfounded({state}: Run): readonly Problem[] {
  return Object.entries(state.steps).flatMap(([id, own]): Problem[] => {
    if (own.status !== 'passed' || own.outcome === undefined || own.reason !== undefined) return [];
    const isGood = own.outcome.kind === 'exited' && own.outcome.code === 0;
    return isGood ? [] : [{kind: 'wrong', what: `${id} passed on ${JSON.stringify(own.outcome)}`}];
  });
}

/** A deploy and its rollback, in which a clock leaps by up to `mostMs` between any two moments. What it came to. */
function played(seed: number, mostMs: number): string {
  const random = seededRandom(seed);
  const leaps = seededRandom(seed + 1);
  const run = new Run(smallPlan(), {countdownMs: 3000}).ready();
  const soon = () => run.after(1000 + leaps.below(mostMs + 1));
  run.intend({type: 'tick', stepId: 'review'});
  soon();
  run.intend({type: 'run-step', stepId: 'migrate'});
  soon();
  if (runs(run).length > 0) run.ends(exited(random.below(2)));
  soon();
  run.intend({type: 'roll-back'});
  const ended = () => run.state.rollback.status === 'finished';
  for (let tick = 0; tick < TICKS_MAX && !ended(); tick += 1) {
    soon();
    if (run.state.rollback.status === 'stopping') run.ready([{ready: seed % 7 !== 0}]);
    if (runs(run).length > 0) run.ends(outcomeOf(run, random.below(8) === 0 ? 1 : 0));
  }
  const {phase, rollback, steps} = run.state;
  const how = rollback.status === 'finished' ? [rollback.result, rollback.verdict] : [rollback.status];
  return [phase, ...how, ...Object.entries(steps).map(([id, {status}]) => `${id} ${status}`)].join(', ');
}

function outcomeOf(run: Run, code: number) {
  const timing = {firstByteMs: 1, totalMs: 1};
  const answers = [{line: 1, status: 200, body: '{"status": "healthy"}', timing}];
  return runs(run).includes('start') && code === 0 ? {...exited(0), answers} : exited(code);
}
