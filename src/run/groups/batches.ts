/** On which hosts of a group a step runs: batch by batch for the steps of the deployment, on all for every other. */
import {contextOf, type HostCount, type Plan, type Step, traitsOf} from '../../plan/plan.ts';
import type {HostVerdict} from '../outcome.ts';
import {belongsToRun, isDone, isOfDeploy, isTaken, roleOf, stepState} from '../selectors.ts';
import type {RunState} from '../state.ts';

/** `leftOut`: hosts of the batch on which an earlier step has not passed. `next`: with it a batch begins. */
export type Share = {
  group: string;
  hosts: readonly string[];
  leftOut: number;
  next?: {number: number; of: number; hosts: readonly string[]};
};

/** The group of the bindings that the step runs on; undefined for one host and for what no group can do. */
export function groupOfStep(plan: Plan, step: Step): string | undefined {
  const {kind} = step.action;
  const place = kind === 'script' || kind === 'http' ? contextOf(step)?.place : undefined;
  return place?.kind === 'host' && plan.groups?.[place.host] !== undefined ? place.host : undefined;
}

/**
 * Sizes as Ansible's `serial` has them: of all hosts, rounded down, at least one; the last is repeated until there is none
 * left.
 */
export function batchesOf(hosts: readonly string[], sizes: readonly HostCount[]): readonly (readonly string[])[] {
  const batches: (readonly string[])[] = [];
  for (let from = 0; from < hosts.length; ) {
    const size = sizes[batches.length] ?? sizes.at(-1) ?? {percent: 100};
    const count = 'hosts' in size ? size.hosts : Math.floor((hosts.length * size.percent) / 100);
    const batch = hosts.slice(from, from + Math.max(1, count));
    batches.push(batch);
    from += batch.length;
  }
  return batches;
}

/**
 * What a batch goes through before the next one begins: the steps on the group from the first to the last of the
 * deployment, and what verifies them right behind. What stands among them for another place is done once.
 */
function batchedSteps(plan: Plan, state: RunState, group: string): readonly Step[] {
  const steps = plan.steps.filter(step => belongsToRun(plan, state, step) && isTaken(state, step));
  const isOfGroup = (step: Step) => groupOfStep(plan, step) === group;
  const isDeploy = (step: Step) => isOfGroup(step) && isOfDeploy(plan, state, step);
  const first = steps.findIndex(isDeploy);
  if (first === -1) return [];
  let last = steps.findLastIndex(isDeploy);
  for (const [index, step] of steps.entries()) {
    if (index <= last) continue;
    if (isOfGroup(step) && roleOf(plan, step) === 'verify') last = index;
    else if (traitsOf(step.action).by !== 'person') break;
  }
  return steps
    .slice(first, last + 1)
    .filter(step => isOfGroup(step) && (roleOf(plan, step) !== 'prepare' || isDeploy(step)));
}

/** Whether a batch goes through the step, and not all hosts of its group at once. */
export function isBatched(plan: Plan, state: RunState, step: Step): boolean {
  const group = groupOfStep(plan, step);
  return group !== undefined && batchedSteps(plan, state, group).includes(step);
}

/** Undefined where the step is on no group, or on all hosts of one. Without hosts: nobody knows them. */
export function shareOf(plan: Plan, state: RunState, step: Step): Share | undefined {
  const group = groupOfStep(plan, step);
  if (group === undefined || state.run.dryRun) return undefined;
  const steps = batchedSteps(plan, state, group);
  if (!steps.includes(step)) return undefined;
  const known = state.groups?.[group];
  if (known === undefined || known.because !== undefined) return {group, hosts: [], leftOut: 0};
  const {batch} = known;
  if (batch !== undefined && (batch.endedAt === undefined || batch.number === batch.of)) {
    const lost = lostBefore(state, steps, step);
    const hosts = batch.hosts.filter(host => !lost.has(host));
    return {group, hosts, leftOut: batch.hosts.length - hosts.length};
  }
  const all = batchesOf(known.hosts, plan.groups?.[group]?.batches ?? []);
  const number = (batch?.number ?? 0) + 1;
  const hosts = all[number - 1] ?? [];
  return {group, hosts, leftOut: 0, next: {number, of: all.length, hosts}};
}

/** Hosts on which one of these steps was tried and has not passed, although the step may have: so many may fail. */
function lostBefore(state: RunState, steps: readonly Step[], until: Step): ReadonlySet<string> {
  return new Set(steps.slice(0, steps.indexOf(until)).flatMap(one => lostOn(state, one)));
}

/** With a reason a person has said that it is done. */
function lostOn(state: RunState, {id}: Step): readonly string[] {
  const own = stepState(state, id);
  if (!('verdict' in own) || ('reason' in own && own.reason !== undefined)) return [];
  return (own.verdict?.hosts ?? []).filter(isLost).map(({host}) => host);
}

export function isLost({kind}: HostVerdict): boolean {
  return kind === 'failed' || kind === 'unknown' || kind === 'cancelled';
}

/** Of which nobody knows the hosts yet. */
export function unlistedGroups({groups = {}}: Plan, state: RunState): readonly string[] {
  return Object.keys(groups).filter(name => {
    const known = state.groups?.[name];
    return known === undefined || known.because !== undefined;
  });
}

/** Hosts on which a step of the deployment was tried and has not passed, in any batch: no later step runs on them. */
export function leftOutIn(plan: Plan, state: RunState, group: string): ReadonlySet<string> {
  const steps = batchedSteps(plan, state, group);
  return new Set(
    steps.flatMap(step => {
      const own = stepState(state, step.id);
      const before = 'earlier' in own ? (own.earlier ?? []) : [];
      return [...before.filter(isLost).map(({host}) => host), ...(isDone(state, step) ? lostOn(state, step) : [])];
    }),
  );
}

/** The batch whose steps are all done and of which nobody has said so; `steps`: which the next one does again. */
export function doneBatches(
  plan: Plan,
  state: RunState,
): readonly {group: string; batch: number; of: number; steps: readonly string[]; lost: readonly string[]}[] {
  return Object.entries(state.groups ?? {}).flatMap(([group, {batch}]) => {
    if (batch === undefined || batch.endedAt !== undefined) return [];
    const steps = batchedSteps(plan, state, group);
    if (!steps.every(step => isDone(state, step))) return [];
    const {number, of} = batch;
    const again = steps.filter(({id}) => hasRun(state, id)).map(({id}) => id);
    const lost = [...new Set(steps.flatMap(step => lostOn(state, step)))];
    return [{group, batch: number, of, steps: number < of ? again : [], lost}];
  });
}

/** What a person did by hand, or nobody did, is so for the whole group. */
function hasRun(state: RunState, id: string): boolean {
  const own = stepState(state, id);
  return own.status === 'passed' && own.outcome !== undefined;
}
