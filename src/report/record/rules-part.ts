/** What the rules said: where each stood while it was judged, which outages were not judged, and what was called a false alarm. */
import type {Plan, Rule} from '../../plan/plan.ts';
import type {Recorded} from '../../run/event.ts';
import type {Assessment} from '../../run/outcome.ts';
import {stepById} from '../../run/plan-index.ts';
import {proposeThreshold} from '../../run/rules/proposed-threshold.ts';
import {outageText} from '../../run/rules/settling.ts';
import {compact} from '../../text/compact.ts';
import {fineQuantity} from '../../text/figures.ts';
import {utcMinute, utcTime} from '../../text/times.ts';
import {boundText, changeText, measuredText, type RuleVerdict, ruleVerdicts, standingCell} from '../rule-text.ts';
import {type Block, type Item, list, table} from './record-blocks.ts';
import type {RecordSource} from './record-source.ts';

export function ruleBlocks({plan, state, events}: RecordSource): readonly Block[] {
  if (state.run.id === '') return [];
  const judged = lastJudged(events);
  const rows = ruleVerdicts(plan, state).map(verdict => ruleRow(plan, asJudged(verdict, judged.get(verdict.rule.id))));
  return [
    table(['line', 'rule', 'bound', 'standing', 'value', 'n', 'baseline', 'change', 'expected', 'because'], rows),
  ];
}

type Judged = {at: number; assessment: Assessment};

/** The last standing of each rule that came from measured values. */
function lastJudged(events: readonly Recorded[]): ReadonlyMap<string, Judged> {
  const judged = new Map<string, Judged>();
  for (const event of events) {
    if (event.type !== 'rule-changed' || event.assessment.value === undefined) continue;
    judged.set(event.ruleId, {at: event.at, assessment: event.assessment});
  }
  return judged;
}

/** A rule that holds no longer, such as after a rollback, is told as it stood last. */
function asJudged(verdict: RuleVerdict, last: Judged | undefined): RuleVerdict {
  const {assessment} = verdict;
  if (assessment.standing.kind !== 'disarmed' || last === undefined) return verdict;
  const because = `at ${utcMinute(last.at)}Z, then ${assessment.because}`;
  return compact({...verdict, assessment: {...last.assessment, because}});
}

function ruleRow(plan: Plan, verdict: RuleVerdict): readonly string[] {
  const {rule, assessment, change} = verdict;
  return [
    String(rule.line),
    measuredText(rule),
    boundText(rule),
    standingCell(verdict),
    assessment.value === undefined ? '' : fineQuantity(assessment.value, rule.unit),
    String(assessment.n),
    baselineText(verdict),
    changeText(change),
    expectedText(plan, rule),
    assessment.because,
  ];
}

/** What the document says the new version reaches. */
function expectedText({references}: Plan, {metric}: Rule): string {
  const said = references.find(one => one.kind === 'expected' && one.metric === metric);
  return said === undefined ? '' : `${fineQuantity(said.value, said.unit)} (line ${said.line})`;
}

function baselineText({baseline, rule}: RuleVerdict): string {
  if (baseline === undefined) return '';
  return `${fineQuantity(baseline.value, baseline.unit ?? rule.unit)}${baseline.from === 'document' ? ' (document)' : ''}`;
}

/** Outages that no rule judged, because the document asks for the restart. */
export function downtimeBlocks({plan, state: {downtimes = []}}: RecordSource): readonly Block[] {
  const rows = downtimes.map(({signal, stepId, outFrom, to, n}) => {
    const step = stepById(plan, stepId);
    return [utcTime(outFrom), signal, outageText(outFrom, to, n), String(step?.line ?? ''), step?.title ?? stepId];
  });
  return [table(['UTC', 'signal', 'not judged', 'line', 'restarted by'], rows)];
}

/** Times to watch that were over, each with what was said of it then. */
export function windowBlocks({events}: RecordSource): readonly Block[] {
  const items = events.flatMap((event): readonly Item[] =>
    event.type === 'window-ended'
      ? [{text: `${utcTime(event.at)} ${event.title}: ${event.summary}`, under: event.lines}]
      : [],
  );
  return [list(items)];
}

/** Triggers that fired, in the order of time. */
export function triggerBlocks({plan, events}: RecordSource): readonly Block[] {
  const rows = events.flatMap(event => {
    if (event.type !== 'trigger-fired' && event.type !== 'trigger-dismissed') return [];
    const rule = plan.rules.find(({id}) => id === event.ruleId);
    const name = rule === undefined ? event.ruleId : `${measuredText(rule)} ${boundText(rule)}`;
    const [what, why] = event.type === 'trigger-fired' ? ['fired', event.evidence] : ['dismissed', event.reason];
    return [[utcTime(event.at), String(rule?.line ?? ''), name, what, event.by, why]];
  });
  return [table(['UTC', 'line', 'trigger', 'what', 'by', 'because'], rows)];
}

/** Alarms that a person dismissed: the reason, the evidence, and a bound that would not have fired. */
export function falseAlarmBlocks({plan, state}: RecordSource): readonly Block[] {
  const items = (state.dismissals ?? []).map(({ruleId, at, by, reason, evidence}): Item => {
    const rule = plan.rules.find(({id}) => id === ruleId);
    const name = rule === undefined ? ruleId : `${measuredText(rule)} ${boundText(rule)} (line ${rule.line})`;
    const proposal = proposeThreshold(plan, state, ruleId)?.text ?? 'none, what was measured asks for no other';
    return {
      text: `${utcTime(at)} ${name}: dismissed by ${by}: ${reason}`,
      under: [`Evidence: ${evidence}`, `Proposed threshold: ${proposal}`],
    };
  });
  return [list(items)];
}
