/** The word for a rollback that has nothing to prove beforehand, where `0 of 0` would look like a proof. Pure. */
import type {Plan} from '../../plan/plan.ts';
import {traitsOf} from '../../plan/plan.ts';
import {rollbackSteps} from '../../run/rollback/readiness.ts';
import type {RunState} from '../../run/state.ts';

type Unproved = 'by hand' | 'unproved';

/** Undefined where something is proved or is known to be missing. */
export function unprovedRollback(plan: Plan, {readiness}: Pick<RunState, 'readiness'>): Unproved | undefined {
  if (readiness?.ready !== true || readiness.items.length > 0) return undefined;
  const isByHand = rollbackSteps(plan).every(({action}) => traitsOf(action).by === 'person');
  return isByHand ? 'by hand' : 'unproved';
}
