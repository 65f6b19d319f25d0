import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import type {Rule} from '../../../src/plan/plan.ts';
import {afterRollbackRules} from '../../../src/run/rules/after-rollback.ts';
import {absolute} from '../../../src/run/rules/relative.ts';
import {assess, type Window} from '../../../src/run/rules/standing.ts';
import {verdictLines} from '../../../src/run/wording/verdict-lines.ts';
import {commands, Run, rule, script, smallPlan} from '../build.ts';

const worse = rule('P95 > 3x baseline', {value: 3, unit: 'x'});
const signals = {chat: {kind: 'http', what: 'GET /chat', unit: 'ms'}} as const;

function runOf(one: Rule, before: readonly number[], after: readonly (number | undefined)[]): Run {
  const steps = [script('deploy', 'deploy', [commands('restart')])];
  const run = new Run(smallPlan({steps, rules: [one], rollback: null, signals}));
  const take = (value: number | undefined) => {
    run.at += 1000;
    const reading = value === undefined ? {error: 'refused'} : {value};
    run.report({type: 'samples-reported', samples: [{signal: 'chat', at: run.at, ...reading}]});
  };
  before.forEach(take);
  run.intend({type: 'run-step', stepId: 'deploy'});
  run.ends({kind: 'exited', code: 0, durationMs: 1, commands: [], output: ''});
  after.forEach(take);
  return run;
}

function lineOf(run: Run) {
  const [line] = verdictLines(run.situation.plan, run.state, run.at);
  if (line === undefined) throw new Error('no verdict');
  return line;
}

const times = (count: number, value: number) => Array.from({length: count}, () => value);

describe('a bound that is a multiple of the baseline', () => {
  test('is held against how many times as much it is, and says of what', () => {
    const line = lineOf(runOf(worse, times(8, 200), times(8, 280)));
    expect(line.assessment).toMatchObject({standing: {kind: 'ok'}, value: 1.4});
    expect(line.text).toContain('1.4x of baseline 200 ms ok (rollback >3x)');
    expect(line.change).toBeCloseTo(40);
  });

  test('trips on the multiple, though the figure itself is small, and keeps the readings as they were', () => {
    const run = runOf(worse, times(8, 20), times(8, 90));
    const fired = run.state.tripped[0];
    expect(fired).toMatchObject({ruleId: worse.id, value: 4.5});
    expect(fired?.evidence).toContain('4.5x');
    expect(fired?.evidence).toContain('baseline 20 ms (+350 %)');
  });

  test('never takes what was measured for a multiple: without a baseline it is blind and says why', () => {
    const run = runOf(worse, [], times(30, 900));
    expect(lineOf(run).assessment).toMatchObject({standing: {kind: 'blind'}, n: 0});
    expect(lineOf(run).assessment.value).toBeUndefined();
    expect(lineOf(run).assessment.because).toBe('no baseline was sampled before the deploy');
    expect(run.state.tripped).toEqual([]);
  });

  test('takes fewer than five readings for no baseline, and nothing for no base', () => {
    expect(lineOf(runOf(worse, times(4, 200), times(30, 900))).assessment.standing.kind).toBe('blind');
    expect(lineOf(runOf(worse, times(8, 0), times(30, 900))).assessment.because).toContain('the baseline is 0');
  });

  test('holds shares of failures against the share before', () => {
    const errors: Rule = {...worse, statistic: 'error-rate', samples: 5};
    const run = runOf(errors, [], []);
    const samples = Array.from({length: 20}, (_, index) =>
      index % 2 === 0 ? {signal: 'chat', at: index, error: 'refused'} : {signal: 'chat', at: index, value: 5},
    );
    const window = {now: 20, samples, reports: [], armedFrom: 0, unarmed: '', rolledBack: false, fresh: true} as const;
    const before = {value: 10, from: 'samples', unit: '%'} as const;
    expect(assess(errors, {...window, previous: {kind: 'ok'}, baseline: before}).value).toBe(5);
    expect(run.state.tripped).toEqual([]);
  });

  test('comes to a line where it lies in the unit of the signal, for a chart', () => {
    const plan = smallPlan({signals});
    const line = absolute(plan, worse, {value: 210, from: 'samples', unit: 'ms'});
    expect(line).toMatchObject({unit: 'ms', value: 630});
    expect(absolute(plan, worse, undefined)).toBeUndefined();
  });

  test('is after a rollback one on the signal itself', () => {
    const run = runOf(worse, times(8, 200), times(8, 280));
    expect(afterRollbackRules(run.situation.plan, run.state)[0]).toMatchObject({unit: 'ms', value: 250, op: '<='});
  });

  test('stands where the same bound in the unit of the signal would', () => {
    const values = fc.array(fc.option(fc.integer({min: 0, max: 5000}), {nil: undefined}), {
      minLength: 1,
      maxLength: 40,
    });
    const statistic = fc.constantFrom('p50', 'p95', 'mean', 'max', 'last') as fc.Arbitrary<'p95'>;
    const role = fc.constantFrom('trigger', 'target') as fc.Arbitrary<'trigger'>;
    // Powers of two divide without rounding.
    const power = fc.integer({min: -4, max: 10});
    fc.assert(
      fc.property(
        values,
        statistic,
        role,
        power,
        fc.integer({min: 1, max: 6}),
        (all, how, what, exponent, multiple) => {
          const base = 2 ** exponent;
          const samples = all.map((value, at) =>
            value === undefined ? {signal: 'chat', at, error: 'x'} : {signal: 'chat', at, value},
          );
          const window: Window = {
            now: all.length,
            samples,
            reports: [],
            armedFrom: 0,
            unarmed: '',
            rolledBack: false,
            previous: {kind: 'breached', times: 1},
            fresh: true,
            baseline: {value: base, from: 'samples', unit: 'ms'},
          };
          const own: Rule = {...worse, statistic: how, role: what, op: what === 'trigger' ? '>' : '<', value: multiple};
          const level: Rule = {...own, unit: 'ms', value: multiple * base};
          const [relative, plain] = [assess(own, window), assess(level, window)];
          expect(relative.standing).toEqual(plain.standing);
          expect(relative.n).toBe(plain.n);
          if (plain.value !== undefined) expect(relative.value).toBeCloseTo(plain.value / base, 6);
        },
      ),
    );
  });
});
