/** What a table is for: steps in its rows, thresholds, people, signatures, or keys with values. */
import {codeSpans, plainText} from '../../document/inline.ts';
import {idAt} from '../../ids.ts';
import {hasBlank, readBlanks} from '../../phrases/blanks.ts';
import {referencesInTable} from '../../phrases/reference-values.ts';
import type {Blank} from '../../plan.ts';
import {looksLikeCommand} from '../../shell/command-likeness.ts';
import {WORD_END} from '../../words/letters.ts';
import type {Topic} from '../../words/topics.ts';
import {anyOf} from '../../words/vocabulary.ts';
import type {Around} from '../around.ts';
import type {Draft, Place} from '../draft.ts';
import {addChoice} from '../items/choices.ts';
import {readContact} from '../items/contacts.ts';
import {addInput, ownerAt} from '../steps.ts';
import type {Column, ColumnKind, Row, Table} from './columns.ts';
import {addRow} from './table-rows.ts';
import {addThresholds} from './table-thresholds.ts';

export function readTable(draft: Draft, place: Place, table: Table, around: Around): void {
  const [head, ...rows] = table.rows;
  if (head === undefined) return;
  draft.references.push(...referencesInTable(table));
  const {role} = place.node.section;
  const columns = head.cells.map(columnOf);
  const has = (kind: ColumnKind) => columns.some(({kinds}) => kinds.includes(kind));
  const holdsCommands = rows.some(row => row.cells.some(cell => codeSpans(cell).some(looksLikeCommand)));
  const holdsBoxes = rows.some(row => row.cells.some(cell => BOX.test(cell)));
  const isStepTable =
    holdsBoxes ||
    has('command') ||
    holdsCommands ||
    (has('step') && (has('expected') || has('status') || has('time') || has('owner')));
  if (role === 'contacts' || (isOfPeople(columns) && !isStepTable && !has('signature')))
    addContacts(draft, columns, rows);
  else if (role === 'triggers' || (!holdsCommands && holdsBounds(columns, rows))) {
    addThresholds(draft, place, columns, rows, around);
  } else if (has('signature')) addOpenCells(draft, place, columns, rows);
  else if (isStepTable && (holdsBoxes || !/^(?:reference|notes|criteria)$/.test(role))) {
    addRows(draft, place, columns, rows, around);
  } else if (role === 'rollback' && isOfCases(place, columns, rows)) addRows(draft, place, columns, rows, around);
  else if (keepsKeys(place, columns)) addKeys(draft, place, [head, ...rows]);
  else addOpenCells(draft, place, columns, rows);
}

function addRows(draft: Draft, place: Place, columns: readonly Column[], rows: readonly Row[], around: Around): void {
  if (!isOfCases(place, columns, rows)) {
    const first = draft.steps.length;
    for (const row of rows) addRow(draft, place, columns, row, around);
    for (const {id} of draft.steps.slice(first)) draft.rows.set(id, rows[0]?.line ?? 0);
    return;
  }
  const options = rows.map(({line, cells}) => ({title: plainText(cells[0] ?? ''), line}));
  const title = columns[0]?.head ?? '';
  const {condition} = around;
  const choice = addChoice(draft, place, title, options, condition === undefined ? {} : {condition});
  // In the deploy most likely none of them has come: that its command is there says nothing of it.
  const isAsked = place.node.section.role !== 'rollback' && condition === undefined;
  rows.forEach((row, index) => {
    const own = isAsked ? {...around, condition: `${title}: ${options[index]?.title ?? ''}`} : around;
    addRow(draft, {node: place.node, arm: {choice, arm: `L${row.line}`}}, columns, row, own);
  });
}

/** "Situation | Do": each row is for another case, and only one of them has come. Cases of a test are all tried. */
function isOfCases({node}: Place, [first, ...others]: readonly Column[], rows: readonly Row[]): boolean {
  if (first?.kinds.includes('case') !== true || others.length === 0 || rows.length < 2) return false;
  const isTest = others.some(({kinds}) => kinds.some(kind => kind === 'expected' || kind === 'status'));
  if (isTest || /^(?:prepare|verify|validate)$/.test(node.section.role)) return false;
  return rows.every(({cells}) => (cells[0] ?? '').trim() !== '');
}

/** A name alone may be that of a server. */
function isOfPeople(columns: readonly Column[]): boolean {
  const reached = columns.filter(({kinds}) => kinds.includes('contact')).length;
  return reached > 1 || (reached === 1 && columns.some(({kinds}) => kinds.includes('owner')));
}

