import {expect, test} from 'vitest';
import {recordJson} from '../../../src/report/record/record-json.ts';
import {exited, finished, opened, plan, recorded, started, stateAfter, steps} from '../builder.ts';

const events = recorded(
  opened,
  started(steps.backup.id),
  finished(steps.backup.id, {}, exited('cp -r app app.20251102', 0)),
  {type: 'value-captured', name: 'YYYYMMDD', value: '20251102', on: 'local'},
  {type: 'run-closed', status: 'succeeded', exitCode: 0, because: 'every step passed'},
);
const json = JSON.parse(JSON.stringify(recordJson({plan, state: stateAfter(events), events})));

test('every step stands there with what became of it', () => {
  expect(json.steps).toHaveLength(plan.steps.length);
  expect(json.steps.find((step: {id: string}) => step.id === steps.backup.id)).toMatchObject({
    status: 'passed',
    attempt: 1,
  });
  expect(json.steps.find((step: {id: string}) => step.id === steps.review.id)).toMatchObject({status: 'pending'});
});

test('the transcript holds each command with its exit code, and the run how it ended', () => {
  expect(json.transcript).toMatchObject([
    {stepId: steps.backup.id, verdict: 'passed', outcome: {commands: [{code: 0}]}},
  ]);
  expect(json.captures).toEqual({YYYYMMDD: {value: '20251102', on: 'local'}});
  expect(json.closed).toMatchObject({status: 'succeeded', exitCode: 0});
  expect(json.plan.title).toBe('Shop release');
});
