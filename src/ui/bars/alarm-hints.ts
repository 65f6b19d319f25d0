/** The keys that help while something is wrong, in the order in which they help. Pure. */
import type {Advised, Alarm} from '../rules/alarm.ts';
import {type ActionId, bindingOf, type KeyBinding} from '../view/keymap.ts';

/** Where the evidence is: the newest error line, and the log. */
const EVIDENCE: readonly ActionId[] = ['error-next', 'panel-logs'];

/**
 * What helps comes first. Once the deploy has begun, retry stands behind the rollback: another try seldom mends a new
 * version. `a` is not among them: a run that is held does not run on.
 */
const ALARM_HINTS: Readonly<Record<Exclude<Alarm, 'none'>, readonly ActionId[]>> = {
  tripped: ['incident', 'roll-back', 'dismiss', ...EVIDENCE, 'enter', 'skip', 'note', 'next-panel', 'help', 'leave'],
  'deploy-failed': [
    'incident',
    'roll-back',
    'retry',
    'skip',
    'enter',
    ...EVIDENCE,
    'note',
    'next-panel',
    'help',
    'leave',
  ],
  // Without the key that cancels: over a lost link nobody sees whether the step has stopped.
  'cut-off': ['incident', 'roll-back', ...EVIDENCE, 'note', 'next-panel', 'help', 'leave'],
  failed: ['retry', 'skip', 'enter', 'incident', ...EVIDENCE, 'note', 'next-panel', 'roll-back', 'help', 'leave'],
};

/** They act on the step under the cursor; `isElsewhere`: that is not the one that failed. */
const ON_THE_STEP: readonly ActionId[] = ['retry', 'skip', 'enter'];

export function alarmHints(
  alarm: Exclude<Alarm, 'none'>,
  advised: Advised,
  isElsewhere: boolean,
): readonly KeyBinding[] {
  const hints = ALARM_HINTS[alarm].filter(id => !isElsewhere || !ON_THE_STEP.includes(id));
  // The advised key comes first.
  return [...hints.filter(id => id === advised), ...hints.filter(id => id !== advised)].map(bindingOf);
}
