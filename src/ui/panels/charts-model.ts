/** Which signals are worth a chart, and with which lines on it. Pure; knows no signal by name but by unit and use. */
import type {Plan, Rule, RuleRole} from '../../plan/plan.ts';
import type {Assessment, Sample} from '../../run/outcome.ts';
import type {RunState, Signal} from '../../run/state.ts';
import type {Reduce} from '../widgets/chart-columns.ts';
import type {Threshold} from '../widgets/chart-layers.ts';

export type ChartKind = 'latency' | 'memory' | 'errors';

export type ChartModel = {
  kind: ChartKind;
  /** Absent: nothing measures this; `empty` says so. */
  signal?: string;
  /** The rule whose statistic the headline quotes. */
  rule?: Rule;
  standing?: Assessment['standing'];
  unit: 'ms' | 'MiB' | '%' | 'count';
  /** As measured; what the headline counts. */
  samples: readonly Sample[];
  /** What is drawn, in `unit`. */
  line: readonly Sample[];
  /** Measured before the deploy. */
  baseline: readonly Sample[];
  /** From the document's own table, when nothing was sampled before the deploy. */
  reference?: number;
  reduce: Reduce;
  fromZero: boolean;
  windowMs: number;
  /** Verdicts count what was measured from here on: the deploy, once it has begun. Epoch ms. */
  since: number;
  /** The most important first. */
  thresholds: readonly Threshold[];
  /** The bound on growth that matters most; its verdict lends the headline its colour. */
  slope?: {rule: Rule; standing?: Assessment['standing']};
  empty: string;
};

const WINDOW_MS = 300_000;
/** A share of fewer measurements is not drawn. */
const SHARE_OF_MIN = 10;

export function chartModels(plan: Plan, state: RunState): readonly ChartModel[] {
  const memory = pick(plan, state, isMemoryRule, name => /mem|rss|heap/i.test(name));
  const errors = pick(plan, state, isErrorRule, name => /err|fail|5xx/i.test(name));
  const taken = new Set([memory, errors].filter(signal => signal !== undefined));
  const latency = pick(
    plan,
    state,
    rule => rule.unit === 'ms',
    name => !taken.has(name) && !otherwiseUsed(plan, name),
  );
  return [
    latencyModel(plan, state, latency),
    memoryModel(plan, state, memory),
    errorModel(plan, state, errors, latency),
  ];
}

function latencyModel(plan: Plan, state: RunState, signal: string | undefined): ChartModel {
  const rules = rulesOf(plan, signal, rule => rule.unit === 'ms');
  const reference = plan.references.find(
    each => each.kind === 'baseline' && each.unit === 'ms' && each.metric === signal,
  );
  return {
    ...model('latency', 'ms', state, signal, rules),
    ...(reference === undefined ? {} : {reference: reference.value}),
    reduce: 'max',
    fromZero: true,
    thresholds: thresholdsOf(rules),
  };
}

function memoryModel(plan: Plan, state: RunState, signal: string | undefined): ChartModel {
  const rules = rulesOf(plan, signal, isMemoryRule);
  const slope = headlineRule(
    rules.filter(rule => rule.unit === 'MB/h'),
    state,
  );
  const standing = slope && state.rules[slope.id]?.standing;
  return {
    ...model('memory', 'MiB', state, signal, rules),
    reduce: 'last',
    fromZero: false,
    thresholds: thresholdsOf(rules.filter(rule => rule.unit === 'MB')),
    ...(slope === undefined ? {} : {slope: {rule: slope, ...(standing === undefined ? {} : {standing})}}),
  };
}

/** The share of failed measurements of a probe, or the readings of a signal that counts errors itself. */
function errorModel(plan: Plan, state: RunState, own: string | undefined, latency: string | undefined): ChartModel {
  const signal = own ?? latency;
  const rules = rulesOf(plan, signal, isErrorRule);
  const [rule] = rules;
  const share = own === undefined || rule === undefined || rule.statistic === 'error-rate';
  const base = model('errors', share || rule?.unit === '%' ? '%' : 'count', state, signal, rules);
  return {
    ...base,
    line: share ? runningShare(base.samples, base.windowMs, base.since) : base.samples,
    empty: share && base.samples.length > 0 ? tooFewWords(base, state.lastAt) : base.empty,
    reduce: base.unit === 'count' ? 'sum' : 'max',
    fromZero: true,
    thresholds: thresholdsOf(rules.filter(each => (each.unit === 'count') === (base.unit === 'count'))),
  };
}

function model(
  kind: ChartKind,
  unit: ChartModel['unit'],
  state: RunState,
  name: string | undefined,
  rules: readonly Rule[],
): Omit<ChartModel, 'reduce' | 'fromZero' | 'thresholds'> {
  const signal = name === undefined ? undefined : state.signals[name];
  const rule = headlineRule(rules, state);
  const standing = rule === undefined ? undefined : state.rules[rule.id]?.standing;
  return {
    kind,
    unit,
    ...(name === undefined ? {} : {signal: name}),
    ...(rule === undefined ? {} : {rule}),
    ...(standing === undefined ? {} : {standing}),
    samples: signal?.samples ?? [],
    line: signal?.samples ?? [],
    baseline: signal?.baseline ?? [],
    windowMs: rule?.windowMs ?? WINDOW_MS,
    since: state.deployStartedAt ?? 0,
    empty: emptyWords(name, signal),
  };
}

