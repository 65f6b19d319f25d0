import {describe, expect, test} from 'vitest';
import type {Action} from '../../src/plan/plan.ts';
import {blockers} from '../../src/run/deciding/blockers.ts';
import type {Event} from '../../src/run/event.ts';
import {needsLease} from '../../src/run/lease-guard.ts';
import {commands, exited, Run, script, smallPlan, step} from './build.ts';

const checklist = 'shop: deploy.md';
const none: Event = {type: 'lease-unsure', checklist, because: 'the ledger is away'};
const taken: Event = {type: 'lease-taken', checklist, number: 4};
const lost: Event = {type: 'lease-lost', checklist, because: 'this checklist is being run by run X of bob on box'};

const sql = (text: string): Action => ({
  kind: 'sql',
  database: 'main',
  statements: [{line: 1, text, expectations: []}],
});
const http = (method: string, path = '/x'): Action => ({
  kind: 'http',
  requests: [{line: 1, method, url: `http://127.0.0.1${path}`, headers: [], expectations: []}],
});
const here: Action = {
  kind: 'script',
  context: {id: 'local', place: {kind: 'local'}},
  stages: [commands('kubectl apply -f app.yaml')],
};
const plan = smallPlan({
  steps: [
    script('migrate', 'deploy', [commands('migrate')]),
    step('add', 'deploy', 'sql', {action: sql('insert into t values (1)')}),
    step('count', 'deploy', 'sql', {action: sql('select count(*) from t')}),
    step('announce', 'deploy', 'http', {action: http('POST')}),
    step('ask', 'deploy', 'http', {action: http('GET')}),
    step('reload', 'deploy', 'http', {action: http('GET', '/-/reload')}),
    step('apply', 'deploy', 'shell', {action: here}),
    step('look', 'verify', 'manual'),
    script('stop', 'rollback', [commands('systemctl stop app')]),
  ],
  rollback: {heading: 'Rollback', line: 1, triggers: [], steps: ['stop'], doesNotUndo: []},
});

const blocked = (run: Run) =>
  plan.steps.filter(({id}) => blockers(plan, run.state, id).some(({kind}) => kind === 'lease')).map(({id}) => id);
const ready = () => new Run(plan).ready();

describe('a run with a ledger', () => {
  test('that has never answered starts only when a person says why', () => {
    const run = ready().given(none);
    expect(run.intend({type: 'run-step', stepId: 'migrate'}).refusal).toContain('the ledger is away');
    expect(blocked(run)).toEqual(['migrate', 'add', 'count', 'announce', 'ask', 'reload', 'apply', 'stop']);
    run.intend({type: 'run-step', stepId: 'migrate', override: 'the ledger is being moved'});
    expect(run.status('migrate')).toBe('running');
    expect(run.events).toContainEqual(
      expect.objectContaining({type: 'step-started', overrides: {lease: 'the ledger is being moved'}}),
    );
    expect(blocked(run)).toEqual([]);
  });

  test('that a person starts so from the command line has the reason on record', () => {
    const run = ready().given({...none, goOn: 'tonight it is moved'});
    expect(blocked(run)).toEqual([]);
    expect(run.state.timeline.map(({text}) => text).join('\n')).toContain('tonight it is moved');
  });

  test('that does not answer any more lets go on what hosts can refuse and what changes nothing', () => {
    const run = ready().given(taken, none);
    expect(run.state.lease).toMatchObject({status: 'unsure', number: 4});
    expect(blocked(run)).toEqual(['add', 'announce', 'reload', 'apply']);
    run.intend({type: 'run-step', stepId: 'add', override: 'ana has called everybody'});
    expect(run.status('add')).toBe('running');
    run.ends(exited(0)).given(taken);
    // The reason was for as long as it was away.
    expect(run.state.overrides.lease).toBeUndefined();
    run.given(none);
    expect(blocked(run)).toContain('announce');
  });

  test('that has given the checklist to another starts nothing by any reason, and R goes on', () => {
    const run = ready().given(taken, lost);
    expect(run.intend({type: 'run-step', stepId: 'migrate', override: 'all the same'}).refusal).toContain('of bob');
    run.deployed().intend({type: 'roll-back'}).intend({type: 'roll-back'}).ready();
    expect(run.status('stop')).toBe('running');
  });

  test('stops running on in front of what needs the lease', () => {
    const run = ready().given(taken, none).intend({type: 'run-on', on: true});
    expect(run.status('migrate')).toBe('running');
    run.ends(exited(0));
    expect(run.status('add')).toBe('pending');
    expect(run.state.runOnBecause).toContain('no host can refuse what this step changes');
  });
});

test('without a ledger nothing is asked', () => {
  expect(blocked(ready())).toEqual([]);
  expect(blocked(ready().given(taken))).toEqual([]);
});

test.each([
  [{kind: 'script', jobId: 'j', place: {kind: 'local'}, lane: 'main', exports: {}, stages: []}, true],
  [
    {
      kind: 'script',
      jobId: 'j',
      place: {kind: 'host', host: 'vps', destination: 'vps'},
      lane: 'main',
      exports: {},
      stages: [],
    },
    false,
  ],
  [{kind: 'sql', database: 'main', statements: [{line: 1, text: 'select now()'}], timeoutMs: 1}, false],
  [{kind: 'sql', database: 'main', statements: [{line: 1, text: 'vacuum'}], timeoutMs: 1}, true],
  [{kind: 'prometheus', url: 'http://x', query: 'up', timeoutMs: 1}, false],
] as const)('%j needs it: %j', (request, needs) => {
  expect(needsLease(request)).toBe(needs);
});
