import type {Plan, Rule} from '../plan/plan.ts';
import {countedReports, windowNow} from './assessing.ts';
import {baselineOf, changeAgainst} from './baseline.ts';
import type {Assessment, Sample} from './outcome.ts';
import {figureText, quantityText} from './spoken-figures.ts';
import {stretchText} from './spoken-times.ts';
import {inWindow} from './standing.ts';
import type {RunState} from './state.ts';

/** Samples stored with a trigger. */
const SAMPLES_MAX = 20;

/**
 * What a trigger fired on: the value, its bound, how many samples of which window, and how it was before the deploy.
 * For what persons reported: who, and what they said.
 */
export function evidenceOf(
  plan: Plan,
  state: RunState,
  rule: Rule,
  assessment: Assessment,
  now: number,
): {evidence: string; samples: readonly Sample[]} {
  if (rule.person || rule.signal === undefined) return {evidence: reported(state, rule, now), samples: []};
  const samples = inWindow(rule, windowNow(plan, state, rule, now, true)).slice(-SAMPLES_MAX);
  return {evidence: measured(plan, state, rule, assessment), samples};
}

function measured(plan: Plan, state: RunState, rule: Rule, {value, low, high, n, because}: Assessment): string {
  const baseline = baselineOf(plan, state, rule);
  const change = rule.statistic === 'slope' ? undefined : changeAgainst(baseline, value);
  const parts = [
    value === undefined ? [] : quantityText(value, rule.unit),
    low === undefined || high === undefined ? [] : `surely between ${figureText(low)} and ${figureText(high)}`,
    because,
    `n=${n} in ${stretchText(rule.windowMs)}`,
    baseline === undefined ? [] : `baseline ${quantityText(baseline.value, rule.unit)}${changeText(change)}`,
  ];
  return parts.flat().join(', ');
}

function changeText(change: number | undefined): string {
  return change === undefined ? '' : ` (${change > 0 ? '+' : ''}${Math.round(change)} %)`;
}

function reported(state: RunState, rule: Rule, now: number): string {
  const reports = countedReports(state, rule, now);
  const said = reports.map(({by, text}) => (text === undefined ? by : `${by}: "${text}"`));
  return `${reports.length} reported (${rule.op}${figureText(rule.value)}): ${said.slice(-SAMPLES_MAX).join(', ')}`;
}
