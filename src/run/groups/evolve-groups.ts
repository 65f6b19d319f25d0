/** Folds the events of groups, and says them in words. */
import {compact} from '../../text/compact.ts';
import {plural} from '../../text/figures.ts';
import type {Recorded} from '../event.ts';
import type {GroupEvent, GroupState} from '../events/group-events.ts';
import {hostNames} from '../host-lines.ts';
import type {RunState, StepState} from '../state.ts';

type Told = Extract<Recorded, {type: GroupEvent['type']}>;
type Of<Type extends Told['type']> = Extract<Told, {type: Type}>;

export function foldGroups(state: RunState, event: Told): RunState {
  switch (event.type) {
    case 'group-listed':
      return withGroup(state, event.group, known => {
        const {because: _, ...before} = known;
        return compact({...before, hosts: event.hosts, because: event.because});
      });
    case 'batch-started': {
      const {group, batch: number, of, hosts} = event;
      return withGroup(state, group, known => ({
        ...known,
        batch: {number, of, hosts, contexts: known.batch?.contexts ?? state.contexts},
      }));
    }
    case 'batch-finished':
      return finishBatch(state, event);
    case 'hosts-ended': {
      const {stepId, attempt, hosts} = event;
      const own = state.steps[stepId];
      if (own?.status !== 'running' || own.attempt !== attempt) return state;
      return {...state, steps: {...state.steps, [stepId]: {...own, ended: [...(own.ended ?? []), ...hosts]}}};
    }
  }
}

/** The next batch finds the steps as the first one did, and the shells where they stood. */
function finishBatch(state: RunState, {group, steps, at}: Of<'batch-finished'>): RunState {
  const batch = state.groups?.[group]?.batch;
  if (batch === undefined) return state;
  const ended = withGroup(state, group, known => ({...known, batch: {...batch, endedAt: at}}));
  if (steps.length === 0) return ended;
  const again = steps.map((id): [string, StepState] => [id, againOf(state.steps[id])]);
  return {...ended, steps: {...ended.steps, ...Object.fromEntries(again)}, contexts: batch.contexts};
}

function againOf(own: StepState | undefined): StepState {
  if (own?.status !== 'passed') return own ?? {status: 'pending'};
  const {attempt, earlier = [], outputFrom: from = 0, outputTo: to = from, verdict} = own;
  const hosts = verdict?.hosts?.map(host => ({...host, lines: {from, to}})) ?? [];
  return {status: 'pending', attempt, earlier: [...earlier, ...hosts]};
}

/** A step of the deployment was begun on these hosts, or may have been. */
export function touch(state: RunState, group: string, hosts: readonly string[]): RunState {
  return withGroup(state, group, known => ({...known, touched: [...new Set([...known.touched, ...hosts])]}));
}

function withGroup(state: RunState, group: string, change: (known: GroupState) => GroupState): RunState {
  const known = state.groups?.[group] ?? {hosts: [], touched: []};
  return {...state, groups: {...state.groups, [group]: change(known)}};
}

type Entry = RunState['timeline'][number];

export function sayOfGroups(event: Told): [string, Entry['tone']] | undefined {
  if (event.type === 'hosts-ended') return undefined;
  const {group} = event;
  switch (event.type) {
    case 'group-listed':
      return event.because === undefined
        ? [`${group} has ${plural(event.hosts.length, 'host')}`, 'plain']
        : [`nobody knows the hosts of ${group}: ${event.because}`, 'warn'];
    case 'batch-started':
      if (event.of === 1) return undefined;
      return [
        `${batchText(event)} of ${group} begins on ${plural(event.hosts.length, 'host')}: ${hostNames(event.hosts)}`,
        'plain',
      ];
    case 'batch-finished': {
      const {lost = []} = event;
      if (event.of === 1 && lost.length === 0) return undefined;
      const but = lost.length === 0 ? '' : `, but not on ${hostNames(lost)}`;
      return [`${batchText(event)} of ${group} is done${but}`, lost.length === 0 ? 'good' : 'warn'];
    }
  }
}

/** `batch 1 of 3` */
export function batchText({batch, of}: {batch: number; of: number}): string {
  return `batch ${batch} of ${of}`;
}
