import {expect, test} from 'vitest';
import {createStore} from 'zustand/vanilla';
import {onceWatching} from '../../src/engine/run-engine.ts';
import type {Phase} from '../../src/run/event.ts';
import {initialState} from '../../src/run/evolve.ts';
import type {RunState} from '../../src/run/state.ts';

function timesActed(first: Phase, ...later: readonly Phase[]): readonly number[] {
  const store = createStore<RunState>(() => ({...initialState, phase: first}));
  let times = 0;
  onceWatching(store, () => {
    times += 1;
  });
  const seen = [times];
  for (const phase of later) {
    store.setState({...store.getState(), phase});
    seen.push(times);
  }
  return seen;
}

test('waits for the end of the deploy, whatever comes before it', () => {
  expect(timesActed('ready', 'running', 'held', 'running', 'watching')).toEqual([0, 0, 0, 0, 1]);
});

test('acts once, though the watch goes on, is held and begins again', () => {
  expect(timesActed('running', 'watching', 'watching', 'held', 'watching')).toEqual([0, 1, 1, 1, 1]);
});

test('acts at once in a run that is taken up in its watch', () => {
  expect(timesActed('watching', 'watching')).toEqual([1, 1]);
});
