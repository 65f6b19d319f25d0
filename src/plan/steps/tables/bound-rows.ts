/** Makes rules of the rows of a table: each is a metric with its bounds. */
import {plainText} from '../../document/inline.ts';
import {saysNoRollback} from '../../phrases/decisions.ts';
import {boundWordsIn} from '../../phrases/thresholds.ts';
import type {SectionRole} from '../../plan.ts';
import {topicPattern} from '../../words/vocabulary.ts';
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
  const text = boundText(metric, cell);
  const own = {...boundedBy(bound, setting), assumed: isSole ? SOLE : undefined};
  const rules = rulesIn(own, text, line);
  // "missing at 06:00" under "Roll back if": nothing measures it, so a person reports it.
  if (rules.length > 0 || bound !== 'trigger' || !/\p{L}{2,}\P{L}+\p{L}{2,}|\d/u.test(cell)) return rules;
  return triggersIn(own, text, line);
}

/** A cell may name its own metric. */
export function boundText(metric: string, cell: string): string {
  return /^\p{L}{3,}[^<>≤≥]*[<>≤≥]/u.test(cell) ? cell : `${metric}: ${cell}`;
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
