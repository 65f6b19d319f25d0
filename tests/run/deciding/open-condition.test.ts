import {describe, expect, test} from 'vitest';
import type {Step} from '../../../src/plan/plan.ts';
import type {Command} from '../../../src/plan/script.ts';
import {openCondition} from '../../../src/run/deciding/open-condition.ts';
import {plainCommand as command} from '../../helpers/plan-parts.ts';
import {commands, Run, script, smallPlan, step} from '../build.ts';

const CHANGED = 'if requirements.txt changed';

function planWith(...own: readonly Step[]) {
  return smallPlan({steps: [...own, script('after', 'deploy', [commands('restart')])], rollback: null});
}

function running(one: Step, yes: readonly string[] = []): Run {
  return new Run(planWith(one), {yes}).intend({type: 'run-on', on: true});
}

describe('running on', () => {
  test('asks whether a condition holds, and does not run what is behind it', () => {
    const run = running(script('install', 'deploy', [commands('pip install')], {condition: CHANGED}));
    expect(run.status('install')).toBe('pending');
    expect(run.status('after')).toBe('pending');
    expect(run.state.runningOn).toBe(false);
    expect(run.state.runOnBecause).toContain('only if requirements.txt changed: Enter runs it, s skips it');
  });

  test('runs it when a person says so', () => {
    const run = running(script('install', 'deploy', [commands('pip install')], {condition: CHANGED}));
    expect(run.intend({type: 'run-step', stepId: 'install'}).status('install')).toBe('running');
  });

  test('with --yes that names it runs it, and the journal says that nobody decided', () => {
    const install = script('install', 'deploy', [commands('pip install')], {condition: CHANGED});
    expect(running(install, ['install']).events).toContainEqual(
      expect.objectContaining({type: 'step-started', stepId: 'install', presumed: true}),
    );
    expect(running(install, ['all']).types()).not.toContain('step-started');
    const plain = running(script('install', 'deploy', [commands('pip install')]), ['all']);
    expect(plain.events.find(({type}) => type === 'step-started')).not.toHaveProperty('presumed');
  });

  test('asks at a request, a query, and what holds for some environments only', () => {
    const place = {id: 'local', place: {kind: 'local'}} as const;
    const asked: Step[] = [
      step('sql', 'deploy', 'sql', {action: {kind: 'sql', statements: []}, condition: 'if needed'}),
      step('ask', 'deploy', 'http', {action: {kind: 'http', requests: []}, condition: 'optional'}),
      script('dev', 'deploy', [commands('load-fixtures')], {scope: 'DEV, STE'}),
      script('gate', 'deploy', [commands('check')], {gate: true}),
    ];
    for (const one of asked) {
      const run = running(one);
      expect(run.status(one.id)).toBe('pending');
      expect(run.state.runOnBecause).toContain('Enter runs it');
    }
    expect(openCondition(planWith(), script('all', 'deploy', [commands('x')], {scope: 'ALL'}))).toBeUndefined();
    const tail = step('log', 'deploy', 'tail', {
      action: {kind: 'tail', source: 'log', context: place, file: '/var/log/x', alternatives: []},
      condition: 'if needed',
    });
    expect(openCondition(planWith(), tail)).toBeUndefined();
  });

  test('asks before a script of which one command has a condition, and names it', () => {
    const part: Command = command('pip install', {line: 12, condition: CHANGED});
    const run = running(script('install', 'deploy', [{kind: 'commands', commands: [command('git pull'), part]}]));
    expect(run.status('install')).toBe('pending');
    expect(run.state.runOnBecause).toContain('line 12 only if requirements.txt changed: Enter runs all of it');
  });

  test('leaves to the host what the existence of an input decides', () => {
    const restore = command('cp .env.backup .env', {inputs: [{kind: 'file', path: '.env.backup'}]});
    const condition = 'if the backup exists';
    const proved = script('restore', 'deploy', [{kind: 'commands', commands: [restore]}], {condition});
    expect(running(proved).status('restore')).toBe('running');
    const blind = script('restore', 'deploy', [commands('cp .env.backup .env')], {condition});
    expect(running(blind).status('restore')).toBe('pending');
    const other = script('restore', 'deploy', [{kind: 'commands', commands: [restore]}], {condition: 'if needed'});
    expect(running(other).status('restore')).toBe('pending');
  });

  test('takes a chosen option for the answer to its condition', () => {
    const arms = [
      {id: 'a', title: 'If the migration failed:', line: 1, steps: ['repair']},
      {id: 'b', title: 'Otherwise', line: 2, steps: []},
    ];
    const choice = step('choice', 'deploy', 'choice', {action: {kind: 'choice', arms}});
    const repair = script('repair', 'deploy', [commands('repair')], {
      condition: 'if the migration failed',
      arm: {choice: 'choice', arm: 'a'},
    });
    const run = new Run(planWith(choice, repair)).intend({type: 'choose', choiceId: 'choice', armId: 'a'});
    expect(run.intend({type: 'run-on', on: true}).status('repair')).toBe('running');
  });

  test('in a rollback runs what has a condition unasked, as it is proved there', () => {
    const plan = smallPlan({
      steps: [
        script('migrate', 'deploy', [commands('migrate')]),
        script('stop', 'rollback', [commands('stop')]),
        script('deps', 'rollback', [commands('pip install')], {condition: CHANGED}),
      ],
      rollback: {heading: 'Rollback', line: 1, triggers: [], steps: ['stop', 'deps'], doesNotUndo: []},
    });
    const run = new Run(plan).deployed().ready().intend({type: 'roll-back'}).intend({type: 'roll-back'}).ready();
    run.ends({kind: 'exited', code: 0, durationMs: 1, commands: [], output: ''});
    expect(run.status('deps')).toBe('running');
  });
});
