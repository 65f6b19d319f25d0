/** Finds the signal that feeds a rule, by what both are about and what both are called. */

// A blind rule is visible, so it is better than a rule that judges the wrong signal: an unclear tie is marked as a
// guess, and with several candidates there is none.

import {traitsOf} from '../action-traits.ts';
import {type ProbeBinding, probeKindOf} from '../bindings-file/probe-kinds.ts';
import type {Bindings} from '../bindings-file/types.ts';
import {aspectIn, isGeneric, namesIn, wordsOf} from '../phrases/aspects.ts';
import type {Rule, Step, Unit} from '../plan.ts';
import type {Aspect} from '../words/language.ts';
import {unitOf} from './signal-sources.ts';

/** `several`: signals that fit equally well; empty when none fits. */
export type Tie = {signal: string; by: 'name' | 'guess'; because: string} | {several: readonly string[]};

export function findTie(rule: Rule, probes: Bindings['probes'], steps: readonly Step[]): Tie {
  const wanted = wantedBy(rule);
  const candidates = Object.entries(probes)
    .map(([name, probe]) => candidateOf(name, probe))
    .filter(candidate => fits(candidate, wanted));
  for (const look of [sameName, namedIn, sameAspect, similar]) {
    const found = look(candidates, wanted);
    if (found !== undefined) return found;
  }
  return wanted.aspect === 'duration' ? ofStep(steps, wanted) : {several: []};
}

/** `names`: the words beside the aspect. */
type Wanted = {rule: Rule; aspect: Aspect | undefined; words: readonly string[]; names: readonly string[]};
type Candidate = {
  signal: string;
  probe: ProbeBinding;
  aspects: readonly Aspect[];
  words: readonly string[];
  names: readonly string[];
};

function wantedBy(rule: Rule): Wanted {
  const metric = rule.metric.replaceAll(/[_-]+/g, ' ');
  const aspect = rule.statistic === 'error-rate' ? 'errors' : (aspectIn(metric) ?? aspectOfUnit(rule));
  return {rule, aspect, words: wordsOf(metric), names: namesIn(metric, aspect)};
}

function aspectOfUnit({unit}: Rule): Aspect | undefined {
  if (unit === 'ms') return 'latency';
  return unit === 'MB/h' ? 'memory' : undefined;
}

function candidateOf(signal: string, probe: ProbeBinding): Candidate {
  const name = signal.replaceAll(/[_.-]+/g, ' ');
  const spoken = aspectIn(name);
  const aspects = aspectsOf(probe, spoken);
  return {signal, probe, aspects, words: wordsOf(name), names: namesIn(name, spoken ?? aspects[0])};
}

/** The aspects from the probe's kind, otherwise from its name, otherwise from what it counts or its unit. */
function aspectsOf(probe: ProbeBinding, spoken: Aspect | undefined): readonly Aspect[] {
  const own = probeKindOf(probe).aspects(probe);
  if (own.length > 0) return own;
  if (spoken !== undefined) return [spoken];
  if (probe.kind === 'log') return aspectIn(probe.count) === 'errors' ? ['errors'] : [];
  return probe.unit === 'ms' ? ['latency'] : [];
}

/** Whether the samples are about the rule's aspect, and comparable with its bound. */
function fits({probe, aspects}: Candidate, {rule, aspect}: Wanted): boolean {
  if (probe.kind === 'http') {
    return rule.unit === 'ms'
      ? aspect === 'latency' || aspect === 'duration'
      : rule.unit === '%' && aspect === 'errors';
  }
  const sameAspect = aspects.length === 0 || (aspect !== undefined && aspects.includes(aspect));
  const isTime = aspect === 'latency' || aspect === 'duration';
  const bothTimes = isTime && (aspects.includes('latency') || aspects.includes('duration'));
  return (sameAspect || bothTimes) && isComparable(rule, unitOf(probe));
}

/** `measured`: undefined when the unit is not known. */
export function isComparable({unit, value}: Pick<Rule, 'unit' | 'value'>, measured: Unit | undefined): boolean {
  if (measured === undefined || measured === unit) return true;
  if (measured === 'MB') return unit === 'MB/h';
  // Zero is zero in every unit.
  return value === 0 && unit === 'count' && (measured === '%' || measured === '/min');
}

export function isAboutErrors(rule: Rule): boolean {
  return wantedBy(rule).aspect === 'errors';
}

function sameName(candidates: readonly Candidate[], {rule, words}: Wanted): Tie | undefined {
  const same = candidates.filter(one => one.words.join(' ') === words.join(' '));
  return tieTo(same, rule, 'name', ({signal}) => `it is called \`${signal}\``);
}

