import {afterEach, expect, test, vi} from 'vitest';
import {openDryWorld} from '../../src/actions/dry-run.ts';
import type {World} from '../../src/actions/world.ts';
import {proveReadiness, watchReadiness} from '../../src/engine/readiness-watch.ts';
import {initialState} from '../../src/run/evolve.ts';
import {engineLookup} from '../../src/run/requests/lookups.ts';
import {bindings} from '../helpers/real-world.ts';
import {smallPlan} from '../helpers/small-plan.ts';

afterEach(() => {
  vi.useRealTimers();
});

test('a place whose connection waits for a person does not keep the others from being proved', async () => {
  vi.useFakeTimers({toFake: ['setTimeout', 'clearTimeout']});
  const bound = bindings({
    rollback: {auto: false, countdownMs: 0, requires: [{on: 'local', run: 'true', line: 1}]},
  });
  const dry = openDryWorld({bindings: bound, directory: '/', onLink: () => {}});
  const world: World = {
    ...dry,
    prove: (place, _lane, proofs) =>
      place.kind === 'local'
        ? Promise.resolve(Object.fromEntries(proofs.map(({id}) => [id, true])))
        : new Promise(() => {}),
  };
  const proving = proveReadiness(smallPlan, bound, world, engineLookup(bound, initialState));
  await vi.advanceTimersByTimeAsync(30_000);
  const report = await proving;
  if (report.type !== 'readiness-reported') throw new Error(report.type);
  expect(report.link).toEqual({up: false, detail: 'no connection yet'});
  expect(report.items.find(({title}) => title === 'requires true')?.ready).toBe(true);
  expect(report.items.filter(({ready}) => !ready).length).toBeGreaterThan(0);
});

test('a look at all hosts that is under way is enough for who wants one that began no earlier', async () => {
  const bound = bindings({});
  const begun: PromiseWithResolvers<void>[] = [];
  let [now, wholes] = [10, 0];
  const reported: unknown[] = [];
  const world: World = {
    ...openDryWorld({bindings: bound, directory: '/', onLink: () => {}}),
    forgetLooks: () => {
      wholes += 1;
    },
    prove: async (_place, _lane, proofs) => {
      const end = Promise.withResolvers<void>();
      begun.push(end);
      await end.promise;
      return Object.fromEntries(proofs.map(({id}) => [id, true]));
    },
  };
  const watched = {plan: smallPlan, bindings: bound, world, knownUntil: () => now, state: () => initialState};
  const watch = watchReadiness(
    watched,
    () => engineLookup(bound, initialState),
    report => reported.push(report),
  );
  watch.look(10);
  await vi.waitFor(() => expect(begun).not.toHaveLength(0));
  const inOne = begun.length;
  now = 20;
  for (const since of [5, 10]) watch.look(since);
  watch.look(11);
  for (const end of begun.splice(0)) end.resolve();
  await vi.waitFor(() => expect(begun).toHaveLength(inOne));
  watch.look(20);
  for (const end of begun.splice(0)) end.resolve();
  await vi.waitFor(() => expect(reported).toHaveLength(2));
  watch.stop();
  expect({wholes, begun}).toEqual({wholes: 2, begun: []});
});
