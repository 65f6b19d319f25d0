/** Recognisers of tables: steps, bounds, people, signatures, cases, keys with values. */
import {plainText} from '../../document/inline.ts';
import {hasBlank, readBlanks} from '../../phrases/blanks.ts';
import {readTimeMark} from '../../phrases/time-marks.ts';
import type {SectionRole} from '../../plan.ts';
import {isOrder} from '../../words/orders.ts';
import {phrase} from '../../words/vocabulary.ts';
import {saysState} from '../../words/way-titles.ts';
import {choiceFound} from '../choices.ts';
import {contactIn, contactsFound, keyFound} from '../contacts.ts';
import {
  type Column,
  type ColumnKind,
  type Found,
  labelsFound,
  type Recogniser,
  type Row,
  readInOrder,
  readInside,
  rulesFound,
  type Setting,
  type Table,
  type TablePart,
  type Thing,
  thenRead,
} from '../found.ts';
import {inputStepFor} from '../make-steps.ts';
import {reportedReasons} from '../rules.ts';
import {
  columnOf,
  withBadBounds,
  withBoundColumns,
  withClocks,
  withGoodColumn,
  withNamelessMetric,
  withOtherSides,
} from './columns.ts';
import {askedPerHost, hostColumnsIn, withNamedRows} from './host-columns.ts';
import {BOUNDS_TABLE, DECISION_TABLE, holdsCommands} from './judged-tables.ts';
import {rowFound} from './table-rows.ts';

export const TABLES: readonly Recogniser<'table'>[] = [
  {
    name: 'table of people',
    example: '## Contacts\n\n| Role | Name | Phone |\n|---|---|---|\n| DBA | Ana | 555-0100 |',
    on: 'table',
    read({columns, rows, isOfSteps}, setting) {
      const isOfWork = isOfSteps || columns.some(isOfKind('signature'));
      if (setting.node.section.role !== 'contacts' && (isOfWork || !isOfPeople(columns))) return undefined;
      return {things: contactsIn(setting, columns, rows), setting};
    },
  },
  BOUNDS_TABLE,
  DECISION_TABLE,
  {
    name: 'table to sign',
    example: '## Sign-off\n\n| Role | Signature |\n|---|---|\n| DBA | |',
    on: 'table',
    read: ({columns, rows}, setting) =>
      columns.some(isOfKind('signature')) ? openCellsFound(setting, columns, rows) : undefined,
  },
  {
    name: 'table of cases',
    example:
      '## Rollback\n\n| Situation | Command |\n|---|---|\n| New pods crash | `make a` |\n| Data is wrong | `make b` |',
    on: 'table',
    read(part, setting) {
      const {section} = setting.node;
      const isOfWork = isWorkedThrough(part, setting) || section.role === 'rollback';
      return isOfWork && isOfCases(part, section.role) ? casesFound(part, setting) : undefined;
    },
  },
  {
    name: 'table of steps',
    example: '## Deploy\n\n| Step | Command |\n|---|---|\n| Stop | `systemctl stop api` |',
    on: 'table',
    read(part, setting) {
      if (!isWorkedThrough(part, setting)) return undefined;
      const {columns, rows} = part;
      const row = rows[0]?.line ?? 0;
      const hosts = hostColumnsIn(columns, setting.where.names);
      if (hosts === undefined) return readInOrder(rows, {...setting, row}, (one, here) => rowFound(one, columns, here));
      const named = withNamedRows(columns);
      return readInOrder(rows, {...setting, row}, (one, here) => askedPerHost(rowFound(one, named, here), hosts));
    },
  },
  {
    name: 'table of keys',
    example: '## Notes\n\n| Field | Value |\n|---|---|\n| Version | 2.1 |',
    on: 'table',
    read({head, columns, rows}, setting) {
      // A table of two columns at the head of a document or in its notes describes the deployment.
      const {preamble, section} = setting.node;
      const isOfKeys = columns.length === 2 && (preamble || /^(?:notes|reference|other)$/.test(section.role));
      return isOfKeys ? keysFound(setting, [head, ...rows]) : undefined;
    },
  },
  {
    name: 'table',
    example: '## Deploy\n\n| Host | Note |\n|---|---|\n| web-1 | old |',
    on: 'table',
    read: ({columns, rows}, setting) =>
      thenRead({things: labelsFound(rows), setting}, here => openCellsFound(here, columns, rows)),
  },
];

function isOfKind(kind: ColumnKind): (column: Column) => boolean {
  return ({kinds}) => kinds.includes(kind);
}

/** The table with the kinds of its columns; undefined when it has no rows. */
export function tablePart(table: Table): TablePart | undefined {
  const [head, ...rows] = table.rows;
  if (head === undefined) return undefined;
  const known = head.cells.map((cell, index) =>
    columnOf(
      cell,
      rows.map(({cells}) => cells[index] ?? ''),
    ),
  );
  const bounded = withNamelessMetric(withOtherSides(withBoundColumns(withClocks(known, rows), rows), rows), rows);
  const columns = withBadBounds(withGoodColumn(bounded), rows);
  const has = (kind: ColumnKind) => columns.some(isOfKind(kind));
  const isTold = has('step') && (has('expected') || has('status') || has('time') || has('owner'));
  return {head, columns, rows, isOfSteps: holdsBoxes(rows) || has('command') || holdsCommands(rows) || isTold};
}

function holdsBoxes(rows: readonly Row[]): boolean {
  return rows.some(row => row.cells.some(cell => BOX.test(cell)));
}

