import {type Operator, type Rule, unreachable} from '../plan/plan.ts';
import type {Assessment, Sample, Standing} from './outcome.ts';
import {errorRate, hasValue, mean, percentile, slopePerHour} from './statistics.ts';

/** What a rule is assessed on. Times are epoch ms. */
export type Window = {
  now: number;
  samples: readonly Sample[];
  /** Counted by persons: complaints, critical bugs. */
  reports: readonly {at: number}[];
  /** Samples from before are the old version's. Absent: not armed yet, because of `unarmed`. */
  armedFrom?: number;
  unarmed: string;
  /** Set once the rollback began: the old version may be slower than the triggers allow. */
  rolledBack: boolean;
  previous: Standing;
  /** False between samples: then a breach is shown, but not counted again. */
  fresh: boolean;
};

/** Errors needed beside the share: one failed request of twenty is no error rate of 5 %. */
const ERRORS_MIN = 3;
/** A slope over less than this says more about noise than about a leak. */
const SLOPE_SPAN_SHARE_MIN = 0.8;

/** Where a rule stands, with its value and why. Missing data is never `ok` and never `breached`. */
export function assess(rule: Rule, window: Window): Assessment {
  if (rule.person) return assessReports(rule, window);
  if (rule.signal === undefined) return {standing: {kind: 'blind'}, n: 0, because: 'nothing measures it'};
  if (window.rolledBack) return disarmed('rolled back: the old version is not held to it');
  if (window.armedFrom === undefined) return disarmed(window.unarmed);
  const samples = inWindow(rule, window);
  const missing = missingSamples(rule, samples);
  if (missing > 0) {
    return {standing: {kind: 'warming', missing}, n: samples.length, because: `${missing} more samples needed`};
  }
  const value = measure(rule, samples);
  if (value === undefined) {
    return {standing: {kind: 'warming', missing: 1}, n: samples.length, because: 'only failed measurements so far'};
  }
  return judged(rule, window, samples, value);
}

function judged(rule: Rule, window: Window, samples: readonly Sample[], value: number): Assessment {
  const n = samples.length;
  const bound = `${rule.op}${format(rule.value)}`;
  if (isBad(rule, value) && !enoughErrors(rule, samples)) {
    return {standing: {kind: 'grey'}, value, n, because: `fewer than ${ERRORS_MIN} errors are no rate yet`};
  }
  if (isBad(rule, value)) {
    const before = window.previous.kind === 'breached' ? window.previous.times : 0;
    const times = before + (window.fresh ? 1 : 0);
    if (window.previous.kind === 'tripped' || times >= rule.consecutive) {
      return {
        standing: {kind: 'tripped'},
        value,
        n,
        because: `past ${bound} ${rule.consecutive} times in a row`,
      };
    }
    return {standing: {kind: 'breached', times}, value, n, because: `${times} of ${rule.consecutive} before it trips`};
  }
  if (rule.target !== undefined && !holds(rule.op, value, rule.target)) {
    return {
      standing: {kind: 'grey'},
      value,
      n,
      because: `past the target ${format(rule.target)}, short of ${format(rule.value)}`,
    };
  }
  return {standing: {kind: 'ok'}, value, n, because: bound};
}

function assessReports(rule: Rule, window: Window): Assessment {
  if (window.rolledBack && rule.role === 'trigger') return disarmed('rolled back');
  const from = Math.max(window.now - rule.windowMs, window.armedFrom ?? 0);
  const n = window.reports.filter(report => report.at >= from).length;
  if (isBad(rule, n)) return {standing: {kind: 'tripped'}, value: n, n, because: `${n} reported`};
  return {standing: {kind: 'ok'}, value: n, n, because: n === 0 ? 'none reported' : `${n} reported`};
}

function disarmed(because: string): Assessment {
  return {standing: {kind: 'disarmed'}, n: 0, because};
}

function inWindow(rule: Rule, window: Window): readonly Sample[] {
  const from = Math.max(window.now - rule.windowMs, window.armedFrom ?? 0);
  return window.samples.filter(sample => sample.at >= from && sample.at <= window.now);
}

function missingSamples(rule: Rule, samples: readonly Sample[]): number {
  if (rule.statistic === 'error-rate') return rule.samples - samples.length;
  const readings = samples.filter(hasValue);
  if (rule.statistic === 'slope' && readings.length >= rule.samples) {
    const span = (readings.at(-1)?.at ?? 0) - (readings[0]?.at ?? 0);
    if (span >= rule.windowMs * SLOPE_SPAN_SHARE_MIN) return 0;
    // Samples come evenly: as many again as the covered share of the window lacks.
    return Math.max(1, Math.ceil(readings.length * ((rule.windowMs * SLOPE_SPAN_SHARE_MIN) / Math.max(span, 1) - 1)));
  }
  return rule.samples - readings.length;
}

/** The rule's statistic over these samples, in the rule's unit. */
export function measure(rule: Rule, samples: readonly Sample[]): number | undefined {
  const values = samples.filter(hasValue).map(sample => sample.value);
  switch (rule.statistic) {
    case 'error-rate':
      return errorRate(samples);
    case 'slope':
      return slopePerHour(samples);
    case 'count':
      return rule.unit === 'count' && values.length > 0 ? values.reduce((sum, value) => sum + value, 0) : undefined;
    case 'p50':
      return percentile(values, 50);
    case 'p90':
      return percentile(values, 90);
    case 'p95':
      return percentile(values, 95);
    case 'p99':
      return percentile(values, 99);
    case 'max':
      return values.length === 0 ? undefined : Math.max(...values);
    case 'last':
      return values.at(-1);
    case 'mean':
    case undefined:
      return mean(values);
    default:
      return unreachable(rule.statistic);
  }
}

function enoughErrors(rule: Rule, samples: readonly Sample[]): boolean {
  if (rule.statistic !== 'error-rate') return true;
  return samples.filter(sample => sample.error !== undefined).length >= Math.min(ERRORS_MIN, rule.samples);
}

/** A trigger is bad when its comparison holds, every other rule when it does not. */
export function isBad(rule: Rule, value: number): boolean {
  return (rule.role === 'trigger' || rule.role === 'alert') === holds(rule.op, value, rule.value);
}

export function holds(op: Operator, value: number, bound: number): boolean {
  switch (op) {
    case '<':
      return value < bound;
    case '<=':
      return value <= bound;
    case '>':
      return value > bound;
    case '>=':
      return value >= bound;
    case '=':
      return value === bound;
    case '!=':
      return value !== bound;
  }
}

function format(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toFixed(value < 10 ? 1 : 0);
}
