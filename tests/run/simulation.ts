/** The seed's checklist in a pure world: a service whose readings are made up, seed by seed, and judged as the engine would. */

import {emptyBindings} from '../../src/plan/bindings-file/types.ts';
import {parsePlan} from '../../src/plan/parse-plan.ts';
import type {Plan, Rule, SectionRole, SignalSource} from '../../src/plan/plan.ts';
import type {Sample} from '../../src/run/outcome.ts';
import {seedBytes} from '../helpers/documents.ts';
import {seeded} from '../helpers/seeded-random.ts';
import {Run} from './build.ts';

/** What a team would bind: the lines of the document that each probe answers for. */
const TIES: readonly (readonly [line: number, signal: string, more?: Partial<Rule>])[] = [
  [148, 'health'],
  [149, 'store_message'],
  [150, 'booking'],
  [155, 'errors'],
  [172, 'memory'],
  [182, 'store_message'],
  [183, 'booking'],
  [192, 'memory'],
  [193, 'cpu'],
  [194, 'pool'],
  [218, 'store_message'],
  [219, 'booking'],
  [221, 'store_message'],
  [285, 'store_message'],
  [286, 'store_message'],
  [287, 'database_failures', {consecutive: 2}],
  [288, 'memory'],
  [355, 'store_message'],
  [356, 'booking'],
  [361, 'store_message'],
];

const EVERY_S: Readonly<Record<string, number>> = {
  health: 5,
  store_message: 5,
  booking: 5,
  errors: 5,
  database_failures: 5,
  memory: 15,
  cpu: 15,
  pool: 15,
};

export function seedPlan(): Plan {
  const plan = parsePlan(seedBytes, emptyBindings);
  const rules = plan.rules.map((rule): Rule => {
    const tie = TIES.find(([line]) => line === rule.line);
    return tie === undefined ? rule : {...rule, signal: tie[1], ...tie[2]};
  });
  const source = (name: string): SignalSource => ({
    kind: ['health', 'store_message', 'booking'].includes(name) ? 'http' : 'run',
    everyMs: 1000 * (EVERY_S[name] ?? 0),
    what: name,
  });
  const signals = Object.fromEntries(Object.keys(EVERY_S).map(name => [name, source(name)]));
  return {...plan, rules, signals};
}

/** What is wrong with the service from a moment on. */
export type Fault = 'none' | 'slow' | 'errors' | 'leak' | 'db-down';

type World = {
  random: () => number;
  version: 'old' | 'new';
  fault: Fault;
  faultyS: number;
  sawS: number;
  second: number;
};

const LATENCY_MS = {old: {store_message: 2000, booking: 305}, new: {store_message: 690, booking: 305}};
/** One request in so many fails, and one in so many waits for a collection of garbage. */
export const FAILS_EVERY = 500;
const COLLECTS_EVERY = 100;
const MEMORY_MB = 400;
const SAW_MB = 60;
const LEAK_MB_PER_HOUR = 1500;

function latency({random, version, fault}: World, name: string): Partial<Sample> {
  const failsEvery = fault === 'errors' ? 4 : FAILS_EVERY;
  if (fault === 'db-down' || random() < 1 / failsEvery) return {error: fault === 'db-down' ? 'status 503' : 'timeout'};
  const usual = name === 'health' ? 20 : ((LATENCY_MS[version] as Record<string, number>)[name] ?? 100);
  const slow = fault === 'slow' && name === 'store_message' ? 3 : 1;
  const collects = random() < 1 / COLLECTS_EVERY ? 3 : 1;
  return {value: usual * slow * collects * (0.9 + 0.2 * random())};
}

/** A sawtooth, and noise on it. */
function memory({random, fault, faultyS, sawS, second}: World): Partial<Sample> {
  const leaked = fault === 'leak' ? (LEAK_MB_PER_HOUR * faultyS) / 3600 : 0;
  return {value: MEMORY_MB + (SAW_MB * (second % sawS)) / sawS + leaked + 6 * random()};
}

function reading(world: World, name: string): Partial<Sample> {
  const {random, fault} = world;
  switch (name) {
    case 'memory':
      return memory(world);
    case 'cpu':
      return {value: 25 + 20 * random()};
    case 'pool':
      return fault === 'db-down' ? {error: 'connection refused'} : {value: 15 + 10 * random()};
    // Requests that fail here are lost on their way: nothing is wrong with the new code, and it logs nothing.
    case 'errors':
      return {value: fault === 'errors' ? 1 : 0};
    case 'database_failures':
      return {value: fault === 'db-down' ? 3 : 0};
    default:
      return latency(world, name);
  }
}

/** A run of the seed, second by second. */
export class Simulation {
  readonly run: Run;
  readonly #world: World;
  #faultAt = Number.POSITIVE_INFINITY;
  /** Called after each decision with the samples it was made on. */
  onSamples: (samples: readonly Sample[]) => void = () => undefined;

  constructor(plan: Plan, seed: number) {
    this.run = new Run(plan);
    const random = seeded(seed);
    this.#world = {random, version: 'old', fault: 'none', faultyS: 0, sawS: 60 + Math.floor(180 * random()), second: 0};
  }

  /** Ten minutes of the old version, then the deploy with the new one in place after two. */
  deployed(): this {
    this.goesOn(600);
    this.#tick('deploy').goesOn(120);
    this.#world.version = 'new';
    return this.#tick('verify').#watches();
  }

  breaks(fault: Fault): this {
    this.#world.fault = fault;
    this.#faultAt = this.#world.second;
    return this;
  }

  /** The old version is back, and what was wrong with the new one is gone. */
  rolledBack(): this {
    this.#world.fault = 'none';
    this.#world.version = 'old';
    this.run.given({type: 'rollback-finished', result: 'rolled-back', because: 'verified', left: []});
    this.run.given({type: 'phase-changed', phase: 'rolled-back', because: 'verified'});
    return this;
  }

  goesOn(seconds: number, until: () => boolean = () => false): this {
    const world = this.#world;
    for (let left = seconds; left > 0 && !until(); left -= 1) {
      world.second += 1;
      world.faultyS = Math.max(0, world.second - this.#faultAt);
      this.run.at += 1000;
      const due = Object.keys(EVERY_S).filter((name, index) => (world.second + index) % (EVERY_S[name] ?? 1) === 0);
      const samples = due.map((signal): Sample => ({signal, at: this.run.at, ...reading(world, signal)}));
      if (samples.length === 0) continue;
      this.run.report({type: 'samples-reported', samples});
      this.onSamples(samples);
    }
    return this;
  }

  #tick(role: SectionRole): this {
    const {plan} = this.run.situation;
    const step = plan.steps.find(one => plan.sections.find(({id}) => id === one.section)?.role === role);
    if (step === undefined) throw new Error(`nothing to ${role}`);
    this.run.given({type: 'step-ticked', stepId: step.id});
    return this;
  }

  #watches(): this {
    this.run.given({type: 'phase-changed', phase: 'watching', because: 'every step of the deploy is done'});
    return this;
  }
}
