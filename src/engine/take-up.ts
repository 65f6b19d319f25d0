import type {Plan} from '../plan/plan.ts';
import type {Effect, Report} from '../run/event.ts';
import type {RunState} from '../run/state.ts';

/**
 * What an engine does about steps that ran when the last one ended. A script's job is found again by its name, on its
 * host: performing it anew only watches it, and reads how it ended. Of anything else nobody can say what became of it.
 */
export function takeUp(
  plan: Plan,
  state: RunState,
  perform: (effect: Effect) => void,
  report: (report: Report) => void,
): void {
  for (const [stepId, own] of Object.entries(state.steps)) {
    if (own.status !== 'running') continue;
    const {attempt} = own;
    const rollback = state.rollback.status === 'running' && (plan.rollback?.steps.includes(stepId) ?? false);
    if (plan.steps.find(step => step.id === stepId)?.action.kind === 'script') {
      perform({type: 'perform', stepId, attempt, lane: rollback ? 'rollback' : 'main', rollback});
    } else {
      const detail = 'the engine ended while it ran, and nobody saw what came of it';
      report({type: 'step-reported', stepId, attempt, outcome: {kind: 'lost', detail, durationMs: 0}});
    }
  }
}
