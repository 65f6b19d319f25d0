/** Makes steps, or rules, of the rows of a table. */
import {compact} from '../../../text/compact.ts';
import {codeSpans, plainText} from '../../document/inline.ts';
import {readExpectations} from '../../phrases/expectations.ts';
import {readMarks} from '../../phrases/marks.ts';
import {readDuration} from '../../phrases/quantity.ts';
import {readTimeMark} from '../../phrases/time-marks.ts';
import type {Marks} from '../../plan.ts';
import {looksLikeCommand} from '../../shell/command-likeness.ts';
import {phrase} from '../../words/vocabulary.ts';
import {
  type Column,
  type ColumnKind,
  type Found,
  type FoundRule,
  type FoundStep,
  type Row,
  readInside,
  rulesFound,
  type Setting,
  stepsIn,
  type Thing,
  thenRead,
} from '../found.ts';
import {withOrdersAround} from '../item-code.ts';
import {commandsFound, manualStep, type Subject} from '../make-steps.ts';
import {placeBeside} from '../places/item-places.ts';
import {rulesIn, triggersIn} from '../rules.ts';
import {boundedBy, boundText, saysBack} from './bound-rows.ts';
import {expectationsIn, unreadIn} from './cell-results.ts';
import {alarmRules, alarmsIn} from './row-alarms.ts';
import {atHeads, type Cell, linesAt, placeDoubts, placeOfCell, withPlaces} from './row-places.ts';

/** The step of one row. */
export function rowFound(row: Row, columns: readonly Column[], around: Setting): Found {
  const written = columns.map((column, index) => ({column, text: (row.cells[index] ?? '').trim()}));
  const cells = withPlaces(written, around.where.names);
  const at = titleColumn(cells);
  const titled = cells[at];
  if (titled === undefined || cells.every(({text}) => text === '')) return {things: [], setting: around};
  const of = (kind: ColumnKind) =>
    cells.filter(({column}, index) => index !== at && column.kinds.includes(kind)).map(({text}) => text);
  const {names} = around.where;
  const given = cells.map(({column, text}, index) =>
    commandsIn(column, text, index === at).filter(code => !names.has(code.toLowerCase())),
  );
  const commands = given.flat();
  const bare = plainText(commands.reduce((text, code) => text.replace(`\`${code}\``, ''), titled.text));
  const named = cells.find(({column, text}) => column.kinds.includes('metric') && text !== '') ?? cells.find(says);
  const measured = plainText((named ?? cells[0])?.text ?? '');
  const bound = plainText(cells.find(({column, text}) => isCrossed(column) && text !== '')?.text ?? '');
  const alarms = alarmsIn(cells);
  const isAlarm = (cell: Cell) => alarms.some(one => one.cell === cell);
  // What is done about a bound is done once it is crossed.
  const crossed = bound === '' ? {} : {condition: `${measured}: ${bound}`};
  const expectations = cells.flatMap(({column, text}, index) => {
    if (index !== at && column.kinds.some(isExpected)) return expectationsIn(text, row.line);
    // "`show colour` must return `blue`": the cell says what its own command prints.
    return (given[index] ?? []).length > 0 ? readExpectations(text, row.line) : [];
  });
  const said = cells.flatMap((cell, index) => {
    const {column, text} = cell;
    if ((index === at && !isAlarm(cell)) || !SAYS.test(text) || given[index]?.length !== 0) return [];
    // Where nobody else does it, words under "How" tell a person what to do.
    const isHint = commands.length === 0 && column.kinds.includes('command');
    const own = isTold(column) || isHint ? text : column.kinds.some(isExpected) ? unreadIn(text, expectations) : '';
    return own === '' ? [] : [column.head === '' ? own : `${column.head}: ${own}`];
  });
  const subject: Subject = {
    title: isAlarm(titled) ? measured : bare || commands[0] || plainText(titled.text),
    line: row.line,
    endLine: row.line,
    boxes: [],
    instructions: said,
    expectations,
    marks: {...crossed, ...marksOf(titled.text, of, around)},
  };
  return readInside(around, {hours: undefined}, setting => {
    const about = bound === '' && at !== 0 ? subject.title : measured;
    const reasons = {
      things: rulesFound([
        ...reasonsIn(cells, about, row.line, setting),
        ...alarmRules(alarms, measured, row.line, setting),
      ]),
      setting,
    };
    if (commands.length === 0) return thenRead(reasons, here => manualStep(here, subject));
    const headed = cells.filter(
      ({column}, index) => given[index]?.length !== 0 && names.has(column.head.toLowerCase()),
    );
    const isHeaded = headed.length > 0 && headed.length === given.filter(({length}) => length > 0).length;
    if (isHeaded) return thenRead(reasons, here => atHeads(headed, given, cells, subject, here));
    const lines = linesAt(row.line, commands);
    const besides = cells.map(({text}) => placeBeside(text, names));
    const place = [...of('place').map(placeOfCell), ...besides].find(found => found !== undefined);
    return thenRead(reasons, here => {
      const found = withOrdersAround(titled.text, subject, commands, here, at =>
        commandsFound(at, subject, lines, place),
      );
      const beside = besideDoubts(cells, given, at, row.line, stepsIn(found.things));
      const doubts = [...beside, ...placeDoubts(columns, cells, found, commands[0] ?? '')];
      return {...found, things: [...found.things, ...doubts]};
    });
  });
}

