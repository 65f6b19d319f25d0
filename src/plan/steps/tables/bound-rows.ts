/** Makes rules of the rows of a table: each is a metric with its bounds. */
import {plainText} from '../../document/inline.ts';
import {readComparisons} from '../../phrases/comparison.ts';
import {saysNoRollback} from '../../phrases/decisions.ts';
import {boundWordsIn} from '../../phrases/thresholds.ts';
import type {SectionRole} from '../../plan.ts';
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
import {ruleStep, subjectAt, withoutHints} from '../make-steps.ts';
import {rulesIn, triggersIn} from '../rules.ts';
import {boundOfBand, isGoodIn} from './bands.ts';

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
            : rulesOfCell(column, plainText(row.cells[index] ?? ''), ofBounds[index], metric, row, setting),
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
  row: Row,
  setting: Setting,
): readonly FoundRule[] {
  const {line} = row;
  const ends = row.cells.some((_, index) => index > 0 && endsWork(row, index));
  const {role} = setting.node.section;
  if (cell === '') return [];
  const said = kinds.find(kind => BOUNDS.has(kind));
  // "> 2 % | Back out": the next cell makes it a reason to.
  const known = said !== undefined && said !== 'target' && ends ? 'trigger' : said;
  const isSole = known === undefined && role === 'rollback' && isOfBounds === true;
  const bound = role === 'triggers' || isSole ? 'trigger' : known;
  if (bound === undefined || (bound === 'alert' && isGoodIn(cell, row))) return [];
  if (bound === 'trigger' && (saysNoRollback(cell) || IS_NONE.test(cell))) return [];
  const band = readComparisons(cell).length > 0 ? undefined : boundOfBand(cell, row, bound === 'target');
  const text = boundText(metric, band ?? cell);
  const guessed = `"${cell}" is taken for ${band}, as its row tells`;
  const own = {...boundedBy(bound, setting), assumed: isSole ? SOLE : band === undefined ? undefined : guessed};
  const first = rulesIn(own, text, line);
  // "> 2 % | Back out" under a head that tells no side: the row does.
  const isCrossed = bound === 'target' && ends && first.length > 0 && first.every(({role: is}) => is === 'alert');
  const rules = isCrossed ? rulesIn(boundedBy('trigger', setting), text, line) : first;
  // "missing at 06:00" under "Roll back if": nothing measures it, so a person reports it.
  if (rules.length > 0 || bound !== 'trigger' || !/\p{L}{2,}\P{L}+\p{L}{2,}|\d/u.test(cell)) return rules;
  return triggersIn(own, text, line);
}

/** Whether the cell gives the order to go back. */
export function endsWork({cells}: Row, index: number): boolean {
  return saysBack(plainText(cells[index] ?? ''));
}

export function saysBack(cell: string): boolean {
  const said = cell.slice(0, SAID_MAX);
  return GOES_BACK.test(said) && !saysNoRollback(said);
}

const SAID_MAX = 200;
/** The order to go back, alone or behind another: "back out at once", "stop, undo 1". */
const GOES_BACK = phrase`^(?:[^\p{L}]*\p{L}+\W+){0,2}?(?:${'rollback'}|${'undo'})(?!\p{L})`;

/** A cell may name its own metric. */
export function boundText(metric: string, cell: string): string {
  return /^\p{L}{3,}[^<>≤≥]*[<>≤≥]/u.test(cell) ? cell : `${metric}: ${cell}`;
}

/** "Never a reason, clean up": no reason to roll back. */
const IS_NONE = phrase`^\W*${'never'}\>`;

const SOLE = 'a table of bounds in the rollback is taken for reasons to roll back';

export function boundedBy(bound: ColumnKind, setting: Setting): Setting {
  const {section} = setting.node;
  const role: SectionRole = bound === 'trigger' ? 'triggers' : section.role === 'triggers' ? 'monitor' : section.role;
  const own = bound === 'alert' ? {role: 'alert' as const} : {};
  return {...withoutHints(setting), ...own, node: {...setting.node, section: {...section, role}}};
}

/** What is no trigger is also a step, so that somebody sees that it holds. */
function checkFound(setting: Setting, row: Row, title: string, text: string, rules: readonly FoundRule[]): Found {
  const {role} = setting.node.section;
  if (!/^(?:prepare|deploy|verify|monitor|validate|criteria|rollback)$/.test(role)) return {things: [], setting};
  return readInside(setting, {...withoutHints(setting), everyMs: setting.everyMs}, here =>
    ruleStep(here, subjectAt(title, row.line, row.line), rules, [text]),
  );
}
