/** Follows a path from directory to directory, as far as its text says. */
import type {Text} from '../../script.ts';

/** The directory after `cd target` in `from`, which is undefined where nobody knows it. */
export function joined(from: Text | undefined, target: Text): Text {
  if (from === undefined || isRooted(target)) return target;
  // A second `cd infra/prod` means the same directory and not one inside it.
  if (/\w/.test(target) && `/${from}`.endsWith(`/${target}`)) return from;
  const parts = from.split('/');
  for (const part of target.split('/')) {
    if (part === '..' && /[^.]/.test(parts.at(-1) ?? '')) parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  const path = parts.join('/') || (from.startsWith('/') ? '/' : '.');
  return path.length > PATH_CHARACTERS_MAX ? target : path;
}

/** `/srv`, `~`, `<app-dir>`, `C:\\app` */
export function isRooted(path: string): boolean {
  return ROOTED.test(path);
}

const ROOTED = /^(?:[/~<{[]|[A-Za-z]:[\\/])/;
const PATH_CHARACTERS_MAX = 1000;
