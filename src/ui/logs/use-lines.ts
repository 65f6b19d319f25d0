/** React hooks for the lines of a pane: when new lines are there, how many to show, and their look. */
import {useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore} from 'react';
import {useStore} from 'zustand';
import type {StoreApi} from 'zustand/vanilla';
import type {LogSource} from '../../text/log-text.ts';
import type {Spool} from '../session.ts';
import {scrollOf, type ViewState} from '../view/view-state.ts';
import {compilePattern} from './log-patterns.ts';
import {MERGED_SOURCE, mergedLogs} from './merged-log.ts';
import type {Look} from './styled-line.ts';

/** A number that changes when new lines are there. */
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

export function sourceOf(spool: Spool, id: string): LogSource | undefined {
  if (id === MERGED_SOURCE) return mergedLogs(spool)?.source();
  return spool.sources().find(source => source.id === id);
}

/**
 * How many lines the pane may show, and how many came since it stopped following. A paused pane keeps its length; a
 * pane that was scrolled up grows below the visible lines.
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

/** The look of the lines now: search, wrap, columns scrolled. */
export function useLook(
  view: StoreApi<ViewState>,
  source: string,
  base: Pick<Look, 'theme' | 'glyphs' | 'width' | 'withoutTime'>,
): Look {
  const {theme, glyphs, width, withoutTime = false} = base;
  const typed = useStore(view, searchText);
  const match = useStore(view, each => each.search.match);
  const wrap = useStore(view, each => each.wrap);
  const column = useStore(view, each => scrollOf(each, source).column);
  const current = match?.source === source ? match.line : undefined;
  return useMemo(
    () => ({theme, glyphs, width, withoutTime, wrap, column, search: compilePattern(typed), typed, current}),
    [theme, glyphs, width, withoutTime, wrap, column, typed, current],
  );
}

export type MatchCount = {
  matches: number;
  /** The marked line is the so-manieth of them; 0 where no match is marked. */
  place: number;
  /** The part of the lines that was counted: 0 … 1. */
  share: number;
};

const PROGRESS_MS = 100;

/** How many of the lines `from … to-1` match what is searched for, counted in the background; undefined without a search or spool. */
export function useMatchCount(
  spool: Spool | undefined,
  source: string,
  {search, current}: Look,
  {from, to}: {from: number; to: number},
): MatchCount | undefined {
  const isThere = to > 0;
  const tally = useMemo(
    () => (search === undefined || !isThere ? undefined : spool?.tally(source, search)),
    [spool, source, search, isThere],
  );
  const [, setShown] = useState(0);
  useEffect(() => () => tally?.stop(), [tally]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: more lines are to be counted when there are more
  useEffect(() => {
    if (tally === undefined) return;
    const show = () => setShown(times => times + 1);
    const timer = setInterval(show, PROGRESS_MS);
    const stop = () => clearInterval(timer);
    void tally.advance().then(() => {
      stop();
      show();
    });
    return stop;
  }, [tally, to]);
  if (tally === undefined) return undefined;
  const share = tally.share();
  const before = from > 0 ? tally.upTo(from - 1) : 0;
  const last = share < 1 ? undefined : tally.upTo(to - 1);
  const [here, above] = current === undefined ? [] : [tally.upTo(current), tally.upTo(current - 1)];
  const isMatch = here !== undefined && above !== undefined && here > above;
  return {
    matches: Math.max(0, (last ?? tally.matches()) - (before ?? 0)),
    place: isMatch ? here - (before ?? 0) : 0,
    share,
  };
}

/** Matches are shown while the search is still being typed. */
function searchText({search, overlay}: ViewState): string {
  if (overlay?.kind === 'prompt' && overlay.prompt.purpose.for === 'search') return overlay.editor.text;
  return search.pattern;
}
