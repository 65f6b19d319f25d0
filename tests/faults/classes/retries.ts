/** Steps that may be tried again: what failed for certain is, what may have taken effect is not. */
import {setTimeout as sleep} from 'node:timers/promises';
import type {World} from '../../../src/actions/world.ts';
import type {Step} from '../../../src/plan/plan.ts';
import type {Outcome, Verdict} from '../../../src/run/outcome.ts';
import {eventually} from '../../helpers/eventually.ts';
import {seededRandom} from '../../helpers/seeded-random.ts';
import {script as scriptOf, step as stepOf} from '../../helpers/small-plan.ts';
import {held} from '../ledger.ts';
import {hostBindings, stepsOf, together, withPerformer} from '../performer.ts';
import {onHost, type SharedHost} from '../shared.ts';
import type {FaultClass, Problem, Result} from '../tally.ts';

const RETRIES = 2;
const AT_ONCE = 8;

export const retriedSteps: FaultClass = {
  name: 'steps with retries',
  real: () => [{name: 'scripts on a host whose link is cut', run: () => onHost(retried)}],
  simulate,
};

/** Of the tries of a step, in order: what each exits with. */
const COURSES: readonly (readonly number[])[] = [
  [0],
  [1, 0],
  [1, 1, 0],
  [1, 1, 1],
  [137, 0],
  [2, 3, 4],
  [126, 127, 0],
  [1, 255, 1],
];

/** While it is cut and mended again and again, each step goes through its course; no try is run twice, or left out. */
async function retried(host: SharedHost): Promise<Result> {
  const {directory, link, ledger} = host;
  const courses = Array.from({length: 4}, () => COURSES).flat();
  const codeBlocks = courses.map(
    (course, index) =>
      `n=$(grep -c '^t${index} begin$' ledger || :)\nset -- ${course.join(' ')}; shift "$n"; sh mark.sh t${index} 0.3 "$1"`,
  );
  const steps = stepsOf(codeBlocks, hostBindings(host)).map((step): Step => ({...step, retries: RETRIES}));
  const over = new AbortController();
  const found = await withPerformer({directory, bindings: hostBindings(host)}, async performer => {
    const claims = together([...steps.entries()], AT_ONCE, async ([index, step]) => {
      const {verdict} = await performer.perform(step);
      const own = ledger().filter(line => line.startsWith(`t${index} `));
      const begun = own.filter(line => line.endsWith(' begin')).length;
      // A try that could not begin, because the link was down just then, is one, too.
      const [good, last] = [own.indexOf(`t${index} end 0`), own.length - 1];
      const what = `step ${index}: ${own.join(', ')}`;
      const problems: Problem[] = [...held(what, {verdict, may: [good === -1 ? 'failed' : 'passed']})];
      if (begun > RETRIES + 1 || (good !== -1 && good !== last)) problems.push({kind: 'twice', what});
      if (own.length !== 2 * begun) problems.push({kind: 'lost', what: `${what}: a try was not waited for`});
      return problems;
    });
    await eventually('steps to begin', () => ledger().length > AT_ONCE);
    void cutNowAndThen(host, over.signal);
    return await claims;
  });
  over.abort();
  link.mend();
  return {injected: courses.length, problems: found.flat()};
}

async function cutNowAndThen({link}: SharedHost, over: AbortSignal): Promise<void> {
  const random = seededRandom(41);
  while (!over.aborted) {
    await sleep(1500 + random.below(1000));
    // Where nothing can begin, what is to begin fails: only what runs is cut off.
    link.cut();
    link.mend();
  }
}

/** A world that answers at random; whoever asks again must have seen it fail. */
async function simulate(times: number): Promise<Result> {
  const seeds = Array.from({length: times}, (_, seed) => seed);
  const found = await together(seeds, times, async seed => {
    const random = seededRandom(51_000 + 3 * seed);
    const given: Outcome[] = [];
    const perform: World['perform'] = async () => {
      const outcome = random.pick(OUTCOMES);
      given.push(outcome);
      return outcome;
    };
    const world = {perform, close: async () => {}} as unknown as World;
    const step = {
      ...stepOf(1, 'Simulated', 'deploy', scriptOf({id: 'local', place: {kind: 'local'}}, 'x')),
      retries: RETRIES,
    };
    const {verdict} = await withPerformer({directory: '/', world}, performer => performer.perform(step));
    return problemsOf(`seed ${seed}`, given, verdict);
  });
  return {injected: times, problems: found.flat()};
}

function problemsOf(what: string, given: readonly Outcome[], verdict: Verdict): readonly Problem[] {
  const course = given.map(({kind}) => kind).join(', ');
  const repeated = given.slice(0, -1).filter(outcome => !mayBeRepeated(outcome));
  const last = given.at(-1);
  const isOpen = last !== undefined && given.length <= RETRIES && mayBeRepeated(last);
  return [
    ...repeated.map(({kind}) => ({kind: 'twice', what: `${what}: tried again after ${kind} (${course})`}) as const),
    ...(isOpen ? [{kind: 'lost', what: `${what}: not tried again (${course})`} as const] : []),
    ...held(`${what} (${course})`, {verdict, may: last === undefined ? [] : [truthOf(last)]}),
  ];
}

/** It is certain that it did not do what it was to do. */
function mayBeRepeated(outcome: Outcome): boolean {
  if ('changed' in outcome) return false;
  return truthOf(outcome) === 'failed';
}

function truthOf(outcome: Outcome): Verdict['kind'] {
  if (outcome.kind === 'exited') return outcome.code === 0 ? 'passed' : 'failed';
  if (outcome.kind === 'lost') return 'unknown';
  return outcome.kind === 'cancelled' ? 'cancelled' : 'failed';
}

const OUTCOMES: readonly Outcome[] = [
  {kind: 'exited', code: 0, durationMs: 1, commands: [], output: ''},
  {kind: 'exited', code: 1, durationMs: 1, commands: [], output: ''},
  {kind: 'exited', code: 255, durationMs: 1, commands: [], output: ''},
  {kind: 'signalled', signal: 'KILL', durationMs: 1, commands: [], output: ''},
  {kind: 'lost', detail: 'nobody saw', durationMs: 1},
  {kind: 'cancelled', detail: 'stopped', durationMs: 1},
  {kind: 'timed-out', detail: 'late', durationMs: 1},
  {kind: 'timed-out', detail: 'late', durationMs: 1, changed: true},
  {kind: 'refused', reason: 'database', detail: 'no', durationMs: 1, changed: true},
  {kind: 'refused', reason: 'unreachable', detail: 'no', durationMs: 1},
];
