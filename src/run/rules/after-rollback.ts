/** Rules that hold the old version against the baseline after a rollback. */
import type {Plan, Rule, Statistic} from '../../plan/plan.ts';
import type {RunState} from '../state.ts';
import {baselineOf} from './baseline.ts';
import {isRelative, measuredUnit} from './relative.ts';

/** "Back to baseline": this much slower than before the deploy is still back. */
const SLOWER_MAX = 1.25;
/** Quick answers vary by more than a quarter of nothing. */
const SLOWER_MS_MIN = 20;
/** Percentage points by which an error rate, or a share counted from logs, may be worse than before. */
const WORSE_POINTS_MAX = 1;

/**
 * What must hold once the old version is back: each signal that the document's rules watch is held against its own
 * baseline, or the one the document states. Times: the same percentile (95th unless a rule takes another) at most 1.25
 * times it, or 20 ms above it; error rates and shares of errors: at most one point above it, so that the endpoint
 * answers; counts: no more in a window than in one before. They are targets: none of them can start a rollback.
 */
export function afterRollbackRules(plan: Plan, state: RunState): readonly Rule[] {
  const found = new Map<string, Rule>();
  // When several rules are on one signal, the trigger says best over which stretch of time it is judged.
  const triggersFirst = plan.rules.toSorted((a, b) => Number(b.role === 'trigger') - Number(a.role === 'trigger'));
  for (const rule of triggersFirst) {
    const derived = derivedFrom(plan, state, rule);
    for (const one of derived) if (!found.has(one.id)) found.set(one.id, one);
  }
  return [...found.values()];
}

function derivedFrom(plan: Plan, state: RunState, rule: Rule): readonly Rule[] {
  if (rule.signal === undefined || rule.person) return [];
  if (isRelative(rule)) return derivedFrom(plan, state, {...rule, unit: measuredUnit(plan, rule)});
  const isHttp = plan.signals?.[rule.signal]?.kind === 'http';
  const shares = isHttp ? [shareRule(plan, state, {...rule, statistic: 'error-rate', unit: '%'})] : [];
  return [...(rule.unit === 'ms' ? [timeRule(plan, state, rule)] : [otherRule(plan, state, rule)]), ...shares].flatMap(
    one => one ?? [],
  );
}

function timeRule(plan: Plan, state: RunState, rule: Rule): Rule | undefined {
  const statistic = percentileOf(rule) ?? 'p95';
  const timed: Rule = {...rule, statistic};
  const before = baselineOf(plan, state, timed)?.value;
  if (before === undefined) return undefined;
  return heldTo(timed, Math.max(before * SLOWER_MAX, before + SLOWER_MS_MIN), statistic.toUpperCase());
}

function otherRule(plan: Plan, state: RunState, rule: Rule): Rule | undefined {
  if (rule.statistic === 'error-rate') return shareRule(plan, state, rule);
  if (rule.statistic === 'count') return countRule(state, rule);
  const isShareOfErrors = rule.unit === '%' && plan.signals?.[rule.signal ?? '']?.kind === 'log';
  return isShareOfErrors ? shareRule(plan, state, {...rule, statistic: 'mean'}) : undefined;
}

function shareRule(plan: Plan, state: RunState, rule: Rule): Rule | undefined {
  const before = baselineOf(plan, state, rule)?.value;
  return before === undefined ? undefined : heldTo(rule, before + WORSE_POINTS_MAX, 'error rate');
}

/** A sum over a rolling window is compared with a window as long, not with the whole time before. */
function countRule(state: RunState, rule: Rule): Rule | undefined {
  const baseline = rule.signal === undefined ? [] : (state.signals[rule.signal]?.baseline ?? []);
  const last = baseline.at(-1)?.at;
  if (last === undefined) return undefined;
  const window = baseline.filter(({at, value}) => at > last - rule.windowMs && value !== undefined);
  if (window.length === 0) return undefined;
  return heldTo(
    rule,
    window.reduce((sum, {value = 0}) => sum + value, 0),
    'count',
  );
}

function heldTo(rule: Rule, bound: number, what = ''): Rule {
  const {target: _, opens: __, tie: ___, ...kept} = rule;
  const name = `${rule.signal} ${what}`;
  const text = `back to baseline: ${name}`;
  return {...kept, id: text, text, metric: rule.signal ?? rule.metric, role: 'target', op: '<=', value: rounded(bound)};
}

function percentileOf({statistic}: Rule): Statistic | undefined {
  return statistic !== undefined && /^p\d\d$/.test(statistic) ? statistic : undefined;
}

/** Two figures are what such a bound is worth: 2505 is 2500. */
function rounded(bound: number): number {
  return bound === 0 ? 0 : Number(bound.toPrecision(2));
}
