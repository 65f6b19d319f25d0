import {describe, expect, test} from 'vitest';
import type {Step} from '../../../src/plan/plan.ts';
import {dueAgain, repeatOf} from '../../../src/run/deciding/repeated-steps.ts';
import {commands, exited, Run, script, smallPlan, step} from '../build.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const QUARTER = 15 * MINUTE;

/** A deploy that is over, and one step to repeat in a section that is open from T+1 h to T+3 h. */
function watching(repeated: Step, how: ConstructorParameters<typeof Run>[1] = {}) {
  const plan = smallPlan();
  const hours = {fromMs: HOUR, toMs: 3 * HOUR};
  const sections = plan.sections.map(one => (one.id === 'monitor' ? {...one, window: hours} : one));
  const run = new Run({...plan, sections, steps: [...plan.steps, repeated]}, how);
  run.intend({type: 'tick', stepId: 'review'}).ready().intend({type: 'run-step', stepId: 'migrate'}).ends(exited(0));
  return run.intend({type: 'tick', stepId: 'look'});
}

/** To this time on the mission clock, second by second as far as anything depends on it. */
function until(run: Run, clockMs: number): Run {
  return run.after((run.state.deployStartedAt ?? 0) + clockMs - run.at);
}

const query = script('query', 'monitor', [commands('count')], {everyMs: QUARTER});

describe('a step that is done every quarter of an hour', () => {
  test('runs by itself when its hours begin, and again at each quarter', () => {
    const run = until(watching(query), HOUR - 1000);
    expect(run.status('query')).toBe('pending');
    expect(until(run, HOUR).status('query')).toBe('running');
    run.after(5000).ends(exited(0));
    expect(until(run, HOUR + QUARTER - 1).status('query')).toBe('passed');
    expect(until(run, HOUR + QUARTER).state.steps['query']).toMatchObject({status: 'running', attempt: 2});
  });

  test('shows its newest verdict, and a failure ends nothing that is watched', () => {
    const run = until(watching(query), HOUR).ends(exited(0));
    until(run, HOUR + QUARTER).ends(exited(1));
    expect(run.status('query')).toBe('failed');
    expect(run.state.phase).toBe('watching');
    until(run, HOUR + 2 * QUARTER).ends(exited(0));
    expect(run.state.steps['query']).toMatchObject({status: 'passed', attempt: 3});
    expect(repeatOf(run.situation.plan, run.state, query)).toMatchObject({runs: 3});
  });

  test('keeps what else is watched going when it fails with nobody there, and counts in the end with its time', () => {
    const how = {watch: 10 * HOUR, unattended: true};
    const run = until(watching(query, how), HOUR).ends(exited(0)).intend({type: 'run-on', on: true});
    until(run, HOUR + QUARTER).ends(exited(1));
    const failedAt = new Date(run.at).toISOString().slice(0, 16);
    expect(run.state.phase).toBe('watching');
    for (let slot = HOUR + 2 * QUARTER; slot <= 3 * HOUR; slot += QUARTER) until(run, slot).ends(exited(0));
    expect(run.status('query')).toBe('passed');
    until(run, 11 * HOUR);
    expect(run.state.closed).toMatchObject({status: 'failed', exitCode: 3});
    expect(run.state.closed?.because).toContain(`query failed at ${failedAt}Z: exit 1`);
  });

  test('that failed counts no more once a person has marked it done with a reason', () => {
    const run = until(watching(query), HOUR).ends(exited(0));
    until(run, HOUR + QUARTER).ends(exited(1));
    expect(Object.keys(run.state.repeatsFailed ?? {})).toEqual(['query']);
    run.intend({type: 'tick', stepId: 'query', reason: 'the replica lagged, known'});
    expect(run.state.repeatsFailed).toEqual({});
  });

  test('runs for the last time as its hours end', () => {
    const run = until(watching(query, {watch: 10 * HOUR}), HOUR).ends(exited(0));
    for (let slot = HOUR + QUARTER; slot <= 3 * HOUR; slot += QUARTER) until(run, slot).ends(exited(0));
    expect(run.state.steps['query']).toMatchObject({status: 'passed', attempt: 9});
    until(run, 5 * HOUR);
    expect(run.state.steps['query']).toMatchObject({status: 'passed', attempt: 9});
    expect(repeatOf(run.situation.plan, run.state, query)).not.toHaveProperty('nextAt');
  });

  test('is done once for what passed while nothing ran, as on a machine that slept', () => {
    const run = until(watching(query), HOUR).ends(exited(0));
    until(run, HOUR + 5 * QUARTER + MINUTE).ends(exited(0));
    expect(run.after(1000).state.steps['query']).toMatchObject({status: 'passed', attempt: 2});
  });

  test('has been done for a slot that comes just after a person ran it', () => {
    const run = until(watching(query), HOUR).ends(exited(1));
    until(run, HOUR + QUARTER - MINUTE)
      .intend({type: 'run-step', stepId: 'query'})
      .ends(exited(0));
    expect(until(run, HOUR + QUARTER).status('query')).toBe('passed');
    expect(until(run, HOUR + 2 * QUARTER).status('query')).toBe('running');
  });

  test('is not started while the run is held, and not when a person has skipped it', () => {
    const held = until(watching(query), HOUR - 1000).intend({type: 'hold', on: true});
    expect(until(held, HOUR).status('query')).toBe('pending');
    const skipped = watching(query).intend({type: 'skip', stepId: 'query', reason: 'no access'});
    expect(until(skipped, HOUR).status('query')).toBe('skipped');
  });

  test.each([
    ['destroys something', {destructive: 'DELETE'}],
    ['needs a second person', {approvals: 2}],
    ['is done if needed', {condition: 'if the queue grows'}],
  ] as const)('waits for a person when it %s', (_what, more) => {
    expect(until(watching({...query, ...more}), HOUR).status('query')).toBe('pending');
  });

  test('goes on when the run is taken up again', () => {
    const run = until(watching(query), HOUR).ends(exited(0));
    const again = new Run(run.situation.plan);
    again.state = JSON.parse(JSON.stringify(run.state));
    again.at = run.at;
    expect(until(again, HOUR + QUARTER - 1000).status('query')).toBe('passed');
    expect(until(again, HOUR + QUARTER).state.steps['query']).toMatchObject({status: 'running', attempt: 2});
  });

  test('has hours of its own where it says so', () => {
    const own = {...query, opens: {fromMs: 0, toMs: QUARTER}};
    const run = watching(own);
    expect(run.after(1000).status('query')).toBe('running');
    run.ends(exited(0));
    expect(until(run, QUARTER).status('query')).toBe('running');
    expect(until(run.ends(exited(0)), 2 * QUARTER).status('query')).toBe('passed');
  });
});

