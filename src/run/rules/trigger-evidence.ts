/** What a rule fired on, in words. */
import type {Plan, Rule} from '../../plan/plan.ts';
import {boundFigure, figureText, plural, quantityText} from '../../text/figures.ts';
import {stretchText} from '../../text/times.ts';
import type {Assessment, Sample} from '../outcome.ts';
import type {RunState} from '../state.ts';
import {countedReports, windowNow} from './assessing.ts';
import {baselineOf, changeOf, changeText} from './baseline.ts';
import {isBad} from './measure.ts';
import {isRelative} from './relative.ts';
import {unsettledOf, unsettledText} from './settling.ts';
import {readingsOf} from './signal-readings.ts';
import {inWindow} from './standing.ts';

/** Samples stored with a trigger. */
const SAMPLES_MAX = 20;
const LOUD_SAMPLES_MAX = 15;

/**
 * What a trigger fired on: the value, its bound, how many samples of which window, and how it was before the deploy.
 * For what persons reported: who, and what they said.
 */
export function triggerEvidence(
  plan: Plan,
  state: RunState,
  rule: Rule,
  assessment: Assessment,
  now: number,
): {evidence: string; samples: readonly Sample[]} {
  if (rule.person || rule.signal === undefined) return {evidence: reported(state, rule, now), samples: []};
  const samples = inWindow(rule, windowNow(plan, state, rule, now, true));
  // As they were measured: of multiples, the readings behind them.
  const told = new Set(telling(rule, samples).map(({at}) => at));
  const readings = isRelative(rule) ? (readingsOf(state, rule.signal)?.samples ?? []) : samples;
  return {
    evidence: measured(plan, state, rule, assessment, now),
    samples: readings.filter(({at}) => told.has(at)).slice(-SAMPLES_MAX),
  };
}

/** For a growth: readings of the whole window. Else the newest ones past the bound, and the newest others. */
function telling(rule: Rule, samples: readonly Sample[]): readonly Sample[] {
  if (samples.length <= SAMPLES_MAX) return samples;
  if (rule.statistic === 'slope') {
    const step = (samples.length - 1) / (SAMPLES_MAX - 1);
    return samples.filter((_, index) => Math.round(Math.round(index / step) * step) === index);
  }
  const isLoud = ({value, error}: Sample) =>
    rule.statistic === 'error-rate' ? error !== undefined : value !== undefined && isBad(rule, value);
  const loud = samples.filter(isLoud).slice(-LOUD_SAMPLES_MAX);
  const quiet = samples.filter(sample => !loud.includes(sample)).slice(loud.length - SAMPLES_MAX);
  return samples.filter(sample => loud.includes(sample) || quiet.includes(sample));
}

function measured(
  plan: Plan,
  state: RunState,
  rule: Rule,
  {value, low, high, n, because}: Assessment,
  now: number,
): string {
  const baseline = baselineOf(plan, state, rule);
  const change = rule.statistic === 'slope' ? undefined : changeOf(rule, baseline, value);
  const against = change === undefined ? '' : ` (${changeText(change)})`;
  const unsettled = rule.signal === undefined ? undefined : unsettledOf(state, rule.signal, now);
  const parts = [
    value === undefined ? [] : quantityText(value, rule.unit),
    low === undefined || high === undefined ? [] : `likely between ${figureText(low)} and ${figureText(high)}`,
    because,
    `${plural(n, 'reading')} in ${stretchText(rule.windowMs)}`,
    baseline === undefined ? [] : `baseline ${quantityText(baseline.value, baseline.unit ?? rule.unit)}${against}`,
    unsettled === undefined ? [] : unsettledText(plan, unsettled),
  ];
  return parts.flat().join(', ');
}

function reported(state: RunState, rule: Rule, now: number): string {
  const reports = countedReports(state, rule, now);
  const said = reports.map(({by, text}) => (text === undefined ? by : `${by}: "${text}"`));
  return `${reports.length} reported (${rule.op}${boundFigure(rule.value)}): ${said.slice(-SAMPLES_MAX).join(', ')}`;
}
