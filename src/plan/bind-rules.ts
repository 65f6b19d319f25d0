/** `rules:` of the bindings, and the ties that are plain without them. */
import {findMatches} from './binding-matches.ts';
import type {Bindings, ProbeBinding, RuleBinding} from './bindings.ts';
import {sameMetric} from './metric.ts';
import type {Operator, Plan, Rule, RuleRole, Statistic, Unit} from './plan.ts';
import type {Problem} from './problem.ts';
import {unitOf} from './signal-sources.ts';

export function bindRules(plan: Plan, bindings: Bindings): {rules: readonly Rule[]; problems: readonly Problem[]} {
  const problems: Problem[] = [];
  const bound = new Map(plan.rules.map(rule => [rule.id, rule]));
  const added: Rule[] = [];
  for (const binding of bindings.rules) {
    const {match} = binding;
    if (match === undefined) {
      added.push(ruleFrom(plan, binding));
      continue;
    }
    const {found, problem} = findMatches(plan.rules, {...binding, match}, 'rule', bindings.file);
    if (problem !== undefined) problems.push(problem);
    for (const {id} of found) {
      const rule = bound.get(id);
      if (rule !== undefined) bound.set(id, tied(rule, binding));
    }
  }
  const rules = plan.rules.map(rule => tiedByName(bound.get(rule.id) ?? rule, bindings));
  return {rules: [...rules, ...added], problems};
}

function tied(rule: Rule, binding: RuleBinding): Rule {
  const {probe, statistic, windowMs, samples, consecutive} = binding;
  return {
    ...rule,
    signal: probe,
    person: false,
    ...(statistic === undefined ? {} : {statistic: statistic as Statistic}),
    ...(windowMs === undefined ? {} : {windowMs}),
    ...(samples === undefined ? {} : {samples}),
    ...(consecutive === undefined ? {} : {consecutive}),
  };
}

const WINDOW_MS = 5 * 60_000;

/** A rule that the document does not have. The schema has seen to it that operator and value are there. */
function ruleFrom(plan: Plan, binding: RuleBinding): Rule {
  const {probe, name, op = '<', value = 0, unit = 'count', role = 'alert', line} = binding;
  const text = name ?? `${probe} ${op} ${value} ${unit}`;
  const section = plan.sections.find(one => one.role === 'monitor') ?? plan.sections[0];
  const rule: Rule = {
    id: `B${line}`,
    text,
    line: 0,
    section: section?.id ?? '',
    metric: probe,
    op: op as Operator,
    value,
    unit: unit as Unit,
    windowMs: WINDOW_MS,
    role: role as RuleRole,
    source: 'bindings',
    person: false,
    samples: 3,
    consecutive: 3,
  };
  return tied(rule, binding);
}

/**
 * A rule that names a probe is fed by it. Only where one probe fits and measures in the rule's unit: a rule that is
 * visibly blind is better than one that judges the wrong thing.
 */
function tiedByName(rule: Rule, bindings: Bindings): Rule {
  if (rule.signal !== undefined || rule.person) return rule;
  const fitting = Object.entries(bindings.probes).filter(([, probe]) => measures(probe, rule));
  const same = fitting.filter(([name]) => spoken(name) === spoken(rule.metric));
  const named = same.length > 0 ? same : fitting.filter(([name, probe]) => names(name, probe, rule));
  const [only, other] = named;
  return only === undefined || other !== undefined ? rule : {...rule, signal: only[0]};
}

function names(name: string, probe: ProbeBinding, rule: Rule): boolean {
  if (rule.statistic === 'error-rate' && /^errors?(?: rate)?$/.test(spoken(name)))
    return /^(?:errors?|error rate)$/.test(rule.metric);
  if (rule.metric === 'errors') return /^errors?(?: rate)?$/.test(spoken(name));
  // "booking creation" is the endpoint `booking`; a `database` query is not "database query time".
  const isWide = probe.kind === 'http' || probe.kind === 'rss' || probe.kind === 'cpu';
  return isWide && rule.statistic !== 'error-rate' && sameMetric(spoken(name), spoken(rule.metric));
}

/** Whether the probe's readings can be held against the rule's figure. */
function measures(probe: ProbeBinding, rule: Rule): boolean {
  switch (probe.kind) {
    case 'http':
      return rule.unit === 'ms' || (rule.unit === '%' && rule.statistic === 'error-rate');
    case 'rss':
      return rule.unit === 'MB' || rule.unit === 'MB/h';
    case 'cpu':
      return rule.unit === '%' && rule.metric.includes('cpu');
    case 'log':
      return (
        rule.value === 0 || (probe.of === undefined ? rule.unit === 'count' || rule.unit === '/min' : rule.unit === '%')
      );
    case 'disk':
    case 'postgres':
    case 'step':
    case 'capture':
    case 'run':
    case 'sql':
    case 'prometheus':
      return unitOf(probe) === undefined || unitOf(probe) === rule.unit;
  }
}

function spoken(name: string): string {
  return name.toLowerCase().replace(/[_-]+/g, ' ').trim();
}
