/** What a person says of the reading counts for the rollback, and a step that a person takes over runs no command. */
import {describe, expect, test} from 'vitest';
import type {Use} from '../../../src/plan/doubt.ts';
import type {Plan} from '../../../src/plan/plan.ts';
import {whyNotReady} from '../../../src/run/rollback/readiness-now.ts';
import {notRead} from '../../helpers/doubts.ts';
import {commands, exited, Run, rule, script, smallPlan, step} from '../build.ts';
import {ASKING, confirmed, gated, planWith, READING, tick} from './intents/review-plan.ts';

function reviewed(plan: Plan, sections: readonly string[] = ASKING): Run {
  return new Run(plan, gated)
    .ready()
    .given(...sections.map(confirmed))
    .intend(tick);
}

const change = (sectionId: string, use: Use) => ({type: 'change-use', sectionId, use}) as const;

describe('readiness', () => {
  test('proved inputs make no rollback ready that nobody has confirmed', () => {
    const run = reviewed(planWith(), ['deploy']);
    expect(run.state.readiness?.ready).toBe(true);
    expect(whyNotReady(run.situation.plan, run.state)).toEqual({
      kind: 'unconfirmed',
      text: 'section "rollback" (line 6) is not confirmed',
    });
    run.given(confirmed('rollback'));
    expect(whyNotReady(run.situation.plan, run.state)).toBeUndefined();
  });

  test('a rollback of which the review has left nothing is not ready, and R changes nothing', () => {
    const run = reviewed(planWith()).intend(change('rollback', 'reference'));
    expect(whyNotReady(run.situation.plan, run.state)?.text).toBe('the review has left no step in the rollback');
    run.intend({type: 'run-step', stepId: 'migrate'});
    expect(run.refusal).toContain('the review has left no step');
    for (const force of [undefined, 'the shop is down']) {
      run.intend(force === undefined ? {type: 'roll-back'} : {type: 'roll-back', force});
      expect(run.refusal).toContain('the review has left no step');
      expect(run.state.rollback.status).toBe('none');
    }
  });
});

describe('a trigger', () => {
  const slow = rule('slow', {consecutive: 1, samples: 1, tie: {by: 'bindings', because: ''}});
  const tripped = (sections: readonly string[]) => {
    const run = new Run(planWith([], {rules: [slow]}), {...gated, autoRollback: true}).ready();
    run.given(...sections.map(confirmed)).intend(tick);
    run.intend({type: 'run-step', stepId: 'migrate', override: 'x', assumed: true}).ends(exited(0)).after(60_000);
    const samples = Array.from({length: 30}, (_, at) => ({
      ...{signal: 'chat', at: run.at - 60_000 + at * 1000, value: 9000},
    }));
    return run.report({type: 'samples-reported', samples});
  };

  test.each([
    ['the rollback', ['deploy', 'triggers'], 'section "rollback" (line 6) is not confirmed'],
    ['the trigger', ['deploy', 'rollback'], 'nobody has confirmed that line 1 is a trigger'],
  ])('that starts no rollback because %s is not confirmed says so where the run is held', (_, sections, why) => {
    const run = tripped(sections);
    expect(run.state.rollback.status).toBe('none');
    expect(run.state.phase).toBe('held');
    expect(run.state.phaseBecause).toContain(`rollback trigger: slow; no rollback has started by itself: ${why}`);
  });
});

describe('a rollback that is forced', () => {
  test('says in the journal of each step that nobody had confirmed it', () => {
    const run = reviewed(planWith(), ['deploy']).intend({type: 'roll-back', force: 'the shop is down'});
    run.after(3000).ready();
    expect(run.status('stop')).toBe('running');
    expect(run.events).toContainEqual(
      expect.objectContaining({
        ...{type: 'step-started', stepId: 'stop'},
        overrides: {review: 'the rollback was forced: section "rollback" (line 6) is not confirmed'},
      }),
    );
  });

  test('keeps what it runs while it runs', () => {
    const run = reviewed(planWith([notRead(4, 'rollback', {id: 'not-read:start', steps: ['start']})])).intend({
      type: 'roll-back',
      force: 'x',
    });
    run.after(3000).ready().after(1).intend(change('verify', 'rollback'));
    expect(run.refusal).toContain('the rollback is running');
    run.intend({type: 'settle-doubt', doubtId: 'not-read:start', how: 'no', as: 'ignored'});
    expect(run.refusal).toContain('the rollback is running');
  });
});

