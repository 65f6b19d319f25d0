/** A SQL result as rows of text, columns aligned, no wider than its place. */
import type {Table} from '../../run/outcome.ts';
import {plural} from '../../text/figures.ts';
import {layTable} from '../../text/table.ts';
import {cut, tame} from '../../text/width.ts';
import type {Glyphs} from '../terminal/glyphs.ts';
import type {Theme} from '../terminal/theme.ts';

const ROWS_SHOWN_MAX = 200;
const GAP = '  ';

/** Heading, rule, rows, and how many there are. Figures stand right, NULL is dim, long cells are cut. */
export function drawTable(table: Table, width: number, glyphs: Glyphs, theme: Theme): string[] {
  if (table.columns.length === 0) return [theme.paint('muted', rowCount(table))];
  const rows = table.rows.slice(0, ROWS_SHOWN_MAX).map(row => row.map(cell => (cell === null ? null : tame(cell))));
  const {widths, rows: laid} = layTable([table.columns.map(tame), ...rows], {
    width,
    gap: GAP.length,
    numbersRight: true,
    ellipsis: glyphs.ellipsis,
  });
  const [headings = [], ...body] = laid;
  const whole = (cells: readonly string[]) => cut(cells.join(GAP), width, glyphs.ellipsis);
  return [
    whole(headings.map(heading => theme.paint('title', heading))),
    whole([theme.paint('border', widths.map(each => glyphs.horizontal.repeat(each)).join(GAP))]),
    ...body.map((cells, index) =>
      whole(cells.map((cell, column) => (rows[index]?.[column] === null ? theme.paint('muted', cell) : cell))),
    ),
    theme.paint('muted', cut(rowCount(table, rows.length), width, glyphs.ellipsis)),
  ];
}

function rowCount({rowCount: count}: Table, shown = count): string {
  const rows = plural(count, 'row');
  return shown < count ? `${rows}, the first ${shown} shown` : rows;
}
