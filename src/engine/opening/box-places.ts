/** In the box of a rehearsal a host that the bindings do not name is there, too. */
import type {Plan} from '../../plan/plan.ts';

/**
 * The plan with the destinations of those hosts, by the host as the document writes it. The reading that was confirmed is
 * another thing: it is made of the plan as the bindings leave it.
 */
export function withBoxHosts(plan: Plan, destinations: Readonly<Record<string, string>>): Plan {
  if (Object.keys(destinations).length === 0) return plan;
  return {...plan, steps: placed(plan.steps, destinations), ...rollbacksOf(plan, destinations)};
}

function rollbacksOf({rollback, rollbacks}: Plan, destinations: Readonly<Record<string, string>>): Partial<Plan> {
  return {
    rollback: placed(rollback, destinations),
    ...(rollbacks === undefined ? {} : {rollbacks: placed(rollbacks, destinations)}),
  };
}

/** Places stand at any depth of an action. */
function placed<T>(value: T, destinations: Readonly<Record<string, string>>): T {
  if (Array.isArray(value)) return value.map(one => placed(one, destinations)) as T;
  if (value === null || typeof value !== 'object') return value;
  const copy: Record<string, unknown> = {};
  for (const [key, own] of Object.entries(value)) copy[key] = placed(own, destinations);
  const {kind, host} = copy;
  if (kind === 'host' && typeof host === 'string' && copy['destination'] === host) {
    copy['destination'] = destinations[host] ?? host;
  }
  return copy as T;
}
