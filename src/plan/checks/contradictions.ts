/** Check: numbers of the document contradict each other. */
import {plainText} from '../document/inline.ts';
import {sameMetric} from '../phrases/metric.ts';
import {readQuantity} from '../phrases/quantity.ts';
import type {Plan, ReferenceValue, Rule, Step} from '../plan.ts';
import {type Problem, problemAt} from '../problem.ts';

/** All contradictions: counts, baselines, targets, bounds. */
export function contradictions({references, steps, rules, source}: Plan): Problem[] {
  const stated = distinctValues([...references, ...baselinesInProse(source, steps)]);
  return [
    ...steps.flatMap(step => ofCount(source, step)),
    ...rules.flatMap(rule => [
      ...(rule.role === 'trigger' && /\bbaseline\b/i.test(rule.text) ? ofBaseline(source, stated, rule) : []),
      ...(rule.target === undefined ? [] : ofTarget(source, stated, rule, rule.target)),
    ]),
    ...conflictingBounds(source, rules),
  ];
}

function contradiction(source: readonly string[], line: number, at: string, message: string, hint: string): Problem {
  return problemAt(source, 'warning', 'contradictory-threshold', line, at, message, hint);
}

/** "45/45 indexes" above `-- Expected: 14+ indexes`. */
function ofCount(source: readonly string[], step: Step): Problem[] {
  const all = /(?<!\d)(\d+)\s*\/\s*\1(?!\d)/.exec(source[step.line - 1] ?? '');
  const total = Number(all?.[1]);
  const other = step.expectations.find(one => one.unit === 'count' && one.line !== step.line && one.value !== total);
  if (all === null || other?.value === undefined) return [];
  const message = `the task says ${all[0]}, line ${other.line} expects ${describe(other.op, other.value)}`;
  const hint = 'T-Minus judges by the expectation; make both the same';
  return [contradiction(source, step.line, all[0], message, hint)];
}

/** A trigger "worse than baseline" whose bound the baseline itself crosses. */
function ofBaseline(source: readonly string[], stated: readonly Stated[], rule: Rule): Problem[] {
  const alike = stated.filter(
    ({kind, unit, value}) => kind === 'baseline' && unit === rule.unit && breaks(rule, value),
  );
  const named = alike.filter(({metric}) => sameMetric(metric, rule.metric));
  const worse = (named.length > 0 ? named : alike.filter(({metric}) => !isWhole(metric))).sort(
    (a, b) => a.line - b.line,
  );
  const [first] = worse;
  if (first === undefined) return [];
  const lines = first.lines.slice(0, LINES_NAMED_MAX).join(' and ');
  const message = `${rule.value} ${rule.unit} is called worse than baseline, but the baseline of line ${lines} is ${first.value} ${first.unit} (${first.metric})`;
  const hint =
    'the old version would trip this trigger; T-Minus disarms it after a rollback. Raise the bound or name the metric it is for';
  return [contradiction(source, rule.line, '', message, hint)];
}

/** "Response times back to baseline (2000ms for store_message is OK)". */
function baselinesInProse(source: readonly string[], steps: readonly Step[]): ReferenceValue[] {
  return steps.flatMap(step => {
    const own = source[step.line - 1] ?? '';
    if (!/\bbaseline\b/i.test(own)) return [];
    const text = plainText(own);
    const after = text.slice(text.search(/\bbaseline\b/i));
    const quantity = readQuantity(after);
    const metric = /\bfor\s+([\w-]+)/.exec(after)?.[1];
    return quantity === undefined || metric === undefined
      ? []
      : [{metric, kind: 'baseline', ...quantity, line: step.line}];
  });
}

type Stated = ReferenceValue & {lines: number[]};

/** The same value for the same metric counts once, with all its lines. */
function distinctValues(references: readonly ReferenceValue[]): Stated[] {
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
function ofTarget(source: readonly string[], stated: readonly Stated[], rule: Rule, target: number): Problem[] {
  const expected = stated.find(
    ({kind, metric, unit, value}) =>
      kind === 'expected' && unit === rule.unit && sameMetric(metric, rule.metric) && value !== target,
  );
  if (expected === undefined) return [];
  const message = `target ${target} ${rule.unit}, but line ${expected.line} expects ${expected.value} ${expected.unit} for ${expected.metric}`;
  const hint = 'T-Minus marks the target of this line; make both the same';
  return [contradiction(source, rule.line, String(target), message, hint)];
}

/** The same bound with the same role, stated twice with different numbers. */
function conflictingBounds(source: readonly string[], rules: readonly Rule[]): Problem[] {
  const first = new Map<string, Rule>();
  return rules.flatMap(rule => {
    // Rows of a table are about different cases.
    if (rule.person || /^\s*\|/.test(source[rule.line - 1] ?? '')) return [];
    const key = [rule.role, rule.metric, rule.statistic ?? '', rule.unit, rule.op.charAt(0), rule.section].join('|');
    const other = first.get(key);
    if (other === undefined) first.set(key, rule);
    if (other === undefined || other.value === rule.value) return [];
    const message = `${rule.metric} ${describe(rule.op, rule.value)} ${rule.unit}, but line ${other.line} says ${describe(other.op, other.value)}`;
    return [contradiction(source, rule.line, '', message, 'both are judged; keep the one that is meant')];
  });
}

function breaks(rule: Rule, value: number): boolean {
  return rule.op.startsWith('>') ? value > rule.value : value < rule.value;
}

function describe(op: string | undefined, value: number): string {
  return `${op ?? '='} ${value}`;
}
