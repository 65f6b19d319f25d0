/** What is said of a rollback of which nothing can be proved beforehand: `0 of 0` would be an empty promise. Pure. */
import type {Plan} from '../../plan/plan.ts';
import {traitsOf} from '../../plan/plan.ts';
import {rollbackSteps} from '../../run/rollback/readiness.ts';
import type {RunState} from '../../run/state.ts';

export type Unproved = 'by hand' | 'unproved';

/** Absent where something is proved, or is known to be missing. */
export function unprovedRollback(plan: Plan, {readiness}: Pick<RunState, 'readiness'>): Unproved | undefined {
  if (readiness?.ready !== true || readiness.items.length > 0) return undefined;
  const isByHand = rollbackSteps(plan).every(({action}) => traitsOf(action).by === 'person');
  return isByHand ? 'by hand' : 'unproved';
}