function isWorkedThrough({isOfSteps, columns, rows}: TablePart, {node}: Setting): boolean {
  const {role} = node.section;
  // "Acceptance" may be the record of an approval, or tests: those say what they expect.
  const isTest = role === 'notes' && columns.some(isOfKind('expected'));
  return isOfSteps && (isTest || holdsBoxes(rows) || !/^(?:reference|notes|criteria)$/.test(role));
}

function casesFound({columns, rows}: TablePart, setting: Setting): Found {
  const options = rows.map(({line, cells}) => ({title: plainText(cells[0] ?? ''), line}));
  const title = columns[0]?.head ?? '';
  const {condition} = setting;
  const {found, armOf} = choiceFound(setting, title, options, condition === undefined ? {} : {condition});
  // In the deploy, most likely none of the cases has occurred, so each row needs a person's decision.
  const isAsked = setting.node.section.role !== 'rollback' && condition === undefined;
  // "Trigger | Action": what begins a way back is a reason for it as well.
  const isReason = setting.node.section.role === 'rollback' && columns[0]?.kinds.includes('trigger') === true;
  const reasons = isReason ? options.flatMap(one => reportedReasons(setting, one.title, one.line)) : [];
  return thenRead({...found, things: [...rulesFound(reasons), ...found.things]}, here =>
    readInOrder(rows, here, (row, at, index) => {
      const own = isAsked ? {condition: `${title}: ${options[index]?.title ?? ''}`} : {};
      return readInside(at, {arm: armOf(row.line), ...own}, inside => rowFound(row, columns, inside));
    }),
  );
}

/**
 * "Situation
 * Do": each row is for another case, and only one case has occurred. But all cases of a test are tried.
 */
function isOfCases({columns, rows}: TablePart, role: SectionRole): boolean {
  const [first, ...others] = columns;
  if (first === undefined || others.length === 0 || rows.length < 2) return false;
  const isOfBack = role === 'rollback' && (first.kinds.includes('trigger') || isOfStates(first, rows));
  if (!first.kinds.includes('case') && !isOfBack) return false;
  const isTest = others.some(({kinds}) => kinds.some(kind => kind === 'expected' || kind === 'status'));
  if (isTest || /^(?:prepare|verify|validate)$/.test(role)) return false;
  return rows.every(({cells}) => (cells[0] ?? '').trim() !== '');
}

/** "Moment", "State", or cells that say one: in a rollback, each row is the way back from there. A timetable is none. */
function isOfStates({head, kinds}: Column, rows: readonly Row[]): boolean {
  const cells = rows.map(({cells: [cell = '']}) => plainText(cell));
  if (cells.some(cell => !/\p{L}\P{L}+\p{L}/u.test(cell) || readTimeMark(cell) !== undefined || isOrder(cell)))
    return false;
  if (STATES.test(head)) return true;
  return !kinds.includes('command') && cells.filter(saysState).length > 1;
}

const STATES = phrase`^\W*${'column-state'}\W*$`;

/** A name alone may be that of a server, so a second column about people is needed. */
function isOfPeople(columns: readonly Column[]): boolean {
  const reached = columns.filter(({kinds}) => kinds.includes('contact')).length;
  return reached > 1 || (reached === 1 && columns.some(({kinds}) => kinds.includes('owner')));
}

const BOX = /^\s*(?:\[[ xX]\]|[☐☑☒])/u;

/** Contacts from role, name and ways to reach them; an empty name must be filled in. */
function contactsIn(setting: Setting, columns: readonly Column[], rows: readonly Row[]): Thing[] {
  const about = Math.max(
    0,
    columns.findIndex(
      ({kinds}, index) => !kinds.includes('number') && rows.some(({cells}) => /\p{L}/u.test(cells[index] ?? '')),
    ),
  );
  return rows.flatMap(({line, cells}) => {
    const role = plainText(cells[about] ?? '');
    const rest = cells.filter((_, index) => index !== about);
    // A lone number is the level of an escalation.
    const known = rest.filter(cell => !/^\s*\d?\d?\s*$/.test(cell) && !hasBlank(cell)).map(plainText);
    if (role === '') return [];
    return contactsFound(contactIn(setting, `${role}: ${known.length === 0 ? '_____' : known.join(', ')}`, line));
  });
}

function keysFound(setting: Setting, rows: readonly Row[]): Found {
  const keys = rows.flatMap(({line, cells: [key = '', value = '']}, index) => {
    const name = plainText(key);
    const blank = hasBlank(value) || value.trim() === '';
    const isHead = index === 0 && !blank && /^(?:field|item|key|campo|feld)$/i.test(name);
    return name === '' || isHead ? [] : [{key: name, value: blank ? '' : plainText(value), line, blank}];
  });
  const things = keys.map(entry => keyFound(setting, entry));
  const open = keys.filter(({blank}) => blank);
  const blanks = open.flatMap(({key, line}) => readBlanks(`${key}: _____`, line, setting.node.preamble));
  return thenRead({things, setting}, here => inputStepFor(here, here.node.section.title, blanks));
}

function openCellsFound(setting: Setting, columns: readonly Column[], rows: readonly Row[]): Found {
  const open = rows.flatMap(({line, cells}) =>
    cells.flatMap((cell, index) => {
      const isOpen = hasBlank(cell) || (index > 0 && cell.trim() === '');
      if (!isOpen) return [];
      const label = [plainText(cells[0] ?? ''), columns[index]?.head ?? ''].filter(
        text => text !== '' && !hasBlank(text),
      );
      return label.length === 0 ? [] : [{label: label.join(': '), line}];
    }),
  );
  const cells = rows.length * Math.max(1, columns.length - 1);
  const isForm = columns.some(isOfKind('signature')) || open.length * 3 >= cells;
  return inputStepFor(setting, setting.node.section.title, isForm ? open : []);
}
