/** Makes steps, or rules, of the rows of a table. */
import {compact} from '../../../text/compact.ts';
import {codeSpans, plainText} from '../../document/inline.ts';
import {saysNoRollback} from '../../phrases/decisions.ts';
import {readExpectations} from '../../phrases/expectations.ts';
import type {NamedPlace} from '../../phrases/host-mentions.ts';
import {readMarks} from '../../phrases/marks.ts';
import {readDuration} from '../../phrases/quantity.ts';
import {boundWordsIn} from '../../phrases/thresholds.ts';
import {readTimeMark} from '../../phrases/time-marks.ts';
import type {Expectation, Marks, SectionRole} from '../../plan.ts';
import {looksLikeCommand} from '../../shell/command-likeness.ts';
import {placeBesideCommand} from '../../words/named-hosts.ts';
import {phrase, topicPattern} from '../../words/vocabulary.ts';
import {
  type Column,
  type ColumnKind,
  type Found,
  type FoundRule,
  type Row,
  readInside,
  rulesFound,
  type Setting,
  thenRead,
} from '../found.ts';
import {commandsFound, manualStep, ruleStep, type Subject, subjectAt, withoutHints} from '../make-steps.ts';
import {rulesIn, triggersIn} from '../rules.ts';

/** The step of one row. */
export function rowFound(row: Row, columns: readonly Column[], around: Setting): Found {
  const cells = columns.map((column, index) => ({column, text: (row.cells[index] ?? '').trim()}));
  const at = titleColumn(cells);
  const titled = cells[at];
  if (titled === undefined || cells.every(({text}) => text === '')) return {things: [], setting: around};
  const of = (kind: ColumnKind) =>
    cells.filter(({column}, index) => index !== at && column.kinds.includes(kind)).map(({text}) => text);
  const commands = cells.flatMap(({column, text}, index) => commandsIn(column, text, index === at));
  const bare = plainText(commands.reduce((text, code) => text.replace(`\`${code}\``, ''), titled.text));
  const subject: Subject = {
    title: bare || commands[0] || plainText(titled.text),
    line: row.line,
    endLine: row.line,
    boxes: [],
    instructions: cells
      .filter(({column, text}, index) => index !== at && text !== '' && isInstruction(column, text))
      .map(({column, text}) => (column.head === '' ? text : `${column.head}: ${text}`)),
    expectations: cells.flatMap(({column, text}, index) =>
      index !== at && column.kinds.some(isExpected) ? expectationsIn(text, row.line) : [],
    ),
    marks: marksOf(titled.text, of, around),
  };
  return readInside(around, {hours: undefined}, setting => {
    if (commands.length === 0) return manualStep(setting, subject);
    const lines = commands.map(text => ({kind: 'command' as const, line: row.line, text}));
    const besides = cells.map(({text}) => placeBesideCommand(text, setting.where.names));
    const place = [...of('place').map(placeOfCell), ...besides].find(found => found !== undefined);
    return commandsFound(setting, subject, lines, place);
  });
}

/** The place in a cell: "hp1", "laptop". Several hosts ("sbc-lon-a, -b") stay one phrase. */
function placeOfCell(cell: string): NamedPlace | undefined {
  const phrase = plainText(cell);
  if (!/\p{L}/u.test(phrase)) return undefined;
  return HERE.test(phrase) ? {here: true} : {here: false, phrase};
}

const HERE = phrase`^${'here'}$`;

function isInstruction(column: Column, text: string): boolean {
  return !column.kinds.some(kind => READ.has(kind)) && commandsIn(column, text, false).length === 0;
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

const COUNTED = phrase`^(?:${'part'})?\s*[\d.]+$`;

type Cell = {column: Column; text: string};

/** The column with the title: the first step column with words in it, otherwise the first column with words. */
function titleColumn(cells: readonly Cell[]): number {
  const says = ({text}: Cell) => /\p{L}/u.test(plainText(text)) && !COUNTED.test(plainText(text));
  const named = cells.findIndex(cell => cell.column.kinds.includes('step') && says(cell));
  if (named !== -1) return named;
  const other = cells.findIndex(cell => says(cell) && !cell.column.kinds.some(kind => READ.has(kind)));
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
  // In a column of commands, all code is a command.
  const quoted = codeSpans(text).filter(code => kinds.includes('command') || looksLikeCommand(code));
  return quoted.length === 0 && isCode && looksLikeCommand(text) ? [text] : quoted;
}

function expectationsIn(text: string, line: number): Expectation[] {
  // Every command must exit with 0, so this expects nothing more; a box or a line is for the answer.
  if (/^(?:[-–—]?|\[[ x]?\]|_+|[☐☑☒]|(?:exit|return) (?:code |status )?`?0`?)$/i.test(text)) return [];
  const stated = readExpectations(text, line);
  return stated.length > 0 ? stated : readExpectations(`Expected: ${text}`, line);
}

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
  return compact({
    scope: around.scope,
    ...marks,
    ...(owner === undefined ? {} : {owner}),
    ...(at === undefined ? {} : {at}),
    ...(estimate === undefined ? {} : {estimate}),
    ...(condition === undefined ? {} : {condition}),
  });
}