/**
 * "Booking creation" is tied to `booking`. A longer name wins: `booking_search` over `booking`. A probe `booking`
 * without a known aspect is not the time of a booking.
 */
function namedIn(candidates: readonly Candidate[], {rule, names, aspect}: Wanted): Tie | undefined {
  const named = candidates.filter(
    one =>
      one.names.length > 0 &&
      one.names.every(name => names.includes(name)) &&
      (one.aspects.length > 0 || aspect === undefined),
  );
  const most = Math.max(...named.map(one => one.names.length));
  const best = named.filter(one => one.names.length === most);
  // "Booking conversion" says more than `booking`, and its aspect is not known: a guess.
  const isWhole = aspect !== undefined || most === names.length;
  return tieTo(best, rule, isWhole ? 'name' : 'guess', ({signal}) => `it names \`${signal}\``);
}

/** "Memory growing" is tied to `memory`, because neither names a service. */
function sameAspect(candidates: readonly Candidate[], {rule, aspect, names}: Wanted): Tie | undefined {
  if (aspect === undefined || specific(names, candidates).length > 0) return undefined;
  const plain = candidates.filter(one => one.names.length === 0 && one.aspects[0] === aspect);
  return tieTo(plain, rule, 'name', ({signal}) => `\`${signal}\` is the ${NOUNS[aspect]}, and neither says whose`);
}

/** A guess: the only signal of the aspect, or one that shares a part of its name with the rule. */
function similar(candidates: readonly Candidate[], {rule, aspect, names}: Wanted): Tie | undefined {
  if (aspect === undefined) return undefined;
  const own = specific(names, candidates);
  const alike = candidates.filter(one => one.aspects.includes(aspect));
  if (own.length === 0) {
    return tieTo(alike, rule, 'guess', ({signal}) => `\`${signal}\` is the only ${NOUNS[aspect]} that is measured`);
  }
  const partly = alike.filter(one => one.names.some(name => own.includes(name) && !isGeneric(name)));
  return tieTo(partly, rule, 'guess', ({signal}) => `it resembles \`${signal}\``);
}

/** The rule's names that tell signals apart; `api` does only where a signal has that name. */
function specific(names: readonly string[], candidates: readonly Candidate[]): readonly string[] {
  return names.filter(name => !isGeneric(name) || candidates.some(one => one.names.includes(name)));
}

function tieTo(
  found: readonly Candidate[],
  rule: Rule,
  by: 'name' | 'guess',
  because: (one: Candidate) => string,
): Tie | undefined {
  const [only, other] = found;
  if (only === undefined) return undefined;
  if (other !== undefined) return {several: found.map(({signal}) => signal)};
  return {signal: only.signal, by: isMeasure(only.probe, rule) ? by : 'guess', because: because(only)};
}

/**
 * Even with the same name it is a guess when the signal's unit is not known, when it measures the server's connections
 * but the rule is about a pool, or when it counts ERROR lines but the rule is about 5xx answers.
 */
function isMeasure(probe: ProbeBinding, {text, metric}: Rule): boolean {
  if (unitOf(probe) === undefined) return false;
  const ofServer = probe.kind === 'postgres' && probe.about === 'connections' && probe.pool === undefined;
  if (ofServer && /\bpool\b/i.test(text)) return false;
  const ofLines = probe.kind === 'log' && !/[45](?:xx|\\d|\[|\.)/i.test(probe.count);
  return !(ofLines && /\b[45]xx\b/i.test(metric));
}

/** "Restart takes <30 s": tied to the only step about a restart. */
function ofStep(steps: readonly Step[], {names}: Wanted): Tie {
  if (names.length === 0) return {several: []};
  const meant = steps.filter(step => {
    const words = wordsOf(step.title);
    return traitsOf(step.action).judged && names.every(name => words.includes(name));
  });
  const [only, other] = meant;
  if (only === undefined) return {several: []};
  if (other !== undefined) return {several: meant.map(({id}) => `step:${id}`)};
  return {signal: `step:${only.id}`, by: 'guess', because: `it resembles the step at line ${only.line}`};
}

const NOUNS: Readonly<Record<Aspect, string>> = {
  errors: 'error rate or count',
  memory: 'memory',
  processor: 'processor time',
  disk: 'disk',
  connections: 'share of connections',
  query: 'query time',
  lag: 'replication lag',
  duration: 'duration',
  latency: 'response time',
  success: 'success rate',
  uptime: 'uptime',
};
