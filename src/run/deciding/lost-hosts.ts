/** Hosts of a group on which a rollback did not go well: why, and which commands are left on each. */
import type {Step} from '../../plan/plan.ts';
import {groupOfStep} from '../groups/batches.ts';
import {lostInRollback} from '../groups/touched-hosts.ts';
import {hostNames} from '../host-lines.ts';
import type {Outcome} from '../outcome.ts';
import type {Bound} from '../requests/bind-step.ts';
import {stepState} from '../selectors.ts';
import {commandsLeft} from './commands-left.ts';
import type {Draft} from './decision-draft.ts';

/** Undefined where it went well on all. `groups`: of which all that is left is in `left`. */
export function lostHosts(
  draft: Draft,
  steps: readonly Step[],
  bind: (step: Step) => Bound,
): {because: string; left: readonly string[]; groups: ReadonlySet<string>} | undefined {
  const {plan, state} = draft;
  const groups = new Set(steps.flatMap(step => groupOfStep(plan, step) ?? []));
  const lost = [...groups].flatMap(group => lostInRollback(plan, state, group).map(one => ({...one, group})));
  if (lost.length === 0) return undefined;
  const reasons = Map.groupBy(lost, ({step, because}) => `${step.title}: ${because}`);
  const because = [...reasons].map(([reason, own]) => `${hostNames(own.map(({host}) => host))}: ${reason}`);
  const left = lost.map(({host, step, group}) => {
    const open = steps.slice(steps.indexOf(step)).filter(one => groupOfStep(plan, one) === group);
    const lines = open.flatMap(one =>
      commandsLeft(onHost(bind(one), HOST), one, one === step ? outcomeOn(draft, step, host) : undefined),
    );
    return {host, lines};
  });
  const alike = Map.groupBy(left, ({lines}) => lines.join('\n'));
  return {
    because: `not rolled back on ${because.join('; ')}`,
    left: [...alike.values()].flatMap(own => {
      const names = own.map(({host}) => host).join(', ');
      return (own[0]?.lines ?? []).map(line => line.replace(HOST, () => names));
    }),
    groups: new Set(lost.map(({group}) => group)),
  };
}

/** Stands for the names until it is known on which hosts the same is left. */
const HOST = '\0';

function onHost(bound: Bound, host: string): Bound {
  if (bound.kind !== 'request') return bound;
  const {request} = bound;
  const there = {kind: 'host', host, destination: host} as const;
  if (request.kind === 'script') return {kind: 'request', request: {...request, place: there}};
  if (request.kind !== 'http' || request.from === undefined) return bound;
  return {kind: 'request', request: {...request, from: {...request.from, place: there}}};
}

function outcomeOn({state}: Draft, {id}: Step, host: string): Outcome | undefined {
  const own = stepState(state, id);
  const outcome = 'outcome' in own ? own.outcome : undefined;
  return outcome?.kind === 'on-hosts' ? outcome.hosts.find(one => one.host === host)?.outcome : undefined;
}
