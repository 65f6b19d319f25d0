/** The sign of each status of a step, the same on the screen, in plain lines and in the summary at the end. */
import type {StepState} from '../state.ts';

export type StepSigns = Readonly<Record<StepState['status'], string>>;

/** Signs of one column. They stand beside the word, never in place of it. */
export const STEP_SIGNS = {
  pending: '○',
  running: '◐',
  waiting: '●',
  passed: '✓',
  failed: '✗',
  skipped: '–',
  'not-applicable': '·',
  cancelled: '■',
  unknown: '?',
} as const satisfies StepSigns;

/** The same for terminals that show ASCII only. */
export const STEP_SIGNS_ASCII: StepSigns = {
  pending: 'o',
  running: '*',
  waiting: '@',
  passed: 'v',
  failed: 'x',
  skipped: 's',
  'not-applicable': '.',
  cancelled: '#',
  unknown: '?',
};
