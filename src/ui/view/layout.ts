/** Position and size of everything, computed from the size of the terminal. All rows together fill the screen. Pure. */

import type {ReviewPane, ReviewView} from './review-view.ts';
import type {PanelName} from './view-state.ts';

export type PanelBox = {panel: PanelName; width: number; height: number};

export type Layout =
  /** The terminal is too small for panels. */
  | {kind: 'card'; columns: number; rows: number}
  | {
      kind: 'panels';
      columns: number;
      rows: number;
      headerRows: number;
      /** A row of tabs stands above the panel. */
      tabs: boolean;
      /** Left to right; each column's boxes top to bottom. */
      body: readonly (readonly PanelBox[])[];
      /** Below the body, over the whole width. */
      strip: PanelBox | null;
      chartLayout: 'column' | 'strip';
    };

const COLUMNS_THREE = 140;
export const COLUMNS_TWO = 100;
const COLUMNS_MIN = 60;
const ROWS_MIN = 16;
/** The rules row and the hint row. */
const FOOT_ROWS = 2;
const STRIP_ROWS = 9;
/** With fewer body rows the charts would leave too little for the other panels. */
const STRIP_BODY_ROWS_MIN = 24;

export function layoutFor(
  columns: number,
  rows: number,
  {focus, zoom, alert}: {focus: PanelName; zoom: boolean; alert: boolean},
): Layout {
  if (columns < COLUMNS_MIN || rows < ROWS_MIN) return {kind: 'card', columns, rows};
  const headerRows = columns >= COLUMNS_THREE ? 1 : 2;
  const tabs = columns < COLUMNS_TWO;
  const height = rows - headerRows - FOOT_ROWS - (tabs ? 1 : 0) - (alert ? 1 : 0);
  const base = {kind: 'panels' as const, columns, rows, headerRows, tabs, strip: null};
  if (tabs || zoom) return {...base, chartLayout: 'column', body: [[{panel: focus, width: columns, height}]]};
  return columns >= COLUMNS_THREE
    ? {...base, chartLayout: 'column', body: threeColumns(columns, height)}
    : {...base, chartLayout: 'strip', ...twoColumns(columns, height, focus)};
}

function threeColumns(columns: number, height: number): readonly (readonly PanelBox[])[] {
  const left = clamp(Math.round(columns * 0.28), 40, 64);
  const right = clamp(Math.round(columns * 0.26), 38, 64);
  return [
    [{panel: 'checklist', width: left, height}],
    centre(columns - left - right, height),
    [{panel: 'charts', width: right, height}],
  ];
}

function twoColumns(columns: number, height: number, focus: PanelName) {
  const left = clamp(Math.round(columns * 0.4), 40, 50);
  const withStrip = height >= STRIP_BODY_ROWS_MIN;
  const room = withStrip ? height - STRIP_ROWS : height;
  const right = columns - left;
  // Without room for the strip, the focused charts take the place of the centre.
  const hidden = !withStrip && focus === 'charts';
  return {
    strip: withStrip ? {panel: 'charts' as const, width: columns, height: STRIP_ROWS} : null,
    body: [
      [{panel: 'checklist' as const, width: left, height: room}],
      hidden ? [{panel: 'charts' as const, width: right, height: room}] : centre(right, room),
    ],
  };
}

function centre(width: number, height: number): readonly PanelBox[] {
  const logs = Math.max(5, Math.round(height * 0.38));
  return [
    {panel: 'output', width, height: height - logs},
    {panel: 'logs', width, height: logs},
  ];
}

/** The box a panel has now, or the one it would have if it were in front. */
export function boxOf(layout: Layout, panel: PanelName): PanelBox {
  if (layout.kind === 'card') return {panel, width: layout.columns, height: layout.rows};
  const boxes = [...layout.body.flat(), ...(layout.strip ? [layout.strip] : [])];
  return boxes.find(box => box.panel === panel) ?? boxes[0] ?? {panel, width: layout.columns, height: layout.rows};
}

export type ReviewBox = {pane: ReviewPane; width: number; height: number};

export type ReviewLayout =
  | {kind: 'card'}
  /** `body`: columns from left to right, each with its boxes from top to bottom. */
  | {kind: 'panes'; headerRows: number; tabs: boolean; body: readonly (readonly ReviewBox[])[]};

/** The row of progress above the panes, and the row of keys below them. */
const REVIEW_ROWS = 2;
/** With fewer body rows only one pane fits on a narrow screen. */
const STACK_ROWS_MIN = 18;
/** Of the height, for the pane of two that has the focus. */
const FOCUSED_SHARE = 0.58;

/** The panes of the review. `alert`: the alert row under the header is shown. */
export function reviewLayout(
  {columns, rows}: {columns: number; rows: number},
  {pane, isAlone}: Pick<ReviewView, 'pane' | 'isAlone'>,
  alert: boolean,
): ReviewLayout {
  if (columns < COLUMNS_MIN || rows < ROWS_MIN) return {kind: 'card'};
  const isWide = columns >= COLUMNS_THREE;
  const headerRows = isAlone === true ? 0 : isWide ? 1 : 2;
  const tabs = columns < COLUMNS_TWO;
  const height = rows - headerRows - REVIEW_ROWS - (tabs ? 1 : 0) - (alert ? 1 : 0);
  const base = {kind: 'panes' as const, headerRows, tabs};
  if (tabs) {
    const isStacked = pane !== 'sections' && height >= STACK_ROWS_MIN;
    return {...base, body: [isStacked ? stacked(columns, height, pane) : [{pane, width: columns, height}]]};
  }
  const left = clamp(Math.round(columns * (isWide ? 0.33 : 0.42)), 42, 64);
  const sections = [{pane: 'sections' as const, width: left, height}];
  if (!isWide) return {...base, body: [sections, stacked(columns - left, height, pane)]};
  const right = clamp(Math.round(columns * 0.29), 44, 72);
  const document = {pane: 'document' as const, width: columns - left - right, height};
  return {...base, body: [sections, [document], [{pane: 'run', width: right, height}]]};
}

/** The document above what would run; the one that has the focus is the taller one. */
function stacked(width: number, height: number, focused: ReviewPane): readonly ReviewBox[] {
  const taller = Math.round(height * FOCUSED_SHARE);
  const above = focused === 'document' ? taller : height - taller;
  return [
    {pane: 'document', width, height: above},
    {pane: 'run', width, height: height - above},
  ];
}

export function reviewBox(layout: ReviewLayout, pane: ReviewPane): ReviewBox | undefined {
  return layout.kind === 'card' ? undefined : layout.body.flat().find(box => box.pane === pane);
}

function clamp(value: number, min: number, max: number): number {
  return Math.min(max, Math.max(min, value));
}
