import type {StepState} from '../run/state.ts';

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
