import {describe, expect, test} from 'vitest';
import type {Step} from '../../../src/plan/plan.ts';
import {blockers} from '../../../src/run/deciding/blockers.ts';
import {isNoGo} from '../../../src/run/deciding/gates.ts';
import {commands, Run, rule, script, smallPlan, step} from '../build.ts';

const decision = step('decision', 'deploy', 'choice', {
  gate: true,
  line: 7,
  title: 'Go or no-go',
  action: {
    kind: 'choice',
    arms: [
      {id: 'no', title: '❌ NO-GO', line: 8, steps: []},
      {id: 'go', title: '✅ GO', line: 9, steps: []},
    ],
  },
});

function planWith(gate: Step) {
  const steps = [gate, script('migrate', 'deploy', [commands('migrate')])];
  return smallPlan({steps, rollback: null});
}

describe('a gate among the steps', () => {
  test('keeps every later deploy step from starting until somebody has decided it', () => {
    const gate = step('approve', 'other', 'manual', {gate: true, line: 3});
    const run = new Run(planWith(gate)).intend({type: 'run-step', stepId: 'migrate', override: 'no time'});
    expect(run.refusal).toContain('not decided yet: approve (line 3)');
    run.intend({type: 'tick', stepId: 'approve'}).intend({type: 'run-step', stepId: 'migrate'});
    expect(run.status('migrate')).toBe('running');
  });

  test('stops running on, and with --yes is ticked as presumed', () => {
    const gate = step('approve', 'other', 'manual', {gate: true});
    expect(new Run(planWith(gate)).intend({type: 'run-on', on: true}).state.runningOn).toBe(false);
    const run = new Run(planWith(gate), {yes: ['all']}).intend({type: 'run-on', on: true});
    expect(run.events).toContainEqual(
      expect.objectContaining({type: 'step-ticked', stepId: 'approve', presumed: true}),
    );
  });

  test('holds nothing up behind it that changes nothing, nor what stands before it', () => {
    const before = script('before', 'deploy', [commands('fetch')]);
    const gate = step('approve', 'deploy', 'manual', {gate: true});
    const plan = smallPlan({steps: [before, gate, step('look', 'verify', 'manual')], rollback: null});
    const run = new Run(plan).intend({type: 'run-step', stepId: 'before'});
    expect(run.status('before')).toBe('running');
    expect(blockers(plan, run.state, 'look').map(({kind}) => kind)).not.toContain('gate');
  });

  test('made of rules holds the run up while they are broken', () => {
    const gate = step('errors', 'deploy', 'rule', {gate: true, action: {kind: 'rule', rules: ['r']}});
    const run = new Run({...planWith(gate), rules: [rule('r')]});
    const standing = {kind: 'breached', times: 1} as const;
    run.given({type: 'rule-changed', ruleId: 'r', assessment: {standing, n: 20, because: ''}});
    expect(run.intend({type: 'run-step', stepId: 'migrate'}).refusal).toContain('not met: errors');
    run.given({type: 'rule-changed', ruleId: 'r', assessment: {standing: {kind: 'ok'}, n: 20, because: ''}});
    expect(run.intend({type: 'run-step', stepId: 'migrate'}).status('migrate')).toBe('running');
  });
});

describe('go or no-go', () => {
  test('with no-go holds the run, and no deploy step starts though it is let go on', () => {
    const run = new Run(planWith(decision)).intend({type: 'choose', choiceId: 'decision', armId: 'no'});
    expect([run.state.phase, run.state.phaseBecause]).toEqual(['held', 'no-go: Go or no-go']);
    run.intend({type: 'hold', on: false}).intend({type: 'run-step', stepId: 'migrate', override: 'anyway'});
    expect(run.refusal).toContain('decided ❌ NO-GO: Go or no-go (line 7)');
  });

  test('goes on when it is decided anew', () => {
    const run = new Run(planWith(decision))
      .intend({type: 'choose', choiceId: 'decision', armId: 'no'})
      .intend({type: 'choose', choiceId: 'decision', armId: 'go'});
    expect(run.state.phase).toBe('running');
    expect(run.intend({type: 'run-step', stepId: 'migrate'}).status('migrate')).toBe('running');
  });

  test('with --yes is go, whichever answer stands first', () => {
    const run = new Run(planWith(decision), {yes: ['decision']}).intend({type: 'run-on', on: true});
    run.report({type: 'arms-proved', stepId: 'decision', arms: {decision: 'no'}});
    expect(run.state.choices['decision']?.armId).toBe('go');
    expect(run.status('migrate')).toBe('running');
  });

  test.each(['NO-GO', '❌ No Go', 'No', 'Abort', 'Rollback', 'Nein'])('%s stops a run', answer => {
    expect(isNoGo(answer)).toBe(true);
  });

  test.each(['GO', '✅ Go', 'Proceed', 'Yes', 'Notify and go'])('%s does not', answer => {
    expect(isNoGo(answer)).toBe(false);
  });
});
