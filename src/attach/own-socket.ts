/** Whether what stands at a run's socket path is the run's socket, and nothing that was put in its place. */
import {lstatSync, type Stats, statSync} from 'node:fs';
import {dirname} from 'node:path';

/** What is wrong with it, in words; nothing when it is in order, or not there. */
export function socketProblem(path: string): string | undefined {
  const found = look(path);
  if (found === undefined) return undefined;
  if (found.isSymbolicLink()) return `${path} is a symbolic link, and no socket of an engine`;
  if (!found.isSocket()) return `${path} is no socket`;
  // Whoever owns the directory runs the engine, and nobody else can have put a socket there.
  const {uid} = statSync(dirname(path));
  return found.uid === uid ? undefined : `${path} belongs to another user (uid ${found.uid}) than its directory`;
}

function look(path: string): Stats | undefined {
  try {
    return lstatSync(path);
  } catch {
    return undefined;
  }
}
