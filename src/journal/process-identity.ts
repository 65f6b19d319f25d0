/** Tells a process from a later one that was given the same number. */
import {readFile} from 'node:fs/promises';
import {hostname} from 'node:os';

/** Empty strings where the system has no /proc: there the number alone must do. */
export type ProcessIdentity = {boot: string; startedTicks: string};

export async function processIdentity(pid: number): Promise<ProcessIdentity> {
  const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => '');
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return {boot: boot.trim(), startedTicks: startTicks(stat)};
}

/** On another host nobody here can tell: it counts as alive. */
export async function isAlive(host: string, pid: number, identity: ProcessIdentity): Promise<boolean> {
  if (host !== hostname()) return true;
  if (!exists(pid)) return false;
  const now = await processIdentity(pid);
  return now.boot === identity.boot && now.startedTicks === identity.startedTicks;
}

function exists(pid: number): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Somebody else's process exists all the same.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** Field 22 of /proc/PID/stat. The second field, the program's name, may itself hold spaces and brackets. */
function startTicks(stat: string): string {
  const [state, ...rest] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  // A zombie has a number, but it holds nothing any more.
  if (state === 'Z' || state === 'X') return 'ended';
  return rest[18] ?? '';
}
