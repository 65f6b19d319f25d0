/** Plays the events of a past run again: a clock of its own, and the run as it stood at each moment of it. */
import {createStore, type StoreApi} from 'zustand/vanilla';
import type {Plan} from '../../plan/plan.ts';
import type {Recorded} from '../../run/event.ts';
import {evolve, initialState} from '../../run/evolve.ts';
import type {RunState} from '../../run/state.ts';
import {createNews, timelineEntry} from '../../run/timeline.ts';
import type {Replay} from '../../ui/session.ts';

/** Toggled at the end, it begins again from the start. */
export type Player = Replay & {
  /** The run as it stood at `now`. */
  run: StoreApi<RunState>;
  /** Moment of the run that is shown, epoch ms. */
  now(): number;
  /** The times of the first and the last event, epoch ms. */
  span: {from: number; to: number};
  /** Kept within the span. */
  seek(at: number): void;
  /** The time of the next event of any kind, epoch ms; the end when there is none. */
  nextMoment(): number;
  /** Called whenever the moment has changed; at most 20 times a second while it plays. */
  subscribe(listener: () => void): () => void;
  close(): void;
};

const SPEEDS = [1, 2, 5, 10, 30, 100, 300, 1000];

const TICK_MS = 50;
/** A state is kept every so many events: to go back, no more than these are folded again. */
const KEPT_EVERY = 256;

type Options = {
  speed?: number;
  isPaused?: boolean;
  /** Real time, ms. */
  clock?: () => number;
};

/** `events`: all of them, oldest first, at least one. */
export function createPlayer(plan: Plan, events: readonly Recorded[], options: Options = {}): Player {
  const {speed = 1, isPaused = false, clock = Date.now} = options;
  const [first, last] = [events[0], events.at(-1)];
  if (first === undefined || last === undefined) throw new Error('a run without events cannot be played');
  const span = {from: first.at, to: Math.max(first.at, last.at)};
  const times = timesOf(events);
  const states = createStates(plan, events);
  const moments = newsMoments(plan, events);
  const listeners = new Set<() => void>();
  const status = createStore(() => ({speed, isPlaying: !isPaused, at: 0, length: span.to - span.from}));
  let at = span.from;
  let told = clock();
  let shown = countUpTo(times, at);
  const run = createStore<RunState>(() => states.state(shown));
  const timer = setInterval(tick, TICK_MS);

  function tick(): void {
    const time = clock();
    const passed = time - told;
    told = time;
    const now = status.getState();
    if (now.isPlaying) show(at + passed * now.speed);
  }

  function show(moment: number): void {
    at = Math.min(span.to, Math.max(span.from, moment));
    const count = countUpTo(times, at);
    if (count !== shown) {
      shown = count;
      run.setState(states.state(count), true);
    }
    const seconds = Math.floor((at - span.from) / SECOND_MS) * SECOND_MS;
    if (seconds !== status.getState().at) status.setState({at: seconds});
    if (at === span.to && status.getState().isPlaying) status.setState({isPlaying: false});
    for (const listener of listeners) listener();
  }

  return {
    run,
    span,
    status,
    now: () => at,
    toggle() {
      const {isPlaying} = status.getState();
      told = clock();
      if (!isPlaying && at === span.to) show(span.from);
      status.setState({isPlaying: !isPlaying});
    },
    changeSpeed(direction) {
      const now = status.getState().speed;
      const next = direction === 1 ? SPEEDS.find(one => one > now) : SPEEDS.findLast(one => one < now);
      if (next !== undefined) status.setState({speed: next});
    },
    seek: show,
    nextMoment: () => times[shown] ?? span.to,
    seekBy: ms => show(at + ms),
    jump(direction) {
      const next = direction === 1 ? moments.find(moment => moment > at) : moments.findLast(moment => moment < at);
      show(next ?? (direction === 1 ? span.to : span.from));
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: () => clearInterval(timer),
  };
}

const SECOND_MS = 1000;

/** A clock that was set back during the run does not bring back what had happened. */
function timesOf(events: readonly Recorded[]): readonly number[] {
  let latest = 0;
  return events.map(({at}) => {
    latest = Math.max(latest, at);
    return latest;
  });
}

/** How many of the ascending times are at or before the moment. */
function countUpTo(times: readonly number[], moment: number): number {
  let [low, high] = [0, times.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] ?? 0) <= moment) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The run after so many events. */
function createStates(plan: Plan, events: readonly Recorded[]): {state(count: number): RunState} {
  /** `kept[n]`: after `n * KEPT_EVERY` events. */
  const kept: RunState[] = [initialState];
  let [lastCount, lastState] = [0, initialState];

  return {
    state(count) {
      const below = Math.min(kept.length - 1, Math.floor(count / KEPT_EVERY));
      const isNear = lastCount <= count && lastCount >= below * KEPT_EVERY;
      let done = isNear ? lastCount : below * KEPT_EVERY;
      let state = isNear ? lastState : (kept[below] ?? initialState);
      for (; done < count; done += 1) {
        state = evolve(plan, state, events[done] as Recorded);
        if ((done + 1) % KEPT_EVERY === 0) kept[(done + 1) / KEPT_EVERY] ??= state;
      }
      [lastCount, lastState] = [count, state];
      return state;
    },
  };
}

function newsMoments(plan: Plan, events: readonly Recorded[]): readonly number[] {
  const isNews = createNews();
  const moments = events.flatMap(event =>
    isNews(event) && timelineEntry(plan, event) !== undefined ? [event.at] : [],
  );
  return [...new Set(moments)].sort((a, b) => a - b);
}
