/** The status of a run in a few words, and a sign for each status of a step. */
import {closedWord, rollbackEnd} from '../run/selectors.ts';
import type {RunState, StepState} from '../run/state.ts';

/** The status of a run: `succeeded: every step passed`, `watching: the windows are still open`. */
export function statusText(state: RunState): string {
  const {closed, phase, phaseBecause, rollback} = state;
  const isOver = phase === 'rollback-failed' && rollback.status === 'finished';
  const word = closedWord(state) ?? (isOver ? rollbackEnd(rollback) : phase);
  const because = closed === null ? phaseBecause : closed.because;
  return because === '' ? word : `${word}: ${because}`;
}

/** Signs of one column. They stand beside the word, never in place of it. */
export const SIGNS: Readonly<Record<StepState['status'], string>> = {
  pending: '○',
  running: '◐',
  waiting: '◇',
  passed: '✓',
  failed: '✗',
  skipped: '→',
  'not-applicable': '·',
  cancelled: '⊘',
  unknown: '?',
};
