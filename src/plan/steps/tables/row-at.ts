/** Finds in the source the row of a table at a line, with the columns that the head of the table names. */
import {cellsOf} from '../../document/source-lines.ts';
import {columnOf} from './columns.ts';

export type RowAt = {heads: readonly ReturnType<typeof columnOf>[]; cells: readonly string[]};

/** Undefined where the line is no row. The head itself is a row, too. */
export function rowAt(line: number, source: readonly string[]): RowAt | undefined {
  const raw = source[line - 1] ?? '';
  if (!ROW.test(raw)) return undefined;
  let top = line;
  while (ROW.test(source[top - 2] ?? '')) top -= 1;
  return {heads: cellsOf(source[top - 1]).map(head => columnOf(head, [])), cells: cellsOf(raw)};
}

const ROW = /^\s*\|/;