function emptyWords(name: string | undefined, signal: Signal | undefined): string {
  if (name === undefined) return 'blind: no probe bound';
  if (signal?.failing !== undefined) return `no answer: ${signal.failing}`;
  return `no samples yet · probe ${name}`;
}

/** There are samples, but a share of so few would be drawn as a mountain. */
function tooFewWords(
  {samples, windowMs, since}: Pick<ChartModel, 'samples' | 'windowMs' | 'since'>,
  now: number,
): string {
  const from = Math.max(now - windowMs, since);
  const missing = SHARE_OF_MIN - samples.filter(({at}) => at >= from).length;
  return missing === 1 ? 'drawn after 1 more sample' : `drawn after ${Math.max(1, missing)} more samples`;
}

/** What the operator asks of a chart first: the rule in trouble, then the rollback trigger, then the document's order. */
function pick(
  plan: Plan,
  state: RunState,
  fits: (rule: Rule) => boolean,
  named: (signal: string) => boolean,
): string | undefined {
  const ranked = plan.rules
    .filter(rule => rule.signal !== undefined && fits(rule))
    .sort((a, b) => urgency(b, state) - urgency(a, state));
  return ranked[0]?.signal ?? Object.keys(state.signals).find(named);
}

function urgency(rule: Rule, state: RunState): number {
  const trouble = {tripped: 40, breached: 30, grey: 0, ok: 0, warming: 0, blind: 0, disarmed: 0};
  const standing = state.rules[rule.id]?.standing.kind ?? 'blind';
  return trouble[standing] + (rule.role === 'trigger' ? 10 : 0) + (rule.statistic?.startsWith('p') === true ? 1 : 0);
}

function headlineRule(rules: readonly Rule[], state: RunState): Rule | undefined {
  return [...rules].sort((a, b) => urgency(b, state) - urgency(a, state))[0];
}

function rulesOf(plan: Plan, signal: string | undefined, fits: (rule: Rule) => boolean): Rule[] {
  return signal === undefined ? [] : plan.rules.filter(rule => rule.signal === signal && fits(rule));
}

function isMemoryRule(rule: Rule): boolean {
  return rule.unit === 'MB' || rule.unit === 'MB/h';
}

function isErrorRule(rule: Rule): boolean {
  if (rule.person) return false;
  return (
    rule.statistic === 'error-rate' || (/err|fail/i.test(rule.metric) && (rule.unit === '%' || rule.unit === 'count'))
  );
}

/** Tied to rules, none of which is about time: not a latency. */
function otherwiseUsed(plan: Plan, signal: string): boolean {
  const rules = plan.rules.filter(rule => rule.signal === signal);
  return rules.length > 0 && rules.every(rule => rule.unit !== 'ms' && rule.statistic !== 'error-rate');
}

const ROLES: readonly {role: RuleRole; label: string; kind: Threshold['kind']}[] = [
  {role: 'trigger', label: 'rollback', kind: 'limit'},
  {role: 'alert', label: 'limit', kind: 'limit'},
  {role: 'target', label: 'target', kind: 'target'},
  {role: 'criterion', label: 'criterion', kind: 'target'},
];

/** One line per value, named by the gravest rule that has it. `<1000 ms (target 745)` is a limit and a target. */
function thresholdsOf(rules: readonly Rule[]): Threshold[] {
  const lines = ROLES.flatMap(({role, label, kind}) =>
    rules
      .filter(rule => rule.role === role && rule.op !== '=' && rule.op !== '!=')
      .flatMap((rule): Threshold[] => {
        const bad = badSide(rule);
        if (rule.target === undefined) return [{value: rule.value, label, kind, bad}];
        return [
          {value: rule.value, label: 'limit', kind: 'limit', bad},
          {value: rule.target, label: 'target', kind: 'target', bad},
        ];
      }),
  );
  return lines.filter((line, index) => lines.findIndex(other => other.value === line.value) === index);
}

function badSide(rule: Rule): 'above' | 'below' {
  const inverted = rule.role === 'trigger' || rule.role === 'alert';
  return rule.op.startsWith('>') === inverted ? 'above' : 'below';
}

/**
 * At each measurement, the share of failed ones over the window that ends there, in %. The deploy begins a new count,
 * as it does for the verdicts; until there are enough measurements a share would be all noise, so there is none.
 */
function runningShare(samples: readonly Sample[], windowMs: number, since: number): Sample[] {
  let first = 0;
  let failed = 0;
  const failures = (sample: Sample | undefined) => (sample?.error === undefined ? 0 : 1);
  return samples.flatMap((sample, index) => {
    const from = Math.max(sample.at - windowMs, sample.at >= since ? since : 0);
    failed += failures(sample);
    for (; (samples[first]?.at ?? from) < from; first++) failed -= failures(samples[first]);
    const count = index + 1 - first;
    return count < SHARE_OF_MIN ? [] : [{signal: sample.signal, at: sample.at, value: (100 * failed) / count}];
  });
}
