/** Position and size of everything, computed from the size of the terminal. All rows together fill the screen. Pure. */

import type {ReviewPane, ReviewView} from './review-view.ts';
import type {PanelName} from './view-state.ts';

export type PanelBox = {panel: PanelName; width: number; height: number};

/** The border and a blank at each side of a panel or a dialog, and its first and last row. */
export const SIDES = 4;
export const ENDS = 2;

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

/**
 * What the panels would fill, with their borders. It is measured from the plan and the run, never from the cursor, so
 * that moving about changes no box.
 */
export type Wants = {
  /** Columns in which the titles of the checklist are whole. */
  checklistColumns: number;
  /** Rows of the output and of the longest log. */
  outputRows: number;
  logRows: number;
  /** The centre shows what steps printed: it has a claim to half of the free columns. */
  isCentreBusy: boolean;
};

const UNMEASURED: Wants = {checklistColumns: 0, outputRows: Infinity, logRows: Infinity, isCentreBusy: true};

type LayoutFor = {focus: PanelName; zoom: boolean; alertRows: number; wants?: Wants};

export function layoutFor(
  columns: number,
  rows: number,
  {focus, zoom, alertRows, wants = UNMEASURED}: LayoutFor,
): Layout {
  if (columns < COLUMNS_MIN || rows < ROWS_MIN) return {kind: 'card', columns, rows};
  const headerRows = columns >= COLUMNS_THREE ? 1 : 2;
  const tabs = columns < COLUMNS_TWO;
  const height = rows - headerRows - FOOT_ROWS - (tabs ? 1 : 0) - alertRows;
  const base = {kind: 'panels' as const, columns, rows, headerRows, tabs, strip: null};
  if (tabs || zoom) return {...base, chartLayout: 'column', body: [[{panel: focus, width: columns, height}]]};
  return columns >= COLUMNS_THREE
    ? {...base, chartLayout: 'column', body: threeColumns(columns, height, wants)}
    : {...base, chartLayout: 'strip', ...twoColumns(columns, height, focus, wants)};
}

/** The least and the most columns of each panel; the output and the logs share the centre. */
const CHECKLIST = {min: 40, max: 72};
const CENTRE = {min: 60, max: 110};
const CENTRE_OF_TWO_MIN = 54;
const CHARTS = {min: 38, max: 60};
const OUTPUT_ROWS_MIN = 8;
const LOG_ROWS_MIN = 5;
/** The share of the height of the centre for the log, where both the output and the log are longer than their box. */
const LOG_SHARE = 0.38;

/**
 * Every panel has its least width. The free columns go to the titles of the checklist, then to the centre, then to the
 * charts, each up to its most; what is left then goes to the centre.
 */
function threeColumns(columns: number, height: number, wants: Wants): readonly (readonly PanelBox[])[] {
  let free = columns - CHECKLIST.min - CENTRE.min - CHARTS.min;
  const left = CHECKLIST.min + checklistShare(free, wants);
  free -= left - CHECKLIST.min;
  const middle = Math.min(free, CENTRE.max - CENTRE.min);
  const right = CHARTS.min + Math.min(free - middle, CHARTS.max - CHARTS.min);
  return [
    [{panel: 'checklist', width: left, height}],
    centre(columns - left - right, height, wants),
    [{panel: 'charts', width: right, height}],
  ];
}

function checklistShare(free: number, {checklistColumns, isCentreBusy}: Wants): number {
  const wanted = clamp(checklistColumns, CHECKLIST.min, CHECKLIST.max) - CHECKLIST.min;
  return Math.max(0, Math.min(wanted, isCentreBusy ? Math.floor(free / 2) : free));
}

function twoColumns(columns: number, height: number, focus: PanelName, wants: Wants) {
  const left = CHECKLIST.min + checklistShare(columns - CHECKLIST.min - CENTRE_OF_TWO_MIN, wants);
  const withStrip = height >= STRIP_BODY_ROWS_MIN;
  const room = withStrip ? height - STRIP_ROWS : height;
  const right = columns - left;
  // Without room for the strip, the focused charts take the place of the centre.
  const hidden = !withStrip && focus === 'charts';
  return {
    strip: withStrip ? {panel: 'charts' as const, width: columns, height: STRIP_ROWS} : null,
    body: [
      [{panel: 'checklist' as const, width: left, height: room}],
      hidden ? [{panel: 'charts' as const, width: right, height: room}] : centre(right, room, wants),
    ],
  };
}

/** The output and the log below it: each gets the rows that the other does not use. */
function centre(width: number, height: number, {outputRows, logRows}: Wants): readonly PanelBox[] {
  const share = Math.max(LOG_ROWS_MIN, Math.round(height * LOG_SHARE));
  const output = Math.max(OUTPUT_ROWS_MIN, outputRows);
  const logs = output <= height - share ? height - output : Math.min(share, Math.max(LOG_ROWS_MIN, logRows));
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

/** The checklist's column where other panels stand beside it, with the rows from its end to that of the screen. */
export type SideColumn = {width: number; below: number};

export function sideColumn(layout: Layout): SideColumn | undefined {
  if (layout.kind === 'card' || layout.body.length < 2) return undefined;
  return {width: layout.body[0]?.[0]?.width ?? 0, below: FOOT_ROWS + (layout.strip?.height ?? 0)};
}

/** `top` and `left` count from 0. */
export type PlacedBox = PanelBox & {top: number; left: number};

/** Every panel with its place on the screen. `alertRows`: of the alert under the header. */
export function placedBoxes(layout: Layout, alertRows: number): readonly PlacedBox[] {
  if (layout.kind === 'card') return [];
  const {body, strip, headerRows, tabs} = layout;
  const above = headerRows + alertRows + (tabs ? 1 : 0);
  const placed: PlacedBox[] = [];
  let left = 0;
  for (const column of body) {
    let top = above;
    for (const box of column) {
      placed.push({...box, top, left});
      top += box.height;
    }
    left += column[0]?.width ?? 0;
  }
  const height = Math.max(0, ...body.map(column => column.reduce((sum, box) => sum + box.height, 0)));
  return strip === null ? placed : [...placed, {...strip, top: above + height, left: 0}];
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
/** The share of the height for the pane that has the focus, of two. */
const FOCUSED_SHARE = 0.58;

/** The panes of the review. `alertRows`: of the alert under the header. */
export function reviewLayout(
  {columns, rows}: {columns: number; rows: number},
  {pane, isAlone}: Pick<ReviewView, 'pane' | 'isAlone'>,
  alertRows: number,
): ReviewLayout {
  if (columns < COLUMNS_MIN || rows < ROWS_MIN) return {kind: 'card'};
  const isWide = columns >= COLUMNS_THREE;
  const headerRows = isAlone === true ? 0 : isWide ? 1 : 2;
  const tabs = columns < COLUMNS_TWO;
  const height = rows - headerRows - REVIEW_ROWS - (tabs ? 1 : 0) - alertRows;
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
