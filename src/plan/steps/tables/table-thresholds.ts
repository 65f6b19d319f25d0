/** Reads the rows of a table of metrics and bounds. */
import {compact} from '../../../text/compact.ts';
import {plainText} from '../../document/inline.ts';
import type {Rule, SectionRole} from '../../plan.ts';
import type {Around} from '../around.ts';
import type {Draft, Place} from '../draft.ts';
import {addRules, addSpokenTrigger} from '../rules.ts';
import {add, byHand, ownerAt} from '../steps.ts';
import type {Column, ColumnKind, Row} from './columns.ts';

/** Rows of a metric with its bounds. The column says whether a bound is a goal, an alert or a reason to roll back. */
export function addThresholds(
  draft: Draft,
  place: Place,
  columns: readonly Column[],
  rows: readonly Row[],
  around: Around,
): void {
  const {role} = place.node.section;
  for (const row of rows) {
    const about = Math.max(
      0,
      columns.findIndex(({kinds}, index) => !kinds.includes('number') && (row.cells[index] ?? '') !== ''),
    );
    const metric = plainText(row.cells[about] ?? '');
    if (metric === '') continue;
    const rules = columns.flatMap(({kinds}, index) => {
      const cell = plainText(row.cells[index] ?? '');
      if (index === about || cell === '') return [];
      const bound = role === 'triggers' ? 'trigger' : kinds.find(kind => BOUNDS.has(kind));
      if (bound === undefined) return [];
      // A cell may name what it bounds itself.
      const text = /^\p{L}{3,}[^<>≤≥]*[<>≤≥]/u.test(cell) ? cell : `${metric}: ${cell}`;
      return addRules(draft, judged(place, bound), text, row.line, {});
    });
    const text = row.cells
      .map(plainText)
      .filter(cell => cell !== '')
      .join(' – ');
    if (role === 'triggers') {
      if (rules.length === 0) addSpokenTrigger(draft, place, text, row.line);
    } else if (rules.length === 0 || rules.some(rule => rule.role !== 'trigger')) {
      addCheck(draft, place, row, /\p{L}/u.test(metric) ? metric : text, text, rules, around);
    }
  }
}

const BOUNDS: ReadonlySet<ColumnKind> = new Set(['target', 'alert', 'trigger']);

/** The place as the column sees it. */
function judged(place: Place, bound: ColumnKind): Place {
  const {section} = place.node;
  const role: SectionRole = bound === 'trigger' ? 'triggers' : section.role === 'triggers' ? 'monitor' : section.role;
  const title = bound === 'alert' ? 'Alerts' : section.title;
  return {...place, node: {...place.node, section: {...section, role, title}}};
}

/** What is no trigger is a step as well: somebody wants to see that it holds. */
function addCheck(
  draft: Draft,
  place: Place,
  row: Row,
  metric: string,
  text: string,
  rules: readonly Rule[],
  around: Around,
): void {
  const {section} = place.node;
  const own = rules.filter(rule => rule.role !== 'trigger');
  if (!/^(?:prepare|deploy|verify|monitor|validate|criteria|rollback)$/.test(section.role)) return;
  const owner = {
    ...ownerAt(metric, row.line, row.line),
    ...compact({everyMs: around.everyMs}),
  };
  const step = byHand(owner, [text], []);
  add(
    draft,
    place,
    owner,
    own.length === 0 ? step : {...step, action: {kind: 'rule', rules: own.map(rule => rule.id)}},
  );
}
