/** The logs that a past run followed: what they are called, and on which host they are. */
import {placeOf} from '../../actions/world.ts';
import {logTitle} from '../../engine/log-sources.ts';
import type {Bindings, Plan} from '../../plan/plan.ts';
import type {Place} from '../../plan/script.ts';
import {bindStep} from '../../run/binding/bind-step.ts';
import {shownLookup} from '../../run/binding/lookups.ts';
import type {RunState} from '../../run/state.ts';
import {compact} from '../../text/compact.ts';

export type PastLog = {title: string; host?: string};

/** By id, in the order in which an engine opens them: those of the bindings, then those of steps. `state`: at the end. */
export function pastLogs(plan: Plan, bindings: Bindings, state: RunState): ReadonlyMap<string, PastLog> {
  const logs = new Map<string, PastLog>();
  const add = (id: string, place: Place, file?: string) => {
    const host = place.kind === 'host' ? place.host : undefined;
    if (!logs.has(id)) logs.set(id, compact({title: logTitle(id, place, file), host}));
  };
  for (const [id, {on, tail}] of Object.entries(bindings.logs)) add(id, placeOf(on, bindings.hosts), tail);
  const binding = {plan, state, lookup: shownLookup(plan, state), attempt: 0, rollback: false};
  for (const step of plan.steps) {
    const bound = step.action.kind === 'tail' ? bindStep(step, binding) : undefined;
    if (bound?.kind !== 'request' || bound.request.kind !== 'tail') continue;
    add(bound.request.source, bound.request.place, bound.request.file);
  }
  return logs;
}
