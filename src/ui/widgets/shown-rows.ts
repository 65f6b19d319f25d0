/** What each row of a pane shows, as it was drawn last: for the keys that select lines, and for the mouse. */
import type {StoreApi} from 'zustand/vanilla';
import type {LinePlace} from '../view/log-view.ts';
import type {PanelName, ViewState} from '../view/view-state.ts';

/** A line of a source, or a step or section of the checklist; undefined for other rows, such as banners. */
export type ShownRow = LinePlace | {item: string} | undefined;

const shown = new WeakMap<StoreApi<ViewState>, Map<PanelName, readonly ShownRow[]>>();

/** `rows`: from the first row inside the border. `from`: where they begin in a panel that is parted into halves. */
export function noteShownRows(
  view: StoreApi<ViewState>,
  panel: PanelName,
  rows: readonly ShownRow[],
  from?: number,
): void {
  const panels = shown.get(view) ?? new Map<PanelName, readonly ShownRow[]>();
  const all = from === undefined ? [] : [...(panels.get(panel) ?? [])];
  for (const [index, row] of rows.entries()) all[(from ?? 0) + index] = row;
  shown.set(view, panels.set(panel, all));
}

export function shownLines(view: StoreApi<ViewState>, panel: PanelName): readonly (LinePlace | undefined)[] {
  return (shown.get(view)?.get(panel) ?? []).map(row => (row !== undefined && 'line' in row ? row : undefined));
}

export function shownItem(view: StoreApi<ViewState>, row: number): string | undefined {
  const shownThere = shown.get(view)?.get('checklist')?.[row];
  return shownThere !== undefined && 'item' in shownThere ? shownThere.item : undefined;
}
