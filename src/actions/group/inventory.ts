/** The hosts of a group, as Ansible knows them: it reads the inventory, in whatever form that is. */
import {existsSync} from 'node:fs';
import {resolve} from 'node:path';
import type {GroupBinding} from '../../plan/plan.ts';
import {nearest} from '../../text/nearest.ts';
import {LinkError} from '../link-error.ts';
import {ask} from './ansible.ts';

/** What `ansible-inventory --list` prints, as far as it is needed. */
type Listing = Readonly<Record<string, {hosts?: readonly string[]; children?: readonly string[]} | undefined>>;

/** `directory`: from where the inventory is named. In the inventory's order; throws `LinkError` in words where there are none. */
export async function hostsOfGroup({inventory, name}: GroupBinding, directory: string): Promise<readonly string[]> {
  if (isPath(inventory) && !existsSync(resolve(directory, inventory)))
    throw new LinkError('unreachable', `there is no inventory ${inventory} in ${directory}`);
  const printed = await ask('ansible-inventory', [...inventoryWords(inventory, directory), '--list'], directory);
  const listing = parse(printed, inventory);
  const groups = Object.keys(listing).filter(one => one !== '_meta');
  if (listing[name] === undefined && !(name === 'all' && groups.length > 0)) {
    const meant = nearest(name, groups);
    const known = groups.filter(one => one !== 'all' && one !== 'ungrouped');
    const hint = meant === undefined ? `it has ${known.join(', ') || 'no groups'}` : `did you mean ${meant}?`;
    throw new LinkError('unreachable', `there is no group ${name} in ${inventory}; ${hint}`);
  }
  const hosts = membersOf(listing, name);
  if (hosts.length === 0) throw new LinkError('unreachable', `group ${name} of ${inventory} has no hosts`);
  return hosts;
}

export function inventoryWords(inventory: string, directory: string): readonly string[] {
  return ['-i', isPath(inventory) ? resolve(directory, inventory) : inventory];
}

/** A list of hosts (`web1,web2,`) and a plugin's name are no files. */
function isPath(inventory: string): boolean {
  return !inventory.includes(',') && !inventory.startsWith('@');
}

function parse(printed: string, inventory: string): Listing {
  try {
    return JSON.parse(printed) as Listing;
  } catch (cause) {
    throw new LinkError('unreachable', `ansible-inventory printed no list of the hosts of ${inventory}`, cause);
  }
}

/** The hosts of the group and of the groups in it, each once; a group may be in itself, by way of others. */
function membersOf(listing: Listing, name: string): readonly string[] {
  const hosts = new Set<string>();
  const seen = new Set<string>();
  const open = [name];
  for (let group = open.shift(); group !== undefined; group = open.shift()) {
    if (seen.has(group)) continue;
    seen.add(group);
    for (const host of listing[group]?.hosts ?? []) hosts.add(host);
    open.unshift(...(listing[group]?.children ?? []));
  }
  return [...hosts];
}
