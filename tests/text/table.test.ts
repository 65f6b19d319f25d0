import stringWidth from 'string-width';
import {expect, test} from 'vitest';
import {layTable, tableLines} from '../../src/text/table.ts';

test('columns stand under each other, wide signs and emoji counted', () => {
  const lines = tableLines([
    ['NAME', 'STATE'],
    ['日本語の計画', 'ok'],
    ['🚀 launch', 'failed'],
    ['plain', 'ok'],
  ]);
  expect(lines).toEqual(['NAME          STATE', '日本語の計画  ok', '🚀 launch     failed', 'plain         ok']);
  const second = ['STATE', 'ok', 'failed', 'ok'];
  for (const [index, line] of lines.entries()) {
    expect(stringWidth(line.slice(0, line.lastIndexOf(second[index] ?? '')))).toBe(14);
  }
});

test('the widest column gives way first, and no line is wider than its place', () => {
  const rows = [
    ['ID', 'TITLE'],
    ['20251102', '漢字漢字漢字漢字漢字漢字'],
  ];
  const {widths, rows: laid} = layTable(rows, {width: 20});
  expect(widths).toEqual([8, 10]);
  for (const cells of laid) expect(stringWidth(cells.join('  '))).toBe(20);
  for (const line of tableLines(rows, {width: 12})) expect(stringWidth(line)).toBeLessThanOrEqual(12);
});

test('numbers stand right, whatever else is NULL', () => {
  const {rows} = layTable(
    [
      ['name', 'calls'],
      ['a', '7'],
      [null, null],
      ['b', '1200'],
    ],
    {numbersRight: true},
  );
  expect(rows.map(cells => cells.join('|'))).toEqual(['name|calls', 'a   |    7', 'NULL| NULL', 'b   | 1200']);
});

test('a cell is no wider than allowed, and says that it was cut', () => {
  expect(tableLines([['c'], ['漢字漢字']], {cellWidthMax: 5})).toEqual(['c', '漢字…']);
});