/**
 * The rules of one row: a metric with its bounds. The column says whether a bound is a target, an alert or a trigger.
 */
export function boundsOfRow(
  row: Row,
  columns: readonly Column[],
  ofBounds: readonly boolean[],
  setting: Setting,
): Found {
  const {role} = setting.node.section;
  const about = nameColumn(columns, row);
  const metric = plainText(row.cells[about] ?? '');
  if (metric === '') return {things: [], setting};
  const said = conditionRole(columns, row, about, role);
  if (said === 'none') return {things: [], setting};
  const rules =
    said === undefined
      ? columns.flatMap((column, index) =>
          index === about
            ? []
            : rulesOfCell(column, plainText(row.cells[index] ?? ''), ofBounds[index], metric, row.line, setting),
        )
      : rulesIn({...withoutHints(setting), role: said}, metric, row.line);
  const cells = row.cells.map(plainText).filter(cell => cell !== '');
  const text = cells.join(' – ');
  const isSpoken = role === 'triggers' && rules.length === 0;
  const things = rulesFound(isSpoken ? triggersIn(setting, text, row.line) : rules);
  const own = rules.filter(rule => rule.role !== 'trigger');
  if (role === 'triggers' || (rules.length > 0 && own.length === 0)) return {things, setting};
  return thenRead({things, setting}, here => checkFound(here, row, /\p{L}/u.test(metric) ? metric : text, text, own));
}

const BOUNDS: ReadonlySet<ColumnKind> = new Set(['target', 'alert', 'trigger']);

/** The column with the metric or condition, otherwise the first cell that is no row number. */
function nameColumn(columns: readonly Column[], {cells}: Row): number {
  const holds = (index: number) => (cells[index] ?? '').trim() !== '';
  const named = columns.findIndex(({kinds}, index) => kinds.includes('metric') && holds(index));
  if (named !== -1) return named;
  return Math.max(
    0,
    columns.findIndex(({kinds}, index) => !kinds.includes('number') && holds(index)),
  );
}

/**
 * The role of "error rate > 10 %
 * roll back": the condition holds its own bound, and the next cell says what is done. `none`: it says that there is no
 * rollback. Undefined where the bounds have columns of their own.
 */
function conditionRole(columns: readonly Column[], {cells}: Row, about: number, role: SectionRole) {
  if (boundWordsIn(plainText(cells[about] ?? '')) === undefined) return undefined;
  const others = cells.filter((_, index) => index !== about).map(plainText);
  if (others.some(saysNoRollback)) return 'none';
  if (role === 'triggers' || others.some(cell => ROLLBACK.test(cell))) return 'trigger';
  return columns.some(({kinds}) => kinds.some(kind => BOUNDS.has(kind))) ? undefined : 'alert';
}

const ROLLBACK = topicPattern('rollback');

function rulesOfCell(
  {kinds}: Column,
  cell: string,
  isOfBounds: boolean | undefined,
  metric: string,
  line: number,
  setting: Setting,
): readonly FoundRule[] {
  const {role} = setting.node.section;
  if (cell === '') return [];
  const known = kinds.find(kind => BOUNDS.has(kind));
  const isSole = known === undefined && role === 'rollback' && isOfBounds === true;
  const bound = role === 'triggers' || isSole ? 'trigger' : known;
  if (bound === undefined) return [];
  // A cell may name its own metric.
  const text = /^\p{L}{3,}[^<>≤≥]*[<>≤≥]/u.test(cell) ? cell : `${metric}: ${cell}`;
  const own = {...boundedBy(bound, setting), assumed: isSole ? SOLE : undefined};
  const rules = rulesIn(own, text, line);
  // "missing at 06:00" under "Roll back if": nothing measures it, so a person reports it.
  if (rules.length > 0 || bound !== 'trigger' || !/\p{L}{2,}\P{L}+\p{L}{2,}|\d/u.test(cell)) return rules;
  return triggersIn(own, text, line);
}

const SOLE = 'a table of bounds in the rollback is taken for reasons to roll back';

function boundedBy(bound: ColumnKind, setting: Setting): Setting {
  const {section} = setting.node;
  const role: SectionRole = bound === 'trigger' ? 'triggers' : section.role === 'triggers' ? 'monitor' : section.role;
  const title = bound === 'alert' ? 'Alerts' : section.title;
  return {...withoutHints(setting), node: {...setting.node, section: {...section, role, title}}};
}

/** What is no trigger is also a step, so that somebody sees that it holds. */
function checkFound(setting: Setting, row: Row, title: string, text: string, rules: readonly FoundRule[]): Found {
  const {role} = setting.node.section;
  if (!/^(?:prepare|deploy|verify|monitor|validate|criteria|rollback)$/.test(role)) return {things: [], setting};
  return readInside(setting, {...withoutHints(setting), everyMs: setting.everyMs}, here =>
    ruleStep(here, subjectAt(title, row.line, row.line), rules, [text]),
  );
}
