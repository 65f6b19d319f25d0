/** The one number that an answer is. */
import type {Table} from '../outcome.ts';

/**
 * Its value, where the answer is one number and nothing else: a lone figure, the one cell of a result, or the table that
 * a client draws around one cell. A figure within other words (`127.0.0.1 refused`) answers nothing: undefined.
 */
export function answeredNumber(text: string, tables: readonly Table[] | undefined): number | undefined {
  const cell = tables === undefined ? (drawnCell(text) ?? text) : onlyCell(tables);
  const figure = cell?.trim().replaceAll(GROUPS, '');
  return figure !== undefined && /^[-+]?\d+(?:\.\d+)?$/.test(figure) ? Number(figure) : undefined;
}

/** `8,234`: commas between groups of three only, so that `4,5` is not 45. */
const GROUPS = /(?<=\d),(?=\d{3}(?!\d))/g;

function onlyCell(tables: readonly Table[]): string | undefined {
  const filled = tables.filter(({columns}) => columns.length > 0);
  const [table] = filled;
  if (filled.length !== 1 || table?.rows.length !== 1 || table.columns.length !== 1) return undefined;
  return table.rows[0]?.[0] ?? undefined;
}

/** What `psql`, `sqlite3 -box` or `mysql` draw: a heading, a rule, one value, perhaps another rule and how many rows. */
function drawnCell(text: string): string | undefined {
  const lines = text
    .split('\n')
    .map(line => line.trim())
    .filter(line => line !== '' && !/^\(1 \S+\)$/.test(line));
  const [heading, value, ...more] = lines
    .filter(line => !RULE.test(line))
    .map(line => line.replace(BORDERS, '').trim());
  if (value === undefined || more.length > 0 || !lines.some(line => RULE.test(line))) return undefined;
  return heading !== undefined && !/[|│]/.test(heading + value) ? value : undefined;
}

const RULE = /^[-+=─┌┐└┘├┤┬┴┼]+$/;
const BORDERS = /^[|│]|[|│]$/g;
