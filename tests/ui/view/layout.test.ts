import {expect, test} from 'vitest';
import {layoutFor} from '../../../src/ui/view/layout.ts';
import {PANELS} from '../../../src/ui/view/view-state.ts';

const FOOT_ROWS = 2;

test('whatever the size, the boxes fill the screen exactly', () => {
  for (let columns = 60; columns <= 260; columns += 7) {
    for (let rows = 16; rows <= 90; rows += 3) {
      for (const focus of PANELS) {
        for (const zoom of [false, true]) {
          const layout = layoutFor(columns, rows, {focus, zoom, alert: rows % 2 === 0});
          if (layout.kind !== 'panels') throw new Error('a card');
          const [first = []] = layout.body;
          const high = (column: typeof first) => column.reduce((sum, box) => sum + box.height, 0);
          const above = layout.headerRows + (layout.tabs ? 1 : 0) + (rows % 2 === 0 ? 1 : 0);
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
    const layout = layoutFor(columns, 40, {focus: 'checklist', zoom: false, alert: false});
    return layout.kind === 'card' ? 'card' : `${layout.body.length}${layout.strip ? '+strip' : ''}`;
  };
  expect([160, 140, 139, 100, 99, 60, 59].map(columnsAt)).toEqual(['3', '3', '2+strip', '2+strip', '1', '1', 'card']);
});

test('too few rows leave only the facts', () => {
  expect(layoutFor(160, 15, {focus: 'checklist', zoom: false, alert: false}).kind).toBe('card');
});
