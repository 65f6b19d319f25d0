/** Recognises what the column of a table is for, from its head. */
import {codeSpans, plainText} from '../../document/inline.ts';
import {isBadSide} from '../../phrases/consequences.ts';
import {opposite, readThresholds} from '../../phrases/thresholds.ts';
import {readTimeMark} from '../../phrases/time-marks.ts';
import {looksLikeCommand} from '../../shell/command-likeness.ts';
import type {Topic} from '../../words/language.ts';
import {isOrder, orderIn} from '../../words/orders.ts';
import {phrase} from '../../words/vocabulary.ts';
import type {WordPattern} from '../../words/word-pattern.ts';
import type {Column, ColumnKind, Row} from '../found.ts';

const KINDS: readonly (readonly [ColumnKind, WordPattern])[] = (
  [
    ['command', 'column-command'],
    ['expected', 'column-expected'],
    ['owner', 'owner'],
    ['time', 'column-time'],
    ['place', 'column-place'],
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
    ['rollback', 'undo'],
  ] as const satisfies readonly (readonly [ColumnKind, Topic])[]
).map(([kind, topic]) => [kind, phrase`^\W*${topic}(?:\>.{0,24})?$`]);

/** "test loop" beside prose or code in a column "How" is none, though there is a program of that name. */
function isBareCommand(cell: string): boolean {
  return !/\p{L}/u.test(cell) || (codeSpans(cell).length === 0 && looksLikeCommand(cell.trim()));
}

/** Beside a column "bad → go back", an unknown column between the step and that one says what is good. */
export function withGoodColumn(columns: readonly Column[]): readonly Column[] {
  const reason = columns.findIndex(({kinds}) => kinds.includes('reason'));
  const work = columns.findIndex(({kinds}) => kinds.includes('step') || kinds.includes('command'));
  const isKnown = columns.some(({kinds}) => kinds.includes('expected') || kinds.includes('target'));
  const good = columns.findIndex(({kinds}, index) => index > work && index < reason && kinds.length === 0);
  if (isKnown || work === -1 || good === -1) return columns;
  return columns.map((column, index) => (index === good ? {...column, kinds: ['expected']} : column));
}

/** Under "Target" or "Soll", cells that are all hours say when a step is due, and not what it shows. */
export function withClocks(columns: readonly Column[], rows: readonly Row[]): readonly Column[] {
  return columns.map((column, index) => {
    if (!column.kinds.some(kind => kind === 'expected' || kind === 'target')) return column;
    const said = rows.map(({cells}) => plainText(cells[index] ?? '')).filter(cell => /[\p{L}\d]/u.test(cell));
    const isOfClocks = said.length > 0 && said.every(cell => readTimeMark(cell) !== undefined && !WORDS.test(cell));
    return isOfClocks ? {...column, kinds: ['time']} : column;
  });
}

/** More than a zone or "Uhr". */
const WORDS = /\p{L}{5,}|\p{L}+\P{L}+\p{L}/u;

/**
 * "Queue | > 5000 | Restart the workers": beside what is then done, a bound says what is bad. A bound alone may say what
 * is good.
 */
export function withBadBounds(columns: readonly Column[], rows: readonly Row[]): readonly Column[] {
  if (columns.some(({kinds}) => kinds.includes('alert') || kinds.includes('trigger'))) return columns;
  const metric = Math.max(
    0,
    columns.findIndex(({kinds}) => kinds.includes('metric')),
  );
  return columns.map((column, index) => {
    if (index === metric || !BOUND.test(column.head)) return column;
    const isDone = rows.some(({cells}) => cells.some((cell, at) => at > index && asksForWork(plainText(cell))));
    const isGood = rows.some(({cells}) => isGoodSide(plainText(`${cells[metric] ?? ''}: ${cells[index] ?? ''}`)));
    return isDone && !isGood ? {...column, kinds: ['alert', 'case']} : column;
  });
}

/** Bounds under "Back out" are reasons to, and no way back. */
export function withBoundColumns(columns: readonly Column[], rows: readonly Row[]): readonly Column[] {
  const isCode = (index: number) => rows.some(({cells}) => codeSpans(cells[index] ?? '').some(looksLikeCommand));
  const isWay = ({kinds}: Column) => kinds.includes('rollback') || kinds.includes('trigger');
  const last = columns.findLastIndex((column, index) => isWay(column) && holdsFigure(index, rows) && !isCode(index));
  if (last === -1 || columns.some(({kinds}) => kinds.includes('command') || kinds.includes('reason'))) return columns;
  return columns.map((column, index) => (index === last ? {...column, kinds: ['trigger']} : column));
}

