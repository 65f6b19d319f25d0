/** R in a run that has changed nothing. */
import {describe, expect, test} from 'vitest';
import type {Action} from '../../../src/plan/plan.ts';
import type {Event} from '../../../src/run/event.ts';
import {nothingToRollBack} from '../../../src/run/rollback/nothing-deployed.ts';
import {commands, exited, Run, rule, script, smallPlan, step} from '../build.ts';

const NOTHING = 'nothing has been deployed in this run: there is nothing to roll back';

const sql = (text: string): Action => ({
  kind: 'sql',
  database: 'main',
  statements: [{line: 1, text, expectations: []}],
});
const http = (method: string): Action => ({
  kind: 'http',
  requests: [{line: 1, method, url: 'http://127.0.0.1/x', headers: [], expectations: []}],
});
const plan = smallPlan({
  steps: [
    step('review', 'prepare', 'manual'),
    step('version', 'prepare', 'input'),
    script('look', 'prepare', [commands('git status', 'df -h /')]),
    step('count', 'prepare', 'sql', {action: sql('select count(*) from t')}),
    step('ask', 'prepare', 'http', {action: http('GET')}),
    script('backup', 'prepare', [commands('git tag before')]),
    step('go', 'deploy', 'manual', {gate: true}),
    script('migrate', 'deploy', [commands('migrate')]),
    script('see', 'deploy', [commands('cat version')]),
    step('add', 'deploy', 'sql', {action: sql('insert into t values (1)')}),
    step('switch', 'deploy', 'http', {action: http('POST')}),
    step('press', 'deploy', 'manual'),
    step('watch', 'verify', 'manual'),
    script('stop', 'rollback', [commands('systemctl stop app')]),
  ],
  rollback: {heading: 'Rollback', line: 1, triggers: [], steps: ['stop'], doesNotUndo: []},
});

const ran = (stepId: string, verdict: 'passed' | 'failed' | 'unknown' = 'passed'): Event[] => [
  {type: 'step-started', stepId, attempt: 1},
  {
    type: 'step-finished',
    stepId,
    attempt: 1,
    outcome: exited(0),
    verdict: {kind: verdict, because: '', checks: []},
    outputTo: 0,
  },
];
const ticked = (stepId: string, more: Partial<Event & {type: 'step-ticked'}> = {}): Event[] => [
  {type: 'step-ticked', stepId, ...more},
];

describe('R in a run in which', () => {
  test.each<[string, Event[]]>([
    ['nothing has run', []],
    ['people have ticked what comes before the deploy', ticked('review')],
    ['a go was given', ticked('go')],
    ['only commands that look have run', ran('look')],
    ['a look has failed', ran('look', 'failed')],
    ['a step of the deploy that only looks has passed', ran('see')],
    ['a query that only reads has run', ran('count')],
    ['a request that only asks was sent', ran('ask')],
    ['the deploy was skipped', [{type: 'step-skipped', stepId: 'migrate', reason: 'not today'}]],
    ['the deploy by hand was presumed', ticked('press', {presumed: true})],
    ['what verifies was ticked', ticked('watch')],
  ])('%s is refused, and goes on with a reason only', (_, events) => {
    const run = new Run(plan)
      .given(...events)
      .ready()
      .intend({type: 'roll-back'});
    expect(run.refusal).toBe(NOTHING);
    expect(run.state.rollback.status).toBe('none');
    run.intend({type: 'roll-back', force: 'bo deployed it from another window'});
    expect(run.events).toContainEqual(
      expect.objectContaining({type: 'rollback-requested', force: 'bo deployed it from another window'}),
    );
    run.after(3000).ready();
    expect(run.status('stop')).toBe('running');
  });

  test.each<[string, Event[]]>([
    ['a step of the deploy runs', [{type: 'step-started', stepId: 'migrate', attempt: 1}]],
    ['it has passed', ran('migrate')],
    ['it has failed', ran('migrate', 'failed')],
    ['nobody saw its end', ran('migrate', 'unknown')],
    ['a step of the deploy that only looks has failed', ran('see', 'failed')],
    ['a person says that it was done', ticked('migrate', {reason: 'by hand'})],
    ['a person has ticked work of the deploy', ticked('press')],
    ['a command before the deploy has changed something', ran('backup')],
    ['a statement has changed something', ran('add')],
    ['a request has changed something', ran('switch')],
  ])('%s counts down', (_, events) => {
    const run = new Run(plan)
      .given(...events)
      .ready()
      .intend({type: 'roll-back'});
    expect(run.state.rollback.status).toBe('counting');
  });
});

test('a rollback that was forced and failed is tried again without another reason', () => {
  const run = new Run(plan).ready().intend({type: 'roll-back', force: 'deployed by hand'}).after(3000).ready();
  run.ends(exited(1));
  expect(run.state.phase).toBe('rollback-failed');
  expect(run.intend({type: 'roll-back'}).state.rollback.status).toBe('counting');
});

test('the steps of a rollback count for no deploy, and without a rollback there is nothing to say', () => {
  const run = new Run(plan).given(...ran('stop'));
  expect(nothingToRollBack(plan, run.state)).toBe(NOTHING);
  expect(nothingToRollBack({...plan, rollback: null}, run.state)).toBeUndefined();
});

test('a trigger that trips before anything was deployed holds the run and asks, and rolls nothing back', () => {
  const slow = rule('slow', {consecutive: 1, samples: 1, tie: {by: 'bindings', because: ''}});
  const trip = (...events: Event[]) => {
    const run = new Run({...plan, rules: [slow]}, {autoRollback: true}).given(...events).ready();
    run.report({type: 'samples-reported', samples: [{signal: 'chat', at: run.at, value: 9000}]});
    return run;
  };
  const early = trip({type: 'step-started', stepId: 'look', attempt: 1});
  expect(early.state.rollback.status).toBe('none');
  if (early.state.phase === 'held') expect(early.state.phaseBecause).toContain(NOTHING);
  expect(trip(...ran('migrate')).state.rollback.status).toBe('counting');
});
