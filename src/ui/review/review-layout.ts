/** Position and size of the panes of the review, computed from the size of the terminal. Pure. */
import {COLUMNS_MIN, COLUMNS_THREE, COLUMNS_TWO, clamp, ROWS_MIN} from '../view/layout.ts';
import type {ReviewPane, ReviewView} from '../view/review-view.ts';

export type ReviewBox = {pane: ReviewPane; width: number; height: number};

export type ReviewLayout =
  | {kind: 'card'}
  /** `body`: columns from left to right, each with its boxes from top to bottom. */
  | {kind: 'panes'; headerRows: number; tabs: boolean; body: readonly (readonly ReviewBox[])[]};

/** The rows above and below the panes: progress, and keys. */
const OWN_ROWS = 2;

/** `alert`: the alert row under the header is shown. */
export function reviewLayout(
  {columns, rows}: {columns: number; rows: number},
  {pane, isAlone}: Pick<ReviewView, 'pane' | 'isAlone'>,
  alert: boolean,
): ReviewLayout {
  if (columns < COLUMNS_MIN || rows < ROWS_MIN) return {kind: 'card'};
  const isWide = columns >= COLUMNS_THREE;
  const headerRows = isAlone === true ? 0 : isWide ? 1 : 2;
  const tabs = columns < COLUMNS_TWO;
  const height = rows - headerRows - OWN_ROWS - (tabs ? 1 : 0) - (alert ? 1 : 0);
  const base = {kind: 'panes' as const, headerRows, tabs};
  if (tabs) return {...base, body: [[{pane, width: columns, height}]]};
  const left = clamp(Math.round(columns * (isWide ? 0.31 : 0.42)), 42, 64);
  const sections = [{pane: 'sections' as const, width: left, height}];
  if (isWide) {
    const right = clamp(Math.round(columns * 0.28), 44, 72);
    const document = {pane: 'document' as const, width: columns - left - right, height};
    return {...base, body: [sections, [document], [{pane: 'run', width: right, height}]]};
  }
  const below = Math.round(height * 0.5);
  const width = columns - left;
  return {
    ...base,
    body: [
      sections,
      [
        {pane: 'document', width, height: height - below},
        {pane: 'run', width, height: below},
      ],
    ],
  };
}

export function reviewBox(layout: ReviewLayout, pane: ReviewPane): ReviewBox | undefined {
  return layout.kind === 'card' ? undefined : layout.body.flat().find(box => box.pane === pane);
}