test('a step of another section is done once, whatever it says', () => {
  const run = watching({...query, section: 'verify', id: 'wait'});
  run.intend({type: 'run-step', stepId: 'wait'}).ends(exited(0));
  expect(until(run, 2 * HOUR).state.steps['wait']).toMatchObject({status: 'passed', attempt: 1});
});

test('what a person does every quarter of an hour is due again, and ticked once more', () => {
  const look = step('dashboard', 'monitor', 'manual', {everyMs: QUARTER});
  const run = until(watching(look), HOUR).intend({type: 'tick', stepId: 'dashboard', note: 'calm'});
  const {plan} = run.situation;
  expect(dueAgain(plan, run.state, run.at)).toEqual([]);
  run.intend({type: 'tick', stepId: 'dashboard'});
  expect(run.refusal).toMatch(/ticked already/);
  until(run, HOUR + QUARTER);
  expect(run.status('dashboard')).toBe('passed');
  expect(dueAgain(plan, run.state, run.at)).toEqual([look]);
  run.intend({type: 'tick', stepId: 'dashboard', note: 'still calm'});
  expect(run.state.steps['dashboard']).toMatchObject({status: 'passed', note: 'still calm', at: run.at});
  expect(dueAgain(plan, run.state, run.at)).toEqual([]);
  expect(repeatOf(plan, run.state, look)?.runs).toBe(2);
  until(run, 4 * HOUR);
  expect(dueAgain(plan, run.state, run.at)).toEqual([]);
});
