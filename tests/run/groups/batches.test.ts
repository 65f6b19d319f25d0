import {describe, expect, test} from 'vitest';
import type {Batches, Plan} from '../../../src/plan/plan.ts';
import {batchesOf} from '../../../src/run/groups/batches.ts';
import {hostsAhead} from '../../../src/run/groups/dry-run-hosts.ts';
import {standOnHosts} from '../../../src/run/groups/on-each.ts';
import type {HostOutcome, OutcomeHere, OutcomeOnHosts} from '../../../src/run/outcome.ts';
import {bindStep} from '../../../src/run/requests/bind-step.ts';
import {shownLookup} from '../../../src/run/requests/lookups.ts';
import {plainCommand as command} from '../../helpers/plan-parts.ts';
import {commands, exited, Run, rule, script, smallPlan, step} from '../build.ts';

/** `vps` of the small plan is a group of four here: two steps of the deploy, one that verifies, a look by hand, the way back. */
function planOf(more: Partial<Plan> = {}): Plan {
  return smallPlan({
    groups: {vps: {batches: [{hosts: 1}, {percent: 50}], pause: 60_000}},
    steps: [
      script('fetch', 'deploy', [commands('git pull')]),
      step('tell', 'deploy', 'manual'),
      script('restart', 'deploy', [commands('systemctl restart app')]),
      step('look', 'verify', 'manual'),
      script('health', 'verify', [commands('curl -f localhost')]),
      script('restore', 'rollback', [commands('git checkout old')]),
      script('check', 'rollback', [{kind: 'commands', commands: [{...command('cat version'), line: 9}]}]),
    ],
    rollback: {heading: 'Rollback', line: 1, triggers: [], steps: ['restore', 'check'], doesNotUndo: []},
    ...more,
  });
}

const all = ['a', 'b', 'c', 'd'];
const fine = exited(0);

function on(outcomes: Readonly<Record<string, OutcomeHere>>, failuresMax = 0): OutcomeOnHosts {
  const hosts = Object.entries(outcomes).map(([host, outcome]): HostOutcome => ({host, jobId: host, outcome}));
  return {kind: 'on-hosts', hosts, failuresMax, durationMs: 1};
}

/** All hosts that the step runs on do so. */
function well(run: Run): Run {
  return run.ends(on(Object.fromEntries(hostsNow(run).map(host => [host, fine]))));
}

function hostsNow({state}: Run): readonly string[] {
  const own = Object.values(state.steps).find(({status}) => status === 'running');
  return own?.status === 'running' ? (own.hosts ?? []) : [];
}

function runningNow({state}: Run): string {
  return Object.keys(state.steps).find(id => state.steps[id]?.status === 'running') ?? 'nothing';
}

function begun(plan = planOf(), how: ConstructorParameters<typeof Run>[1] = {}): Run {
  const run = new Run(plan, {auto: true, yes: ['all'], ...how});
  return run.report({type: 'hosts-listed', group: 'vps', hosts: all}).ready();
}

/** Over the pause, to the look at all hosts that comes before the next batch. */
function pauseOver(run: Run): Run {
  return run.after(60_000).ready();
}

test('batches are as large as said, and the last size is used again', () => {
  expect(batchesOf(all, [{hosts: 1}, {percent: 50}])).toEqual([['a'], ['b', 'c'], ['d']]);
  expect(batchesOf(all, [{percent: 10}])).toEqual([['a'], ['b'], ['c'], ['d']]);
  expect(batchesOf(all, [{hosts: 9}])).toEqual([all]);
  expect(batchesOf(all, [])).toEqual([all]);
});

test('a dry run waits for the hosts, and says which batch takes how many of them', () => {
  const ahead = (batches: Batches) => {
    const plan = planOf({groups: {vps: batches}});
    const run = new Run(plan, {auto: true, yes: ['all'], dryRun: true}).ready();
    expect(run.decided).toMatchObject({effects: [{type: 'list-hosts', group: 'vps'}]});
    run.report({type: 'hosts-listed', group: 'vps', hosts: all});
    expect(runningNow(run)).toBe('fetch');
    return plan.steps.slice(0, 1).map(one => hostsAhead(plan, run.state, one))[0];
  };
  const [one, half] = [{hosts: 1}, {percent: 50}];
  expect(ahead({batches: [one, half], pause: 60_000})).toBe(
    '4 hosts of vps in 3 batches: 1 (a), then 2, then 1; between two 60 s',
  );
  expect(ahead({batches: [one], pause: 'person'})).toBe(
    '4 hosts of vps in 4 batches: 1 (a), then 3 of 1; a person begins each of the others',
  );
  expect(ahead({batches: [half]})).toBe(
    '4 hosts of vps in 2 batches: 2 (a, b), then 2; between two as long as the rules look back',
  );
  expect(ahead({})).toBe('4 hosts of vps at once: a, b, c, d');
});

