import {describe, expect, test} from 'vitest';
import type {Rule} from '../../../src/plan/plan.ts';
import {proposeThreshold} from '../../../src/run/rules/proposed-threshold.ts';
import {exited, Run, rule, smallPlan} from '../build.ts';

/** Deployed, with these readings after it, one a second. */
function deployed(values: readonly number[], own: Partial<Rule> = {}): Run {
  const run = new Run(smallPlan({rules: [rule('slow', {statistic: 'last', samples: 1, windowMs: 500, ...own})]}));
  run.intend({type: 'tick', stepId: 'review'}).ready();
  run.intend({type: 'run-step', stepId: 'migrate'}).ends(exited(0));
  for (const value of values) {
    run.at += 1000;
    run.report({type: 'samples-reported', samples: [{signal: 'chat', at: run.at, value}]});
  }
  return run;
}

const proposed = (run: Run) => proposeThreshold(run.situation.plan, run.state, 'slow');

describe('the threshold proposed for a false alarm', () => {
  test('is the smallest round one that what was measured would not have tripped, with its margin', () => {
    expect(proposed(deployed([1600, 1712, 1750]))).toMatchObject({worst: 1600, value: 2000, margin: 25});
    expect(proposed(deployed([1520, 1530, 1540]))?.text).toBe(
      '>2000 ms instead of >1500 ms: the worst that lasted was 1520 ms, 32 % short of it',
    );
  });

  test('does not count what was too short to trip', () => {
    const spiky = deployed([700, 9000, 720, 9000, 9000, 710], {value: 500});
    expect(proposed(spiky)).toMatchObject({worst: 720, value: 750});
  });

  test('would really have kept silent', () => {
    for (const values of [
      [1600, 1700, 1800, 1900, 1650],
      [15_001, 15_001, 15_001],
      [2500, 2500, 2500, 2500],
    ]) {
      const value = proposed(deployed(values))?.value ?? 0;
      expect(deployed(values).state.tripped.length).toBe(1);
      expect(deployed(values, {value}).state.tripped).toEqual([]);
    }
  });

  test('of a bound from below lies below', () => {
    const own = {op: '<', value: 95, unit: '%', statistic: 'last'} as const;
    expect(proposed(deployed([93, 91.5, 92], own))).toMatchObject({worst: 93, value: 90});
  });

  test('takes in what the dismissed alarm fired on', () => {
    const run = deployed([1600, 1600, 1600]).intend({type: 'dismiss', ruleId: 'slow', reason: 'cache was cold'});
    expect(run.state.dismissals).toMatchObject([{ruleId: 'slow', by: 'ana', reason: 'cache was cold', value: 1600}]);
    expect(proposed(run)?.worst).toBe(1600);
  });

  test('is none when nothing was measured, or nothing that asks for a looser one', () => {
    expect(proposed(deployed([900, 900, 900, 900]))).toBeUndefined();
    expect(proposed(deployed([]))).toBeUndefined();
  });
});
