/** The Unix group that a run is opened to. */
import {execFileSync} from 'node:child_process';
import {readFileSync} from 'node:fs';
import {EXIT} from '../../run/exit-codes.ts';
import {CommandError} from '../command-error.ts';

/** The number of a Unix group that this account may give files to. */
export function groupToShareWith(name: string): number {
  const entry = (fromDirectoryServices(name) ?? readFileSync('/etc/group', 'utf8'))
    .split('\n')
    .find(line => line.startsWith(`${name}:`));
  const gid = Number(entry?.split(':')[2]);
  if (entry === undefined || !Number.isInteger(gid)) {
    throw new CommandError(EXIT.usage, `there is no Unix group "${name}"`);
  }
  if (process.getuid?.() !== 0 && ![process.getgid?.(), ...(process.getgroups?.() ?? [])].includes(gid)) {
    throw new CommandError(EXIT.usage, `you are not in the group "${name}": only its members can open a run to it`);
  }
  return gid;
}

function fromDirectoryServices(name: string): string | undefined {
  try {
    return execFileSync('getent', ['group', '--', name], {encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore']});
  } catch {
    // No such group, or no getent on this system.
    return undefined;
  }
}
