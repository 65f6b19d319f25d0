/** The success criteria at the end of a run: which hold, and on what was measured in the whole watch. */
import type {Plan, Rule, Step} from '../../plan/plan.ts';
import {fineFigure, fineQuantity} from '../../text/figures.ts';
import {sectionUse} from '../review.ts';
import {merge} from '../rules/signal-buckets.ts';
import {hoursOfStep, stepState} from '../selectors.ts';
import type {RunState} from '../state.ts';

/** A criterion without a time of its own is judged at the end of a watch, and not where nobody watched. */
export function isCriterion(plan: Plan, state: RunState, step: Step): boolean {
  if (sectionUse(plan, state, step.section) !== 'criteria') return false;
  return hoursOfStep(plan, step) !== undefined || state.run.watch !== 'none';
}

/** `success criteria: 5 hold, 1 does not, 2 not judged, 4 for a person`; undefined where none was due. */
export function criteriaText(plan: Plan, state: RunState, at: number): string | undefined {
  const due = plan.steps.filter(step => isCriterion(plan, state, step) && isDueBy(plan, state, step, at));
  if (due.length === 0) return undefined;
  const counts = Map.groupBy(due, step => wordOf(state, step));
  const words = ['hold', 'do not', 'not judged', 'for a person'] as const;
  const said = words.flatMap(word => {
    const n = counts.get(word)?.length ?? 0;
    return n === 0 ? [] : [`${n} ${n === 1 ? SINGULAR[word] : word}`];
  });
  return `success criteria: ${said.join(', ')}`;
}

type Word = 'hold' | 'do not' | 'not judged' | 'for a person';

const SINGULAR: Readonly<Record<Word, string>> = {
  hold: 'holds',
  'do not': 'does not',
  'not judged': 'not judged',
  'for a person': 'for a person',
};

function wordOf(state: RunState, {id, action}: Step): Word {
  const {status} = stepState(state, id);
  if (status === 'passed') return 'hold';
  if (status === 'skipped' || status === 'not-applicable') return 'not judged';
  return action.kind === 'rule' || status === 'failed' ? 'do not' : 'for a person';
}

function isDueBy(plan: Plan, {deployStartedAt}: RunState, step: Step, at: number): boolean {
  const hours = hoursOfStep(plan, step);
  return hours === undefined || (deployStartedAt !== undefined && at >= deployStartedAt + hours.toMs);
}

/**
 * A rolling window tells of the last minutes only: what was measured since the new version was in place stands beside it.
 * `mean 640 ms, at most 1210 ms, 0.02 % of 34560 readings failed`
 */
export function wholeWatch(
  {signals, newVersionAt, deployEndedAt}: RunState,
  {signal = '', unit, statistic}: Rule,
): string {
  const from = newVersionAt ?? deployEndedAt;
  const buckets = (signals[signal]?.history ?? []).filter(({at}) => from !== undefined && at >= from);
  const [first, ...others] = buckets;
  if (first === undefined) return '';
  const {n, errors, mean, max} = others.reduce((all, bucket) => merge(all, bucket), first);
  const failed = `${fineFigure((100 * errors) / n)} % of ${n} readings failed`;
  const isValue = statistic !== 'error-rate' && statistic !== 'slope' && mean !== undefined && max !== undefined;
  const values = isValue ? [`mean ${fineQuantity(mean, unit)}`, `at most ${fineQuantity(max, unit)}`] : [];
  return `since the deploy ${[...values, failed].join(', ')}`;
}
