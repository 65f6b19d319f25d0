/** Check: what a group of hosts needs, and what can only be asked of one host. */
import {probeKindOf} from '../bindings-file/probe-kinds.ts';
import type {Bindings} from '../bindings-file/types.ts';
import {type Problem, problemOf} from '../problem.ts';

export function checkGroups({hosts, databases, logs, probes, file}: Bindings): Problem[] {
  const groups = Object.entries(hosts).filter(([, {group}]) => group !== undefined);
  if (groups.length === 0) return [];
  const isGroup = (name: string | undefined) => name !== undefined && hosts[name]?.group !== undefined;
  const askedOfOne = [
    ...Object.entries(databases).map(([name, {via, line}]) => ({what: `database ${name}`, on: via, line})),
    ...Object.entries(logs).map(([name, {on, line}]) => ({what: `log ${name}`, on, line})),
    ...Object.entries(probes).map(([name, probe]) => {
      const asked = probeKindOf(probe).asks(probe);
      return {what: `probe ${name}`, on: asked?.kind === 'host' ? asked.name : undefined, line: probe.line};
    }),
  ];
  return [
    ...groups.map(([name, {destination, line}]) => {
      const message = `${name} is ${destination}: this machine needs ansible-core 2.14 or newer`;
      return problemOf('info', 'group-needs', line, message, '`tminus check --connect` asks all of them', file);
    }),
    ...askedOfOne
      .filter(({on}) => isGroup(on))
      .map(({what, on, line}) => {
        const message = `${what} is on ${on}, which is a group of hosts, and it is asked of one host`;
        const hint = 'write the host that is meant under `hosts:`, with its destination, and name that';
        return problemOf('error', 'invalid-binding', line, message, hint, file);
      }),
  ];
}
