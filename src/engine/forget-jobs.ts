import type {World} from '../actions/world.ts';
import type {Plan} from '../plan/plan.ts';
import type {Place} from '../plan/script.ts';
import type {RunState} from '../run/state.ts';

/** A run that is over leaves on its hosts how its jobs ended, and nothing that they printed or were given. */
export async function forgetJobs(plan: Plan, state: RunState, world: World): Promise<void> {
  const places = new Map<string, Place>();
  for (const {id, action} of plan.steps) {
    if (action.kind !== 'script' || state.steps[id] === undefined) continue;
    const {place} = action.context;
    places.set(place.kind === 'host' ? `on ${place.host}` : 'here', place);
  }
  const forgetting = [...places.values()].map(place => world.forget(place, `${state.run.id}-`));
  // A host that cannot be reached keeps them, for its own user to read, until newer jobs push them out.
  await Promise.allSettled(forgetting);
}