/** Bounds are compared with something; a column of what is expected may also hold words. */
function holdsBounds(columns: readonly Column[], rows: readonly Row[]): boolean {
  const bounds = columns.flatMap(({kinds}, index) =>
    index > 0 && kinds.some(kind => kind === 'target' || kind === 'alert' || kind === 'trigger') ? [index] : [],
  );
  return rows.some(({cells}) => bounds.some(index => /[<>≤≥]\s*=?\s*[\d$€]/.test(cells[index] ?? '')));
}

const BOX = /^\s*(?:\[[ xX]\]|[☐☑☒])/u;

const KINDS: readonly (readonly [ColumnKind, RegExp])[] = (
  [
    ['command', 'column-command'],
    ['expected', 'column-expected'],
    ['owner', 'owner'],
    ['time', 'column-time'],
    ['status', 'column-status'],
    ['trigger', 'column-trigger'],
    ['alert', 'column-alert'],
    ['target', 'column-target'],
    ['metric', 'column-metric'],
    ['case', 'column-case'],
    ['signature', 'column-signature'],
    ['contact', 'column-contact'],
    ['step', 'column-step'],
    ['rollback', 'rollback'],
  ] as const satisfies readonly (readonly [ColumnKind, Topic])[]
).map(([kind, topic]) => [kind, new RegExp(`^\\W*${anyOf(topic)}(?:${WORD_END}.{0,24})?$`, 'iu')]);

function columnOf(cell: string): Column {
  const head = plainText(cell);
  if (/^(?:#|n[o°º]?\.?|nr\.?|id)?$/iu.test(head)) return {head, kinds: ['number']};
  return {head, kinds: KINDS.filter(([, pattern]) => pattern.test(head)).map(([kind]) => kind)};
}

/** A role, a name and ways to reach them; an empty name is still to be filled. */
function addContacts(draft: Draft, columns: readonly Column[], rows: readonly Row[]): void {
  const about = Math.max(
    0,
    columns.findIndex(
      ({kinds}, index) => !kinds.includes('number') && rows.some(({cells}) => /\p{L}/u.test(cells[index] ?? '')),
    ),
  );
  for (const {line, cells} of rows) {
    const role = plainText(cells[about] ?? '');
    const rest = cells.filter((_, index) => index !== about);
    // A lone figure counts a level.
    const known = rest.filter(cell => !/^\s*\d?\d?\s*$/.test(cell) && !hasBlank(cell)).map(plainText);
    if (role !== '') readContact(draft, `${role}: ${known.length === 0 ? '_____' : known.join(', ')}`, line);
  }
}

/** At the head of a document and in its notes a table of two columns says what deployment it is. */
function keepsKeys(place: Place, columns: readonly Column[]): boolean {
  return columns.length === 2 && (place.node.preamble || /^(?:notes|reference|other)$/.test(place.node.section.role));
}

function addKeys(draft: Draft, place: Place, rows: readonly Row[]): void {
  const open: Blank[] = [];
  rows.forEach(({line, cells: [key = '', value = '']}, index) => {
    const name = plainText(key);
    const blank = hasBlank(value) || value.trim() === '';
    if (name === '' || (index === 0 && blank === false && /^(?:field|item|key|campo|feld)$/i.test(name))) return;
    draft.meta.push({key: name, value: blank ? '' : plainText(value), line, blank});
    if (blank) open.push(...readBlanks(draft, `${name}: _____`, line, place.node.preamble));
  });
  addOpen(draft, place, open);
}

/** Cells that somebody has to fill: at least one in a row that says what for. */
function addOpenCells(draft: Draft, place: Place, columns: readonly Column[], rows: readonly Row[]): void {
  const open = rows.flatMap(({line, cells}) =>
    cells.flatMap((cell, index): Blank[] => {
      const isOpen = hasBlank(cell) || (index > 0 && cell.trim() === '');
      if (!isOpen) return [];
      const label = [plainText(cells[0] ?? ''), columns[index]?.head ?? ''].filter(
        text => text !== '' && !hasBlank(text),
      );
      return label.length === 0 ? [] : [{id: idAt(draft, 'B', line), label: label.join(': '), line}];
    }),
  );
  const cells = rows.length * Math.max(1, columns.length - 1);
  const isForm = columns.some(({kinds}) => kinds.includes('signature')) || open.length * 3 >= cells;
  if (isForm) addOpen(draft, place, open);
}

function addOpen(draft: Draft, place: Place, open: readonly Blank[]): void {
  const [first] = open;
  if (first !== undefined) {
    addInput(draft, place, ownerAt(place.node.section.title, first.line, open.at(-1)?.line ?? first.line), open);
  }
}
