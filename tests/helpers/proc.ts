/** Processes of this machine, found by what they carry: nothing that was detached from a test can hide. */
import {readdirSync, readFileSync} from 'node:fs';

/** Ids of the processes whose command line or environment holds `text`; this one is not counted. */
export function processesWith(text: string): readonly number[] {
  const ids = readdirSync('/proc').filter(name => /^\d+$/.test(name) && name !== String(process.pid));
  return ids.filter(id => `${read(id, 'cmdline')}\0${read(id, 'environ')}`.includes(text)).map(Number);
}

/** Ends them, and looks again until none is left: some are just being started. */
export function endProcessesWith(text: string): void {
  for (let rounds = 0; rounds < ROUNDS_MAX; rounds += 1) {
    const left = processesWith(text);
    if (left.length === 0) return;
    for (const pid of left) killQuietly(pid);
  }
}

const ROUNDS_MAX = 100;

/** Ids of the children of this process, of theirs, and so on. */
export function descendantsOf(pid: number): readonly number[] {
  const parents = new Map(readdirSync('/proc').flatMap(id => (/^\d+$/.test(id) ? [[Number(id), parentOf(id)]] : [])));
  const found = new Set([pid]);
  // A child may have a lower number than its parent, so all are gone through until nothing is added.
  for (let known = 0; known < found.size; ) {
    known = found.size;
    for (const [child, parent] of parents) if (found.has(parent)) found.add(child);
  }
  found.delete(pid);
  return [...found];
}

/** The name in front of it may hold blanks and brackets. */
function parentOf(id: string): number {
  return Number(read(id, 'stat').split(') ').at(-1)?.split(' ')[1] ?? -1);
}

export function killQuietly(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It ended between the listing and the signal.
  }
}

/** A zombie has neither any more; somebody else's process shows nothing. */
function read(id: string, file: string): string {
  try {
    return readFileSync(`/proc/${id}/${file}`, 'utf8');
  } catch {
    return '';
  }
}
