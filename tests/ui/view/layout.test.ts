import {expect, test} from 'vitest';
import {type Layout, layoutFor, type Wants} from '../../../src/ui/view/layout.ts';
import {PANELS} from '../../../src/ui/view/view-state.ts';

const FOOT_ROWS = 2;
const idle: Wants = {checklistColumns: 58, outputRows: 12, logRows: 100, isCentreBusy: false};
const busy: Wants = {...idle, outputRows: 100, isCentreBusy: true};
const WANTS: readonly (Wants | undefined)[] = [
  undefined,
  idle,
  busy,
  {...idle, checklistColumns: 500, outputRows: 0, logRows: 0},
  {...busy, checklistColumns: 0, logRows: 2},
];

test('whatever the size, the boxes fill the screen exactly', () => {
  for (let columns = 60; columns <= 260; columns += 7) {
    for (let rows = 16; rows <= 90; rows += 3) {
      for (const focus of PANELS) {
        for (const zoom of [false, true]) {
          const wants = WANTS[(columns + rows) % WANTS.length];
          const alertRows = rows % 4;
          const layout = layoutFor(columns, rows, {focus, zoom, alertRows, ...(wants === undefined ? {} : {wants})});
          if (layout.kind !== 'panels') throw new Error('a card');
          const [first = []] = layout.body;
          const high = (column: typeof first) => column.reduce((sum, box) => sum + box.height, 0);
          const above = layout.headerRows + (layout.tabs ? 1 : 0) + alertRows;
          expect(above + high(first) + (layout.strip?.height ?? 0) + FOOT_ROWS).toBe(rows);
          for (const column of layout.body) expect(high(column)).toBe(high(first));
          expect(layout.body.reduce((sum, column) => sum + (column[0]?.width ?? 0), 0)).toBe(columns);
          for (const box of layout.body.flat()) expect(box.height).toBeGreaterThanOrEqual(4);
        }
      }
    }
  }
});

test('the number of columns follows the width', () => {
  const columnsAt = (columns: number) => {
    const layout = layoutFor(columns, 40, {focus: 'checklist', zoom: false, alertRows: 0});
    return layout.kind === 'card' ? 'card' : `${layout.body.length}${layout.strip ? '+strip' : ''}`;
  };
  expect([160, 140, 139, 100, 99, 60, 59].map(columnsAt)).toEqual(['3', '3', '2+strip', '2+strip', '1', '1', 'card']);
});

test('too few rows leave only the facts', () => {
  expect(layoutFor(160, 15, {focus: 'checklist', zoom: false, alertRows: 0}).kind).toBe('card');
});

const boxes = (columns: number, rows: number, wants: Wants) =>
  panelsOf(layoutFor(columns, rows, {focus: 'checklist', zoom: false, alertRows: 0, wants}));

function panelsOf(layout: Layout) {
  if (layout.kind === 'card') throw new Error('a card');
  const all = [...layout.body.flat(), ...(layout.strip ? [layout.strip] : [])];
  return Object.fromEntries(all.map(box => [box.panel, box])) as Record<string, {width: number; height: number}>;
}

test('a larger terminal makes no panel smaller', () => {
  for (const wants of [idle, busy]) {
    for (let columns = 100; columns < 250; columns++) {
      // At this width the charts get a column of their own.
      if (columns === 139) continue;
      const [now, larger] = [boxes(columns, 45, wants), boxes(columns + 1, 45, wants)];
      for (const panel of PANELS) expect(larger[panel]?.width).toBeGreaterThanOrEqual(now[panel]?.width ?? 0);
    }
    for (let rows = 20; rows < 70; rows++) {
      // With more rows the charts get a strip of their own.
      const [now, larger] = [boxes(160, rows, wants), boxes(160, rows + 1, wants)];
      for (const panel of PANELS) expect(larger[panel]?.height).toBeGreaterThanOrEqual(now[panel]?.height ?? 0);
    }
  }
});

test('while the centre is idle the checklist gets what its titles need, and never more', () => {
  for (const columns of [158, 160, 180, 200, 250]) expect(boxes(columns, 45, idle)['checklist']?.width).toBe(58);
  expect(boxes(112, 35, idle)['checklist']?.width).toBe(58);
  expect(boxes(160, 45, {...idle, checklistColumns: 30})['checklist']?.width).toBe(40);
  expect(boxes(250, 45, {...idle, checklistColumns: 500})['checklist']?.width).toBe(72);
});

test('the centre keeps half of the free columns once steps have printed', () => {
  expect(boxes(160, 45, busy)['output']?.width).toBeGreaterThan(boxes(160, 45, idle)['output']?.width ?? 0);
  for (let columns = 140; columns <= 250; columns++) {
    const {output, charts} = boxes(columns, 45, busy);
    expect(output?.width).toBeGreaterThanOrEqual(60);
    expect(charts?.width).toBeGreaterThanOrEqual(38);
  }
});

test('output and log give each other the rows that they do not use', () => {
  for (let rows = 24; rows <= 70; rows++) {
    const room = rows - 3;
    const quiet = boxes(160, rows, idle);
    expect(quiet['output']?.height).toBe(Math.min(Math.max(8, idle.outputRows), room - Math.round(room * 0.38)));
    expect((quiet['output']?.height ?? 0) + (quiet['logs']?.height ?? 0)).toBe(room);
    const silent = boxes(160, rows, {...busy, logRows: 3});
    expect(silent['logs']?.height).toBe(5);
    const both = boxes(160, rows, busy);
    expect(both['logs']?.height).toBe(Math.max(5, Math.round(room * 0.38)));
  }
});
