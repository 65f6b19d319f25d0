/** Where a rule stands: its samples, its previous standing, its bound, and what of the data may be missing. */
import type {Rule, Statistic} from '../../plan/plan.ts';
import {boundFigure, boundQuantity} from '../../text/figures.ts';
import {stretchText} from '../../text/times.ts';
import type {Assessment, Baseline, Sample, Standing} from '../outcome.ts';
import {type Level, nextStanding, recoveryOf, withoutData} from './hysteresis.ts';
import {estimate, growsBad, isBad, isPastTarget, isUsable, type Measured} from './measure.ts';
import {asMultiples, isRelative, lacksBaseline} from './relative.ts';
import {chanceOfSoMany, hasValue} from './statistics.ts';
import {unansweredOf, unansweredWords} from './unanswered.ts';

/** What a rule is assessed on. Times are epoch ms. */
export type Window = {
  now: number;
  samples: readonly Sample[];
  /** Counted by persons: complaints, critical bugs. Those that count for this rule, and no others. */
  reports: readonly {at: number}[];
  /** Samples from before are the old version's. Absent: not armed yet, because of `unarmed`. */
  armedFrom?: number;
  unarmed: string;
  /** Set once the rollback began: the old version may be slower than the triggers allow. */
  rolledBack: boolean;
  previous: Standing;
  /** False between samples: then nothing is counted and no standing changes. */
  fresh: boolean;
  /** A newest reading older than this is none. Absent for signals without a cadence. */
  staleAfterMs?: number;
  /** Why the source fails just now. */
  failing?: string;
  /** Why nothing can be measured from the place that was meant. */
  unasked?: string;
  /** A restart that the document asks for has interrupted its source: `settling, outage 14 s, 9 requests`. */
  settling?: string;
  /**
   * For a rule whose bound is a multiple of how it was before: the rule's own statistic then, in the unit of the
   * samples.
   */
  baseline?: Baseline;
};

/** Errors needed beside the share: one failed request of twenty is no error rate of 5 %. */
const ERRORS_MIN = 3;

/** Where a rule stands, with its value and why. Missing data is never `ok` and never `breached`. */
export function assess(rule: Rule, window: Window): Assessment {
  if (rule.person) return assessReports(rule, window);
  if (rule.signal === undefined) return assessBlind(rule, window);
  if (window.rolledBack) return disarmed('rolled back: the old version is not held to it');
  if (window.armedFrom === undefined) return disarmed(window.unarmed);
  if (window.unasked !== undefined) return unmeasured(window.previous, window.unasked);
  const lacking = isRelative(rule) ? lacksBaseline(rule, window.baseline) : undefined;
  if (lacking !== undefined) return {standing: {kind: 'blind'}, n: 0, because: lacking};
  const samples = inWindow(rule, window);
  const n = samples.filter(sample => isUsable(rule, sample)).length;
  if (window.settling !== undefined) return whileSettling(window.previous, n, window.settling);
  const gap = gapIn(rule, window, samples);
  if (gap !== undefined) return {standing: withoutData(window.previous, gap.missing), n, because: gap.because};
  const measured = estimated(rule, window, samples);
  if (measured === undefined || lacksInterval(rule, measured)) {
    const because = measured === undefined ? 'the readings cannot be judged' : 'too few readings to be sure of a slope';
    return {standing: withoutData(window.previous, 1), n, because};
  }
  const {level, because} = levelOf(rule, samples, measured);
  const standing = nextStanding(rule, window.previous, level, window.fresh);
  return {standing, ...measured, n, because: becauseOf(rule, standing, because)};
}

/** Nothing is judged for now, and what has tripped stays so. */
function whileSettling(previous: Standing, n: number, because: string): Assessment {
  return {standing: previous.kind === 'tripped' ? previous : withoutData(previous, 1), n, because};
}

