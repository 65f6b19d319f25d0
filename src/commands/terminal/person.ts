/** Who sits at this terminal. */
import {readlinkSync} from 'node:fs';
import {ownAccountName} from '../../attach/door.ts';
import type {Hello} from '../../attach/protocol.ts';
import {personOf} from '../../run/console.ts';
import {compact} from '../../text/compact.ts';

/** Who sits here, as far as this process can tell. `as`: how the person wishes to be called. */
export function helloOf({observe, as}: {observe: boolean; as?: string | undefined}): Hello {
  const name = nameOf(as);
  const terminal = terminalOf();
  const origin = process.env['SSH_CONNECTION']?.split(' ')[0];
  return compact({
    observe,
    name,
    terminal,
    origin,
  });
}

/** As events name who opened a run. */
export function openerOf(as: string | undefined): string {
  const user = ownAccountName();
  return personOf({user, name: nameOf(as) ?? user});
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
