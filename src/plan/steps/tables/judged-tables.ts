/** Recognisers of tables that are judged: bounds, and cases of which some lead to the rollback. */
import {plainText} from '../../document/inline.ts';
import {boundWordsIn} from '../../phrases/thresholds.ts';
import type {SectionRole} from '../../plan.ts';
import {quotesCommand} from '../../shell/command-likeness.ts';
import {topicPattern} from '../../words/vocabulary.ts';
import {type Column, labelsFound, type Recogniser, type Row, readInOrder, rulesFound} from '../found.ts';
import {triggersIn} from '../rules.ts';
import {boundsOfRow, endsWork} from './bound-rows.ts';
import {alarmRules, alarmsIn} from './row-alarms.ts';

export const BOUNDS_TABLE: Recogniser<'table'> = {
  name: 'table of bounds',
  example: '## Monitor\n\n| Metric | Target |\n|---|---|\n| Error rate | < 1% |',
  on: 'table',
  read({columns, rows}, setting) {
    const isOfBounds = !holdsCommands(rows) && holdsBounds(columns, rows, setting.node.section.role);
    if (setting.node.section.role !== 'triggers' && !isOfBounds) return undefined;
    const ofBounds = columns.map((_, index) => rows.some(({cells}) => SIGNED.test((cells[index] ?? '').trim())));
    return readInOrder(rows, setting, (row, here) => boundsOfRow(row, columns, ofBounds, here));
  },
};

export function holdsCommands(rows: readonly Row[]): boolean {
  return rows.some(row => row.cells.some(quotesCommand));
}

/** Whether the table has bounds with comparison signs; a column "Expected" may also hold words. Under "Roll back when", words will do. */
function holdsBounds(columns: readonly Column[], rows: readonly Row[], role: SectionRole): boolean {
  const speaks = rows.some(({cells}) => cells.some(cell => ROLLBACK.test(cell)));
  const bounds = columns.flatMap(({kinds}, index) => {
    const isBound = kinds.some(kind => kind === 'target' || kind === 'alert' || kind === 'trigger');
    // "Condition
    // Action": the bound is in the name. In a rollback, a column of bounds needs no known header.
    const isCondition = speaks && kinds.includes('metric');
    return isCondition || (index > 0 && (isBound || (role === 'rollback' && kinds.length === 0))) ? [index] : [];
  });
  const isBound = (cell = '', index = 0) =>
    /[<>≤≥]\s*=?\s*[\d$€]/.test(cell) ||
    (columns[index]?.kinds[0] === 'trigger' && (boundWordsIn(cell) !== undefined || /^\d/.test(cell.trim())));
  return rows.some(({cells}) => bounds.some(index => isBound(cells[index], index)));
}

const ROLLBACK = topicPattern('rollback');
const SIGNED = /^[<>≤≥]\s*=?\s*\d/;

export const DECISION_TABLE: Recogniser<'table'> = {
  name: 'table of decisions',
  example: '## Decide\n\n| At 22:00 | Then |\n|---|---|\n| No answer yet | back out |\n| All green | go home |',
  on: 'table',
  read({columns, rows, isOfSteps}, setting) {
    const {role} = setting.node.section;
    if (isOfSteps || NOT_DECIDED.test(role)) return undefined;
    const at = columns.findIndex((_, index) => index > 0 && rows.some(row => endsWork(row, index)));
    if (at === -1) return undefined;
    const rules = rows.flatMap(row => {
      const alarms = alarmsIn(columns.map((column, index) => ({column, text: row.cells[index] ?? ''})));
      if (alarms.length > 0) return alarmRules(alarms, plainText(row.cells[0] ?? ''), row.line, setting);
      if (!endsWork(row, at)) return [];
      const text = row.cells
        .slice(0, at)
        .map(plainText)
        .filter(cell => /\p{L}/u.test(cell))
        .join(', ');
      const assumed = `"${text}" is taken for a reason to roll back, because its row says "${plainText(row.cells[at] ?? '')}"`;
      return text === '' ? [] : triggersIn({...setting, assumed}, text, row.line);
    });
    return {things: [...rulesFound(rules), ...labelsFound(rows)], setting};
  },
};

/** What only informs, and the rollback itself, whose cases are ways back. */
const NOT_DECIDED = /^(?:contacts|reference|notes|rollback)$/;
