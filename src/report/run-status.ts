/** The status of a run in a few words, and a sign for each status of a step. */
import type {RunState, StepState} from '../run/state.ts';

/** The status of a run: `succeeded: every step passed`, `watching: the windows are still open`. */
export function statusText({closed, phase, phaseBecause}: RunState): string {
  const [word, because] = closed === null ? [phase, phaseBecause] : [closed.status, closed.because];
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
