/** What a readiness item says where something is left from before the run. */
import type {ReadinessItem} from '../events/rollback-events.ts';
import type {Proof} from '../request.ts';

/** It is asked for also of a step that is taken only if needed: when its time came, it would put back another run's. */
export function fromBefore(failing: readonly Proof[]): Pick<ReadinessItem, 'madeBy'> & {optional?: false} {
  const madeBy = [...new Set(failing.flatMap(proof => proof.madeBy ?? []))];
  return madeBy.length === 0 ? {} : {madeBy, optional: false};
}
