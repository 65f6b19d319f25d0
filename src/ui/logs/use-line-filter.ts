/** The keep and hide filters over one log, searched through a piece per frame until nothing is left to look at. */
import {useEffect, useMemo, useState} from 'react';
import type {Spool} from '../session.ts';
import {createLineFilter, type LineFilter} from './line-filter.ts';
import {compilePattern} from './pattern.ts';

const NEXT_PIECE_MS = 16;

export type Filtering = {filter: LineFilter; busy: boolean};

/** Nothing when no filter is set. `total`: lines of the source there are to show. */
export function useLineFilter(
  spool: Spool,
  source: string,
  {keep, hide}: {keep?: string | undefined; hide?: string | undefined},
  total: number,
): Filtering | undefined {
  const filter = useMemo(() => {
    const keeps = compilePattern(keep);
    const hides = compilePattern(hide);
    if (keeps === undefined && hides === undefined) return undefined;
    return createLineFilter((from, count) => spool.read(source, from, count), {
      ...(keeps === undefined ? {} : {keep: keeps}),
      ...(hides === undefined ? {} : {hide: hides}),
    });
  }, [spool, source, keep, hide]);
  const [, setPiece] = useState(0);
  const busy = filter?.advance(total) ?? false;
  useEffect(() => {
    if (!busy) return;
    const timer = setTimeout(() => setPiece(piece => piece + 1), NEXT_PIECE_MS);
    return () => clearTimeout(timer);
  });
  return filter === undefined ? undefined : {filter, busy};
}
