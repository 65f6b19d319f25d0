/** The evidence of a step, in a few words. */
import {type Plan, type Step, unreachable} from '../../plan/plan.ts';
import {stepById} from '../../run/plan-index.ts';
import {stepState} from '../../run/selectors.ts';
import type {Finished, RunState, StepState} from '../../run/state.ts';
import {utcMinuteBeside} from '../../text/times.ts';

/** Whether a box may be ticked, and on what grounds: `ana 14:02 exit 0`. */
export type Evidence = {ticked: boolean; text: string};

/** The evidence of a step; undefined for a step that the run has not touched. Times are UTC. */
export function stepEvidence(plan: Plan, state: RunState, step: Step): Evidence | undefined {
  const choice = step.action.kind === 'choice' ? chosen(plan, state, step) : undefined;
  const evidence = evidenceOf(stepState(state, step.id), at => utcMinuteBeside(state.run.openedAt, at));
  return evidence === undefined || choice === undefined ? evidence : {...evidence, text: `${evidence.text}: ${choice}`};
}

function evidenceOf(step: StepState, minute: (at: number) => string): Evidence | undefined {
  switch (step.status) {
    case 'pending':
      return undefined;
    case 'running':
      return {ticked: false, text: `running since ${minute(step.startedAt)}`};
    case 'waiting':
      return {ticked: false, text: `waiting since ${minute(step.since)}: ${step.for}`};
    case 'passed':
      return {ticked: true, text: passedText(step, minute)};
    case 'failed':
    case 'cancelled':
    case 'unknown':
      return {ticked: false, text: `${step.status} ${minute(step.at)}: ${step.verdict.because}`};
    case 'skipped':
      return {ticked: false, text: `skipped by ${step.by} ${minute(step.at)}: ${step.reason}`};
    case 'not-applicable':
      return {ticked: false, text: `not applicable: ${step.because}`};
    default:
      return unreachable(step);
  }
}

type Passed = Finished & {status: 'passed'; note?: string; reason?: string; presumed?: boolean};

function passedText({by, at, verdict, note, reason, presumed}: Passed, minute: (at: number) => string): string {
  const parts = [
    `${by} ${minute(at)}`,
    ...(presumed === true ? ['presumed, not checked'] : []),
    ...(verdict === undefined ? [] : [verdict.because]),
    ...(reason === undefined ? [] : [`marked done: ${reason}`]),
    ...(note === undefined ? [] : [note]),
  ];
  return parts.slice(1).length === 0 ? (parts[0] ?? '') : `${parts[0]} ${parts.slice(1).join('; ')}`;
}

function chosen(plan: Plan, state: RunState, {id, action}: Step): string | undefined {
  const armId = state.choices[id]?.armId;
  if (armId === undefined || action.kind !== 'choice') return undefined;
  return action.arms.find(arm => arm.id === armId)?.title ?? stepById(plan, armId)?.title;
}