describe('a deployment on a group', () => {
  test('takes the canary through every step, and what verifies it, before the next hosts', () => {
    const run = begun();
    const order: string[] = [];
    for (let turn = 0; turn < 9; turn += 1) {
      if (runningNow(run) === 'nothing') pauseOver(run);
      order.push(`${runningNow(run)} ${hostsNow(run).join(' ')}`);
      well(run);
    }
    expect(order).toEqual([
      ...['fetch a', 'restart a', 'health a'],
      ...['fetch b c', 'restart b c', 'health b c'],
      ...['fetch d', 'restart d', 'health d'],
    ]);
    expect(run.state).toMatchObject({phase: 'watching', groups: {vps: {touched: all}}});
  });

  test('waits for its pause, then looks at all hosts, then goes on by itself', () => {
    const run = well(well(well(begun())));
    expect(run.status('fetch')).toBe('pending');
    run.after(59_000);
    expect(runningNow(run)).toBe('nothing');
    run.after(1000);
    expect(run.decided).toMatchObject({effects: [{type: 'probe-readiness', wholeSince: expect.any(Number)}]});
    run.ready();
    expect(hostsNow(run)).toEqual(['b', 'c']);
  });

  test('goes on before its time when a person presses on with a reason', () => {
    const run = well(well(well(begun())));
    run.intend({type: 'run-step', stepId: 'fetch'});
    expect(run.refusal).toBe('batch 1 of 3 is done on a; the next one is of 2 hosts: it waits 60 s more');
    run.intend({type: 'run-step', stepId: 'fetch', override: 'seen enough'});
    expect(hostsNow(run)).toEqual(['b', 'c']);
  });

  test('waits for a person where a person is to begin the next batch, or nothing is measured', () => {
    for (const pause of ['person', undefined] as const) {
      const batches = [{hosts: 1}];
      const plan = planOf({groups: {vps: pause === undefined ? {batches} : {batches, pause}}});
      const run = well(well(well(begun(plan)))).ready();
      expect(run.state.runOnBecause).toMatch(/the next one is of 1 host: .*a person begins it$/);
      expect(run.intend({type: 'run-step', stepId: 'fetch'}).refusal).toBe(undefined);
      expect(hostsNow(run)).toEqual(['b']);
    }
  });

  test('goes no further while a rule is broken, and waits as long as the rules look back unless a pause is said', () => {
    const target = rule('P95', {role: 'target', op: '<', value: 100, windowMs: 10_000, section: 'verify'});
    const plan = planOf({rules: [target], groups: {vps: {batches: [{hosts: 1}]}}});
    const run = well(well(well(begun(plan))));
    const sample = (value: number) => {
      run.at += 1000;
      run.report({type: 'samples-reported', samples: [{signal: 'chat', at: run.at, value}]});
    };
    for (let count = 0; count < 12; count += 1) sample(500);
    run.ready();
    expect(run.state.runOnBecause).toMatch(/P95 is tripped/);
    expect(runningNow(run)).toBe('nothing');
  });

  test('leaves out a host on which an earlier step has failed, and counts it on', () => {
    const run = well(well(well(begun())));
    pauseOver(run).ends(on({b: fine, c: exited(1)}, 1));
    expect(run.state.steps['restart']).toMatchObject({status: 'running', hosts: ['b'], leftOut: 1});
    well(well(run));
    expect(run.events).toContainEqual(expect.objectContaining({type: 'batch-finished', batch: 2, lost: ['c']}));
  });

  test('is not held up by a host that was left out, and is by any other on which the rollback is not ready', () => {
    const run = well(well(well(begun())));
    pauseOver(run).ends(on({b: fine, c: exited(1)}, 1));
    const red = (...notOn: readonly string[]) =>
      run.ready([{stepId: 'restore', ready: false, notOn, detail: 'no tag'}]);
    well(run);
    red('c');
    well(run).after(60_000);
    red('c', 'd');
    expect(runningNow(run)).toBe('nothing');
    expect(run.state.runOnBecause).toMatch(/rollback not ready: Stop: no tag/);
    red('c');
    run.intend({type: 'run-on', on: true});
    expect([runningNow(run), hostsNow(run)]).toEqual(['fetch', ['d']]);
  });

  test('starts each batch where the shells stood before the first one', () => {
    const run = begun();
    run.ends({...on({a: {...fine, exports: {TAG: 'v2'}}}), exports: {TAG: 'v2'}});
    expect(run.state.contexts['vps']?.exports).toEqual({TAG: 'v2'});
    well(well(run));
    expect(run.state.contexts).toEqual({});
  });

  test('sends the requests of a step from the hosts of its batch', () => {
    const place = {kind: 'host', host: 'vps', destination: 'user@your-vps-ip'} as const;
    const requests = [{line: 1, method: 'GET', url: 'http://127.0.0.1/health', headers: [], expectations: []}];
    const ping = step('ping', 'deploy', 'http', {action: {kind: 'http', context: {id: 'vps', place}, requests}});
    const plan = planOf({steps: [ping, ...planOf().steps.slice(5)]});
    const {state} = begun(plan);
    const bound = bindStep(ping, {plan, state, lookup: shownLookup(plan, state), attempt: 1, rollback: false});
    expect(bound).toMatchObject({kind: 'request', request: {kind: 'http', from: {hosts: ['a']}}});
  });

  test('shows how far a step is on each host: where it has ended, where it runs, where it has not begun', () => {
    const run = pauseOver(well(well(well(begun()))));
    const ended = {type: 'hosts-reported', stepId: 'fetch', attempt: 2} as const;
    run.report({...ended, hosts: [{host: 'c', kind: 'failed', because: 'exit 1'}]});
    run.report({...ended, attempt: 1, hosts: [{host: 'b', kind: 'failed', because: 'a late answer'}]});
    const kinds = (id: string) =>
      run.situation.plan.steps
        .filter(step => step.id === id)
        .flatMap(step => standOnHosts(run.situation.plan, run.state, step).map(({kind}) => kind));
    expect(kinds('fetch')).toEqual(['passed', 'running', 'failed', 'pending']);
    expect(kinds('restart')).toEqual(['passed', 'pending', 'pending', 'pending']);
    expect(kinds('tell')).toEqual([]);
  });

  test('says what is not known of it, and begins when it is', () => {
    const run = new Run(planOf(), {auto: true, yes: ['all']}).ready();
    expect(run.decided).toMatchObject({effects: [{type: 'list-hosts', group: 'vps'}]});
    expect(run.intend({type: 'run-step', stepId: 'fetch'}).refusal).toMatch(/^Ansible is being asked/);
    run.report({type: 'hosts-listed', group: 'vps', hosts: all});
    expect(hostsNow(run)).toEqual(['a']);
  });
});

