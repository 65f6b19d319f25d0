/** Ties rules to signals: by `rules:` of the bindings, or by what both are about. */
import {compact} from '../../text/compact.ts';
import {nearest} from '../../text/nearest.ts';
import type {Bindings, RuleBinding} from '../bindings-file/types.ts';
import {HOUR_MS} from '../phrases/quantity.ts';
import type {Operator, Plan, Rule, RuleRole, Statistic, Step, Unit} from '../plan.ts';
import {type Problem, problemOf} from '../problem.ts';
import {DEFAULT_CONSECUTIVE, defaultSamples, defaultWindowMs} from '../rule-defaults.ts';
import {findMatches} from './matches.ts';
import {partOf, stepOf, unitOf} from './signal-sources.ts';
import {findTie, isAboutErrors, isComparable, type Tie} from './tie-rules.ts';

type Bound = {rules: readonly Rule[]; problems: readonly Problem[]};

/** `steps`: after binding, because only a step that the engine performs has a duration. */
export function bindRules(plan: Plan, bindings: Bindings, steps: readonly Step[] = plan.steps): Bound {
  const problems: Problem[] = [];
  const bound = new Map(plan.rules.map(rule => [rule.id, rule]));
  const added: Rule[] = [];
  for (const binding of bindings.rules) {
    const {match} = binding;
    if (match === undefined) {
      added.push(ruleFrom(plan, binding, bindings));
      continue;
    }
    const {found, problem} = findMatches(plan.rules, {...binding, match}, 'rule', bindings.file);
    if (problem !== undefined) problems.push(problem);
    for (const {id} of found) {
      const rule = bound.get(id);
      if (rule === undefined) continue;
      const made = tieByBinding(rule, binding, bindings);
      const wrong = incomparable(made, binding, bindings);
      if (wrong === undefined) bound.set(id, made);
      else problems.push(wrong);
    }
  }
  const rules = plan.rules.map(given => {
    const rule = bound.get(given.id) ?? given;
    if (rule.tie !== undefined) return rule;
    if (isKnown(rule.signal, plan, bindings)) return tiedByDocument(rule, bindings);
    if (rule.signal !== undefined) problems.push(unknownSignal(rule, rule.signal, bindings));
    if (rule.person) return rule;
    const tie = findTie(rule, bindings.probes, steps);
    const problem = tieProblem(rule, tie, plan.rules);
    if (problem !== undefined) problems.push(problem);
    return withTie(withoutSignal(rule), tie, bindings);
  });
  return {rules: [...rules, ...added], problems};
}

function withTie(rule: Rule, tie: Tie, bindings: Bindings): Rule {
  if ('several' in tie) return rule;
  const {signal, by, because} = tie;
  return withFittingStatistic({...rule, signal, tie: {by, because}}, bindings);
}

function isKnown(signal: string | undefined, {steps}: Plan, {probes}: Bindings): boolean {
  if (signal === undefined) return false;
  return signal in probes || partOf(signal, probes) !== undefined || steps.some(({id}) => id === stepOf(signal));
}

function withoutSignal(rule: Rule): Rule {
  const {signal: _, ...blind} = rule;
  return blind;
}

function unknownSignal({line}: Rule, signal: string, {probes}: Bindings): Problem {
  const meant = nearest(signal, Object.keys(probes));
  const hint = meant === undefined ? 'bind one of that name under probes:' : `did you mean \`${meant}\`?`;
  return problemOf('warning', 'unknown-binding', line, `there is no probe \`${signal}\``, hint);
}

/** The checklist itself names the probe with `probe=`. */
function tiedByDocument(rule: Rule, bindings: Bindings): Rule {
  return withFittingStatistic(
    {...rule, tie: {by: 'bindings', because: `the checklist says probe=${rule.signal}`}},
    bindings,
  );
}

function tieByBinding(rule: Rule, binding: RuleBinding, bindings: Bindings): Rule {
  const {probe, statistic, windowMs, samples, consecutive, line} = binding;
  const given = compact({
    statistic: statistic === undefined ? undefined : (statistic as Statistic),
    windowMs,
    samples,
    consecutive,
  });
  const tie = {by: 'bindings', because: `line ${line} of the bindings says so`} as const;
  return {...withFittingStatistic({...rule, signal: probe, person: false, tie}, bindings), ...given};
}

/** The unit of a bound without a unit is that of the signal. */
function unitGiven({probe: name, unit = 'count'}: RuleBinding, {probes}: Bindings): string {
  const probe = probes[name];
  const measured = probe === undefined ? otherUnit(name, probes) : unitOf(probe);
  return unit === 'count' ? (measured ?? unit) : unit;
}

