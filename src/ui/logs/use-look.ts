/** How a pane's lines are to look just now: search, wrap, sideways scroll. */
import {useMemo} from 'react';
import {useStore} from 'zustand';
import type {StoreApi} from 'zustand/vanilla';
import {scrollOf, type ViewState} from '../view/view-state.ts';
import {compilePattern} from './patterns.ts';
import type {Look} from './styled-line.ts';

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

/** While a search is being typed its matches are shown already. */
function searchText({search, overlay}: ViewState): string {
  if (overlay?.kind === 'prompt' && overlay.prompt.purpose.for === 'search') return overlay.editor.text;
  return search.pattern;
}
