import {describe, expect, test} from 'vitest';
import {emptyBindings} from '../../../src/plan/bindings-file/types.ts';
import {parsePlan} from '../../../src/plan/parse-plan.ts';
import {kindOf} from '../../../src/plan/plan.ts';
import {initialState} from '../../../src/run/evolve.ts';
import {bindStep} from '../../../src/run/requests/bind-step.ts';
import type {RunState} from '../../../src/run/state.ts';

/** The script of the last step of a document, bound as it would be performed. */
function lastScript(
  markdown: string,
  {rollback = false, state = initialState}: {rollback?: boolean; state?: RunState} = {},
) {
  const plan = parsePlan(markdown, emptyBindings);
  const step = plan.steps.findLast(one => one.action.kind === 'script');
  if (step === undefined) throw new Error('no script was read');
  const bound = bindStep(step, {plan, state, lookup: () => undefined, attempt: 1, rollback});
  if (bound.kind !== 'request' || bound.request.kind !== 'script') throw new Error(bound.kind);
  const {directory, stages} = bound.request;
  const texts = stages.map(stage => {
    if (stage.kind === 'http') return [stage.request.url];
    return (stage.kind === 'commands' ? stage.commands : stage.arms.flatMap(arm => arm.commands)).map(one => one.text);
  });
  return {directory, commands: texts.flat()};
}

const codeBlock = (...lines: readonly string[]) => ['## Deploy', '```bash', ...lines, '```', ''].join('\n');

describe('where a script runs', () => {
  test('starts where the document says, and moves when it says so', () => {
    expect(lastScript(codeBlock('cd /srv/app', 'make', 'cd sub', 'make', 'cd ..', 'make'))).toEqual({
      directory: '/srv/app',
      commands: ['make', 'cd /srv/app/sub', 'make', 'cd /srv/app', 'make'],
    });
  });

  test('leaves to the shell what only the shell knows', () => {
    expect(lastScript(codeBlock('cd "$RELEASE_DIR"', 'rm -rf cache', 'cd sub', 'make'))).toEqual({
      directory: undefined,
      commands: ['cd "$RELEASE_DIR"', 'rm -rf cache', 'cd sub', 'make'],
    });
    expect(lastScript(codeBlock('cd /srv/app', 'make', 'cd -', 'make')).commands).toEqual(['make', 'cd -', 'make']);
  });

  test('goes home with a bare cd', () => {
    expect(lastScript(codeBlock('cd /srv/app', 'make', 'cd', 'make')).commands).toEqual(['make', 'cd ~', 'make']);
  });

  test('goes on in a later code block, also when the first one was skipped', () => {
    const two = `${codeBlock('cd /srv/app', 'git stash')}\n### Then\n\`\`\`bash\nmake\n\`\`\`\n`;
    expect(lastScript(two)).toEqual({directory: '/srv/app', commands: ['make']});
  });

  test('goes on where the shell stood when the document cannot know', () => {
    const two = `${codeBlock('cd "$RELEASE_DIR"')}\n### Then\n\`\`\`bash\nmake\n\`\`\`\n`;
    const state = {...initialState, contexts: {local: {directory: '/releases/7', exports: {}}}};
    expect(lastScript(two, {state})).toEqual({directory: '/releases/7', commands: ['make']});
  });

  test('returns behind an arm that went elsewhere', () => {
    const text = codeBlock('cd /srv/app', 'git checkout v1', '# OR', 'cd /backup', 'cp -r . /srv/app', '', 'make');
    const {commands} = lastScript(text, {rollback: true});
    expect(commands.slice(-2)).toEqual(['cd /srv/app', 'make']);
  });
});

describe('a host that is still a placeholder', () => {
  const text = codeBlock('ssh user@your-vps-ip', 'uptime');

  test('keeps its script from being run anywhere', () => {
    expect(() => lastScript(text)).toThrow('unbound');
  });

  test('is somewhere once the bindings match it', () => {
    const host = {matches: ['user@your-vps-ip'], destination: 'deploy@203.0.113.7', line: 1};
    const plan = parsePlan(text, {...emptyBindings, hosts: {vps: host}});
    const step = plan.steps.find(one => kindOf(one.action) === 'ssh');
    if (step === undefined) throw new Error('no step on the host');
    const bound = bindStep(step, {plan, state: initialState, lookup: () => undefined, attempt: 1, rollback: false});
    expect(bound).toMatchObject({kind: 'request', request: {place: {host: 'vps'}}});
  });
});
