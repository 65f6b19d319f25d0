/** Combines directories and paths as far as the document says them. */
import {posix} from 'node:path';
import type {Text} from '../script.ts';

/** The path below `base`; as absolute as is known. */
export function absolute(base: Text | undefined, path: Text | undefined): Text | undefined {
  if (path === undefined || base === undefined || path === base || /^[/~]/.test(path)) return path ?? base;
  return posix.join(base, path);
}

/** A path that was written in the directory `there`, as it is written `here`; undefined when nobody can say. */
export function relativeTo(here: Text | undefined, there: Text | undefined, path: Text): Text | undefined {
  if (/^[/~]/.test(path) || here === there) return path;
  const whole = absolute(there, path) ?? path;
  if (/^[/~]/.test(whole)) return whole;
  return here === undefined || !/^[/~]/.test(here) ? posix.relative(here ?? '.', whole) : undefined;
}
