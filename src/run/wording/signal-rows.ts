/** Every signal of a run in a row of figures. */
import type {Operator, Plan, Rule, SignalSource, Statistic, Unit} from '../../plan/plan.ts';
import {compact} from '../../text/compact.ts';
import type {Baseline, Sample} from '../outcome.ts';
import {rulesOf} from '../rules/assessing.ts';
import {changeAgainst, referenceOf} from '../rules/baseline.ts';
import {measure} from '../rules/measure.ts';
import {readingsOf, sourceOf} from '../rules/signal-readings.ts';
import {errorRate, hasValue} from '../rules/statistics.ts';
import type {RunState, Signal} from '../state.ts';
import {type Health, healthOf} from './health.ts';

/** One row of the table baseline / expected / now. Values in `unit`, of one `statistic`. */
export type SignalRow = Health & {
  name: string;
  statistic: Statistic;
  /** Absent when neither its source nor a rule says it. */
  unit?: Unit;
  baseline?: Baseline;
  /** What the document expects: its table, else the target or the bound of a rule. `isBad`: holding means trouble. */
  expected?: {value: number; op?: Operator; isBad: boolean; from: 'document' | 'rule'};
  now?: number;
  /** Samples that `now` is made of. */
  n: number;
  /** `now` in percent of the baseline. */
  change?: number;
  /** Share of failed requests in percent, before the deploy and over the same stretch as `now`; of requests only. */
  errorRate?: {baseline?: number; now?: number};
  lastAt?: number;
  source?: SignalSource;
};

/** Every signal of the plan and of the run, in the plan's order. */
export function signalRows(plan: Plan, state: RunState, now: number): readonly SignalRow[] {
  const rules = rulesOf(plan, state);
  const names = [
    ...Object.keys(plan.signals ?? {}),
    ...rules.flatMap(({signal}) => signal ?? []),
    ...Object.keys(state.signals),
  ];
  return [...new Set(names)].map(name => rowOf(plan, state, name, now));
}

const WINDOW_MS = 5 * 60_000;

function rowOf(plan: Plan, state: RunState, name: string, now: number): SignalRow {
  const source = sourceOf(plan, name);
  const signal = readingsOf(state, name);
  const rule = leadingRule(plan, name);
  const measured = measuredAs(name, source, rule);
  const from = Math.max(now - measured.windowMs, versionSince(state));
  const recent = (signal?.samples ?? []).filter(({at}) => at >= from && at <= now);
  const value = measure(measured, recent);
  const baseline = baselineFor(plan, signal, measured, name);
  const change = changeAgainst(baseline, value);
  const expected = expectedOf(plan, name, measured, rule);
  const {unit} = measured;
  return compact({
    name,
    statistic: measured.statistic,
    unit: source === undefined && rule === undefined ? undefined : unit,
    baseline,
    expected,
    now: value,
    n: recent.length,
    change,
    errorRate: source?.kind === 'http' ? errorRates(signal, recent) : undefined,
    lastAt: signal === undefined || signal.lastAt === 0 ? undefined : signal.lastAt,
    ...healthOf(plan, state, name, signal, now, hasValue),
    ...(source === undefined ? {} : {source}),
  });
}

function errorRates(signal: Signal | undefined, recent: readonly Sample[]): NonNullable<SignalRow['errorRate']> {
  const [baseline, now] = [errorRate(signal?.baseline ?? []), errorRate(recent)];
  return compact({baseline, now});
}

/** "Now" is what the version that is in place does, not a mixture of two. */
function versionSince({rollback, newVersionAt = 0}: RunState): number {
  return rollback.status === 'finished' ? rollback.at : newVersionAt;
}

type Measured = Rule & {statistic: Statistic};

/** The rule that speaks for the signal's readings: a trigger before others. */
function leadingRule(plan: Plan, name: string): Rule | undefined {
  const own = plan.rules.filter(({signal, statistic}) => signal === name && statistic !== 'error-rate');
  return own.find(({role}) => role === 'trigger') ?? own[0];
}

function measuredAs(name: string, source: SignalSource | undefined, rule: Rule | undefined): Measured {
  const isSlope = rule?.statistic === 'slope';
  // Growth is a rule's business; the table shows how much there is.
  const unit = source?.unit ?? (isSlope ? 'MB' : (rule?.unit ?? 'count'));
  const statistic: Statistic = isSlope ? 'mean' : (rule?.statistic ?? (unit === 'ms' ? 'p95' : 'mean'));
  return {
    ...{id: name, text: name, line: 0, section: '', metric: rule?.metric ?? name, op: '<', value: 0, role: 'target'},
    ...{source: 'bindings', person: false, samples: 1, consecutive: 1},
    ...{statistic, unit, signal: name, windowMs: rule?.windowMs ?? WINDOW_MS},
  };
}

function baselineFor(plan: Plan, signal: Signal | undefined, measured: Measured, name: string): SignalRow['baseline'] {
  const value = measure(measured, signal?.baseline ?? []);
  if (value !== undefined) return {value, from: 'samples'};
  const stated = referenceOf(plan, 'baseline', measured, name);
  return stated === undefined ? undefined : {value: stated.value, from: 'document'};
}

function expectedOf(plan: Plan, name: string, measured: Measured, rule: Rule | undefined): SignalRow['expected'] {
  const stated = referenceOf(plan, 'expected', measured, name);
  if (stated !== undefined) return {value: stated.value, isBad: false, from: 'document'};
  const own =
    plan.rules.find(one => one.signal === name && one.role === 'target' && one.unit === measured.unit) ?? rule;
  if (own === undefined || own.unit !== measured.unit) return undefined;
  const isBad = own.role === 'trigger' || own.role === 'alert';
  return {value: own.target ?? own.value, op: own.op, isBad, from: 'rule'};
}