/** What has tripped stays so. */
function unmeasured(previous: Standing, because: string): Assessment {
  return {standing: previous.kind === 'tripped' ? previous : {kind: 'blind'}, n: 0, because};
}

/** A share of failures is made of no values: it becomes a multiple as a whole. */
function estimated(rule: Rule, {baseline}: Window, samples: readonly Sample[]): Measured | undefined {
  const measured = estimate(rule, samples);
  if (measured === undefined || !isRelative(rule) || rule.statistic !== 'error-rate') return measured;
  return {value: measured.value / (baseline?.value ?? Number.NaN)};
}

/** The samples of the rule's rolling window, none of them from before it was armed; multiples where it is one. */
export function inWindow(rule: Rule, {now, samples, armedFrom = 0, baseline}: Window): readonly Sample[] {
  const own = samples.filter(({at}) => at >= now - rule.windowMs && at >= armedFrom && at <= now);
  return isRelative(rule) && baseline !== undefined ? asMultiples(own, baseline.value) : own;
}

function lacksInterval(rule: Rule, {low}: Measured): boolean {
  return rule.statistic === 'slope' && low === undefined;
}

function levelOf(rule: Rule, samples: readonly Sample[], measured: Measured): {level: Level; because: string} {
  const {value, low = value, high = value} = measured;
  const ends = [isBad(rule, low), isBad(rule, high)];
  if (ends.includes(true) && ends.includes(false)) {
    return {level: 'grey', because: `between ${figure(low)} and ${figure(high)}: on which side is not sure`};
  }
  if (isBad(rule, value)) {
    const doubt = doubtOf(rule, samples);
    return doubt === undefined ? {level: 'bad', because: ''} : {level: 'grey', because: doubt};
  }
  if (isPastTarget(rule, value)) {
    return {
      level: 'grey',
      because: `past the target ${boundFigure(rule.target ?? 0)}, short of ${boundFigure(rule.value)}`,
    };
  }
  return {level: 'ok', because: `${rule.op}${boundFigure(rule.value)}`};
}

/** Why a value past the bound is no verdict yet. */
function doubtOf(rule: Rule, samples: readonly Sample[]): string | undefined {
  const {statistic} = rule;
  if (statistic === 'error-rate') {
    const errors = samples.filter(sample => sample.error !== undefined).length;
    return errors < Math.min(ERRORS_MIN, rule.samples) ? `fewer than ${ERRORS_MIN} errors are no rate yet` : undefined;
  }
  if (statistic === undefined || statistic === 'mean') return doubtOfMean(rule, samples);
  const share = SHARE_ABOVE[statistic];
  if (share === undefined) return undefined;
  const readings = samples.filter(hasValue);
  const past = readings.filter(({value}) => isBad(rule, value)).length;
  if (chanceOfSoMany(past, readings.length, share) <= CHANCE_MAX) return undefined;
  return `${past} of ${readings.length} past it: that many come by chance`;
}

/** A mean that a single reading lifts past the bound says nothing of the others. */
function doubtOfMean(rule: Rule, samples: readonly Sample[]): string | undefined {
  if (rule.samples < 2 || rule.op === '=' || rule.op === '!=') return undefined;
  const values = samples.flatMap(({value}) => value ?? []);
  const worst = growsBad(rule) ? Math.max(...values) : Math.min(...values);
  const others = values.reduce((sum, value) => sum + value, -worst) / (values.length - 1);
  return isBad(rule, others) ? undefined : 'one reading alone makes it so';
}

/** Share of all readings that lie above a percentile. */
const SHARE_ABOVE: Partial<Record<Statistic, number>> = {p50: 0.5, p90: 0.1, p95: 0.05, p99: 0.01};
/**
 * A percentile is past its bound when more readings are than the percentile allows, by a count that chance would give
 * in one window of twenty at most (exact binomial test). Otherwise a few stalls that happen to fall into one window, or
 * the one slow answer of ten, would trip a rule that the service keeps.
 */
const CHANCE_MAX = 0.05;

