/** The status of a run in a few words. */
import type {Plan} from '../plan/plan.ts';
import {closedWord, nextStep, rollbackEnd, runningStep, waitingStep} from '../run/selectors.ts';
import type {RunState} from '../run/state.ts';

/** The status of a run: `succeeded: every step passed`, `watching: the windows are still open`. */
export function statusText(state: RunState): string {
  const {closed, phase, phaseBecause, rollback} = state;
  const isOver = phase === 'rollback-failed' && rollback.status === 'finished';
  const word = closedWord(state) ?? (isOver ? rollbackEnd(rollback) : phase);
  const because = closed === null ? phaseBecause : closed.because;
  return because === '' ? word : `${word}: ${because}`;
}

/** The same for somebody who leaves an open run or comes back to it: at which step it is, and whether it waits there. */
export function standText(plan: Plan, state: RunState): string {
  if (state.phase !== 'ready' && state.phase !== 'running') return statusText(state);
  const running = runningStep(plan, state);
  if (running !== undefined) return `running: ${running.title}`;
  const waiting = waitingStep(plan, state);
  if (waiting !== undefined) return `waits for a person: ${waiting.title}`;
  const next = nextStep(plan, state);
  return next === undefined ? statusText(state) : `${state.phase}, next: ${next.title}`;
}