/**
 * What a column "bad → go back" says is a reason to go back, in whatever words; a bound below "Call the vendor if" is an
 * alert.
 */
function reasonsIn(cells: readonly Cell[], title: string, line: number, setting: Setting): readonly FoundRule[] {
  return cells.flatMap(({column, text}) => {
    const said = plainText(text);
    if (!/[\p{L}\d]/u.test(said)) return [];
    const bound = cells.some(cell => saysBack(plainText(cell.text))) ? 'trigger' : 'alert';
    if (column.kinds.includes('alert')) return rulesIn(boundedBy(bound, setting), boundText(title, said), line);
    if (!column.kinds.includes('reason')) return [];
    return triggersIn(boundedBy('trigger', setting), `${title}: ${said}`, line);
  });
}

/** Commands of an unknown column beside those of the step: they may be its check, its other way, or its way back. */
function besideDoubts(
  cells: readonly Cell[],
  given: readonly (readonly string[])[],
  at: number,
  line: number,
  steps: readonly FoundStep[],
): Thing[] {
  const isOwn = (index: number) =>
    index === at || (cells[index]?.column.kinds ?? []).some(kind => kind === 'command' || kind === 'step');
  if (!given.some((commands, index) => commands.length > 0 && isOwn(index))) return [];
  return given.flatMap((commands, index) => {
    const [because] = commands;
    if (because === undefined || isOwn(index)) return [];
    const message = `line ${line} runs the commands of the column "${cells[index]?.column.head ?? ''}" right behind those of its step, and nothing says that this is what the column is for`;
    const settle = 'say that they always run, do the step by hand, or leave it out';
    return steps.map(
      of => ({kind: 'doubt', of, doubt: {code: 'role-assumed', line, message, because, settle}}) as const,
    );
  });
}

/** A bound is the case in which the rest of its row is done. */
function isCrossed({kinds}: Column): boolean {
  return kinds.includes('alert') && kinds.includes('case');
}

/** Whether no other part of the row is made of the column. */
function isTold({kinds}: Column): boolean {
  return !kinds.some(kind => READ.has(kind));
}

/** Beside work, a target is what is expected of it. */
function isExpected(kind: ColumnKind): boolean {
  return kind === 'expected' || kind === 'target';
}

/** Columns that are read. The others become instructions. */
const READ: ReadonlySet<ColumnKind> = new Set([
  'expected',
  'target',
  'owner',
  'time',
  'place',
  'status',
  'number',
  'command',
]);

/** More than a box to tick, or a dash. */
const SAYS = /[\p{L}\p{N}`]/u;

/** "3", "Step 3", "B3" */
const COUNTED = phrase`^(?:${'part'})?\s*[A-Z]?[\d.]+$`;

function says({text}: Cell): boolean {
  return /\p{L}/u.test(plainText(text)) && !COUNTED.test(plainText(text));
}

/** The column with the title: the first step column with words in it, or what a person does, or the first with words. */
function titleColumn(cells: readonly Cell[]): number {
  const named = cells.findIndex(cell => cell.column.kinds.includes('step') && says(cell));
  if (named !== -1) return named;
  // In a column "Command / action", words without a command are what a person does.
  const told = cells.findIndex(
    ({column, text}) =>
      column.kinds.includes('command') && isProse(text, 2) && commandsIn(column, text, false).length === 0,
  );
  if (told !== -1) return told;
  // What takes the step back is no title for it.
  const isOther = (kind: ColumnKind) => READ.has(kind) || kind === 'rollback' || kind === 'reason';
  const other = cells.findIndex(cell => says(cell) && !cell.column.kinds.some(isOther));
  if (other !== -1) return other;
  // "Step
  // Owner
  // Command": the command is a better title than the owner.
  const command = cells.findIndex(cell => says(cell) && cell.column.kinds.includes('command'));
  return command === -1 ? cells.findIndex(says) : command;
}

function commandsIn({kinds, isCode}: Column, text: string, isTitle: boolean): string[] {
  if (
    kinds.some(kind => isExpected(kind) || kind === 'rollback' || kind === 'trigger' || kind === 'status') &&
    !isTitle
  )
    return [];
  // In a column of commands, all code is a command, but "CNAME `mail` → mx2" tells a person what to do.
  const isAll = kinds.includes('command') && !isProse(text);
  const codes = codeSpans(text);
  if (codes.length > 1 && codes.some(code => STATEMENT.test(code)) && !isProse(text, 1)) return [];
  const quoted = codes.filter(code => isAll || looksLikeCommand(code));
  return quoted.length === 0 && isCode && looksLikeCommand(text) ? [text] : quoted;
}

/** "`shutdown immediate`, `ALTER DATABASE OPEN;`": one statement among codes shows that a person types them into a client. */
const STATEMENT =
  /^(?:alter|create|drop|delete|insert|update|grant|revoke|truncate|select|set|recover|flashback|purge|begin|commit)\s[^|&]*;$/i;

/** Whether a cell says more around its code than "then", "and", "as root". */
function isProse(text: string, words = PROSE_WORDS_MIN): boolean {
  const around = plainText(text.replaceAll(/`[^`]*`|\([^()]*\)/g, ' '));
  return (around.match(/\p{L}{2,}/gu) ?? []).length >= words;
}

const PROSE_WORDS_MIN = 4;

function marksOf(title: string, of: (kind: ColumnKind) => string[], around: Setting): Marks {
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
  return {...compact({scope: around.scope}), ...marks, ...compact({owner, at, estimate, condition})};
}