function holdsFigure(index: number, rows: readonly Row[]): boolean {
  return rows.some(({cells}) => FIGURE.test(plainText(cells[index] ?? '')));
}

/** Beside bounds, the first column needs no head: its cells say what is measured. */
export function withNamelessMetric(columns: readonly Column[], rows: readonly Row[]): readonly Column[] {
  const [first] = columns;
  const isOfBounds = columns.some(({kinds}) => kinds.includes('alert') || kinds.includes('target'));
  const says = rows.every(({cells}) => /\p{L}{2}/u.test(plainText(cells[0] ?? '')));
  if (first?.head !== '' || !isOfBounds || !says) return columns;
  return [{...first, kinds: ['metric']}, ...columns.slice(1)];
}

/**
 * "< 180 ms" under "fine" and "> 400 ms" under a head that nobody knows: the other side of what is good is an alert, and
 * the other side of what is bad is good. What stands between both ("consider going back") is an alert too.
 */
export function withOtherSides(columns: readonly Column[], rows: readonly Row[]): readonly Column[] {
  const signOf = (row: Row, index: number) => SIGN.exec(plainText(row.cells[index] ?? ''))?.[0];
  const areOpposite = (one: number, other: number) => {
    const sides = rows.map(row => [signOf(row, one), signOf(row, other)]);
    const known = sides.filter(([first, second]) => first !== undefined && second !== undefined);
    return known.length > 0 && known.every(([first, second]) => isUp(first) !== isUp(second));
  };
  const bad = columns.findLastIndex(({kinds}) => kinds.includes('trigger') || kinds.includes('alert'));
  const said = columns.findIndex(({kinds}, index) => kinds.includes('target') && holdsFigure(index, rows));
  const isOther = ({kinds}: Column, index: number) => kinds.length === 0 && index < bad && areOpposite(index, bad);
  const good = said === -1 ? columns.findIndex(isOther) : said;
  if (good === -1) return columns;
  return columns.map((column, index) => {
    if (index === good) return {...column, kinds: ['target']};
    const isFree = column.kinds.every(kind => kind === 'trigger' || kind === 'rollback') || TELLS.test(column.head);
    if (isFree && index > good && index < bad && holdsFigure(index, rows)) return {...column, kinds: ['alert']};
    const isKnown = column.kinds.some(kind => BOUNDS.has(kind));
    return !isKnown && areOpposite(good, index) ? {...column, kinds: ['alert']} : column;
  });
}

function isUp(sign = ''): boolean {
  return /[>≥]/.test(sign);
}

const SIGN = /^[<>≤≥]/;
/** They say already what a bound is for. */
const BOUNDS: ReadonlySet<ColumnKind> = new Set([
  'target',
  'expected',
  'alert',
  'trigger',
  'case',
  'reason',
  'rollback',
]);
const FIGURE = /^(?:[<>≤≥~]=?\s*)?\d/;
const TELLS = phrase`^\W*${'ask-people'}\>`;

function asksForWork(text: string): boolean {
  return isOrder(text) || orderIn(text) !== undefined;
}

/** Whether crossing the bound is trouble, so that the bound itself is what must hold: "error rate: < 1 %". */
function isGoodSide(text: string): boolean {
  return readThresholds(text, 0).some(one => isBadSide({...one, op: opposite(one.op)}));
}

const BOUND = phrase`^\W*${'column-bound'}(?:\>.{0,24})?$`;

export function columnOf(cell: string, below: readonly string[]): Column {
  const head = plainText(cell);
  if (/^(?:#|n[o°º]?\.?|nr\.?|id)?$/iu.test(head)) return {head, kinds: ['number'], isCode: false};
  // "bad → go back": the reason to go back, and not how.
  if (GOES_BACK.test(head)) return {head, kinds: ['trigger', 'reason'], isCode: false};
  if (CALLS_IF.test(head)) return {head, kinds: ['alert'], isCode: false};
  const kinds = [...new Set(KINDS.filter(([, pattern]) => pattern.test(head)).map(([kind]) => kind))];
  const isCode = kinds.includes('command') && below.every(isBareCommand);
  return {head, kinds, isCode};
}

/** "Call the vendor if": from there on somebody is told. */
const CALLS_IF = phrase`\<${'ask-people'}\>.*\<${'condition'}\W*$`;
const GOES_BACK = phrase`^(?=.*\p{L}.*[→>:])[^→>:]*(?:→|[-=]>|:)\s*(?:\p{L}+\s){0,2}?(?:${'rollback'}|${'undo'})\>|^\W*${'rollback-if'}\>`;
