/** Reads the rows of a table of steps. */
import {compact} from '../../../text/compact.ts';
import {codeSpans, plainText} from '../../document/inline.ts';
import {readExpectations} from '../../phrases/expectations.ts';
import {readMarks} from '../../phrases/marks.ts';
import {readDuration} from '../../phrases/quantity.ts';
import {readTimeMark} from '../../phrases/time-marks.ts';
import type {Expectation, Marks} from '../../plan.ts';
import {looksLikeCommand} from '../../shell/command-likeness.ts';
import type {Around} from '../around.ts';
import type {Draft, Place} from '../draft.ts';
import {readCommands} from '../fences/fences.ts';
import {add, addReading, byHand, type Owner} from '../steps.ts';
import type {Column, ColumnKind, Row} from './columns.ts';

/** One row of a step table. */
export function addRow(draft: Draft, place: Place, columns: readonly Column[], row: Row, around: Around): void {
  const cells = columns.map((column, index) => ({column, text: (row.cells[index] ?? '').trim()}));
  const at = titleColumn(cells);
  const titled = cells[at];
  if (titled === undefined || cells.every(({text}) => text === '')) return;
  const of = (kind: ColumnKind) =>
    cells.filter(({column}, index) => index !== at && column.kinds.includes(kind)).map(({text}) => text);
  const commands = cells.flatMap(({column, text}, index) => commandsIn(column, text, index === at));
  const owner: Owner = compact({
    title:
      plainText(commands.reduce((text, code) => text.replace(`\`${code}\``, ''), titled.text)) ||
      commands[0] ||
      plainText(titled.text),
    line: row.line,
    endLine: row.line,
    boxes: [],
    instructions: cells
      .filter(
        ({column, text}, index) =>
          index !== at &&
          text !== '' &&
          !column.kinds.some(kind => READ.has(kind)) &&
          !commandsIn(column, text, false).length,
      )
      .map(({column, text}) => (column.head === '' ? text : `${column.head}: ${text}`)),
    expectations: of('expected').flatMap(text => expectationsIn(text, row.line)),
    marks: marksOf(titled.text, of, around),
    directives: around.directives,
    everyMs: around.everyMs,
  });
  const lines = commands.map(text => ({kind: 'command' as const, line: row.line, text}));
  const {readings} = lines.length === 0 ? {readings: []} : readCommands(draft, place, lines, owner.directives['host']);
  if (readings.length === 0) add(draft, place, owner, byHand(owner, commands, []));
  readings.forEach((reading, index) => {
    addReading(draft, place, owner, reading, index, readings.length);
  });
}

/** What these columns say is read; the others tell how it is done. */
const READ: ReadonlySet<ColumnKind> = new Set(['expected', 'owner', 'time', 'status', 'number', 'command']);

type Cell = {column: Column; text: string};

/** The column that names the step: the first for it that holds more than figures, else the first with text. */
function titleColumn(cells: readonly Cell[]): number {
  const says = ({text}: Cell) =>
    /\p{L}/u.test(plainText(text)) && !/^(?:step|paso|schritt)?\s*[\d.]+$/i.test(plainText(text));
  const named = cells.findIndex(cell => cell.column.kinds.includes('step') && says(cell));
  if (named !== -1) return named;
  const other = cells.findIndex(cell => says(cell) && !cell.column.kinds.some(kind => READ.has(kind)));
  if (other !== -1) return other;
  // "Step | Owner | Command": what is done says more than who does it.
  const command = cells.findIndex(cell => says(cell) && cell.column.kinds.includes('command'));
  return command === -1 ? cells.findIndex(says) : command;
}

function commandsIn({kinds}: Column, text: string, isTitle: boolean): string[] {
  if (
    kinds.some(kind => kind === 'expected' || kind === 'rollback' || kind === 'trigger' || kind === 'status') &&
    !isTitle
  )
    return [];
  // A column of commands says of its code what it is.
  const quoted = codeSpans(text).filter(code => kinds.includes('command') || looksLikeCommand(code));
  if (quoted.length > 0 || !kinds.includes('command') || !looksLikeCommand(text)) return quoted;
  return [text];
}

function expectationsIn(text: string, line: number): Expectation[] {
  // That it ends with 0 is asked of every command.
  if (/^(?:[-–—]?|(?:exit|return) (?:code |status )?`?0`?)$/i.test(text)) return [];
  const stated = readExpectations(text, line);
  return stated.length > 0 ? stated : readExpectations(`Expected: ${text}`, line);
}

function marksOf(title: string, of: (kind: ColumnKind) => string[], around: Around): Marks {
  const marks = readMarks(title);
  const owner = of('owner')
    .map(plainText)
    .find(text => text !== '');
  const times = of('time').map(plainText);
  const at = times.map(time => readTimeMark(time)).find(found => found !== undefined);
  const estimate = times
    .filter(time => readTimeMark(time) === undefined)
    .map(time => readDuration(time))
    .find(found => found !== undefined);
  const condition = marks.condition ?? around.condition;
  return compact({
    scope: around.scope,
    ...marks,
    ...(owner === undefined ? {} : {owner}),
    ...(at === undefined ? {} : {at}),
    ...(estimate === undefined ? {} : {estimate}),
    ...(condition === undefined ? {} : {condition}),
  });
}
