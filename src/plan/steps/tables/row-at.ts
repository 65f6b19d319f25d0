/** Finds in the source the row of a table at a line, with the columns that the head of the table names. */
import {memoizeObject} from '../../../text/memoize.ts';
import {cellsOf} from '../../document/source-lines.ts';
import {columnOf} from './columns.ts';

export type RowAt = {heads: readonly ReturnType<typeof columnOf>[]; cells: readonly string[]};

/** Undefined where the line is no row. The head itself is a row, too. */
export function rowAt(line: number, source: readonly string[]): RowAt | undefined {
  const raw = source[line - 1] ?? '';
  if (!ROW.test(raw)) return undefined;
  const known = headsOf(source);
  let top = line;
  while (!known.has(top) && ROW.test(source[top - 2] ?? '')) top -= 1;
  const heads = known.get(top) ?? cellsOf(source[top - 1]).map(head => columnOf(head, []));
  known.set(top, heads).set(line, heads);
  return {heads, cells: cellsOf(raw)};
}

/** By the lines of tables that were asked for, the columns of their heads. */
const headsOf = memoizeObject((_: readonly string[]) => new Map<number, RowAt['heads']>());

const ROW = /^\s*\|/;
