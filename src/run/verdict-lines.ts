import type {Plan, Rule} from '../plan/plan.ts';
import {assessNow, rulesOf} from './assessing.ts';
import {type Baseline, baselineOf, changeAgainst} from './baseline.ts';
import type {Assessment} from './outcome.ts';
import type {RunState} from './state.ts';

/** A rule with its verdict in words, and everything that the words say as figures. */
export type VerdictLine = {
  rule: Rule;
  assessment: Assessment;
  text: string;
  /**
   * How far from tripping. `percent` of the bound that is left before the value is past it, negative beyond it (absent
   * for a bound of 0); `times` of `of` evaluations in a row are past it.
   */
  distance?: {percent?: number; times: number; of: number};
  /** Evaluations in a row that were better, of those it takes to leave the standing. */
  recovering?: {calm: number; of: number};
  baseline?: Baseline;
  /** Percent of the baseline. */
  change?: number;
  /** Age of the newest reading, ms; present once it is older than the source's cadence allows. */
  staleMs?: number;
  /** The source fails: its newest error, and for how long. */
  failing?: {error: string; forMs: number};
  /** What a verdict still lacks: samples, and where it is a matter of time, the moment (epoch ms) it can be given. */
  missingFor?: {samples: number; until?: number};
  /** Why the tie of the rule to its signal is only a guess. */
  guess?: string;
  /** Its window on the mission clock is not open: it opens, or has closed, at this many ms after T+0. */
  outside?: {kind: 'opens' | 'closed'; atMs: number};
};

const URGENCY: readonly Assessment['standing']['kind'][] = [
  'tripped',
  'breached',
  'grey',
  'ok',
  'warming',
  'blind',
  'disarmed',
];

/** Every rule with its verdict as of the run's own clock, the most urgent first. */
export function verdictLines(plan: Plan, state: RunState): readonly VerdictLine[] {
  const lines = rulesOf(plan, state).map(rule => lineOf(plan, state, rule));
  return lines.sort(
    (a, b) => URGENCY.indexOf(a.assessment.standing.kind) - URGENCY.indexOf(b.assessment.standing.kind),
  );
}

function lineOf(plan: Plan, state: RunState, rule: Rule): VerdictLine {
  const assessment = assessNow(plan, state, rule, state.lastAt, false);
  const baseline = baselineOf(plan, state, rule);
  const change = changeAgainst(baseline, assessment.value);
  return {
    rule,
    assessment,
    text: verdictText(rule, assessment),
    ...(baseline === undefined ? {} : {baseline}),
    ...(change === undefined ? {} : {change}),
  };
}

function verdictText(rule: Rule, {standing, value, n}: Assessment): string {
  const statistic = rule.statistic?.startsWith('p') === true ? `${rule.statistic.toUpperCase()} ` : '';
  const name = `${statistic}${rule.metric}`;
  const shown = value === undefined ? '' : ` ${formatValue(value)}${unitText(rule)}`;
  const bad = rule.role === 'trigger' || rule.role === 'alert';
  const bound = `${bad ? 'trips ' : ''}${rule.op}${formatValue(rule.value)}`;
  switch (standing.kind) {
    case 'blind':
      return `${name} blind`;
    case 'disarmed':
      return `${name} disarmed`;
    case 'warming':
      return `${name} warming, ${standing.missing} more`;
    case 'breached':
      return `${name}${shown} breached ${bound} n=${n} ${standing.times}/${rule.consecutive}`;
    case 'tripped':
      return `${name}${shown} TRIPPED ${bound} n=${n}`;
    case 'ok':
    case 'grey':
      return `${name}${shown} ${standing.kind} ${bound}${rule.person ? '' : ` n=${n}`}`;
  }
}

function unitText(rule: Rule): string {
  return rule.unit === 'count' ? '' : ` ${rule.unit}`;
}

function formatValue(value: number): string {
  return Number.isInteger(value) || Math.abs(value) >= 100 ? String(Math.round(value)) : value.toFixed(1);
}
