/** Who sits at this terminal, and to which Unix group they may open a run. */
import {execFileSync} from 'node:child_process';
import {readFileSync, readlinkSync} from 'node:fs';
import {ownAccountName} from '../../attach/admission.ts';
import type {Hello} from '../../attach/protocol.ts';
import {personOf} from '../../run/console.ts';
import {EXIT} from '../../run/exit-codes.ts';
import {compact} from '../../text/compact.ts';
import {CommandError} from '../command-error.ts';

/** Who sits here, as far as this process can tell. `as`: how the person wishes to be called. */
export function helloOf({observe, as}: {observe: boolean; as?: string | undefined}): Hello {
  const name = nameOf(as);
  const terminal = terminalOf();
  const origin = process.env['SSH_CONNECTION']?.split(' ')[0];
  return compact({observe, name, terminal, origin});
}

/** As events name who opened a run: `ana`, or `ana (root)`. */
export function openerOf(as: string | undefined): string {
  return personOf(ownPerson(as));
}

/** The account, and how the person in it wishes to be called. */
export function ownPerson(as: string | undefined): {user: string; name: string} {
  const user = ownAccountName();
  return {user, name: nameOf(as) ?? user};
}

/** Who became another account by sudo is still somebody. */
function nameOf(as: string | undefined): string | undefined {
  const name = (as ?? process.env['SUDO_USER'] ?? '').trim();
  return name === '' ? undefined : name;
}

/** `pts/3`: what others see of the same terminal in `who` and `ps`. */
function terminalOf(): string | undefined {
  if (process.stdin.isTTY !== true && process.stdout.isTTY !== true) return undefined;
  for (const descriptor of [0, 1]) {
    try {
      const device = /^\/dev\/((?:pts\/|tty).*)$/.exec(readlinkSync(`/proc/self/fd/${descriptor}`));
      if (device?.[1] !== undefined) return device[1];
    } catch {
      // Not every system shows a process its open files like this.
    }
  }
  return process.env['SSH_TTY']?.replace(/^\/dev\//, '');
}

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
