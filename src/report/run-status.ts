import type {RunState} from '../run/state.ts';

/** How the run stands in a few words: `succeeded: every step passed`, `watching: the windows are still open`. */
export function statusText({closed, phase, phaseBecause}: RunState): string {
  const [word, because] = closed === null ? [phase, phaseBecause] : [closed.status, closed.because];
  return because === '' ? word : `${word}: ${because}`;
}
