/** Steps that were started while no link leads to their host: nothing of them is sent before it is back. */
import type {Plan} from '../../plan/plan.ts';
import {hostOf} from '../operations.ts';
import {stepById} from '../plan-index.ts';
import type {RunState, StepState} from '../state.ts';

/** No way leads to a host whose link is lost, so that nothing of the step can be sent yet. */
export function cutOffAt(plan: Plan, {links}: RunState, stepId: string): string | undefined {
  const step = stepById(plan, stepId);
  const host = step === undefined ? undefined : hostOf(step);
  return host !== undefined && links[host]?.up === false ? host : undefined;
}

/** The link is back: from now on the step may be sent. */
export function reachAwaited({steps}: RunState, host: string): RunState['steps'] {
  const awaiting = Object.entries(steps).filter(([, own]) => own.status === 'running' && own.awaitsLink === host);
  const begun = awaiting.map(([id, own]): [string, StepState] => {
    const {awaitsLink: _, ...rest} = own as StepState & {status: 'running'};
    return [id, rest];
  });
  return begun.length === 0 ? steps : {...steps, ...Object.fromEntries(begun)};
}
