/** The spool as React sees it: a number that changes when there is something new to read. */
import {useCallback, useRef, useSyncExternalStore} from 'react';
import type {Spool, SpoolSource} from '../session.ts';

export function useSpoolTick(spool: Spool): number {
  const ticks = useRef(0);
  const subscribe = useCallback(
    (listener: () => void) =>
      spool.subscribe(() => {
        ticks.current += 1;
        listener();
      }),
    [spool],
  );
  return useSyncExternalStore(subscribe, () => ticks.current);
}

export function sourceOf(spool: Spool, id: string): SpoolSource | undefined {
  return spool.sources().find(source => source.id === id);
}

/**
 * How many lines the pane may show, and how many came since it stopped following: a pane that is paused stays at the
 * length it had, one that was scrolled up goes on growing below what is seen.
 */
export function useGrowth(
  source: string,
  total: number,
  stopped: boolean,
  paused: boolean,
): {total: number; unseen: number} {
  const held = useRef({source, total});
  if (held.current.source !== source || !stopped || total < held.current.total) held.current = {source, total};
  return {total: paused ? held.current.total : total, unseen: stopped ? total - held.current.total : 0};
}