describe('a step that was left out in the review', () => {
  const leaveOut = (stepId: string) =>
    ({type: 'settle-doubt', doubtId: `not-read:${stepId}`, how: 'not for us', as: 'ignored'}) as const;

  test('is not run by R', () => {
    const run = reviewed(planWith([notRead(4, 'rollback', {id: 'not-read:stop', steps: ['stop']})])).intend(
      leaveOut('stop'),
    );
    run.deployed().intend({type: 'roll-back'}).after(3000).ready().after(1);
    expect(run.status('stop')).toBe('not-applicable');
    expect(run.status('start')).toBe('running');
  });

  test('is not brought back by choosing its option', () => {
    const arms = [{id: 'A', title: 'A', line: 2, steps: ['migrate']}];
    const steps = [
      step('review', 'prepare', 'manual'),
      step('how', 'deploy', 'choice', {action: {kind: 'choice', arms}}),
      script('migrate', 'deploy', [commands('migrate')], {arm: {choice: 'how', arm: 'A'}}),
      ...smallPlan().steps.slice(2),
    ];
    const run = reviewed(
      planWith([notRead(4, 'deploy', {id: 'not-read:migrate', steps: ['migrate']})], {steps}),
    ).intend(leaveOut('migrate'));
    run.intend({type: 'choose', choiceId: 'how', armId: 'A'}).intend({type: 'run-on', on: true});
    expect(run.status('migrate')).toBe('not-applicable');
  });
});

describe('a step that a person does by hand, as the review says', () => {
  const byHand = (stepId: string) =>
    ({type: 'settle-doubt', doubtId: `not-read:${stepId}`, how: 'by hand', as: 'by-hand'}) as const;

  test('is never run: the run waits for its tick', () => {
    const run = reviewed(planWith([notRead(4, 'deploy', {id: 'not-read:migrate', steps: ['migrate']})])).intend(
      byHand('migrate'),
    );
    run.intend({type: 'run-on', on: true});
    expect(run.status('migrate')).toBe('pending');
    expect(run.state.runOnBecause).toContain('a person ticks it');
    run.intend({type: 'run-step', stepId: 'migrate'});
    expect(run.refusal).toBeDefined();
    run.intend({type: 'tick', stepId: 'migrate'});
    expect(run.status('migrate')).toBe('passed');
  });

  test('is passed over by R, and left to do', () => {
    const run = reviewed(planWith([notRead(4, 'rollback', {id: 'not-read:stop', steps: ['stop']})])).intend(
      byHand('stop'),
    );
    run.deployed().intend({type: 'roll-back'}).after(3000).ready().after(1).ends(exited(0));
    expect(run.status('stop')).toBe('skipped');
    expect(run.state.rollback).toMatchObject({left: expect.arrayContaining(['by hand: stop'])});
  });
});

test('a log that the document follows opens by nothing but a person’s Enter until its section is confirmed', () => {
  const context = {id: 'vps', place: {kind: 'host', host: 'vps', destination: 'vps'}} as const;
  const action = {kind: 'tail', source: 'app', context, file: '/var/log/app.log', alternatives: []} as const;
  const steps = [step('follow', 'monitor', 'manual', {action})];
  const plan = planWith([], {steps, rollback: null});
  const readings = [{section: 'monitor', asks: true, text: READING, reading: READING, reads: []}];
  const run = new Run({...plan, proposal: {doubts: [], readings}}, gated).intend({type: 'run-on', on: true});
  expect(run.status('follow')).toBe('pending');
  run.intend({type: 'run-step', stepId: 'follow', assumed: true});
  expect(run.status('follow')).toBe('running');
});

test('an option that was only chosen is nothing that ran', () => {
  const arms = [{id: 'A', title: 'A', line: 2, steps: []}];
  const steps = [step('how', 'verify', 'choice', {action: {kind: 'choice', arms}}), step('look', 'verify', 'manual')];
  const run = new Run(planWith([], {steps, rollback: null}), {...gated, watch: 'none'});
  run.intend({type: 'choose', choiceId: 'how', armId: 'A'}).intend({type: 'skip', stepId: 'look', reason: 'not today'});
  expect(run.after(1000).state.closed).toMatchObject({status: 'refused', exitCode: 7});
});
