/** What is wrong now, and which key helps most. Pure. */
import type {Plan} from '../../plan/plan.ts';
import {hostOf} from '../../run/operations.ts';
import {whyNotReady} from '../../run/rollback/readiness-now.ts';
import {failedStep, nextStep, runningStep} from '../../run/selectors.ts';
import type {RunState} from '../../run/state.ts';
import {wayBackCutAt} from '../../run/wording/lost-links.ts';
import {keyOf} from '../view/keymap.ts';
import type {Menu} from '../view/prompt-types.ts';
import {oldWasBad} from './tripped-values.ts';

/** What a person has to decide about now, and whether what failed is the deploy or something before it. */
export type Alarm = 'tripped' | 'deploy-failed' | 'failed' | 'cut-off' | 'none';

/** The action of the key that helps most; `wait`: no key does, it mends itself. */
export type Advised = 'roll-back' | 'incident' | 'retry' | 'wait';

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

/**
 * The one key that is advised now. A new version that fails is rolled back, where that was proved to work and mends
 * it; else one looks first, which changes nothing.
 */
export function advisedAction(plan: Plan, state: RunState): Advised {
  switch (alarmOf(plan, state)) {
    case 'failed':
      return 'retry';
    case 'tripped':
    case 'deploy-failed':
      return isBackReady(plan, state) && !oldWasBad(plan, state) ? 'roll-back' : 'incident';
    case 'cut-off':
      return 'wait';
    case 'none':
      return 'incident';
  }
}

function isBackReady(plan: Plan, state: RunState): boolean {
  return plan.rollback !== null && whyNotReady(plan, state) === undefined && wayBackCutAt(plan, state) === undefined;
}

/** The key of the advised item of a menu about a trigger; an observer, who is offered no other, may always look. */
export function advisedItem({items, tripped}: Menu, advised: Advised): string | undefined {
  if (tripped === undefined) return undefined;
  const key = keyOf(advised === 'wait' ? 'incident' : advised);
  return items.some(item => item.key === key) ? key : keyOf('incident');
}
