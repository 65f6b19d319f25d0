import {describe, expect, test} from 'vitest';
import type {Outcome} from '../../../src/run/outcome.ts';
import {exited, Run, rule, smallPlan} from '../build.ts';

const plan = smallPlan({
  rules: [
    rule('fast', {
      role: 'target',
      op: '<',
      value: 30_000,
      statistic: 'last',
      signal: 'migration',
      samples: 1,
      consecutive: 1,
    }),
  ],
  signals: {
    migration: {kind: 'step', unit: 'ms', what: 'duration of line 1: migrate', step: 'migrate'},
    other: {kind: 'step', unit: 'ms', what: 'duration of line 1: review', step: 'review'},
  },
});

function ended(outcome: Outcome): Run {
  const run = new Run(plan).intend({type: 'tick', stepId: 'review'}).ready();
  run.intend({type: 'run-step', stepId: 'migrate'});
  return run.report({type: 'step-reported', stepId: 'migrate', attempt: 1, outcome});
}

const took = (durationMs: number, code = 0): Outcome => ({...(exited(code) as Outcome & {kind: 'exited'}), durationMs});

describe('how long a step took', () => {
  test('is a sample of the signal that is about it, and the rule on it is assessed at once', () => {
    const run = ended(took(12_000));
    expect(run.state.signals['migration']?.samples).toMatchObject([{signal: 'migration', value: 12_000}]);
    expect(run.state.signals['other']).toBeUndefined();
    expect(run.state.rules['fast']).toMatchObject({standing: {kind: 'ok'}, value: 12_000});
    expect(ended(took(45_000)).state.rules['fast']).toMatchObject({standing: {kind: 'tripped'}, value: 45_000});
  });

  test('is a failed measurement when the attempt failed, however fast it was', () => {
    const run = ended(took(10, 1));
    expect(run.state.signals['migration']).toMatchObject({
      samples: [{error: expect.stringContaining('attempt failed: exit 1')}],
      failing: expect.stringContaining('exit 1'),
    });
    expect(run.state.rules['fast']?.standing.kind).not.toBe('ok');
  });

  test('is nothing when nobody saw the end', () => {
    expect(ended({kind: 'lost', detail: 'link lost', durationMs: 9}).state.signals['migration']).toBeUndefined();
    expect(ended({kind: 'cancelled', detail: 'ana', durationMs: 9}).state.signals['migration']).toBeUndefined();
  });
});
