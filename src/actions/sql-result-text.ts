/** A SQL result as text for a step's output. */
import type {Table} from '../run/outcome.ts';
import {plural} from '../text/figures.ts';
import {layTable} from '../text/table.ts';
import {oneLine} from '../text/width.ts';

const CELL_WIDTH_MAX = 60;

/** Heading, rule and rows, ending in the number of rows. */
export function textTable({columns, rows, rowCount}: Table): string {
  const cells = [columns, ...rows].map(row => row.map(cell => (cell === null ? null : oneLine(cell))));
  const {widths, rows: laid} = layTable(cells, {cellWidthMax: CELL_WIDTH_MAX});
  const [heading = '', ...body] = laid.map(row => row.join(' │ ').trimEnd());
  const rule = widths.map(width => '─'.repeat(width)).join('─┼─');
  const more = rowCount > rows.length ? ` (first ${rows.length} shown)` : '';
  const table = columns.length === 0 ? [] : [heading, rule, ...body];
  return `${[...table, `${plural(rowCount, 'row')}${more}`].join('\n')}\n`;
}