describe('its rollback', () => {
  const failed = () => well(begun()).ends(on({a: exited(1)}));
  const rollBack = (run: Run) => run.intend({type: 'roll-back'}).intend({type: 'roll-back'}).ready();

  test('is for the hosts that were touched', () => {
    const run = rollBack(failed());
    expect([runningNow(run), hostsNow(run)]).toEqual(['restore', ['a']]);
  });

  test('is refused where none was touched, unless a person says why', () => {
    const plan = planOf();
    const run = new Run(plan).report({type: 'hosts-listed', group: 'vps', hosts: all}).ready();
    expect(run.intend({type: 'roll-back'}).refusal).toMatch(/^this run has touched no host of vps/);
    run.intend({type: 'roll-back', force: 'they are all broken'}).intend({type: 'roll-back'}).ready();
    expect([runningNow(run), hostsNow(run)]).toEqual(['restore', []]);
    expect(run.state.steps['restore']).not.toHaveProperty('hosts');
  });

  test('goes on where it goes well, and names the host and the commands that are left on it', () => {
    const run = rollBack(well(well(well(pauseOver(well(well(well(begun()))))))));
    expect(hostsNow(run)).toEqual(['a', 'b', 'c']);
    run.ends(on({a: fine, b: exited(1), c: fine}));
    expect([runningNow(run), hostsNow(run)]).toEqual(['check', ['a', 'c']]);
    well(run);
    expect(run.state.rollback).toMatchObject({
      status: 'finished',
      verdict: 'failed',
      because: expect.stringMatching(/^not rolled back on b: restore: exit 1/),
      left: ['# on host b:\ngit checkout old', '# on host b:\ncat version'],
    });
  });

  test('is tried on a host that does not answer', () => {
    const run = failed();
    const silent = {stepId: 'restore', ready: false, notOn: ['a'], silent: ['a'], detail: 'a: no route'};
    run.intend({type: 'roll-back'}).intend({type: 'roll-back'}).ready([silent]);
    expect([runningNow(run), hostsNow(run)]).toEqual(['restore', ['a']]);
  });

  test('is ready where one of these hosts is', () => {
    const run = well(well(well(pauseOver(well(well(well(begun())))))));
    run.ready([{stepId: 'restore', ready: false, notOn: ['b', 'd'], detail: 'no tag'}]);
    run.intend({type: 'roll-back'}).intend({type: 'roll-back'});
    run.ready([{stepId: 'restore', ready: false, notOn: ['b', 'd'], detail: 'no tag'}]);
    expect(hostsNow(run)).toEqual(['a', 'b', 'c']);
  });
});
