/** A console on a run whose engine is out of reach from here: its events come by another way, and its keys go by another, or change nothing. */
import {createStore} from 'zustand/vanilla';
import type {Plan} from '../plan/plan.ts';
import type {Recorded} from '../run/event.ts';
import {evolve} from '../run/evolve.ts';
import type {RunState} from '../run/state.ts';
import type {LogSource} from '../text/log-text.ts';
import type {Connection, Trouble} from './client.ts';

/**
 * `refusal`: why nothing can be asked of the engine from here. `driver`: the way by which something can. `text`: what the
 * logs of the run say, as far as that comes here. `close`: when the console is left.
 */
export type Watched = {
  plan: Plan;
  runDirectory: string;
  state: RunState;
  refusal: string;
  elsewhere: string;
  driver?: Pick<Connection, 'consoleId' | 'send'> | undefined;
  text?: {sources(): readonly LogSource[]; onChange(listener: () => void): () => void} | undefined;
  close(): void;
};

export type Watching = {
  connection: Connection;
  /** Events behind those of the state, in order. */
  take(events: readonly Recorded[]): void;
  /** Nothing comes any more, with why. */
  lose(detail: string): void;
};

/** Among the consoles of the run there is none of this name. */
const CONSOLE_ID = 'watching';

export function watching({plan, runDirectory, state, refusal, elsewhere, driver, text, close}: Watched): Watching {
  const store = createStore<RunState>(() => state);
  const eventListeners = new Set<(events: readonly Recorded[]) => void>();
  const lostListeners = new Set<(detail: string) => void>();
  let lost: string | undefined;
  const connection: Connection = {
    plan,
    runDirectory,
    elsewhere,
    store,
    consoleId: driver?.consoleId ?? CONSOLE_ID,
    send: driver?.send ?? (() => Promise.resolve(refusal)),
    questions: createStore(() => []),
    answer: () => Promise.resolve(refusal),
    trouble: createStore<Trouble>(() => ({text: null})),
    sources: text?.sources ?? (() => []),
    onSources: text?.onChange ?? (() => () => {}),
    onEvents(listener) {
      eventListeners.add(listener);
      return () => eventListeners.delete(listener);
    },
    onLost(listener) {
      if (lost !== undefined) listener(lost);
      lostListeners.add(listener);
      return () => lostListeners.delete(listener);
    },
    close,
  };
  return {
    connection,
    take(events) {
      store.setState(
        events.reduce((before, event) => evolve(plan, before, event), store.getState()),
        true,
      );
      for (const listener of eventListeners) listener(events);
    },
    lose(detail) {
      if (lost !== undefined) return;
      lost = detail;
      for (const listener of lostListeners) listener(detail);
    },
  };
}
