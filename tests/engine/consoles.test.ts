import {afterEach, beforeEach, expect, test, vi} from 'vitest';
import {createStore} from 'zustand/vanilla';
import {whileAlone} from '../../src/engine/consoles.ts';
import {initialState} from '../../src/run/evolve.ts';
import type {RunState} from '../../src/run/state.ts';

const ALONE_MS_MAX = 300_000;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function watched(attended: boolean) {
  const store = createStore<RunState>(() => initialState);
  const attend = (is: boolean) => {
    const ana = {id: 'c1', user: 'ana', pid: 1, observer: false};
    store.setState({...store.getState(), consoles: is ? {c1: ana} : {}} as RunState);
  };
  attend(attended);
  const say = vi.fn();
  return {attend, say, stop: whileAlone(store, ALONE_MS_MAX, say)};
}

test('says it when nobody ever came, and again until it is stopped', () => {
  const {say, stop} = watched(false);
  vi.advanceTimersByTime(ALONE_MS_MAX - 1);
  expect(say).not.toHaveBeenCalled();
  vi.advanceTimersByTime(3000);
  expect(say.mock.calls.length).toBeGreaterThan(1);
  stop();
  const told = say.mock.calls.length;
  vi.advanceTimersByTime(ALONE_MS_MAX);
  expect(say).toHaveBeenCalledTimes(told);
});

test('counts from when the last console left', () => {
  const {attend, say} = watched(true);
  vi.advanceTimersByTime(10 * ALONE_MS_MAX);
  attend(false);
  vi.advanceTimersByTime(ALONE_MS_MAX - 1);
  expect(say).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1001);
  expect(say).toHaveBeenCalled();
});

test('a console that comes back begins it anew, however shortly it stays', () => {
  const {attend, say} = watched(false);
  vi.advanceTimersByTime(ALONE_MS_MAX - 500);
  attend(true);
  attend(false);
  vi.advanceTimersByTime(ALONE_MS_MAX - 1);
  expect(say).not.toHaveBeenCalled();
});
