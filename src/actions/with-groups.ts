/** A world in which some hosts of the bindings are groups of hosts: these are for Ansible, all others as before. */
import type {Place} from '../plan/script.ts';
import type {Groups} from './group/groups.ts';
import type {World, WorldOptions} from './world.ts';

/** A run on single hosts loads nothing of Ansible. */
export function withGroups(world: World, options: WorldOptions, lostAfterMs: number): World {
  const {bindings} = options;
  const names = new Set(Object.keys(bindings.hosts).filter(name => bindings.hosts[name]?.group !== undefined));
  if (names.size === 0) return world;
  const groupIn = (place: Place | undefined) =>
    place?.kind === 'host' && names.has(place.host) ? place.host : undefined;
  let opening: Promise<Groups> | undefined;
  const groups = () => {
    opening ??= import('./group/groups.ts').then(({openGroups}) => openGroups(options, lostAfterMs));
    return opening;
  };
  return {
    ...world,
    async perform(request, sink, signal, onAwaited) {
      const place = 'from' in request ? request.from?.place : 'place' in request ? request.place : undefined;
      const name = groupIn(place);
      if (name === undefined) return await world.perform(request, sink, signal, onAwaited);
      return await (await groups()).perform(name, request, sink, signal);
    },
    async prove(place, lane, proofs) {
      const name = groupIn(place);
      if (name === undefined) return await world.prove(place, lane, proofs);
      return await (await groups()).prove(name, lane, proofs);
    },
    async read(place, lane, looks) {
      const name = groupIn(place);
      return name === undefined ? await world.read(place, lane, looks) : await (await groups()).read(name, looks);
    },
    async capture(place, command, timeoutMs) {
      const name = groupIn(place);
      if (name === undefined) return await world.capture(place, command, timeoutMs);
      return await (await groups()).capture(name, command, timeoutMs);
    },
    async hostsOf(group) {
      return names.has(group) ? await (await groups()).hostsOf(group) : await world.hostsOf(group);
    },
    forgetLooks() {
      void opening?.then(all => all.forgetLooks());
    },
    reserve(hosts) {
      if (hosts.some(host => names.has(host))) void groups();
      world.reserve(hosts.filter(host => !names.has(host)));
    },
    async raiseFence(place, raising) {
      const name = groupIn(place);
      return name === undefined
        ? await world.raiseFence(place, raising)
        : await (await groups()).raiseFence(name, raising);
    },
    async forget(place, prefix) {
      const name = groupIn(place);
      return name === undefined ? await world.forget(place, prefix) : await (await groups()).forget(name, prefix);
    },
  };
}
