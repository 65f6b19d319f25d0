/** A trigger starts the rollback by itself only on what is not explained by a step that was running. */
import {expect, test} from 'vitest';
import {exited, Run, rule, smallPlan} from '../build.ts';

const ruleId = 'error rate >5%';

function deploying(): Run {
  const own = {role: 'trigger', statistic: 'error-rate', op: '>', value: 5, unit: '%', samples: 5} as const;
  const plan = smallPlan({rules: [rule(ruleId, {...own, section: 'triggers'})]});
  const run = new Run(plan, {autoRollback: true, unattended: true}).intend({type: 'tick', stepId: 'review'}).ready();
  return run.intend({type: 'run-step', stepId: 'migrate'});
}

function answers(run: Run, count: number, error?: string): Run {
  for (let n = 0; n < count; n += 1) {
    run.at += 1000;
    const sample = {signal: 'chat', at: run.at, ...(error === undefined ? {value: 20} : {error})};
    run.report({type: 'samples-reported', samples: [sample]});
  }
  return run;
}

test('failures inside a step that runs hold the run, and no rollback is started by them', () => {
  const run = answers(deploying(), 12, 'connection refused');
  expect(run.state.tripped).toMatchObject([{ruleId}]);
  expect(run.state.phase).toBe('held');
  expect(run.state.phaseBecause).toContain('every failure was seen while "migrate" (line 1) ran');
  expect(run.state.rollback.status).toBe('none');
  answers(run.ends(exited(0)), 10);
  expect(run.state.rollback.status).toBe('none');
});

test('the first failure behind the step starts it', () => {
  const run = answers(deploying(), 12, 'connection refused').ends(exited(0));
  expect(run.state.closed).toBeNull();
  answers(run, 1, 'connection refused');
  expect(run.state.rollback.status).toBe('counting');
});
