/** Makes rules of the rows of a table: each is a metric with its bounds. */
import {plainText} from '../../document/inline.ts';
import {readComparisons} from '../../phrases/comparison.ts';
import {saysNoRollback} from '../../phrases/decisions.ts';
import {readQuantity} from '../../phrases/quantity.ts';
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
  if (bound === undefined) return [];
  // "300–800 ms" between good and bad is a stretch, and says no side.
  if (bound !== 'target' && (RANGE.test(cell) || (bound === 'alert' && isGoodIn(cell, row)))) return [];
  if (bound === 'trigger' && (saysNoRollback(cell) || IS_NONE.test(cell))) return [];
  const sign = bound === 'target' || readComparisons(cell).length > 0 ? undefined : signOf(cell, row);
  const text = boundText(metric, sign === undefined ? cell : `${sign} ${cell}`);
  const guessed = `"${cell}" is taken for ${sign} ${cell}, as the figures of its row run`;
  const own = {...boundedBy(bound, setting), assumed: isSole ? SOLE : sign === undefined ? undefined : guessed};
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

/** Under "Normal | Look at it | Back out", 140, 220 and 280 run upwards, so that more than 220 is worse. */
function signOf(cell: string, {cells}: Row): '>' | '<' | undefined {
  const own = RANGE.test(cell) ? undefined : figureOf(cell);
  if (own === undefined || own.value === 0) return undefined;
  const all = cells.slice(1).map(plainText);
  const signs = new Set(all.flatMap((one, index) => worseIn(one, index === 0, own.unit)));
  const figures = all.flatMap(one => figureOf(one) ?? []).filter(({unit}) => unit === own.unit);
  const [first, last] = [figures[0]?.value ?? 0, figures.at(-1)?.value ?? 0];
  if (first !== last && figures.length > 1) signs.add(first < last ? '>' : '<');
  const [sign, ...others] = signs;
  return others.length === 0 ? sign : undefined;
}

/** "< 5 min and falling" between "< 30 s" and "> 10 min": still on the good side. */
function isGoodIn(cell: string, {cells}: Row): boolean {
  const [own] = readComparisons(cell);
  const [good] = readComparisons(plainText(cells[1] ?? ''));
  const last = readComparisons(plainText(cells.at(-1) ?? '')).find(({unit}) => unit === own?.unit);
  return own !== undefined && good?.op[0] === own.op[0] && last !== undefined && last.op[0] !== own.op[0];
}

/** The side that is worse, of a cell with a sign: the other side of what is good. */
function worseIn(cell: string, isGood: boolean, unit: string): ('>' | '<')[] {
  const [first] = readComparisons(cell);
  if (first === undefined || first.op === '=' || first.unit !== unit) return [];
  return [first.op.startsWith('<') === isGood ? '>' : '<'];
}

const RANGE = /^[\d.,]+\s?(?:%\s?)?[–-]\s?(?=\d)/;

/** A figure with nothing before it; of "1–3" it is the last. */
function figureOf(cell: string): {value: number; unit: string} | undefined {
  const bare = cell.replace(/^[<>≤≥~]=?\s*/, '').replace(RANGE, '');
  return /^\d/.test(bare) ? readQuantity(bare.replace(/(?<=\d) (?=\d{3}(?!\d))/g, '')) : undefined;
}

const SOLE = 'a table of bounds in the rollback is taken for reasons to roll back';

export function boundedBy(bound: ColumnKind, setting: Setting): Setting {
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
