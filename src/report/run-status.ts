/** How a run and its steps stand: a sign, and a few words. */
import type {RunState, StepState} from '../run/state.ts';

/** How the run stands in a few words: `succeeded: every step passed`, `watching: the windows are still open`. */
export function statusText({closed, phase, phaseBecause}: RunState): string {
  const [word, because] = closed === null ? [phase, phaseBecause] : [closed.status, closed.because];
  return because === '' ? word : `${word}: ${because}`;
}

/** One column each. Always beside the word, never instead of it. */
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