/** Chooses the statistic that fits the samples of the signal. */
function withFittingStatistic(rule: Rule, {probes}: Bindings): Rule {
  const {signal = ''} = rule;
  const probe = probes[signal];
  if (probe?.kind === 'step' || stepOf(signal) !== undefined) {
    // There is one sample, and it stays valid for the whole run.
    return {...rule, statistic: 'last', samples: 1, consecutive: 1, windowMs: STEP_WINDOW_MS};
  }
  if (probe === undefined || rule.unit !== '%') return rule;
  if (probe.kind === 'http') return isAboutErrors(rule) ? {...rule, statistic: 'error-rate'} : rule;
  // The samples of such a signal are shares; how many of its measurements failed is another share.
  return rule.statistic === 'error-rate' && unitOf(probe) === '%' ? {...rule, statistic: 'mean'} : rule;
}

/** A problem where rule and signal cannot be compared, as milliseconds and a share. */
function incomparable(rule: Rule, {probe: name, line}: RuleBinding, {probes, file}: Bindings): Problem | undefined {
  const probe = probes[name];
  const unit = probe === undefined ? otherUnit(name, probes) : unitOf(probe);
  if (unit === undefined || rule.person || rule.unit === 'x' || isComparableWith(rule, unit)) return undefined;
  const isOfRequests = rule.unit === '%' && unit === 'ms';
  const message = `\`${name}\` is measured in ${unit}, and "${rule.text}" speaks of ${rule.unit}`;
  const hint = `tie it to a probe that is measured in ${rule.unit}${isOfRequests ? ', or add `statistic: error-rate`' : ''}`;
  return problemOf('error', 'invalid-binding', line, message, hint, file);
}

function otherUnit(name: string, probes: Bindings['probes']): Unit | undefined {
  return partOf(name, probes) !== undefined || stepOf(name) !== undefined ? 'ms' : undefined;
}

function isComparableWith({statistic, unit, value}: Rule, measured: Unit): boolean {
  // For other units, an error is a failure of the probe itself.
  if (statistic === 'error-rate') return unit === '%' && (measured === 'ms' || measured === '%');
  if (statistic === 'slope') return unit === 'MB/h' ? measured === 'MB' : unit === measured;
  return isComparable({unit, value}, measured);
}

const STEP_WINDOW_MS = 48 * HOUR_MS;

/** A rule that only the bindings have. The schema ensures that operator and value are there. */
function ruleFrom(plan: Plan, binding: RuleBinding, bindings: Bindings): Rule {
  const {probe, name, op = '<', value = 0, role = 'alert', line} = binding;
  const unit = unitGiven(binding, bindings);
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
    windowMs: defaultWindowMs(undefined),
    role: role as RuleRole,
    source: 'bindings',
    person: false,
    samples: defaultSamples(undefined),
    consecutive: DEFAULT_CONSECUTIVE,
  };
  return tieByBinding(rule, binding, bindings);
}

const CANDIDATES_SHOWN_MAX = 5;

function tieProblem(rule: Rule, tie: Tie, rules: readonly Rule[]): Problem | undefined {
  if ('several' in tie) {
    const [first] = tie.several;
    if (first === undefined) return undefined;
    const shown = tie.several.slice(0, CANDIDATES_SHOWN_MAX).map(name => `\`${name}\``);
    const more = tie.several.length - shown.length;
    // A blind rollback trigger is more serious than a blind target.
    const severity = rule.role === 'trigger' ? 'warning' : 'info';
    const message = `"${rule.text}" could be about ${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}; it stays blind`;
    const hint = `add under rules: ${bindingFor(rule, first, rules)}, or another of them`;
    return problemOf(severity, 'ambiguous-tie', rule.line, message, hint);
  }
  if (tie.by !== 'guess') return undefined;
  const message = `"${rule.text}" is taken to be about \`${tie.signal}\`: ${tie.because}`;
  const hint = `to make it certain, add under rules: ${bindingFor(rule, tie.signal, rules)}`;
  return problemOf('info', 'guessed-tie', rule.line, message, hint);
}

const MATCH_CHARACTERS_MAX = 60;

/** JSON is valid YAML, so that any text is quoted correctly. */
function bindingFor({text, line}: Rule, signal: string, rules: readonly Rule[]): string {
  const isOnly = rules.filter(other => other.text.toLowerCase().includes(text.toLowerCase())).length === 1;
  const match = isOnly && text.length <= MATCH_CHARACTERS_MAX ? text : `line:${line}`;
  return `- { match: ${JSON.stringify(match)}, probe: ${JSON.stringify(signal)} }`;
}
