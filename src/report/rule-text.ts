/** Rules in words: what is measured, the bound, the source, and the standing at the end. */
import type {Plan, Rule} from '../plan/plan.ts';
import type {Assessment, Baseline, Standing} from '../run/outcome.ts';
import {assessNow, judgedAt, rulesOf} from '../run/rules/assessing.ts';
import {baselineOf, changeOf} from '../run/rules/baseline.ts';
import type {RuleState, RunState} from '../run/state.ts';
import {STANDING_WORDS} from '../run/wording/standing-words.ts';
import {compact} from '../text/compact.ts';
import {boundFigure, fineQuantity, plural} from '../text/figures.ts';
import {utcMinute} from '../text/times.ts';

/** `P95 store_message`, `memory`, `errors error rate`. */
export function measuredText({metric, statistic}: Rule): string {
  switch (statistic) {
    case undefined:
    case 'count':
    case 'last':
      return metric;
    case 'error-rate':
      return /error/i.test(metric) ? metric : `${metric} error rate`;
    case 'slope':
      return `${metric} growth`;
    case 'mean':
    case 'max':
      return `${statistic} ${metric}`;
    default:
      return metric.toLowerCase().startsWith(statistic) ? metric : `${statistic.toUpperCase()} ${metric}`;
  }
}

/** `< 850 ms`, `< 1000 ms (target 745)` */
export function boundText(rule: Rule): string {
  return rule.target === undefined ? boundOnly(rule) : `${boundOnly(rule)} (target ${boundFigure(rule.target)})`;
}

/** `< 850 ms`, `> 3`, `<= 3x` */
export function boundOnly({op, value, unit}: Rule): string {
  if (unit === 'x') return `${op} ${boundFigure(value)}x`;
  return `${op} ${boundFigure(value)}${unit === 'count' ? '' : ` ${unit}`}`;
}

/** The source of a rule, in words. */
export function sourceText({person, signal}: Rule): string {
  if (person) return 'a person reports it';
  return signal === undefined ? 'nothing measures it yet' : `measured by ${signal}`;
}

/** A rule at the end of the run, compared with the time before the deploy. */
export type RuleVerdict = {
  rule: Rule;
  assessment: Assessment;
  baseline?: Baseline;
  /** Change in percent of the baseline. */
  change?: number;
  /** When the rule first tripped, also if it has recovered. */
  tripped?: NonNullable<RuleState['tripped']>;
};

/** The rules in the document's order; after a rollback also the rules that compare the old version with the baseline. */
export function ruleVerdicts(plan: Plan, state: RunState): readonly RuleVerdict[] {
  return rulesOf(plan, state).map(rule => {
    const assessment = assessmentOf(plan, state, rule);
    const baseline = baselineOf(plan, state, rule);
    const tripped = state.rules[rule.id]?.tripped;
    return compact({rule, assessment, baseline, tripped, change: changeOf(rule, baseline, assessment.value)});
  });
}

/** `ok`, or for a rule that has recovered: `ok (tripped at 14:02Z: 912 ms)`. */
export function standingCell({rule, assessment, tripped}: RuleVerdict): string {
  const word = standingWord(assessment.standing);
  return tripped === undefined ? word : `${word} (${trippedWords(rule, tripped)})`;
}

/** `tripped at 14:02Z: 912 ms` */
export function trippedWords(rule: Rule, {at, value, because}: NonNullable<RuleState['tripped']>): string {
  return `tripped at ${utcMinute(at)}Z: ${value === undefined ? because : fineQuantity(value, rule.unit)}`;
}

/** The last standing that counts, with the numbers of that time. Readings after its window or after a rollback do not count. */
function assessmentOf(plan: Plan, state: RunState, rule: Rule): Assessment {
  const last = state.rules[rule.id];
  const now = assessNow(plan, state, rule, judgedAt(plan, state, rule, state.lastAt), false);
  if (last === undefined || last.standing.kind === now.standing.kind) return now;
  const {standing, n, because, value, low, high} = last;
  return {standing, n, because, ...compact({value, low, high})};
}

/** `ok 612 ms, < 850 ms, 143 readings` */
export function standingText(rule: Rule, {standing, value, n}: Assessment): string {
  const measured =
    value === undefined ? standingWord(standing) : `${standingWord(standing)} ${fineQuantity(value, rule.unit)}`;
  return `${measured}, ${boundText(rule)}, ${plural(n, 'reading')}`;
}

export function standingWord(standing: Standing): string {
  if (standing.kind === 'warming') return `not judged (${plural(standing.missing, 'more reading')} needed)`;
  return STANDING_WORDS[standing.kind].toLowerCase();
}

/** `-62 %` */
export function changeText(change: number | undefined): string {
  if (change === undefined) return '';
  return `${change > 0 ? '+' : ''}${Math.round(change)} %`;
}
