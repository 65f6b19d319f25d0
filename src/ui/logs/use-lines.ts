/** React hooks for the lines of a pane: when new lines are there, how many to show, and their look. */
import {useCallback, useMemo, useRef, useSyncExternalStore} from 'react';
import {useStore} from 'zustand';
import type {StoreApi} from 'zustand/vanilla';
import type {Spool, SpoolSource} from '../session.ts';
import {scrollOf, type ViewState} from '../view/view-state.ts';
import {compilePattern} from './patterns.ts';
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

export function sourceOf(spool: Spool, id: string): SpoolSource | undefined {
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
  base: Pick<Look, 'theme' | 'glyphs' | 'width'>,
): Look {
  const {theme, glyphs, width} = base;
  const typed = useStore(view, searchText);
  const match = useStore(view, each => each.search.match);
  const wrap = useStore(view, each => each.wrap);
  const column = useStore(view, each => scrollOf(each, source).column);
  const current = match?.source === source ? match.line : undefined;
  return useMemo(
    () => ({theme, glyphs, width, wrap, column, search: compilePattern(typed), current}),
    [theme, glyphs, width, wrap, column, typed, current],
  );
}

/** Matches are shown while the search is still being typed. */
function searchText({search, overlay}: ViewState): string {
  if (overlay?.kind === 'prompt' && overlay.prompt.purpose.for === 'search') return overlay.editor.text;
  return search.pattern;
}
