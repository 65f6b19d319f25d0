import {afterEach, expect, test, vi} from 'vitest';
import {openDryWorld} from '../../src/actions/dry-run.ts';
import type {World} from '../../src/actions/world.ts';
import {proveReadiness} from '../../src/engine/readiness-watch.ts';
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
