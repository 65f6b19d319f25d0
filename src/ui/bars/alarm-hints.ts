/** The keys that help while something is wrong, in the order in which they help. Pure. */
import type {Plan} from '../../plan/plan.ts';
import {failedStep, nextStep, runningStep} from '../../run/selectors.ts';
import type {RunState} from '../../run/state.ts';
import {hostOf} from '../../run/wording/lost-links.ts';
import {type ActionId, bindingOf, type KeyBinding} from '../view/keymap.ts';

/** What a person has to decide about now, and whether what failed is the deploy or something before it. */
export type Alarm = 'tripped' | 'deploy-failed' | 'failed' | 'cut-off' | 'none';

export function alarmOf(plan: Plan, state: RunState): Alarm {
  if (state.rollback.status !== 'none' || state.closed !== null) return 'none';
  if (state.tripped.length > 0) return 'tripped';
  if (isHeldByLink(plan, state)) return 'cut-off';
  if (failedStep(plan, state) === undefined) return 'none';
  return state.deployStartedAt === undefined ? 'failed' : 'deploy-failed';
}

/** The step that runs, or else the next one, is behind a link that is lost: nothing goes on before it is back. */
function isHeldByLink(plan: Plan, state: RunState): boolean {
  const step = runningStep(plan, state) ?? nextStep(plan, state);
  const host = step === undefined ? undefined : hostOf(step);
  return host !== undefined && state.links[host]?.up === false;
}

/** What helps comes first: another try seldom mends a new version, and a run that is held does not run on. */
const ALARM_HINTS: Readonly<Record<Exclude<Alarm, 'none'>, readonly ActionId[]>> = {
  tripped: ['incident', 'roll-back', 'dismiss', 'enter', 'skip', 'note', 'next-panel', 'help', 'leave'],
  'deploy-failed': ['incident', 'roll-back', 'retry', 'skip', 'enter', 'note', 'next-panel', 'help', 'leave'],
  'cut-off': ['incident', 'roll-back', 'cancel', 'note', 'next-panel', 'help', 'leave'],
  failed: ['retry', 'skip', 'enter', 'incident', 'note', 'next-panel', 'roll-back', 'help', 'leave'],
};

/** They act on the step under the cursor. */
const ON_THE_STEP: readonly ActionId[] = ['retry', 'skip', 'enter'];

export function alarmHints(alarm: Exclude<Alarm, 'none'>, isElsewhere: boolean): readonly KeyBinding[] {
  return ALARM_HINTS[alarm].filter(id => !isElsewhere || !ON_THE_STEP.includes(id)).map(bindingOf);
}
