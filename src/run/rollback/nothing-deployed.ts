/** Whether this run has changed anything that a rollback could take back. Pure. */
import {type Plan, type Step, traitsOf} from '../../plan/plan.ts';
import {untouchedGroups} from '../groups/touched-hosts.ts';
import {isOfDeploy, roleOf, stepState} from '../selectors.ts';
import type {RunState} from '../state.ts';
import {mayChange} from './deploying-again.ts';
import {rollbackSteps} from './readiness.ts';
import {isOfRollback, withRollbackNow} from './rollback-choice.ts';

/**
 * Why there is nothing to roll back, as one line for an operator; undefined once something was done. Another run, or a
 * person in another window, may have deployed all the same: then a reason is given.
 */
export function nothingToRollBack(plan: Plan, state: RunState): string | undefined {
  // After a rollback that somebody gave a reason for, no reason is asked for again.
  if (plan.rollback === null || state.rollback.status === 'finished') return undefined;
  const steps = rollbackSteps(withRollbackNow(plan, state));
  if (steps.length === 0) return undefined;
  const groups = untouchedGroups(plan, state, steps);
  if (groups.length > 0)
    return `this run has touched no host of ${groups.join(', ')}, so there is nothing to roll back`;
  const isChanged = plan.steps.some(step => !isOfRollback(plan, step.id) && mayHaveChanged(plan, state, step));
  return isChanged ? undefined : 'nothing has been deployed in this run: there is nothing to roll back';
}

/** Also where the step failed, still runs, or nobody saw its end: of the deploy itself, whatever it does. */
function mayHaveChanged(plan: Plan, state: RunState, step: Step): boolean {
  const own = stepState(state, step.id);
  switch (own.status) {
    case 'skipped':
    case 'not-applicable':
      return false;
    case 'pending':
      return own.earlier !== undefined && mayChange(step);
    case 'waiting':
      return own.outcome !== undefined && mayChange(step);
    case 'passed':
      return traitsOf(step.action).by === 'engine'
        ? mayChange(step)
        : own.presumed !== true && isDeployedByHand(plan, step);
    default:
      return isOfDeploy(plan, state, step) || mayChange(step);
  }
}

/** A person has ticked work of the deployment: "Press Deploy in the panel". A go/no-go, a choice and a filled blank are none. */
function isDeployedByHand(plan: Plan, step: Step): boolean {
  return step.action.kind === 'manual' && step.gate !== true && roleOf(plan, step) === 'deploy';
}
