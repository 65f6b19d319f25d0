import type {Bindings} from './bindings.ts';
import type {Plan} from './plan.ts';
export function bindPlan(draft: Plan, _bindings: Bindings): Plan {
  return draft;
}
/** Key under `hosts:` whose `matches` is the destination as the document writes it. */
export function matchHost(_destination: string, _bindings: Bindings): string | undefined {
  return undefined;
}
/** Host name or `local` that `contexts:` gives to a section; titles innermost first. */
export function contextFor(_sectionTitles: readonly string[], _bindings: Bindings): string | undefined {
  return undefined;
}
