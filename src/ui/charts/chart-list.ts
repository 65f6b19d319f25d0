/** All charts of a run, and those in the places of the panel. Pure. */
import type {Plan, Rule} from '../../plan/plan.ts';
import {rulesOf} from '../../run/rules/assessing.ts';
import {measuredUnit} from '../../run/rules/relative.ts';
import {sourceNameOf} from '../../run/rules/signal-readings.ts';
import type {RunState} from '../../run/state.ts';
import {compact} from '../../text/compact.ts';

/** `level`: any other signal, in its own unit. */
export type ChartKind = 'latency' | 'memory' | 'errors' | 'level';

/** What a chart shows of which signal. Without a signal, nothing measures it. */
export type ChartId = {kind: ChartKind; signal?: string};

export function chartKey({kind, signal = ''}: ChartId): string {
  return `${kind}:${signal}`;
}

/** Places of the panel. They show the first charts of the list unless a person chose others. */
const PLACES = 3;

/** The three charts of a deploy, then everything else that is measured, each signal once. */
export function chartList(plan: Plan, state: RunState): readonly ChartId[] {
  const rules = rulesOf(plan, state).map(rule => ({...rule, unit: measuredUnit(plan, rule)}));
  const [latency, memory, errors] = leadingCharts(plan, rules, state);
  const names = new Set([
    ...Object.keys(plan.signals ?? {}),
    ...rules.flatMap(({signal}) => signal ?? []),
    ...Object.keys(state.signals),
  ]);
  const leading = new Set([latency, memory, errors].map(chartKey));
  const further = [...names]
    .flatMap(signal => chartsOf(plan, rules, state, signal))
    .filter(id => !leading.has(chartKey(id)));
  const isMissed = (id: ChartId, fits: (rule: Rule) => boolean) => id.signal !== undefined || rules.some(fits);
  // A place stays empty only where the document asks for something that nothing measures; else another signal gets it.
  const places = [
    ...(isMissed(latency, isLatencyRule) ? [latency] : []),
    ...(isMissed(memory, isMemoryRule) ? [memory] : []),
    ...(isMissed(errors, isErrorRule) ? [errors] : []),
  ];
  return [...places, ...further];
}

/** The chart in each place: as a person chose it, else in the order of the list. */
export function chartsShown(
  list: readonly ChartId[],
  chosen: Readonly<Record<number, string>>,
): readonly {id: ChartId; position: number}[] {
  return list.slice(0, PLACES).map((own, place) => {
    const position = list.findIndex(id => chartKey(id) === chosen[place]);
    return position < 0 ? {id: own, position: place} : {id: list[position] ?? own, position};
  });
}

export function isLatencyRule(rule: Rule): boolean {
  return rule.unit === 'ms';
}

export function isMemoryRule(rule: Rule): boolean {
  return rule.unit === 'MB' || rule.unit === 'MB/h';
}

export function isErrorRule(rule: Rule): boolean {
  if (rule.person) return false;
  return (
    rule.statistic === 'error-rate' || (/err|fail/i.test(rule.metric) && (rule.unit === '%' || rule.unit === 'count'))
  );
}

const MEMORY_NAME = /mem|rss|heap/i;
const ERRORS_NAME = /err|fail|5xx/i;

function leadingCharts(plan: Plan, rules: readonly Rule[], state: RunState): readonly [ChartId, ChartId, ChartId] {
  const names = [...Object.keys(plan.signals ?? {}), ...Object.keys(state.signals)];
  const pick = (fits: (rule: Rule) => boolean, named: (signal: string) => boolean) =>
    mostUrgent(rules.filter(fits), state) ?? names.find(named);
  const kindIn = (signal: string) => plan.signals?.[signal]?.kind;
  const memory = pick(isMemoryRule, name => kindIn(name) === 'rss' || MEMORY_NAME.test(name));
  const errors = pick(isErrorRule, name => ERRORS_NAME.test(name));
  const isFree = (name: string) => name !== memory && name !== errors && kindOf(plan, rules, name) === 'latency';
  const latency = pick(isLatencyRule, isFree);
  const counted = errors ?? latency;
  return [
    compact({kind: 'latency', signal: latency}),
    compact({kind: 'memory', signal: memory}),
    compact({kind: 'errors', signal: counted}),
  ];
}

/** The charts of a signal. Where its probe can fail, the failures are a chart of their own. */
function chartsOf(plan: Plan, rules: readonly Rule[], state: RunState, signal: string): readonly ChartId[] {
  const kind = kindOf(plan, rules, signal);
  const asks = plan.signals?.[signal]?.kind === 'http';
  const failed = state.signals[signal]?.samples.some(({error}) => error !== undefined) === true;
  const judged = rules.some(rule => rule.signal === signal && rule.statistic === 'error-rate');
  return kind !== 'errors' && (judged || (asks && failed))
    ? [
        {kind, signal},
        {kind: 'errors', signal},
      ]
    : [{kind, signal}];
}

/** The kind of chart for a signal, from its rules, else from its source, else from its name. */
function kindOf(plan: Plan, rules: readonly Rule[], signal: string): ChartKind {
  const own = rules.filter(rule => rule.signal === signal);
  const source = plan.signals?.[signal] ?? plan.signals?.[sourceNameOf(signal)];
  if (own.some(isLatencyRule) || source?.unit === 'ms') return 'latency';
  if (own.some(isMemoryRule) || source?.kind === 'rss') return 'memory';
  if (own.some(rule => isErrorRule(rule) && rule.statistic !== 'error-rate')) return 'errors';
  if (own.some(({statistic}) => statistic !== 'error-rate')) return 'level';
  if (source !== undefined) return source.kind === 'http' ? 'latency' : 'level';
  if (MEMORY_NAME.test(signal)) return 'memory';
  return ERRORS_NAME.test(signal) ? 'errors' : 'latency';
}

/** The most important rule of a chart: one in trouble, then a rollback trigger, then by the document's order. */
function mostUrgent(rules: readonly Rule[], state: RunState): string | undefined {
  return leadingRule(
    rules.filter(({signal}) => signal !== undefined),
    state,
  )?.signal;
}

export function leadingRule(rules: readonly Rule[], state: RunState): Rule | undefined {
  let leading: Rule | undefined;
  for (const rule of rules) {
    if (leading === undefined || urgency(rule, state) > urgency(leading, state)) leading = rule;
  }
  return leading;
}

/** After a rollback, rules that compare the old version with its baseline come before disarmed ones. */
const TROUBLE = {tripped: 40, breached: 30, grey: 0, ok: 0, warming: 0, blind: 0, disarmed: -20} as const;

function urgency(rule: Rule, state: RunState): number {
  const standing = state.rules[rule.id]?.standing.kind ?? 'blind';
  return TROUBLE[standing] + (rule.role === 'trigger' ? 10 : 0) + (rule.statistic?.startsWith('p') === true ? 1 : 0);
}
