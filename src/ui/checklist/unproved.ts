/** How far the inputs of the rollback are proved, in a word or two. Pure. */
import type {Plan} from '../../plan/plan.ts';
import {traitsOf} from '../../plan/plan.ts';
import {rollbackSteps} from '../../run/rollback/readiness.ts';
import {provedCount, whyUnconfirmed} from '../../run/rollback/readiness-now.ts';
import type {RunState} from '../../run/state.ts';
import {wayBackCutAt} from '../../run/wording/lost-links.ts';
import type {ThemeToken} from '../terminal/theme.ts';

type Unproved = 'by hand' | 'unproved';

/** The word where nothing is to be proved beforehand: `0 of 0` would look like a proof. Undefined where something is proved or is known to be missing. */
export function unprovedRollback(plan: Plan, {readiness}: Pick<RunState, 'readiness'>): Unproved | undefined {
  if (readiness?.ready !== true || readiness.items.length > 0) return undefined;
  const isByHand = rollbackSteps(plan).every(({action}) => traitsOf(action).by === 'person');
  return isByHand ? 'by hand' : 'unproved';
}

/** Before the deploy the rollback's inputs are often not made yet: no alarm then. `isLost`: nobody proves them any more. */
export function readinessCount(plan: Plan, state: RunState, isLost = false): {right: string; token: ThemeToken} {
  const {readiness, deployStartedAt} = state;
  if (isLost) return {right: 'not watched', token: 'bad'};
  if (whyUnconfirmed(plan, state) !== undefined) return {right: 'not confirmed', token: 'warn'};
  if (readiness === null) return {right: 'probing', token: 'muted'};
  const unproved = unprovedRollback(plan, state);
  if (unproved !== undefined) return {right: unproved, token: unproved === 'by hand' ? 'muted' : 'warn'};
  if (wayBackCutAt(plan, state) !== undefined) return {right: 'not proved, no link', token: 'bad'};
  const {ready, of} = provedCount(readiness.items);
  const text = `${readiness.ready ? 'ready' : 'not ready'} ${ready}/${of}`;
  return {right: text, token: readiness.ready ? 'good' : deployStartedAt === undefined ? 'warn' : 'bad'};
}
