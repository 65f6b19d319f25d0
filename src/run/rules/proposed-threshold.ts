/** The threshold that a rule would need for a false alarm not to come again. */
import type {Plan, Rule} from '../../plan/plan.ts';
import {quantityText} from '../../text/figures.ts';
import type {Sample} from '../outcome.ts';
import type {RunState} from '../state.ts';
import {armingOf} from './assessing.ts';
import {estimate, growsBad, isInverted, measure} from './measure.ts';
import {isRelative} from './relative.ts';
import {readingsOf} from './signal-readings.ts';

/** A bound that would have kept silent. `worst`: the worst that lasted long enough to trip; `margin`: percent of it. */
export type Proposal = {value: number; worst: number; margin: number; text: string};

/** Windows looked at: of a long run, evenly spread ones. */
const EVALUATIONS_MAX = 400;

/**
 * For a false alarm: the smallest round bound (the largest for one that must not be fallen below) that what was
 * measured since the deploy, and what the alarms fired on, would not have tripped. Nothing where that asks for none
 * that is looser than the document's.
 */
export function proposeThreshold(plan: Plan, state: RunState, ruleId: string): Proposal | undefined {
  const rule = plan.rules.find(({id}) => id === ruleId);
  if (rule === undefined || rule.op === '=' || rule.op === '!=' || isRelative(rule)) return undefined;
  const dismissed = (state.dismissals ?? []).flatMap(one => (one.ruleId === ruleId ? (one.value ?? []) : []));
  const worst = worstOf(rule, [...lasting(rule, evaluations(state, rule)), ...dismissed]);
  if (worst === undefined) return undefined;
  const value = roundBeyond(rule, worst);
  if (growsBad(rule) ? value <= rule.value : value >= rule.value) return undefined;
  const margin = worst === 0 ? 0 : (100 * Math.abs(value - worst)) / Math.abs(worst);
  const bound = `${rule.op}${quantityText(value, rule.unit)}`;
  const nearness = Math.round(margin) === 0 ? 'just short of it' : `${Math.round(margin)} % short of it`;
  const text = `${bound} instead of ${rule.op}${quantityText(rule.value, rule.unit)}: the worst that lasted was ${quantityText(worst, rule.unit)}, ${nearness}`;
  return {value, worst, margin, text};
}

/** The rule's value at each sample since it was armed, as its rolling window saw it. For slopes what they are sure to reach. */
function evaluations(state: RunState, rule: Rule): readonly number[] {
  const samples = rule.signal === undefined ? [] : (readingsOf(state, rule.signal)?.samples ?? []);
  const {armedFrom} = armingOf(state, rule);
  if (armedFrom === undefined) return [];
  const own = samples.filter(({at}) => at >= armedFrom);
  const every = Math.max(1, Math.ceil(own.length / EVALUATIONS_MAX));
  return own.flatMap(({at}, index) => {
    if (index % every !== 0) return [];
    const window = own.filter(sample => sample.at <= at && sample.at >= at - rule.windowMs);
    return window.length < rule.samples ? [] : (sureValue(rule, window) ?? []);
  });
}

function sureValue(rule: Rule, window: readonly Sample[]): number | undefined {
  if (rule.statistic !== 'slope') return measure(rule, window);
  const found = estimate(rule, window);
  return growsBad(rule) ? found?.low : found?.high;
}

/** It trips on values past the bound in a row: of each such row only its best value had to be past it. */
function lasting(rule: Rule, values: readonly number[]): readonly number[] {
  const row = Math.max(1, rule.consecutive);
  const best = growsBad(rule) ? Math.min : Math.max;
  return values.slice(0, Math.max(0, values.length - row + 1)).map((_, at) => best(...values.slice(at, at + row)));
}

function worstOf(rule: Rule, values: readonly number[]): number | undefined {
  if (values.length === 0) return undefined;
  return growsBad(rule) ? Math.max(...values) : Math.min(...values);
}

/** The next round number on the good side: 1712 becomes 2000, 1412 becomes 1500; counts stay whole. */
function roundBeyond(rule: Rule, worst: number): number {
  const step = stepFor(rule, worst);
  const steps = worst / step;
  // A bound that the worst may just reach ("> 1500" at 1500) is silent at it; one that it must not reach is not.
  const isSilentAt = isInverted(rule) ? !rule.op.endsWith('=') : rule.op.endsWith('=');
  const whole = growsBad(rule) ? Math.ceil(steps) : Math.floor(steps);
  const beyond = whole === steps && !isSilentAt ? whole + (growsBad(rule) ? 1 : -1) : whole;
  return Number((beyond * step).toPrecision(12));
}

/** Half of the leading figure's place. */
function stepFor({unit}: Rule, worst: number): number {
  if (worst === 0) return 1;
  const place = 10 ** Math.floor(Math.log10(Math.abs(worst)));
  return unit === 'count' ? Math.max(1, place / 2) : place / 2;
}
