import {describe, expect, test} from 'vitest';
import type {Rule} from '../../src/plan/plan.ts';
import {readingsOf} from '../../src/run/rules/signal-readings.ts';
import {theilSen} from '../../src/run/rules/slope.ts';
import {FAILS_EVERY, type Fault, Simulation, seedPlan} from './simulation.ts';

const plan = seedPlan();

/** "<0.1 %" is truly broken where one request in 500 fails; whether it trips is a matter of luck. */
function isKept({statistic, op, value}: Rule): boolean {
  return statistic !== 'error-rate' || op === '>' || value > 100 / FAILS_EVERY;
}

describe('two healthy hours', () => {
  test.each([1, 2, 3])(
    'trip nothing, though requests fail, answers stall and memory goes up and down (seed %i)',
    seed => {
      const {run} = new Simulation(plan, seed).deployed().goesOn(7200);
      const tripped = plan.rules.filter(rule => isKept(rule) && run.state.rules[rule.id]?.tripped !== undefined);
      expect(tripped.map(({text}) => text)).toEqual([]);
      expect(run.state.tripped).toEqual([]);
      expect(run.state.phase).toBe('watching');
      const judged = plan.steps.filter(
        ({action, section}) =>
          action.kind === 'rule' &&
          /immediate|first/.test(section) &&
          action.rules.every(id => run.state.rules[id] !== undefined),
      );
      expect(judged.length).toBeGreaterThan(4);
      for (const {id, title} of judged) expect([title, run.status(id)]).toEqual([title, 'passed']);
    },
    120_000,
  );
});

/**
 * Whether the truth is in the data, computed another way than the rules do. For percentiles and slopes, it is when it is
 * sure: when more readings are past the bound than chance gives one window in twenty, or the interval lies beyond it.
 */
const TRUTHS: Readonly<
  Record<Exclude<Fault, 'none'>, {line: number; holds(rule: Rule, simulation: Simulation): boolean}>
> = {
  slow: {
    line: 285,
    holds(rule, simulation) {
      const values = windowOf(rule, simulation).flatMap(({value}) => value ?? []);
      const past = values.filter(value => value > rule.value).length;
      return values.length >= 20 && past >= enoughPast(values.length);
    },
  },
  errors: {
    line: 286,
    holds(rule, simulation) {
      const samples = windowOf(rule, simulation);
      const errors = samples.filter(({error}) => error !== undefined).length;
      return samples.length >= 20 && errors >= 3 && errors / samples.length > 0.05;
    },
  },
  leak: {
    line: 288,
    holds(rule, simulation) {
      const samples = windowOf(rule, simulation);
      const span = (samples.at(-1)?.at ?? 0) - (samples[0]?.at ?? 0);
      return span >= 0.8 * rule.windowMs && (theilSen(samples)?.low ?? 0) > 500;
    },
  },
  'db-down': {
    line: 287,
    holds: (rule, simulation) => windowOf(rule, simulation).some(({value}) => value !== undefined && value > 0),
  },
};

function windowOf({signal = '', windowMs}: Rule, {run}: Simulation) {
  const from = Math.max(run.at - windowMs, run.state.deployStartedAt ?? 0);
  const since = Math.max(from, signal === 'store_message' ? (run.state.newVersionAt ?? 0) : 0);
  return (readingsOf(run.state, signal)?.samples ?? []).filter(({at}) => at >= since);
}

/** Added up from Pascal's triangle: the fewest of n readings that are more than a twentieth of them by more than chance. */
function enoughPast(n: number): number {
  let row = [1];
  for (let tries = 1; tries <= n; tries += 1) {
    row = Array.from({length: tries + 1}, (_, hits) => 0.95 * (row[hits] ?? 0) + 0.05 * (row[hits - 1] ?? 0));
  }
  return row.findIndex((_, hits) => row.slice(hits).reduce((sum, chance) => sum + chance, 0) <= 0.05);
}

/** Fresh evaluations of the rule from the one on that first had the truth in its data, until its trigger fired. */
function evaluationsToFire(simulation: Simulation, fault: Exclude<Fault, 'none'>): number {
  const truth = TRUTHS[fault];
  const rule = plan.rules.find(({line}) => line === truth.line);
  if (rule === undefined) throw new Error(`no rule on line ${truth.line}`);
  let evaluations = 0;
  const hasFired = () => simulation.run.state.tripped.some(({ruleId}) => ruleId === rule.id);
  simulation.onSamples = samples => {
    if (!samples.some(({signal}) => signal === rule.signal)) return;
    if (evaluations > 0 || truth.holds(rule, simulation)) evaluations += 1;
  };
  simulation.breaks(fault).goesOn(1200, hasFired);
  expect(hasFired()).toBe(true);
  return evaluations;
}

describe('what breaks after the deploy', () => {
  test.each([
    ['slow', 1],
    ['slow', 2],
    ['errors', 1],
    ['errors', 2],
    ['leak', 1],
    ['leak', 2],
    ['db-down', 1],
  ] as const)(
    'trips the right trigger within three evaluations of its truth: %s (seed %i)',
    (fault, seed) => {
      const simulation = new Simulation(plan, seed).deployed().goesOn(900);
      expect(evaluationsToFire(simulation, fault)).toBeLessThanOrEqual(3);
      const {state, events} = simulation.run;
      const [fired] = state.tripped;
      expect(plan.rules.find(({id}) => id === fired?.ruleId)?.line).toBe(TRUTHS[fault].line);
      expect(state.phase).toBe('held');
      const said = events.find(event => event.type === 'trigger-fired');
      expect(said?.type === 'trigger-fired' && said.samples.length).toBeGreaterThan(0);
      expect(said?.type === 'trigger-fired' && said.samples.length).toBeLessThanOrEqual(20);
      expect(fired?.evidence).toMatch(/\d.*\d+ readings in (?:5|10) min, baseline /);
    },
    120_000,
  );

  test('is seen soon, and a slow old version trips nothing before the deploy nor after the rollback', () => {
    const simulation = new Simulation(plan, 5).goesOn(900);
    expect(simulation.run.state.tripped).toEqual([]);
    const broken = new Simulation(plan, 6).deployed().goesOn(900);
    const {at} = broken.run;
    broken.breaks('slow').goesOn(600, () => broken.run.state.tripped.length > 0);
    expect(broken.run.at - at).toBeLessThan(60_000);
    broken.rolledBack().goesOn(900);
    expect(broken.run.state.tripped).toEqual([]);
    expect(broken.run.state.rollback.status).toBe('finished');
    const back = broken.run.state.afterRollback?.find(({id}) => id === 'back to baseline: store_message P95');
    expect(broken.run.state.rules[back?.id ?? '']?.standing.kind).toBe('ok');
  });
});
