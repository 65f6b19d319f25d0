import {describe, expect, test} from 'vitest';
import type {Step} from '../../../src/plan/plan.ts';
import {decide} from '../../../src/run/decide.ts';
import type {Effect} from '../../../src/run/event.ts';
import {plainCommand as command} from '../../helpers/plan-parts.ts';
import {ana, commands, Run, script, smallPlan} from '../build.ts';

const CHANGED = 'if requirements.txt changed';
const pull = script('pull', 'deploy', [commands('git pull origin main')]);
const install = script('install', 'deploy', [commands('pip install')], {condition: CHANGED});

function planWith(...steps: readonly Step[]) {
  return smallPlan({steps, rollback: null});
}

/** What is asked of the world at the next decision, with nobody answering. */
function asked(run: Run): readonly string[] {
  const decided = decide(run.situation, run.state, {
    from: 'world',
    report: {type: 'ticked'},
    at: run.at,
    outputLines: 0,
  });
  const effects: readonly Effect[] = 'effects' in decided ? decided.effects : [];
  return effects.flatMap(effect => (effect.type === 'see-evidence' ? [effect.question.key] : []));
}

describe('evidence', () => {
  test('is looked for once, for the step that comes, and again when something has changed since', () => {
    const run = new Run(planWith(pull, install));
    expect(asked(run)).toEqual(['goes-live|pull|']);
    run.after(1000);
    expect(asked(run)).toEqual([]);
    run.at += 1000;
    run.intend({type: 'skip', stepId: 'pull', reason: 'by hand'});
    expect(Object.keys(run.state.evidence ?? {})).toContain(`condition|install|${CHANGED}`);
    expect(run.status('install')).toBe('pending');
  });

  test('is waited for by what runs by itself, and not by a person', () => {
    const run = new Run(planWith(pull));
    const intent = {type: 'run-on', on: true} as const;
    const on = decide(run.situation, run.state, {from: 'console', console: ana, intent, at: run.at, outputLines: 0});
    expect('events' in on && on.events.map(({type}) => type)).not.toContain('step-started');
    expect(run.intend(intent).status('pull')).toBe('running');
    const other = new Run(planWith(pull)).intend({type: 'run-step', stepId: 'pull'});
    expect(other.status('pull')).toBe('running');
  });

  test('stands behind the question for whoever is called, and answers nothing', () => {
    const run = new Run(planWith(install)).intend({type: 'run-on', on: true});
    expect(run.state.runOnBecause).toMatch(
      /only if requirements.txt changed: Enter runs it, s skips it; vps, if .*: unknown, not seen/,
    );
    const yes = new Run(planWith(install));
    const known = {
      key: `condition|install|${CHANGED}`,
      stepId: 'install',
      about: 'condition',
      question: CHANGED,
    } as const;
    yes.given({type: 'evidence-seen', asOf: yes.at, ...known, on: 'vps', answer: 'yes', text: 'it has', lines: []});
    expect(yes.intend({type: 'run-on', on: true}).status('install')).toBe('pending');
  });

  test('is not looked for where no question is put, nor in a dry run', () => {
    expect(asked(new Run(planWith(script('plain', 'deploy', [commands('pip install')]))))).toEqual([]);
    expect(asked(new Run(planWith(script('x', 'deploy', [commands('x')], {condition: 'if needed'}))))).toEqual([]);
    expect(asked(new Run(planWith(pull, install), {dryRun: true}))).toEqual([]);
  });

  test('of a condition in the rollback lies between the version it goes back to and what is there', () => {
    const inputs = [{kind: 'git-ref', ref: 'v1'}] as const;
    const back = script('back', 'rollback', [
      {
        kind: 'commands',
        commands: [command('git checkout v1', {inputs}), command('pip install', {condition: CHANGED})],
      },
    ]);
    const rollback = {heading: 'Rollback', line: 1, triggers: [], steps: ['back'], doesNotUndo: []};
    const run = new Run(smallPlan({steps: [pull, back], rollback}), {gated: undefined as never});
    run.ready().intend({type: 'run-step', stepId: 'pull'});
    run.ends({kind: 'exited', code: 0, durationMs: 1, commands: [], output: ''});
    const seen = Object.keys(run.state.evidence ?? {});
    expect(seen).toContain('went-live|pull|');
    expect(seen).toContain(`condition|back|${CHANGED}`);
  });
});
