import type {StoreApi} from 'zustand/vanilla';
import type {RunState} from '../run/state.ts';

/** Does it once: now when the run is watched already, or else when its deploy is over. */
export function onceWatching(store: StoreApi<RunState>, act: () => void): void {
  if (store.getState().phase === 'watching') return act();
  const stop = store.subscribe(({phase}) => {
    if (phase !== 'watching') return;
    stop();
    act();
  });
}
