/** Check: numbers of the document that contradict each other. */
import {plainText} from '../document/inline.ts';
import {sameMetric} from '../phrases/metric.ts';
import {readQuantity} from '../phrases/quantity.ts';
import type {ReferenceValue, Rule, Step} from '../plan.ts';
import type {Draft} from '../steps/draft.ts';
import {report} from '../steps/draft.ts';

/** Numbers of the document that cannot all be meant. */
export function noteContradictions(draft: Draft): void {
  const stated = distinct([...draft.references, ...baselinesInProse(draft)]);
  for (const step of draft.steps) noteCount(draft, step);
  for (const rule of draft.rules) {
    if (rule.role === 'trigger' && /\bbaseline\b/i.test(rule.text)) noteBaseline(draft, stated, rule);
    if (rule.target !== undefined) noteTarget(draft, stated, rule, rule.target);
  }
  noteRivals(draft);
}

/** "45/45 indexes" above `-- Expected: 14+ indexes`. */
function noteCount(draft: Draft, step: Step): void {
  const all = /(?<!\d)(\d+)\s*\/\s*\1(?!\d)/.exec(draft.lines[step.line - 1] ?? '');
  const total = Number(all?.[1]);
  const other = step.expectations.find(one => one.unit === 'count' && one.line !== step.line && one.value !== total);
  if (all === null || other?.value === undefined) return;
  const message = `the task says ${all[0]}, line ${other.line} expects ${describe(other.op, other.value)}`;
  report(
    draft,
    'warning',
    'contradictory-threshold',
    step.line,
    all[0],
    message,
    'T-Minus judges by the expectation; make both the same',
  );
}

/** "worse than baseline" over a bound that the baseline itself breaks. */
function noteBaseline(draft: Draft, stated: readonly Stated[], rule: Rule): void {
  const alike = stated.filter(
    ({kind, unit, value}) => kind === 'baseline' && unit === rule.unit && breaks(rule, value),
  );
  const named = alike.filter(({metric}) => sameMetric(metric, rule.metric));
  const worse = (named.length > 0 ? named : alike.filter(({metric}) => !isWhole(metric))).sort(
    (a, b) => a.line - b.line,
  );
  const [first] = worse;
  if (first === undefined) return;
  const lines = first.lines.slice(0, LINES_NAMED_MAX).join(' and ');
  const message = `${rule.value} ${rule.unit} is called worse than baseline, but the baseline of line ${lines} is ${first.value} ${first.unit} (${first.metric})`;
  report(
    draft,
    'warning',
    'contradictory-threshold',
    rule.line,
    '',
    message,
    'the old version would trip this trigger; T-Minus disarms it after a rollback. Raise the bound or name the metric it is for',
  );
}

/** "Response times back to baseline (2000ms for store_message is OK)". */
function baselinesInProse(draft: Draft): ReferenceValue[] {
  return draft.steps.flatMap(step => {
    const source = draft.lines[step.line - 1] ?? '';
    if (!/\bbaseline\b/i.test(source)) return [];
    const text = plainText(source);
    const after = text.slice(text.search(/\bbaseline\b/i));
    const quantity = readQuantity(after);
    const metric = /\bfor\s+([\w-]+)/.exec(after)?.[1];
    return quantity === undefined || metric === undefined
      ? []
      : [{metric, kind: 'baseline', ...quantity, line: step.line}];
  });
}

type Stated = ReferenceValue & {lines: number[]};

/** The same value for the same thing counts once, with every line that says so. */
function distinct(references: readonly ReferenceValue[]): Stated[] {
  const found = new Map<string, Stated>();
  for (const reference of references) {
    const key = [reference.kind, reference.metric, reference.unit, reference.value].join('|');
    const known = found.get(key);
    if (known === undefined) found.set(key, {...reference, lines: [reference.line]});
    else known.lines.push(reference.line);
  }
  return [...found.values()];
}

const LINES_NAMED_MAX = 5;

function isWhole(metric: string): boolean {
  return /\b(?:total|overall|journey|end-to-end)\b/.test(metric);
}

/** `(target 367ms)` where the table of expected values says 305. */
function noteTarget(draft: Draft, stated: readonly Stated[], rule: Rule, target: number): void {
  const expected = stated.find(
    ({kind, metric, unit, value}) =>
      kind === 'expected' && unit === rule.unit && sameMetric(metric, rule.metric) && value !== target,
  );
  if (expected === undefined) return;
  const message = `target ${target} ${rule.unit}, but line ${expected.line} expects ${expected.value} ${expected.unit} for ${expected.metric}`;
  report(
    draft,
    'warning',
    'contradictory-threshold',
    rule.line,
    String(target),
    message,
    'T-Minus marks the target of this line; make both the same',
  );
}

/** The same bound, for the same purpose, stated twice with different numbers. */
function noteRivals(draft: Draft): void {
  const first = new Map<string, Rule>();
  for (const rule of draft.rules) {
    // Rows of a table are each about a case of their own.
    if (rule.person || /^\s*\|/.test(draft.lines[rule.line - 1] ?? '')) continue;
    const key = [rule.role, rule.metric, rule.statistic ?? '', rule.unit, rule.op.charAt(0), rule.section].join('|');
    const other = first.get(key);
    if (other === undefined) first.set(key, rule);
    else if (other.value !== rule.value) {
      const message = `${rule.metric} ${describe(rule.op, rule.value)} ${rule.unit}, but line ${other.line} says ${describe(other.op, other.value)}`;
      report(
        draft,
        'warning',
        'contradictory-threshold',
        rule.line,
        '',
        message,
        'both are judged; keep the one that is meant',
      );
    }
  }
}

function breaks(rule: Rule, value: number): boolean {
  return rule.op.startsWith('>') ? value > rule.value : value < rule.value;
}

function describe(op: string | undefined, value: number): string {
  return `${op ?? '='} ${value}`;
}
