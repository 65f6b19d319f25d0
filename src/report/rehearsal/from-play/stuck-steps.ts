/** Steps of the deploy that did not go through in the play, for a reason that proves nothing of the real target. */
import {commandsOf, type Plan, requestsOf, type Step, traitsOf} from '../../../plan/plan.ts';
import type {Recorded} from '../../../run/event.ts';
import {stepState} from '../../../run/selectors.ts';
import type {Finding} from '../finding.ts';
import type {Played, Round} from '../played.ts';
import {failedIn, onlyLooks} from './failures.ts';

/** `because`: in the words of the run. `changes`: something that it should have done has not been done. */
export type StuckStep = {line: number; title: string; because: string; changes: boolean};

/** In the order of the document. What a finding tells as a risk is proved, and is none of these. */
export function stuckSteps({plan, rounds}: Pick<Played, 'plan' | 'rounds'>, findings: readonly Finding[]): StuckStep[] {
  const told = new Set(findings.flatMap(({weight, line}) => (weight === 'risk' ? [line] : [])));
  return plan.steps.flatMap(step => {
    const lines = linesOf(step);
    const [round] = rounds.filter(one => isStuck(plan, one, step) && !lines.includes(one.faultAt ?? 0));
    if (round === undefined || lines.some(line => told.has(line))) return [];
    return [{line: lines[0] ?? step.line, title: step.title, ...endOf(round, step)}];
  });
}

/** What hangs on a decision is left out by whoever plays, and not because the deploy went wrong. */
function isStuck({rollback, sections}: Plan, {state}: Round, {id, section, action, condition}: Step): boolean {
  const {status} = stepState(state, id);
  const isOfDeploy = rollback?.steps.includes(id) !== true && sections.find(one => one.id === section)?.use === 'run';
  const isLeft = status === 'skipped' || status === 'failed' || status === 'unknown' || status === 'cancelled';
  return isLeft && isOfDeploy && condition === undefined && traitsOf(action).by === 'engine';
}

type Ended = Extract<Recorded, {type: 'step-finished' | 'step-skipped'}>;

function endOf({events}: Round, step: Step): Pick<StuckStep, 'because' | 'changes'> {
  const own = events.filter(
    (event): event is Ended =>
      (event.type === 'step-finished' || event.type === 'step-skipped') && event.stepId === step.id,
  );
  // It is passed over after it has failed.
  const last = own.findLast(({type}) => type === 'step-finished') ?? own.at(-1);
  if (last?.type !== 'step-finished') return {because: last?.reason ?? '', changes: true};
  const failed = failedIn(last.outcome);
  const isLast = failed !== undefined && commandsOf(step).at(-1)?.line === failed.line;
  const asks = requestsOf(step).length > 0 && commandsOf(step).length === 0;
  return {
    because: 'because' in last.verdict ? last.verdict.because : '',
    changes: !asks && !(isLast && onlyLooks(failed.text)),
  };
}

function linesOf(step: Step): number[] {
  const statements = step.action.kind === 'sql' ? step.action.statements : [];
  return [...commandsOf(step), ...requestsOf(step), ...statements].map(({line}) => line);
}

/** What the play shows behind a step that did not go through may come of that alone. */
export function lessSure(finding: Finding, stuck: readonly StuckStep[]): Finding {
  const cause = stuck.find(({line, changes}) => changes && line < finding.line);
  if (cause === undefined || finding.weight === 'note' || finding.basis === 'told') return finding;
  const doubt = `it may come of line ${cause.line} alone, which did not go through in the play`;
  return {...finding, weight: 'note', evidence: [...finding.evidence, doubt]};
}
