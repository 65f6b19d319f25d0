import {execFileSync} from 'node:child_process';
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import type {Input, Stage} from '../../../src/plan/script.ts';
import {initialState} from '../../../src/run/evolve.ts';
import type {Binding} from '../../../src/run/requests/bind-parts.ts';
import {bindStep} from '../../../src/run/requests/bind-step.ts';
import {proofsOfInput} from '../../../src/run/requests/input-proofs.ts';
import {plainCommand as command} from '../../helpers/plan-parts.ts';
import {commands, script, smallPlan} from '../build.ts';

const values: Readonly<Record<string, string>> = {'/path/to/app': '/srv/app', YYYYMMDD: '20261123'};

function binding(more: Partial<Binding> = {}): Binding {
  const lookup = {keys: Object.keys(values), get: (name: string) => values[name]};
  return {plan: smallPlan(), state: initialState, lookup, attempt: 1, rollback: false, ...more};
}

const restore: Stage = {
  kind: 'alternatives',
  id: 'alt',
  line: 1,
  arms: [
    {
      id: 'tag',
      label: 'git checkout v1',
      line: 1,
      manual: false,
      commands: [command('git checkout v1', {inputs: [{kind: 'git-ref', ref: 'v1'}]})],
    },
    {
      id: 'copy',
      label: 'rm; cp',
      line: 2,
      manual: false,
      commands: [command('rm -rf app', {destructive: 'deletes app'}), command('cp -r backup.YYYYMMDD app')],
    },
    {id: 'panel', label: 'via Plesk', line: 3, manual: true, commands: []},
  ],
};

describe('binding a step', () => {
  test('fills placeholders in', () => {
    const bound = bindStep(script('s', 'deploy', [commands('cd /path/to/app')]), binding());
    expect(bound).toMatchObject({request: {stages: [{commands: [{text: 'cd /srv/app'}]}]}});
  });

  test('lets no unbound placeholder through, wherever it stands', () => {
    const texts = [
      'cd /path/to/other',
      'curl https://your-api-domain.com',
      'echo "<token>"',
      'git checkout v1 && rm -rf backup.YYYY-MM-DD',
    ];
    for (const text of texts) {
      for (const rollback of [false, true]) {
        expect([text, bindStep(script('s', 'deploy', [commands(text)]), binding({rollback})).kind]).toEqual([
          text,
          'unbound',
        ]);
      }
    }
  });

  test('never puts two arms into one run', () => {
    const undecided = bindStep(script('s', 'deploy', [restore]), binding());
    expect(undecided.kind).toBe('by-hand');
    const choices = {alt: {armId: 'copy', because: '', by: '', at: 0}};
    const chosen = bindStep(script('s', 'deploy', [restore]), binding({state: {...initialState, choices}}));
    expect(JSON.stringify(chosen)).not.toContain('git checkout');
    expect(JSON.stringify(chosen)).toContain('cp -r backup.20261123 app');
  });

  test('keeps the arms apart in a rollback, and leaves out those done by hand', () => {
    const bound = bindStep(script('s', 'rollback', [restore]), binding({rollback: true}));
    expect(bound).toMatchObject({
      request: {lane: 'rollback', stages: [{kind: 'alternatives', arms: [{id: 'tag'}, {id: 'copy'}]}]},
    });
  });

  test('leaves out an arm whose date was never captured', () => {
    const lookup = () => undefined;
    const bound = bindStep(script('s', 'rollback', [restore]), binding({rollback: true, lookup}));
    expect(bound).toMatchObject({request: {stages: [{arms: [{id: 'tag'}]}]}});
  });

  test('uses a captured value instead of evaluating the date again', () => {
    const stamp = command('cp -r app app.$(date +%Y%m%d)', {
      captures: [{expression: '$(date +%Y%m%d)', name: 'YYYYMMDD'}],
    });
    const stage: Stage = {kind: 'commands', commands: [stamp]};
    const first = bindStep(script('s', 'prepare', [stage]), binding());
    expect(first).toMatchObject({request: {stages: [{commands: [{captures: [{name: 'YYYYMMDD'}]}]}]}});
    const captures = {YYYYMMDD: {value: '20261123', on: 'vps'}};
    const again = bindStep(script('s', 'prepare', [stage]), binding({state: {...initialState, captures}}));
    expect(again).toMatchObject({request: {stages: [{commands: [{text: 'cp -r app app.20261123', captures: []}]}]}});
  });

  test('goes on where the context stands', () => {
    const state = {...initialState, contexts: {vps: {directory: '/srv/app', exports: {REGION: 'eu'}}}};
    const bound = bindStep(script('s', 'deploy', [commands('make')]), binding({state}));
    expect(bound).toMatchObject({request: {directory: '/srv/app', exports: {REGION: 'eu'}}});
  });
});

describe('a proof, run by a real shell,', () => {
  let directory = '';
  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), 'proofs-'));
    mkdirSync(join(directory, "it's full"));
    writeFileSync(join(directory, "it's full", 'file'), 'x');
    mkdirSync(join(directory, 'empty'));
    const git = (...args: string[]) =>
      execFileSync('git', ['-C', directory, '-c', 'user.name=t', '-c', 'user.email=t@t', ...args], {stdio: 'ignore'});
    git('init');
    git('commit', '--allow-empty', '-m', 'first');
    git('tag', 'v1');
  });
  afterAll(() => rmSync(directory, {recursive: true, force: true}));

  function holds(input: Input): boolean {
    const proofs = proofsOfInput(input, directory, text => text);
    try {
      for (const {sh} of proofs) execFileSync('sh', ['-c', sh], {cwd: directory, stdio: 'ignore'});
      return true;
    } catch {
      return false;
    }
  }

  test.each<[Input, boolean]>([
    [{kind: 'git-ref', ref: 'v1'}, true],
    [{kind: 'git-ref', ref: 'v2'}, false],
    [{kind: 'directory', path: "it's full"}, true],
    [{kind: 'directory', path: 'empty'}, false],
    [{kind: 'directory', path: 'missing; touch pwned'}, false],
    [{kind: 'file', path: "it's full/file"}, true],
    [{kind: 'file', path: 'empty'}, false],
    [{kind: 'program', name: 'sh'}, true],
    [{kind: 'program', name: 'no-such-program'}, false],
    [{kind: 'unit', manager: 'systemctl', name: 'no-such-unit-anywhere'}, false],
  ])('%j holds: %s', (input, expected) => {
    expect(holds(input)).toBe(expected);
  });
});
