import {afterEach, expect, test, vi} from 'vitest';
import {openDryWorld} from '../../src/actions/dry-run.ts';
import type {World} from '../../src/actions/world.ts';
import {proveReadiness} from '../../src/engine/readiness-watch.ts';
import {initialState} from '../../src/run/evolve.ts';
import type {Proved} from '../../src/run/request.ts';
import {engineLookup} from '../../src/run/requests/lookups.ts';
import {bindings} from '../helpers/real-world.ts';
import {smallPlan} from '../helpers/small-plan.ts';

afterEach(() => {
  vi.useRealTimers();
});

const bound = bindings({
  rollback: {auto: false, countdownMs: 0, requires: [{on: 'local', run: 'test -e backup', line: 1}]},
});

async function lookedAt(proved: Proved) {
  const dry = openDryWorld({bindings: bound, directory: '/', onLink: () => {}});
  const world: World = {
    ...dry,
    prove: async (_place, _lane, proofs) => Object.fromEntries(proofs.map(({id}) => [id, proved])),
  };
  const report = await proveReadiness(smallPlan, bound, world, engineLookup(bound, initialState));
  const {ready, detail} = report.items.find(({title}) => title === 'requires test -e backup') ?? {};
  return {ready, detail, ageMs: report.ageMs};
}

test('what a group has not proved is said with the hosts', async () => {
  const missing = 'required, and not met: test -e backup';
  expect(await lookedAt({notOn: [], hosts: 3, ageMs: 75_000})).toEqual({ready: true, detail: 'met', ageMs: 75_000});
  expect((await lookedAt({notOn: ['web2'], hosts: 3, ageMs: 0})).detail).toBe(`${missing} on web2 (1 of 3 hosts)`);
  expect((await lookedAt({notOn: ['a', 'b'], hosts: 2, ageMs: 0})).detail).toBe(`${missing} on all 2 hosts`);
  const many = Array.from({length: 9}, (_, index) => `web${index + 1}`);
  expect((await lookedAt({notOn: many, hosts: 40, ageMs: 0})).detail).toBe(
    `${missing} on web1, web2, web3, web4, web5 and 4 more (9 of 40 hosts)`,
  );
});

test('where nobody could tell, nothing is said to be missing', async () => {
  const silent = {hosts: ['web2'], because: 'no answer within 10 s'};
  const late = {hosts: 3, ageMs: 0, silent};
  expect(await lookedAt({...late, notOn: ['web2']})).toMatchObject({
    ready: false,
    detail: 'web2 (1 of 3 hosts): no answer within 10 s',
  });
  expect((await lookedAt({...late, notOn: ['web1', 'web2']})).detail).toBe(
    'required, and not met: test -e backup on web1 (1 of 3 hosts); not known on web2',
  );
});

test('a group is given more time the more hosts it has', async () => {
  vi.useFakeTimers({toFake: ['setTimeout', 'clearTimeout']});
  const group = {inventory: 'hosts.ini', name: 'web', maxFailures: {hosts: 0}};
  const many = bindings({
    hosts: {web: {matches: [], destination: 'group web of hosts.ini', group, line: 1}},
    rollback: {auto: false, countdownMs: 0, requires: [{on: 'web', run: 'true', line: 1}]},
  });
  const looked = async (hosts: number) => {
    const world: World = {
      ...openDryWorld({bindings: many, directory: '/', onLink: () => {}}),
      hostsOf: async () => Array.from({length: hosts}, (_, nth) => `web${nth}`),
      prove: async (_place, _lane, proofs) => {
        await new Promise(resolve => setTimeout(resolve, 100_000));
        return Object.fromEntries(proofs.map(({id}) => [id, true]));
      },
    };
    const proving = proveReadiness({...smallPlan, steps: []}, many, world, engineLookup(many, initialState));
    await vi.advanceTimersByTimeAsync(100_000);
    return (await proving).link;
  };
  expect(await looked(8)).toEqual({up: false, detail: 'no connection yet'});
  expect(await looked(200)).toEqual({up: true, detail: ''});
});
