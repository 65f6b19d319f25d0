/** Doubts about cells of a row of work from which nothing is read: "n.a." under "Status", "belt stopped" under "When". */
import {isRun} from '../../action-traits.ts';
import {cellsOf} from '../../document/source-lines.ts';
import {isDone} from '../../doubt.ts';
import {readDuration} from '../../phrases/quantity.ts';
import {readTimeMark} from '../../phrases/time-marks.ts';
import type {Plan} from '../../plan.ts';
import {rowAt} from '../../steps/tables/row-at.ts';
import {type FoundDoubt, type LineIndex, mayNotRun} from '../found-doubt.ts';
import {isAskedBefore} from '../lead-ins.ts';

/** One for each row but those on `known` lines. What most rows say ("open", "start") says nothing of one of them. */
export function toldCellDoubts({steps, source}: Plan, {byId}: LineIndex, known: ReadonlySet<number>): FoundDoubt[] {
  const own = steps.filter(step => isDone(byId.get(step.section)?.use) && isRun(step) && !isAskedBefore(step));
  return [...Map.groupBy(own, ({line}) => line)].flatMap(([line, alike]) => {
    if (known.has(line)) return [];
    const {heads = [], cells = []} = rowAt(line, source) ?? {};
    const at = heads.findIndex(({kinds}, index) => {
      const cell = cells[index] ?? '';
      if (!/\p{L}/u.test(cell) || cell.includes('`')) return false;
      const isTold = kinds.includes('status') || (kinds.includes('time') && !isTime(cell));
      return isTold && !isUsual(cell, index, line, source);
    });
    if (at === -1) return [];
    const [head, cell] = [heads[at]?.head ?? '', cells[at] ?? ''];
    const message = `line ${line} has "${cell}" under "${head}", from which nothing was read, and its commands would run all the same`;
    return mayNotRun(line, alike, message, cell);
  });
}

function isTime(cell: string): boolean {
  return readTimeMark(cell) !== undefined || readDuration(cell) !== undefined || /\d/.test(cell);
}

/** Whether at least half of the rows of the table have it. */
function isUsual(cell: string, index: number, line: number, source: readonly string[]): boolean {
  let [top, end] = [line, line];
  while (ROW.test(source[top - 2] ?? '')) top -= 1;
  while (ROW.test(source[end] ?? '')) end += 1;
  const all = source.slice(top + 1, end).map(row => cellsOf(row)[index] ?? '');
  return all.filter(one => one.toLowerCase() === cell.toLowerCase()).length * 2 >= all.length;
}

const ROW = /^\s*\|/;
