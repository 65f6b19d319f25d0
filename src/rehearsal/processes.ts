/** Which processes belong to a rehearsal, and how they are ended. */
import {readFileSync} from 'node:fs';
import {readdir, readFile} from 'node:fs/promises';
import {setTimeout as sleep} from 'node:timers/promises';
import {execa} from 'execa';
import {markVariable} from './file-paths.ts';

const politeMs = 3000;
const pollMs = 50;

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !isZombie(pid);
  } catch (error) {
    // Somebody else's process is a process all the same.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Ended, but not yet collected by its parent. The program's name before the state may itself hold brackets. */
function isZombie(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.charAt(stat.lastIndexOf(')') + 2) === 'Z';
  } catch {
    return false;
  }
}

/** Waits for a process to end; false when it is still there after `timeoutMs`. */
export async function waitForExit(pid: number, timeoutMs: number): Promise<boolean> {
  const deadline = Date.now() + timeoutMs;
  while (isAlive(pid)) {
    if (Date.now() > deadline) return false;
    await sleep(pollMs);
  }
  return true;
}

/** Ends every process of the rehearsal in `directory`, whoever started it and however detached, but for this one. */
export async function sweep(directory: string): Promise<void> {
  const deadline = Date.now() + politeMs;
  for (;;) {
    const left = await processesOf(directory);
    if (left.length === 0) return;
    const signal = Date.now() < deadline ? 'SIGTERM' : 'SIGKILL';
    for (const pid of left) signalQuietly(pid, signal);
    await sleep(pollMs * 2);
  }
}

/** Ids of the processes whose environment carries the mark of the rehearsal in `directory`. */
export async function processesOf(directory: string): Promise<number[]> {
  const mark = `${markVariable}=${directory}`;
  const pids = process.platform === 'linux' ? await markedInProc(mark) : await markedInPs(mark);
  return pids.filter(pid => pid !== process.pid);
}

async function markedInProc(mark: string): Promise<number[]> {
  const pids = (await readdir('/proc')).filter(name => /^\d+$/.test(name));
  const marked = await Promise.all(
    pids.map(async pid => {
      // Gone by now, or somebody else's: not ours either way.
      const environment = await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '');
      return environment.split('\0').includes(mark);
    }),
  );
  return pids.filter((_, index) => marked[index]).map(Number);
}

/** The `e` of BSD's ps appends the environment to the command. */
async function markedInPs(mark: string): Promise<number[]> {
  const {stdout} = await execa('ps', ['axeww', '-o', 'pid=,command='], {reject: false});
  return stdout
    .split('\n')
    .filter(line => `${line} `.includes(` ${mark} `))
    .map(line => Number.parseInt(line, 10));
}

function signalQuietly(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It ended between the listing and the signal.
  }
}
