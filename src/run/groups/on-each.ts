/** How a step stands on each host of its group, while it runs and after. */
import type {Plan, Step} from '../../plan/plan.ts';
import type {HostVerdict} from '../outcome.ts';
import {stepState} from '../selectors.ts';
import type {RunState} from '../state.ts';
import {groupOfStep} from './batches.ts';

/** `running`: nobody has seen its end yet. `pending`: it has not begun there. */
export type HostStand = Omit<HostVerdict, 'kind'> & {
  kind: HostVerdict['kind'] | 'running' | 'pending';
};

/** In the order of the inventory; empty for a step that is on no group, or has begun nowhere. */
export function standOnHosts(plan: Plan, state: RunState, step: Step): readonly HostStand[] {
  const own = stepState(state, step.id);
  const verdicts = 'verdict' in own ? (own.verdict?.hosts ?? []) : [];
  const group = groupOfStep(plan, step);
  const all = group === undefined ? [] : (state.groups?.[group]?.hosts ?? []);
  const stands = new Map<string, HostStand>();
  if (own.status === 'running') {
    for (const host of own.hosts ?? all) stands.set(host, {host, kind: 'running', because: ''});
    for (const {host, settled} of own.before ?? []) if (settled !== undefined) stands.set(host, settled);
  }
  const known = [...('earlier' in own ? (own.earlier ?? []) : []), ...verdicts];
  for (const one of [...known, ...(own.status === 'running' ? (own.ended ?? []) : [])]) stands.set(one.host, one);
  if (stands.size === 0) return [];
  const named = new Set(all);
  const others = [...stands.values()].filter(({host}) => !named.has(host));
  return [...all.map(host => stands.get(host) ?? {host, kind: 'pending' as const, because: ''}), ...others];
}
