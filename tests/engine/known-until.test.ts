import {expect, test} from 'vitest';
import {createStore} from 'zustand/vanilla';
import {startEngine} from '../../src/engine/engine.ts';
import type {Journal} from '../../src/journal/journal.ts';
import type {Event} from '../../src/run/event.ts';
import {initialState} from '../../src/run/evolve.ts';
import type {RunState} from '../../src/run/state.ts';
import {planOf} from '../helpers/plan-view.ts';

test('what is looked at while events are being written goes by the facts before them', async () => {
  const disk = Promise.withResolvers<void>();
  const asked = Promise.withResolvers<void>();
  const journal: Pick<Journal, 'append' | 'trouble'> = {
    async append(events, {at, by}) {
      asked.resolve();
      await disk.promise;
      return events.map((event, index) => ({...event, at, by, seq: index + 1}));
    },
    trouble: () => undefined,
  };
  const store = createStore<RunState>(() => initialState);
  const settings = {countdownMs: 0, autoRollback: false, closeAfterRollback: false};
  let at = 1000;
  const engine = startEngine({
    situation: {plan: planOf('# Deploy'), settings},
    store,
    journal: journal as Journal,
    outputLines: () => 0,
    now: () => at,
    perform: () => {},
    publish: () => {},
    showTrouble: () => {},
    ownUid: undefined,
    redact: value => value,
  });
  const note: Event = {type: 'note-added', text: 'seen'};
  expect(engine.knownUntil()).toBe(1000);
  engine.record([note], 'ana');
  await asked.promise;
  at = 1050;
  expect(engine.knownUntil()).toBeLessThan(1000);
  disk.resolve();
  engine.stop();
  await engine.finished;
  expect(store.getState().lastAt).toBe(1000);
  expect(engine.knownUntil()).toBe(1050);
});
