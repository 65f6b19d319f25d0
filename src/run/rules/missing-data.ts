/** What a rule is assessed on, and what of it may be missing. */
import type {Rule} from '../../plan/plan.ts';
import {stretchText} from '../../text/times.ts';
import type {Baseline, Sample, Standing} from '../outcome.ts';
import {isUsable} from './measure.ts';

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
  /** A restart that the document asks for has interrupted its source: `settling, outage 14 s, 9 requests`. */
  settling?: string;
  /** Of a rule whose bound is a multiple of how it was before: its own statistic then, in the unit of the samples. */
  baseline?: Baseline;
};

/** What a verdict lacks. `until`: epoch ms at which it can be given, where only time is missing. */
export type Gap = {missing: number; because: string; until?: number};

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
    return {missing: Math.max(1, missing), because: `no reading for ${stretchText(age)}${why}`};
  }
  if (missing > 0) return {missing, because: missing === 1 ? '1 more sample needed' : `${missing} more samples needed`};
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
