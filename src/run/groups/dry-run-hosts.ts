/** For a dry run, in words: on how many hosts of a group a step would run, and in which batches. */
import type {Batches, Plan, Step} from '../../plan/plan.ts';
import {plural} from '../../text/figures.ts';
import {stretchText} from '../../text/times.ts';
import {hostNames} from '../host-lines.ts';
import type {RunState} from '../state.ts';
import {batchesOf, groupOfStep, isBatched} from './batches.ts';

/** Undefined for a step that is on no group, and where nobody knows the hosts. */
export function hostsAhead(plan: Plan, state: RunState, step: Step): string | undefined {
  const group = groupOfStep(plan, step);
  const hosts = group === undefined ? [] : (state.groups?.[group]?.hosts ?? []);
  if (group === undefined || hosts.length === 0) return undefined;
  const {batches = [], pause} = plan.groups?.[group] ?? {};
  const ahead = isBatched(plan, state, step) ? batchesOf(hosts, batches) : [hosts];
  const all = `${plural(hosts.length, 'host')} of ${group}`;
  if (ahead.length === 1) return `${all} at once: ${hostNames(hosts)}`;
  return `${all} in ${ahead.length} batches: ${sizesText(ahead)}; ${pauseText(pause)}`;
}

/** `1 (web1), then 2, then 5`; equal ones in a row are counted. */
function sizesText(batches: readonly (readonly string[])[]): string {
  const runs: {size: number; times: number}[] = [];
  for (const {length: size} of batches.slice(1)) {
    const last = runs.at(-1);
    if (last?.size === size) last.times += 1;
    else runs.push({size, times: 1});
  }
  const [first = []] = batches;
  const others = runs.map(({size, times}) => `then ${times === 1 ? '' : `${times} of `}${size}`);
  return [`${first.length} (${hostNames(first)})`, ...others].join(', ');
}

function pauseText(pause: Batches['pause']): string {
  if (pause === 'person') return 'a person begins each of the others';
  return `between two ${pause === undefined ? 'as long as the rules look back' : stretchText(pause)}`;
}