function becauseOf(rule: Rule, standing: Standing, because: string): string {
  if ('calm' in standing && standing.calm !== undefined) return `recovering, ${standing.calm} of ${recoveryOf(rule)}`;
  if (standing.kind === 'tripped')
    return `past ${rule.op}${boundQuantity(rule.value, rule.unit)}, ${rule.consecutive} times in a row`;
  if (standing.kind === 'breached') return `${standing.times} of ${rule.consecutive} before it trips`;
  return because === '' ? `${rule.op}${boundFigure(rule.value)}` : because;
}

function assessReports(rule: Rule, window: Window): Assessment {
  if (window.rolledBack && rule.role === 'trigger') return disarmed('rolled back');
  if (window.armedFrom === undefined) return disarmed(window.unarmed);
  const n = window.reports.length;
  const because = n === 0 ? 'none reported' : `${n} reported`;
  return {standing: {kind: isBad(rule, n) ? 'tripped' : 'ok'}, value: n, n, because};
}

/** Where nothing measures a trigger, a person who sees that it holds is believed. */
function assessBlind(rule: Rule, window: Window): Assessment {
  const n = window.reports.length;
  if (n === 0 || rule.role !== 'trigger' || window.rolledBack) {
    return {standing: {kind: 'blind'}, n: 0, because: 'nothing measures it'};
  }
  return {standing: {kind: 'tripped'}, n, because: `${n} reported`};
}

function disarmed(because: string): Assessment {
  return {standing: {kind: 'disarmed'}, n: 0, because};
}

function figure(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toFixed(value < 10 ? 1 : 0);
}

/** What a verdict lacks. `until`: epoch ms at which it can be given, where only time is missing. */
type Gap = {missing: number; because: string; until?: number};

/** A slope over less than this share of its window says more about noise than about a leak. */
const SLOPE_SPAN_SHARE_MIN = 0.8;

/** Why the samples of a rule's window are not enough to judge it; nothing when they are. */
export function gapIn(rule: Rule, window: Window, samples: readonly Sample[]): Gap | undefined {
  const usable = samples.filter(sample => isUsable(rule, sample));
  const missing = Math.max(0, rule.samples - usable.length);
  const newest = window.samples.findLast(sample => isUsable(rule, sample));
  const age = window.now - (newest?.at ?? window.armedFrom ?? window.now);
  const isStale = window.staleAfterMs !== undefined && age > window.staleAfterMs;
  // Failed requests are what an error rate is made of: a source that fails is measured by it.
  const fails = window.failing !== undefined && rule.statistic !== 'error-rate';
  if (isStale || (missing > 0 && fails)) {
    const why = window.failing === undefined ? '' : `: ${window.failing}`;
    const silent = window.failing === undefined ? undefined : unansweredOf(window.samples);
    const words =
      silent === undefined
        ? `no reading for ${stretchText(age)}`
        : unansweredWords(silent, stretchText(Math.max(0, window.now - silent.since)));
    return {missing: Math.max(1, missing), because: `${words}${why}`};
  }
  if (missing > 0)
    return {missing, because: missing === 1 ? '1 more reading needed' : `${missing} more readings needed`};
  return rule.statistic === 'slope' ? spanGap(rule, window, usable) : undefined;
}

function spanGap(rule: Rule, {now}: Window, usable: readonly Sample[]): Gap | undefined {
  const [first, last] = [usable[0], usable.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  const needed = rule.windowMs * SLOPE_SPAN_SHARE_MIN;
  const span = last.at - first.at;
  if (span >= needed) return undefined;
  // Samples come evenly: as many again as the covered share of the window lacks.
  const missing = Math.max(1, Math.ceil(usable.length * (needed / Math.max(span, 1) - 1)));
  const until = first.at + needed;
  const wait = stretchText(Math.max(1000, until - now));
  return {missing, until, because: `too early for a slope: ${wait} more, it needs ${stretchText(needed)}`};
}
